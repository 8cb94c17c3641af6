import { regionNamed } from '../regions/regionNames.ts';
import type { TextSpan } from '../textSpan.ts';
import type { ShellCommand } from './shellCommands.ts';

/** Commands that run for certain regions alone: a branch of a case, of an `if`, a loop over regions. */
export interface RegionBlock {
  readonly span: TextSpan;
  readonly regions: readonly string[];
  readonly kind: 'branch' | 'loop';
  /** Where the regions are stated. */
  readonly at: TextSpan;
}

interface OpenBlock {
  readonly closing: 'fi' | 'done' | 'esac';
  regions: readonly string[];
  at: TextSpan;
  start: number;
}

const noRegions = { regions: [], at: { start: 0, end: 0 } };

/** Blocks in the order of their ends: the innermost first. */
export function regionBlocksIn(commands: readonly ShellCommand[]): readonly RegionBlock[] {
  const found: RegionBlock[] = [];
  const open: OpenBlock[] = [];
  const finish = (block: OpenBlock, end: number): void => {
    const { regions, at, start, closing } = block;
    if (regions.length === 0) return;
    found.push({ span: { start, end }, regions, kind: closing === 'done' ? 'loop' : 'branch', at });
  };
  let pattern: string[] = [];
  for (const command of commands) {
    if (command.parent) continue;
    const [first, second] = command.words;
    const { start, end } = command.span;
    const top = open.at(-1);
    switch (first?.value) {
      case 'case':
        open.push({ closing: 'esac', ...noRegions, start: end });
        pattern = [];
        break;
      case 'for':
      case 'foreach':
      case 'while':
      case 'until':
      case 'select':
        open.push({ closing: 'done', ...regionsOfLoop(command), start: end });
        break;
      case 'if':
        open.push({ closing: 'fi', ...regionsCompared(command), start: end });
        break;
      case 'elif':
      case 'else':
        if (top?.closing === 'fi') {
          finish(top, start);
          Object.assign(top, regionsCompared(command), { start: end });
        }
        break;
      case 'fi':
      case 'done':
      case 'esac':
        for (let block = open.pop(); block; block = open.pop()) {
          finish(block, start);
          if (block.closing === first.value) break;
        }
        break;
      default:
        if (top?.closing === 'fi' && top.regions.length === 0 && /^\[/.test(first?.value ?? '')) {
          Object.assign(top, regionsCompared(command));
        }
        if (top?.closing === 'esac' && (command.end === 'branch' || command.end === 'pipe') && second === undefined) {
          pattern.push(first?.value ?? '');
          if (command.end === 'branch') {
            finish(top, start);
            const regions = pattern.map((word) => regionNamed(word) ?? '');
            Object.assign(top, { regions: regions.includes('') ? [] : regions, at: command.span, start: end });
            pattern = [];
          }
        }
    }
    if (command.end === 'break' && open.at(-1)?.closing === 'esac') {
      const branch = open.at(-1);
      if (branch) finish(branch, end);
      Object.assign(branch ?? {}, noRegions);
      pattern = [];
    }
  }
  for (const block of open.reverse()) finish(block, commands.at(-1)?.span.end ?? block.start);
  return found;
}

function regionsOfLoop({ words, span }: ShellCommand): Pick<OpenBlock, 'regions' | 'at'> {
  const at = words.findIndex(({ value }) => value === 'in');
  const values =
    at < 0 ? [] : words.slice(at + 1).flatMap(({ value }) => value.split(/[\s,]+/).filter((one) => one !== ''));
  const regions = values.map((value) => regionNamed(value) ?? '');
  return { regions: regions.includes('') ? [] : regions, at: span };
}

/** `[ "$REGION" = "us-east-1" ]`, `[[ $region == us-east-1 ]]`; not for another region than that. */
function regionsCompared({ words }: ShellCommand): Pick<OpenBlock, 'regions' | 'at'> {
  const at = words.findIndex(({ value }) => /^(?:=|==|-eq|=~)$/.test(value));
  for (const word of [words[at + 1], words[at - 1]]) {
    const region = at < 0 || !word ? undefined : regionNamed(word.value);
    if (region !== undefined && word) return { regions: [region], at: word.inner };
  }
  return noRegions;
}
