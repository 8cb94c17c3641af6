import * as vscode from 'vscode';
import type { Reference } from '../../../code/reference.ts';
import { commands } from '../../../contributions/commands.ts';
import type { Card } from '../../shared/card.ts';
import { showsInCode } from '../../shared/settings.ts';
import type { OpenImages } from '../openImages.ts';
import type { OpenReferences } from '../openReferences.ts';
import { type HoverQuestion, hoverQuestion } from './hoverQuestion.ts';
import { imageHover } from './imageHover.ts';
import { lookupHover } from './lookupHover.ts';
import { parameterHover } from './parameterHover.ts';

export interface HoverParts {
  readonly references: OpenReferences;
  readonly images: OpenImages;
}

/** Explains ids, lookups and public parameters in code. */
export function registerHover({ references, images }: HoverParts): vscode.Disposable {
  return vscode.languages.registerHoverProvider(['*'], {
    provideHover: async (document, position, token) => {
      if (!showsInCode('hover', document)) return undefined;
      const found = (await references.current(document, token)) ?? (await references.ofVersion(document));
      const reference = found && referenceAt(found.references, document.offsetAt(position));
      if (!reference) return undefined;
      const card = await cardOf(reference, hoverQuestion(document, images));
      if (!card) return undefined;
      card.markdown.isTrusted = { enabledCommands: Object.values(commands) };
      const { start, end } = reference.span;
      return new vscode.Hover(card.markdown, new vscode.Range(document.positionAt(start), document.positionAt(end)));
    },
  });
}

/** The shortest one, where an id stands in the head of a lookup. */
function referenceAt(references: readonly Reference[], offset: number): Reference | undefined {
  const length = ({ span }: Reference) => span.end - span.start;
  return references
    .filter(({ span }) => span.start <= offset && offset <= span.end)
    .sort((a, b) => length(a) - length(b))[0];
}

function cardOf(reference: Reference, question: HoverQuestion): Promise<Card | undefined> {
  switch (reference.kind) {
    case 'id':
      return imageHover(reference, question);
    case 'lookup':
      return lookupHover(reference, question);
    case 'parameter':
      return parameterHover(reference, question);
  }
}
