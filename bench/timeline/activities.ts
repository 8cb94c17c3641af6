import { readFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';

/** What a thread does, in the order in which the picture stacks it. */
export const activities = ['read XML', 'build', 'write', 'search', 'SDK', 'Node', 'collect garbage', 'other'] as const;
export type Activity = (typeof activities)[number];

/** By the start of a source's path. */
const activityOfSource: readonly (readonly [string, Activity])[] = [
  ['src/ec2/answers/', 'read XML'],
  ['node_modules/saxes/', 'read XML'],
  ['src/catalog/segmentBuilder.ts', 'build'],
  ['src/catalog/codedValues.ts', 'build'],
  ['src/catalog/letterCase.ts', 'build'],
  ['src/core/family', 'build'],
  ['src/catalog/store/', 'write'],
  ['src/catalog/search/', 'search'],
  ['src/catalog/segment.ts', 'search'],
  ['node_modules/@aws-sdk/', 'SDK'],
  ['node_modules/@smithy/', 'SDK'],
  ['node:', 'Node'],
];

/** A time (µs) during which a thread did one thing. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly activity: Activity;
}

/** What a thread did, from the samples of its profile. Idle times are left out. */
export function spansOf(profile: Profiler.Profile): readonly Span[] {
  const sources = new Sources();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const activityOf = new Map<number, Activity | undefined>();
  const find = (id: number): Activity | undefined => {
    const { functionName } = nodes.get(id)?.callFrame ?? { functionName: '' };
    if (functionName === '(idle)') {
      return undefined;
    }
    if (functionName === '(garbage collector)') {
      return 'collect garbage';
    }
    // SQLite, zlib and the like have no source: what calls them has.
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const source = sources.of(nodes.get(at)?.callFrame);
      const found = activityOfSource.find(([start]) => source.startsWith(start));
      if (found) {
        return found[1];
      }
    }
    return 'other';
  };
  const spans: Span[] = [];
  let time = profile.startTime;
  for (const [place, id] of (profile.samples ?? []).entries()) {
    const from = time + (profile.timeDeltas?.[place] ?? 0);
    const to = from + (profile.timeDeltas?.[place + 1] ?? 0);
    time = from;
    if (!activityOf.has(id)) {
      activityOf.set(id, find(id));
    }
    const activity = activityOf.get(id);
    if (activity) {
      spans.push({ from, to, activity });
    }
  }
  return spans;
}

/** The sources of a bundle's lines: esbuild writes the path of each source above its part of the bundle. */
class Sources {
  readonly #lines = new Map<string, readonly string[]>();

  of(frame: { readonly url: string; readonly lineNumber: number } | undefined): string {
    if (!frame || frame.url.startsWith('node:')) {
      return frame?.url ?? '';
    }
    return frame.url.endsWith('.cjs') ? (this.#of(frame.url)[frame.lineNumber] ?? '') : '';
  }

  #of(url: string): readonly string[] {
    let lines = this.#lines.get(url);
    if (!lines) {
      let source = '';
      lines = readFileSync(url.startsWith('file:') ? new URL(url) : url, 'utf8')
        .split('\n')
        .map((line) => {
          source = /^\/\/ (\S+\.[cm]?[jt]s)$/.exec(line)?.[1] ?? source;
          return source;
        });
      this.#lines.set(url, lines);
    }
    return lines;
  }
}
