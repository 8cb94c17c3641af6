import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connections } from '../../src/ec2/connection.ts';
import { loadSdk } from '../../src/ec2/loadSdk.ts';
import { noNetwork, threadRequestHandler } from '../../src/ec2/network/network.ts';
import type { NetworkAccess, NetworkSettings } from '../../src/ec2/port.ts';
import { type SampleServer, startSampleServer } from '../../src/sample/httpServer.ts';
import { startProxy, startTlsEndpoint, type TestServer, tlsFile, tlsText } from './networkServers.ts';
import { noEditor } from './noEditor.ts';

const signal = new AbortController().signal;
/** A host that only a proxy can reach. */
const beyond = 'https://ec2.example.invalid';
const endpointCa = [tlsText('endpoint-ca.pem')];
const bothCas = [...endpointCa, tlsText('proxy-ca.pem')];

let folder: string;
let sample: SampleServer;
let endpoint: TestServer;
let opened: { close(): unknown }[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-explorer-network-'));
  sample = await startSampleServer();
  endpoint = await startTlsEndpoint(sample.url);
  opened = [endpoint, sample];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(opened.map((server) => server.close()));
  await rm(folder, { recursive: true, force: true });
});

async function proxy(options: Parameters<typeof startProxy>[0] = {}) {
  const started = await startProxy({ tunnelsTo: endpoint, behind: sample.url, ...options });
  opened.push(started);
  return started;
}

const keys = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };

/** Makes one call as the thread does. */
async function askAsThread(url: string, network: Partial<NetworkAccess>): Promise<number> {
  const sdk = await loadSdk();
  const client = new sdk.EC2Client({
    endpoint: url,
    region: 'us-east-1',
    credentials: keys,
    maxAttempts: 1,
    requestHandler: await threadRequestHandler({ ...noNetwork, ...network }, 4),
  });
  try {
    const { Regions = [] } = await client.send(new sdk.DescribeRegionsCommand({}));
    return Regions.length;
  } finally {
    client.destroy();
  }
}

/** Opens a connection as the extension host does. */
async function open(url: string, env: NodeJS.ProcessEnv, settings: Partial<NetworkSettings> = {}, config = '') {
  const file = join(folder, 'config');
  await writeFile(file, config);
  const none = join(folder, 'none');
  const variables = {
    AWS_CONFIG_FILE: file,
    AWS_SHARED_CREDENTIALS_FILE: none,
    AWS_ENDPOINT_URL: url,
    AWS_CA_BUNDLE: undefined,
    REQUESTS_CA_BUNDLE: undefined,
    ...env,
  };
  // The SDK reads the variables of the process.
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries(variables)) {
    vi.stubEnv(name, value);
  }
  const connections = new Connections({
    env: process.env,
    mfaCodeProvider: async () => '123456',
    network: () => ({ ...noEditor, ...settings }),
    sampleRequestHandler: () => Promise.reject(new Error('not asked for here')),
    onCall: () => {},
  });
  const connection = await connections.open({ kind: 'aws', profile: 'work', endpointUrl: undefined });
  opened.push(connection);
  return connection;
}

const work = '[profile work]\nregion = us-east-1\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = s\n';

describe('the thread', () => {
  it('trusts the certificates of the bundle, and no others', async () => {
    const url = `https://localhost:${endpoint.port}`;
    expect(await askAsThread(url, { trusted: endpointCa })).toBeGreaterThan(10);
    await expect(askAsThread(url, { trusted: [tlsText('proxy-ca.pem')] })).rejects.toThrow(/certificate/);
    await expect(askAsThread(url, {})).rejects.toThrow(/certificate/);
    await expect(askAsThread(url, { systemCertificates: true })).rejects.toThrow(/certificate/);
  });

  it('goes through the proxy, with its credentials', async () => {
    const { port, asked, authorizations } = await proxy({ credentials: 'user:p@ss' });
    const network = { trusted: endpointCa, proxy: `http://user:p%40ss@127.0.0.1:${port}` };
    expect(await askAsThread(beyond, network)).toBeGreaterThan(10);
    expect(asked).toEqual(['CONNECT ec2.example.invalid:443']);
    expect(authorizations).toEqual([`Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
  });

  it('gives the proxy the header of the setting', async () => {
    const { port } = await proxy({ credentials: 'user:pass' });
    const proxyAuthorization = `Basic ${Buffer.from('user:pass').toString('base64')}`;
    const network = { trusted: endpointCa, proxy: `http://127.0.0.1:${port}` };
    expect(await askAsThread(beyond, { ...network, proxyAuthorization })).toBeGreaterThan(10);
    await expect(askAsThread(beyond, network)).rejects.toMatchObject({ $metadata: { httpStatusCode: 407 } });
  });

  it('checks the certificate of a proxy, unless the setting says otherwise, and the endpoint’s always', async () => {
    const { port } = await proxy({ tls: true });
    const url = `https://127.0.0.1:${port}`;
    expect(await askAsThread(beyond, { trusted: bothCas, proxy: url })).toBeGreaterThan(10);
    await expect(askAsThread(beyond, { trusted: endpointCa, proxy: url })).rejects.toThrow(/certificate/);
    const lax = { proxy: url, proxyStrictSSL: false };
    expect(await askAsThread(beyond, { ...lax, trusted: endpointCa })).toBeGreaterThan(10);
    await expect(askAsThread(beyond, { ...lax, trusted: [tlsText('proxy-ca.pem')] })).rejects.toThrow(/certificate/);
  });

  it('asks a plain endpoint through the proxy, time and again', async () => {
    const { port, asked } = await proxy({ credentials: 'user:pass' });
    const network = { proxy: `http://user:pass@127.0.0.1:${port}` };
    expect(await askAsThread('http://ec2.example.invalid', network)).toBeGreaterThan(10);
    expect(await askAsThread('http://ec2.example.invalid', network)).toBeGreaterThan(10);
    expect(asked).toEqual(['http://ec2.example.invalid/', 'http://ec2.example.invalid/']);
  });

  it('says that it cannot use a SOCKS proxy', async () => {
    const asking = askAsThread(beyond, { proxy: 'socks5://user:secret@127.0.0.1:1080' });
    await expect(asking).rejects.toMatchObject({
      kind: 'config-invalid',
      message: expect.not.stringContaining('secret'),
    });
  });
});

describe('the extension host', () => {
  it('trusts the bundle that the variable names, or the profile', async () => {
    const url = `https://localhost:${endpoint.port}`;
    const byVariable = await open(url, { AWS_CA_BUNDLE: tlsFile('endpoint-ca.pem') }, {}, work);
    expect((await byVariable.ec2.listRegions(signal)).length).toBeGreaterThan(10);
    expect(await byVariable.ec2.identity(signal)).toMatchObject({ account: '123456789012' });
    const byProfile = await open(url, {}, {}, `${work}ca_bundle = ${tlsFile('endpoint-ca.pem')}\n`);
    expect((await byProfile.ec2.listRegions(signal)).length).toBeGreaterThan(10);
    expect((await byProfile.network('us-east-1')).trusted).toEqual(endpointCa.map((pem) => pem.trim()));
    const byPython = await open(url, { REQUESTS_CA_BUNDLE: tlsFile('endpoint-ca.pem') }, {}, work);
    expect((await byPython.ec2.listRegions(signal)).length).toBeGreaterThan(10);
    const ofProfile = `${work}ca_bundle = ${tlsFile('endpoint-ca.pem')}\n`;
    const overruled = await open(url, { REQUESTS_CA_BUNDLE: tlsFile('proxy-ca.pem') }, {}, ofProfile);
    expect((await overruled.ec2.listRegions(signal)).length).toBeGreaterThan(10);
    const neither = await open(url, { REQUESTS_CA_BUNDLE: folder }, {}, work);
    await expect(neither.ec2.listRegions(signal)).rejects.toMatchObject({ kind: 'network' });
    const both = await open(
      url,
      { AWS_CA_BUNDLE: tlsFile('proxy-ca.pem') },
      {},
      `${work}ca_bundle = ${tlsFile('endpoint-ca.pem')}\n`,
    );
    await expect(both.ec2.listRegions(signal)).rejects.toMatchObject({ kind: 'network' });
  });

  it.each([
    ['is not there', 'no-such.pem', undefined, /^AWS_CA_BUNDLE names the file .*no-such\.pem, which does not exist\.$/],
    ['is a folder', '.', undefined, /^AWS_CA_BUNDLE: .* cannot be read \(EISDIR\)\.$/],
    [
      'has no certificate',
      'bundle.pem',
      'nothing',
      /^AWS_CA_BUNDLE: .*bundle\.pem contains no certificate in PEM format\.$/,
    ],
    [
      'has a damaged one',
      'bundle.pem',
      `${endpointCa[0]}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
      /^AWS_CA_BUNDLE: certificate 2 in .*bundle\.pem is damaged\.$/,
    ],
  ])('says what is wrong with a bundle that %s', async (_name, file, content, message) => {
    if (content !== undefined) {
      await writeFile(join(folder, file), content);
    }
    const opening = open('http://127.0.0.1:1', { AWS_CA_BUNDLE: join(folder, file) }, {}, work);
    await expect(opening).rejects.toMatchObject({ kind: 'config-invalid', message: expect.stringMatching(message) });
  });

  it('says which profile names a bundle that is not there', async () => {
    const opening = open('http://127.0.0.1:1', {}, {}, `${work}ca_bundle = /no/such.pem\n`);
    await expect(opening).rejects.toMatchObject({
      message: '[work] ca_bundle names the file /no/such.pem, which does not exist.',
    });
  });

  it('finds the proxy itself where the editor leaves that to it', async () => {
    const { port, asked } = await proxy({ credentials: 'user:pass' });
    const settings = {
      proxySupport: 'on',
      proxy: `http://user:pass@127.0.0.1:${port}`,
      noProxy: ['sts.example.invalid'],
    };
    const env = { AWS_CA_BUNDLE: tlsFile('endpoint-ca.pem') };
    const connection = await open(beyond, env, settings, work);
    expect((await connection.ec2.listRegions(signal)).length).toBeGreaterThan(10);
    expect(asked).toEqual(['CONNECT ec2.example.invalid:443']);
    const excepted = await open('https://sts.example.invalid', env, settings, work);
    await expect(excepted.ec2.listRegions(signal)).rejects.toMatchObject({ kind: 'network' });
    const off = await open(beyond, env, { ...settings, proxySupport: 'off' }, work);
    await expect(off.ec2.listRegions(signal)).rejects.toMatchObject({ kind: 'network' });
  });

  it('has credential providers ask on the same way', async () => {
    const { port, asked } = await proxy();
    const config = [
      '[profile work]\nregion = us-east-1\nrole_arn = arn:aws:iam::111122223333:role/Deploy\nsource_profile = keys',
      '[profile keys]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = s\n',
    ].join('\n');
    const settings = { proxySupport: 'on', proxy: `http://127.0.0.1:${port}` };
    const connection = await open(beyond, { AWS_CA_BUNDLE: tlsFile('endpoint-ca.pem') }, settings, config);
    // The sample account has no roles: it only matters that the request came through the proxy and over TLS.
    await expect(connection.checkCredentials()).rejects.toThrow();
    expect(asked.length).toBeGreaterThan(0);
    expect(sample.requests.map(({ action }) => action)).toContain('AssumeRole');
  });

  it('tells the thread the same: the editor’s own choice, else what settings and variables say', async () => {
    const byEditor = { proxyOf: async () => ({ proxy: 'http://editor:1' }), proxy: 'http://setting:1' };
    const access = async (settings: Partial<NetworkSettings>, url = beyond) =>
      (await (await open(url, {}, settings, work)).network('us-east-1')).proxy;
    expect(await access(byEditor)).toBe('http://editor:1');
    expect(await access({ ...byEditor, proxyOf: async () => ({ proxy: undefined }) })).toBeUndefined();
    expect(await access({ ...byEditor, proxyOf: async () => undefined })).toBe('http://setting:1');
    expect(await access({ ...byEditor, proxySupport: 'off' })).toBeUndefined();
    expect(await access({ proxy: 'http://setting:1', noProxy: ['*.example.invalid'] })).toBeUndefined();
  });
});
