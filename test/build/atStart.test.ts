import { beforeAll, describe, expect, it } from 'vitest';
import { type HostBundle, hostBundles } from '../../scripts/build.ts';

let start: HostBundle;
let rest: HostBundle;

beforeAll(async () => {
  const bundles = await hostBundles();
  const named = (name: string) =>
    bundles.find(({ file }) => file === name) ?? { file: name, size: 0, sources: [], loads: [] };
  start = named('extension.cjs');
  rest = named('main.cjs');
});

describe('what every window loads at its start', () => {
  it('is what the editor may ask for, and the looks at the records and at open documents', () => {
    expect(start.sources.filter((source) => !/^src\/(contributions|ui\/lazy)\//.test(source))).toEqual([
      'src/code/mentions.ts',
      'src/extension.ts',
      'src/images/watches/watchFolders.ts',
      'src/protocol/draggedImages.ts',
      'src/ui/editor/insertText.ts',
    ]);
    expect(start.size).toBeLessThan(12_000);
  });

  it('loads everything else at first use, as a chunk of its own', () => {
    expect(start.loads).toEqual(['./main.cjs']);
    expect(rest.size).toBeGreaterThan(100_000);
  });
});

describe('what is loaded at first use', () => {
  it('has neither the SDK nor the sample account in it', () => {
    expect(rest.sources.filter((source) => /@aws-sdk|@smithy|^src\/sample\//.test(source))).toEqual([]);
    expect([...rest.loads].sort()).toEqual(['./aws-sdk.cjs', './place-code.cjs', './proxy-agents.cjs', './sample.cjs']);
  });
});
