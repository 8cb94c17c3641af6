import { expect, test } from 'vitest';
import { commands } from '../../../src/contributions/commands.ts';
import { joinHandlers } from '../../../src/ui/shared/joinHandlers.ts';
import type { CommandHandlers } from '../../../src/ui/shared/runCommand.ts';

const refresh = { [commands.refresh]: () => 'refresh' };
const signIn = { [commands.signIn]: () => 'sign in' };

test('Handlers of several records are put into one', () => {
  expect(joinHandlers(refresh, signIn)).toEqual({ ...refresh, ...signIn });
});

test('A command with a handler in two records does not compile', () => {
  const log = { [commands.showLog]: () => 'log', [commands.refresh]: () => 'later' };
  // @ts-expect-error
  expect(Object.keys(joinHandlers(refresh, log))).toEqual([commands.refresh, commands.showLog]);
  // @ts-expect-error
  expect(Object.keys(joinHandlers(refresh, signIn, log))).toHaveLength(3);
});

test('A command without a handler does not compile', () => {
  // @ts-expect-error
  const all: CommandHandlers = joinHandlers(refresh, signIn);
  expect(Object.keys(all)).toEqual([commands.refresh, commands.signIn]);
});
