import { expect, it } from 'vitest';
import type { Reference } from '../../../src/code/reference.ts';
import { Emitter } from '../../../src/core/emitter.ts';
import { CachedKnowledge } from '../../../src/ui/workspace/workspaceKnowledge.ts';
import { idReference } from '../../hints/references.ts';

/** Images of which is asked, which takes some time for each. */
function slowImages(milliseconds: number) {
  const asked: Reference[] = [];
  const changed = new Emitter();
  const images = {
    of: (reference: ReturnType<typeof idReference>) => {
      const end = performance.now() + milliseconds;
      while (performance.now() < end);
      asked.push(reference);
      return { reference, images: [], elsewhere: [], elsewhereErrors: [], was: undefined };
    },
    ofParameter: () => undefined,
    facts: () => ({ newer: () => undefined, account: undefined, publishers: [], now: Date.now() }),
    onDidChange: changed.event,
  };
  const knowledge = new CachedKnowledge(images, { scope: undefined, onDidChange: new Emitter().event });
  return { asked, changed, knowledge };
}

const references = Array.from({ length: 20 }, (_, index) =>
  idReference(`ami-0a1b2c3d4e5f607${index.toString().padStart(2, '0')}`, ['us-east-1']),
);

it('is looked up once until something changes', async () => {
  const { asked, changed, knowledge } = slowImages(0);
  const known = await knowledge.lookUp(references);
  const { length } = asked;
  expect(new Set(asked)).toEqual(new Set(references));
  expect(references.map((reference) => known.resolved(reference)?.reference)).toEqual(references);
  await knowledge.lookUp(references);
  expect(asked).toHaveLength(length);
  changed.fire();
  await knowledge.lookUp(references);
  expect(asked).toHaveLength(2 * length);
});

it('is all in the answer whatever is forgotten meanwhile, so that nothing is looked up in one turn', async () => {
  const { asked, changed, knowledge } = slowImages(1);
  let changes = 0;
  knowledge.onDidChange(() => {
    changes += 1;
  });
  const timer = setInterval(() => changed.fire(), 1);
  const known = await knowledge.lookUp(references);
  clearInterval(timer);
  expect(changes).toBeGreaterThan(0);
  const { length } = asked;
  for (const reference of references) {
    expect(known.resolved(reference)?.reference).toBe(reference);
    expect(known.findings(reference)).toEqual([]);
  }
  expect(asked).toHaveLength(length);
});
