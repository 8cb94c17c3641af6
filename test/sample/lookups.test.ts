import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { familyOf } from '../../src/core/family.ts';
import { type Image, isAvailable } from '../../src/core/image.ts';
import { newestFirst } from '../../src/core/imageAge.ts';
import { isDeprecated } from '../../src/core/lifecycle.ts';
import { renderSnippet, type SnippetId } from '../../src/core/snippets.ts';
import type { Connection, ImageQuery } from '../../src/ec2/port.ts';
import { evaluateYaml, hasPyYaml } from '../core/snippets/judges.ts';
import { type AskedLookup, readAnsible, readLookups } from '../core/snippets/readLookups.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';

// There are hundreds of lookups, and some tools take a second to start.
vi.setConfig({ testTimeout: 120_000 });

const region = 'us-east-1';
let sample: OpenSample;
let connection: Connection;
let account: string;

beforeAll(async () => {
  sample = await openSample(localEndpoint);
  connection = await sample.open();
  account = (await connection.ec2.identity(new AbortController().signal)).account;
});
afterAll(() => sample?.close());

async function list(query: ImageQuery): Promise<readonly Image[]> {
  const images: Image[] = [];
  for await (const page of connection.ec2.listImages(region, query, new AbortController().signal)) images.push(...page);
  return images;
}

/** The oldest available image of each family. */
function oldestOfEach(images: readonly Image[]): readonly Image[] {
  const oldest = new Map<string, Image>();
  for (const image of images.toSorted(newestFirst)) {
    const { key, label } = familyOf(image);
    if (image.state === 'available' && label !== '') {
      oldest.set([image.ownerAlias ?? image.ownerId, image.architecture, key].join(), image);
    }
  }
  return [...oldest.values()];
}

/**
 * The newest available image of the same family, region, owner and architecture. Images of other owners never count,
 * since anyone can publish under any name.
 */
function newestLike(image: Image, candidates: readonly Image[]): Image | undefined {
  const { key } = familyOf(image);
  return candidates
    .filter(
      (candidate) =>
        candidate.ownerId === image.ownerId &&
        candidate.region === image.region &&
        candidate.architecture === image.architecture &&
        isAvailable(candidate) &&
        familyOf(candidate).key === key,
    )
    .sort(newestFirst)[0];
}

/** The id that a tool gets: the newest of the images that EC2 finds. */
async function chosenBy({ owners, filters, includeDeprecated, expression }: AskedLookup): Promise<string | undefined> {
  const found = await list({ owners, filters, includeDeprecated });
  const matching = found.filter(({ name }) => expression === undefined || new RegExp(expression).test(name));
  return matching.sort(newestFirst)[0]?.id;
}

const own = ['terraform-data-source', 'packer-source-filter', 'cdk-lookup', 'pulumi-lookup', 'aws-cli'] as const;
const tools: readonly SnippetId[] = [...own, ...(hasPyYaml() ? (['ansible-tasks'] as const) : [])];

async function expectNewest(image: Image, known: readonly Image[], chosenTools: readonly SnippetId[]): Promise<void> {
  const now = Date.now();
  const launchable = known.filter((other) => other.ownerId === account || !isDeprecated(other, now));
  const newest = newestLike(image, launchable) ?? image;
  for (const tool of chosenTools) {
    const code = renderSnippet(tool, [image], { account, now, known });
    const [lookup] = readLookups[tool]?.(code) ?? readAnsible(evaluateYaml(code));
    if (lookup) expect(await chosenBy(lookup), `${tool}\n${code}`).toBe(newest.id);
    else expect(code).toContain(image.id);
  }
}

describe('code for the images of the sample account finds the newest of their families', () => {
  it.each([
    ['own', { owners: ['self'], includeDeprecated: true }],
    ['shared', { executableUsers: ['self'], includeDeprecated: true }],
  ])('%s ones, by every tool', async (_, query) => {
    const known = await list(query);
    const images = oldestOfEach(known);
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) await expectNewest(image, known, tools);
  });

  it('public ones', async () => {
    const known = await list({ executableUsers: ['all'] });
    const images = oldestOfEach(known);
    expect(images.length).toBeGreaterThan(100);
    for (const image of images) await expectNewest(image, known, ['terraform-data-source', 'cdk-lookup']);
  });

  it.skipIf(spawnSync('aws', ['--version']).status !== 0)('by the AWS CLI itself', async () => {
    const known = await list({ owners: ['self'] });
    const now = Date.now();
    for (const image of oldestOfEach(known).slice(0, 3)) {
      const code = renderSnippet('aws-cli', [image], { account, now, known });
      // Asynchronous, since the server answers in this process.
      const { stdout, stderr } = await promisify(execFile)('bash', ['-euc', code], {
        env: { ...process.env, AWS_ENDPOINT_URL: sample.server.url },
      });
      expect(stdout.trim(), stderr).toBe(newestLike(image, known)?.id);
    }
  });

  it.skipIf(spawnSync('aws', ['--version']).status !== 0)(
    'by the AWS CLI, which sorts by dates, without one',
    async () => {
      const odd = await openSample(localEndpoint, { oddImages: true });
      try {
        const { ec2 } = await odd.open();
        const images: Image[] = [];
        const filters = [{ name: 'name', values: ['odd-without-date'] }];
        for await (const page of ec2.listImages(region, { filters }, new AbortController().signal))
          images.push(...page);
        expect(images.map(({ creationDate }) => creationDate)).toEqual([undefined]);
        const code = renderSnippet('aws-cli', images, { account, now: Date.now() });
        const { stdout, stderr } = await promisify(execFile)('bash', ['-euc', code], {
          env: { ...process.env, AWS_ENDPOINT_URL: odd.server.url },
        });
        expect(stdout.trim(), stderr).toBe(images[0]?.id);
      } finally {
        await odd.close();
      }
    },
  );
});
