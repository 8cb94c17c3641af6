import { maxParsed, withinBound } from '../bounds.ts';
import { findImageParameters } from '../imageParameters.ts';
import { awsCliLookups } from '../lookups/awsCliLookups.ts';
import type { EmbeddedText, Reader, RegionClue } from '../reading.ts';
import { decidingClues } from '../regions/decidingClues.ts';
import { commentAboveClues, nameClue, trailingCommentClues } from '../regions/hintClues.ts';
import { besideClues, nearClues } from '../regions/nearClues.ts';
import { pathClue } from '../regions/pathClue.ts';
import { lineAround } from '../regions/textClues.ts';
import { commandInstanceType } from '../shell/commandInstanceType.ts';
import { parseShell, type ShellScript } from '../shell/shellCommands.ts';
import { ShellRegions } from '../shell/shellRegions.ts';
import type { TextSpan } from '../textSpan.ts';
import { boundedClues } from './boundedClues.ts';
import { embeddedLanguage } from './embeddedLanguage.ts';

export const shellReader: Reader = ({ text, path, ids }) => {
  const script = parseShell(withinBound(text, maxParsed.shell), isPowerShell(path, text));
  const regions = new ShellRegions(script);
  const clues = boundedClues({ text, path }, (span) => decidingClues(cluesAt(span)));
  function* cluesAt(span: TextSpan): Generator<RegionClue, void> {
    const isInCommand = regions.isInCommand(span);
    yield* (isInCommand ? besideClues : nearClues)(text, lineAround(text, span), span);
    yield* regions.cluesAt(span);
    yield* pathClue(path);
    yield* regions.hintsAt(span);
    yield* trailingCommentClues(text, span);
    yield* commentAboveClues(text, span, !isInCommand);
    for (const { name, command } of regions.assignmentsAround(span)) yield* nameClue(name, command.span);
  }
  const typeAt = (span: TextSpan) => commandInstanceType(script.commands, span);
  return {
    ids: ids.map((found) => ({ found, clues: clues(found.span), instanceType: typeAt(found.span) })),
    lookups: awsCliLookups(script, regions.assignments).map((lookup) => ({
      ...lookup,
      clues: regions.cluesAt(lookup.span),
    })),
    parameters: findImageParameters(text).map((found) => ({
      ...found,
      clues: clues(found.span),
      instanceType: typeAt(found.span),
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
