import type { CommandHandler, CommandHandlers } from './runCommand.ts';

type SomeHandlers = Partial<CommandHandlers>;

/** The records as they are, except that no later one may have a key of an earlier one. */
type WithoutRepeats<Records, Earlier extends PropertyKey = never> = Records extends readonly [
  infer First,
  ...infer Rest,
]
  ? [First & { readonly [Id in Earlier]?: never }, ...WithoutRepeats<Rest, Earlier | keyof First>]
  : [];

/** The keys of any of several records. */
type KeysOf<Each> = Each extends unknown ? keyof Each : never;

/** Puts handlers of commands into one record. A command that has a handler in two of the records does not compile. */
export function joinHandlers<Records extends readonly SomeHandlers[]>(
  ...records: Records & WithoutRepeats<Records>
): Readonly<Record<KeysOf<Records[number]>, CommandHandler>> {
  return Object.assign({}, ...records);
}
