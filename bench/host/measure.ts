import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions/commands.ts';
import { Connections } from '../../src/ec2/connection.ts';
import type { ImageQuery } from '../../src/ec2/port.ts';
import { noEditor } from '../../test/ec2/noEditor.ts';

/** The cost of one way of listing images for its thread. */
export interface ListingCost {
  readonly name: string;
  readonly images: number;
  /** In ms. */
  readonly wall: number;
  /** The longest time (ms) in which nothing else could run. */
  readonly longestBlock: number;
}

export interface HostReport {
  readonly node: string;
  readonly vscode: string;
  /** Time (ms) of `activate`, including loading the file; undefined where the extension was already active. */
  readonly activation: number | undefined;
  /** Time (ms) of the first command, which loads what is not loaded at the start. */
  readonly firstCommand: number | undefined;
  /** As `activation`, for a small built-in extension of VS Code, for comparison. */
  readonly builtIn: number | undefined;
  readonly listings: readonly ListingCost[];
}

const queries: readonly (readonly [string, ImageQuery])[] = [
  ['owned images, cold (loads the SDK)', { owners: ['self'] }],
  ['owned images, warm', { owners: ['self'] }],
  ['Canonical, all images', { owners: ['099720109477'] }],
  ['search "*linux*", public', { executableUsers: ['all'], filters: [{ name: 'name', values: ['*linux*'] }] }],
];

/** Called by VS Code in its extension host. */
export async function run(): Promise<void> {
  const {
    AMI_EXPLORER_HOST_REPORT: report = '',
    AMI_EXPLORER_PLAIN_SDK: plainSdk = '',
    AMI_EXPLORER_ORDER,
  } = process.env;
  const extension = vscode.extensions.getExtension('ami-explorer.ami-explorer');
  const activation = extension && !extension.isActive ? await timed(() => extension.activate()) : undefined;
  const peer = vscode.extensions.getExtension('vscode.references-view');
  const builtIn = peer && !peer.isActive ? await timed(() => peer.activate()) : undefined;
  const firstCommand =
    activation === undefined ? undefined : await timed(() => vscode.commands.executeCommand(commands.clearFilter));
  const connections = new Connections({
    env: process.env,
    mfaCodeProvider: () => Promise.reject(new Error('no MFA here')),
    network: () => noEditor,
    sampleRequestHandler: () => Promise.reject(new Error('not the sample account in process')),
    onCall: () => undefined,
  });
  const ours: ListingCost[] = [];
  const plain: ListingCost[] = [];
  for (const [name, query] of queries) {
    // Alternates, so that neither always profits from an endpoint that the other has warmed up.
    const first = AMI_EXPLORER_ORDER === 'plain';
    if (first) {
      plain.push(await cost(`plain SDK, pages of 1,000: ${name}`, () => listByPlainSdk(plainSdk, query)));
    }
    ours.push(await cost(`AMI Explorer: ${name}`, () => listByPort(connections, query)));
    if (!first) {
      plain.push(await cost(`plain SDK, pages of 1,000: ${name}`, () => listByPlainSdk(plainSdk, query)));
    }
  }
  await answerUnpaged();
  const all = { executableUsers: ['all'] };
  ours.push(await cost('AMI Explorer: all public images in one page', () => listByPort(connections, all)));
  plain.push(await cost('plain SDK: all public images in one page', () => listByPlainSdk(plainSdk, all)));
  const listings = [...ours, ...plain];
  const result: HostReport = {
    node: process.version,
    vscode: vscode.version,
    activation,
    firstCommand,
    builtIn,
    listings,
  };
  await writeFile(report, JSON.stringify(result));
}

async function listByPort(connections: Connections, query: ImageQuery): Promise<number> {
  const connection = await connections.open({ kind: 'aws', profile: undefined, endpointUrl: undefined });
  let count = 0;
  for await (const page of connection.ec2.listImages('us-east-1', query, new AbortController().signal)) {
    count += page.length;
  }
  connection.close();
  return count;
}

/** Makes the endpoint ignore MaxResults, as some endpoints do. */
async function answerUnpaged(): Promise<void> {
  const url = `${process.env['AWS_ENDPOINT_URL_EC2'] ?? ''}/_sample/faults`;
  await fetch(url, { method: 'POST', body: JSON.stringify({ kind: 'unpaged', action: 'DescribeImages' }) });
}

/** The SDK's documented way: its paginator with the largest page. */
async function listByPlainSdk(file: string, query: ImageQuery): Promise<number> {
  const sdk: typeof import('@aws-sdk/client-ec2') = createRequire(file)(file);
  const client = new sdk.EC2Client({ region: 'us-east-1' });
  let count = 0;
  const input = {
    ...(query.owners ? { Owners: [...query.owners] } : {}),
    ...(query.executableUsers ? { ExecutableUsers: [...query.executableUsers] } : {}),
    Filters: query.filters?.map(({ name, values }) => ({ Name: name, Values: [...values] })),
  };
  for await (const page of sdk.paginateDescribeImages({ client, pageSize: 1000 }, input)) {
    count += page.Images?.length ?? 0;
  }
  client.destroy();
  return count;
}

async function cost(name: string, list: () => Promise<number>): Promise<ListingCost> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  delay.enable();
  await new Promise((resolve) => setTimeout(resolve, 50));
  delay.reset();
  // After a reset, the monitor sees blocks only from the next tick on.
  await new Promise((resolve) => setTimeout(resolve, 10));
  const start = performance.now();
  const images = await list();
  const wall = performance.now() - start;
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.disable();
  return { name, images, wall, longestBlock: delay.max / 1e6 };
}

async function timed(run: () => Thenable<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
