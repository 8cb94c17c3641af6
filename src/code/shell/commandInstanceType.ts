import { isInstanceType } from '../instanceTypes.ts';
import { oncePer } from '../oncePer.ts';
import type { LiteralText } from '../reference.ts';
import type { TextSpan } from '../textSpan.ts';
import { commandsAround, type ShellCommand } from './shellCommands.ts';

const option = /^--?instance-?type(?:=([\s\S]*))?$/i;

/** The instance type that a command around a place has as an option: `--instance-type t4g.micro`. */
export function commandInstanceType(commands: readonly ShellCommand[], span: TextSpan): LiteralText | undefined {
  for (const command of commandsAround(commands, span)) {
    const found = typeOf(command);
    if (found) return found;
  }
  return undefined;
}

const typeOf = oncePer(({ words }: ShellCommand): LiteralText | undefined => {
  for (const [index, word] of words.entries()) {
    const [found, joined] = option.exec(word.value) ?? [];
    const value = joined ?? words[index + 1]?.value ?? '';
    if (found !== undefined && isInstanceType(value)) {
      return { value, span: joined === undefined ? (words[index + 1] ?? word).inner : word.inner };
    }
  }
  return undefined;
});
