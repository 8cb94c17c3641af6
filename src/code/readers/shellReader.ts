import { findImageParameters } from '../imageParameters.ts';
import { awsCliLookups } from '../lookups/awsCliLookups.ts';
import type { EmbeddedText, Reader } from '../reading.ts';
import { commentAboveClues, nameClue, trailingCommentClues } from '../regions/hintClues.ts';
import { besideClues, nearClues } from '../regions/nearClues.ts';
import { pathClue } from '../regions/pathClue.ts';
import { lineAround } from '../regions/textClues.ts';
import { parseShell, type ShellScript } from '../shell/shellCommands.ts';
import { ShellRegions } from '../shell/shellRegions.ts';
import { cluesInTime } from './cluesInTime.ts';
import { embeddedLanguage } from './embeddedLanguage.ts';

/** Larger scripts are read line by line alone. */
const maxScript = 1_000_000;

export const shellReader: Reader = ({ text, path, ids }) => {
  const script: ShellScript =
    text.length > maxScript ? { commands: [], heredocs: [] } : parseShell(text, isPowerShell(path, text));
  const regions = new ShellRegions(script);
  const clues = cluesInTime(text, (span) => [
    ...(regions.isInCommand(span) ? besideClues : nearClues)(text, lineAround(text, span), span),
    ...regions.cluesAt(span),
    ...pathClue(path),
    ...regions.hintsAt(span),
    ...trailingCommentClues(text, span),
    ...commentAboveClues(text, span, !regions.isInCommand(span)),
    ...regions.assignmentsAround(span).flatMap(({ name, command }) => nameClue(name, command.span)),
  ]);
  return {
    ids: ids.map((found) => ({ found, clues: clues(found.span), instanceType: undefined })),
    lookups: awsCliLookups(script, regions.assignments).map((lookup) => ({
      ...lookup,
      clues: regions.cluesAt(lookup.span),
    })),
    parameters: findImageParameters(text).map((found) => ({
      ...found,
      clues: clues(found.span),
      instanceType: undefined,
    })),
    statements: regions.statements(),
    embedded: [
      ...commandsInWords(text, script).map((part) => ({ ...part, clues: regions.cluesAt(part.span) })),
      ...script.heredocs.flatMap(({ inner, command }): readonly EmbeddedText[] => {
        const name = command.words.findLast(({ value }) => /\.\w+$/.test(value))?.value;
        const language = embeddedLanguage(text.slice(inner.start, inner.end), name, 'other');
        return language === undefined ? [] : [{ span: inner, language, clues: regions.cluesAt(inner) }];
      }),
    ],
  };
};

const awsCommand = /\baws\b[^|;&\n]*\s(?:ec2|ssm|autoscaling)\s/;

/** `bash -c "aws ec2 …"`, `ssh host '…'`, `COMMAND="aws ec2 …"`; what is printed is no command. */
function commandsInWords(text: string, { commands }: ShellScript): readonly Omit<EmbeddedText, 'clues'>[] {
  return commands.flatMap(({ words }) =>
    /^(?:echo|printf|Write-\w+|log\w*|die)$/i.test(words[0]?.value ?? '')
      ? []
      : words.flatMap(({ inner, span, value }): readonly Omit<EmbeddedText, 'clues'>[] => {
          if (!awsCommand.test(value) || inner === span || /\$\(|`/.test(value)) return [];
          const written = text.slice(inner.start, inner.end);
          return [{ span: inner, language: 'shell', text: written.replaceAll('\\"', '\0"') }];
        }),
  );
}

function isPowerShell(path: string, text: string): boolean {
  return /\.ps[md]?1\b/i.test(path) || /\b(?:Get|Set|New|Start|Write|Import)-[A-Z]\w+\b/.test(text.slice(0, 20_000));
}
