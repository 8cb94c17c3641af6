import { expect, it } from 'vitest';
import type { IdReference } from '../../../src/code/reference.ts';
import { AmiError } from '../../../src/core/errors.ts';
import { WorkspaceQuestions, type WorkspaceQuestionsParts } from '../../../src/ui/workspace/workspaceQuestions.ts';
import { idReference } from '../../hints/references.ts';

const id = idReference('ami-0a1b2c3d4e5f60718', ['us-east-1']);

/** A connection on which each question waits for `answer`. */
function asked(error?: AmiError) {
  const questions: { readonly ids: readonly IdReference[]; readonly signal: AbortSignal; answer(): void }[] = [];
  const connection = {
    kind: 'open' as const,
    referenced: {
      resolve: async (ids: readonly IdReference[], signal: AbortSignal) => {
        await new Promise<void>((answer) => questions.push({ ids, signal, answer }));
        const images = [{ region: 'us-east-1', image: undefined, error }];
        return ids.map((reference) => ({ reference, images, elsewhere: [], elsewhereErrors: [], was: undefined }));
      },
    },
    parameters: { resolve: async () => [] },
    newer: { find: async () => [] },
  };
  const told: string[] = [];
  const parts: WorkspaceQuestionsParts = {
    known: { connection: async () => connection },
    wanted: () => ({ ids: [id], parameters: [] }),
    changed: () => told.push('changed'),
    progressed: () => told.push('progressed'),
  };
  return { questions, told, workspace: new WorkspaceQuestions(parts) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

it('asks once more for all that has come while it was asking, and never twice at a time', async () => {
  const { questions, workspace } = asked();
  for (let count = 0; count < 5; count += 1) workspace.ask();
  await settled();
  expect(questions).toHaveLength(1);
  expect(workspace.isAsking).toBe(true);
  questions[0]?.answer();
  await settled();
  expect(questions).toHaveLength(2);
  questions[1]?.answer();
  await settled();
  expect(questions).toHaveLength(2);
  expect(workspace.isAsking).toBe(false);
});

it('gives up what is asked for once it is not seen any more', async () => {
  const { questions, workspace } = asked();
  workspace.ask();
  await settled();
  workspace.ask();
  workspace.stop();
  expect(questions[0]?.signal.aborted).toBe(true);
  questions[0]?.answer();
  await settled();
  expect(questions).toHaveLength(1);
});

it('knows which regions have not answered, until it starts over', async () => {
  const error = new AmiError('no', { kind: 'access-denied', operation: 'DescribeImages', region: 'us-east-1' });
  const { questions, workspace } = asked(error);
  workspace.ask();
  await settled();
  questions[0]?.answer();
  await settled();
  expect([...workspace.failures]).toEqual([['us-east-1', error]]);
  workspace.startOver();
  expect(workspace.failures.size).toBe(0);
});

it('tells that it asks without anything being forgotten for that', async () => {
  const { questions, told, workspace } = asked();
  workspace.ask();
  await settled();
  expect(told).toEqual(['progressed']);
  questions[0]?.answer();
  await settled();
  expect(told).toEqual(['progressed', 'changed', 'progressed']);
  workspace.ask();
  await settled();
  workspace.stop();
  expect(told.slice(3)).toEqual(['progressed', 'progressed']);
});
