import type { Language } from '../language.ts';
import { placedTasks } from './ansiblePlace.ts';
import type { CodePlace, PlacedCode, ToolCode } from './codePlace.ts';
import { placedStatements } from './hclPlace.ts';
import { placedJson } from './jsonPlace.ts';
import { placedBlock } from './placedBlock.ts';
import { languageAt } from './placeLanguage.ts';
import { placedDeclarations } from './scriptPlace.ts';
import { placedCommands } from './shellPlace.ts';
import { placedSections } from './templatePlace.ts';

/** In UTF-16 code units. Reading larger texts takes longer than a user waits for a key press. */
const maxLength = 500_000;

/** Puts code into a text so that the tool can read both. */
export function placedCode(code: ToolCode, place: CodePlace): PlacedCode {
  const inner: CodePlace = { ...place, language: innerLanguage(place) };
  if (place.text.length > maxLength) return { code: placedBlock(code.text, inner), reference: undefined };
  const { tool, text, json } = code;
  switch (inner.language) {
    case 'hcl':
      if (tool === 'Terraform' || tool === 'Packer') return placedStatements(text, tool, inner);
      break;
    case 'script':
      if (tool === 'AWS CDK' || tool === 'Pulumi') return placedDeclarations(text, tool, inner);
      break;
    case 'json':
      if (json) return placedJson(json, inner);
      break;
    case 'yaml':
      if (tool === 'CloudFormation') return placedSections(text, inner);
      if (tool === 'Ansible') return placedTasks(text, inner);
      if (tool === 'AWS CLI') return placedCommands(text, inner);
      break;
    case 'shell':
      if (tool === 'AWS CLI') return placedCommands(text, inner);
      break;
  }
  return { code: placedBlock(text, inner), reference: undefined };
}

function innerLanguage({ text, span, language }: CodePlace): Language {
  return language === 'markdown' ? languageAt(text, span.start, language) : language;
}
