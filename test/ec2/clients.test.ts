import { afterEach, describe, expect, it, vi } from 'vitest';
import { Clients } from '../../src/ec2/calls/clients.ts';
import { sampleCredentials } from '../../src/ec2/credentials/credentials.ts';
import { type EndpointOverrides, type EndpointVariants, ec2UrlIn, endpointVariants } from '../../src/ec2/endpoint.ts';
import { loadSdk } from '../../src/ec2/loadSdk.ts';

const none: EndpointOverrides = { ec2: undefined, sts: undefined, ssm: undefined };

afterEach(() => vi.unstubAllEnvs());

/** The hosts of a connection's clients in a region. */
async function hosts(
  region: string,
  endpoints: EndpointOverrides = none,
  variants?: EndpointVariants,
): Promise<Record<string, string>> {
  const sdk = await loadSdk();
  let host = '';
  const clients = new Clients({
    sdk,
    endpoints,
    credentials: sampleCredentials,
    common: {
      ...variants,
      requestHandler: {
        handle: async (request: { hostname: string; port?: number }) => {
          host = [request.hostname, request.port].filter(Boolean).join(':');
          throw Object.assign(new Error('Nothing is sent.'), { name: 'AbortError' });
        },
        metadata: { handlerProtocol: 'http/1.1' },
        destroy() {},
        updateHttpClientConfig() {},
        httpHandlerConfigs: () => ({}),
      },
    },
  });
  const hostOf = async (send: () => Promise<unknown>) => {
    await send().catch(() => undefined);
    return host;
  };
  return {
    ec2: await hostOf(() => clients.ec2(region).send(new sdk.DescribeRegionsCommand({}))),
    once: await hostOf(() => clients.ec2Once(region).send(new sdk.DescribeRegionsCommand({}))),
    sts: await hostOf(() => clients.sts(region).send(new sdk.GetCallerIdentityCommand({}))),
    ssm: await hostOf(() => clients.ssm(region).send(new sdk.GetParametersByPathCommand({ Path: '/aws' }))),
  };
}

describe('the clients of a region', () => {
  it('ask AWS’s own endpoints, of each partition', async () => {
    expect(await hosts('eu-west-1')).toEqual({
      ec2: 'ec2.eu-west-1.amazonaws.com',
      once: 'ec2.eu-west-1.amazonaws.com',
      sts: 'sts.eu-west-1.amazonaws.com',
      ssm: 'ssm.eu-west-1.amazonaws.com',
    });
    expect(await hosts('cn-north-1')).toMatchObject({
      ec2: 'ec2.cn-north-1.amazonaws.com.cn',
      sts: 'sts.cn-north-1.amazonaws.com.cn',
    });
  });

  it('ask the variants that the environment wants', async () => {
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
    expect(await hosts('us-west-2')).toMatchObject({
      ec2: 'ec2-fips.us-west-2.amazonaws.com',
      sts: 'sts-fips.us-west-2.amazonaws.com',
      ssm: 'ssm-fips.us-west-2.amazonaws.com',
    });
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'false');
    vi.stubEnv('AWS_USE_DUALSTACK_ENDPOINT', 'true');
    expect(await hosts('us-west-2')).toMatchObject({ ec2: 'ec2.us-west-2.api.aws' });
  });

  it.each([
    ['a profile, in capitals', {}, { use_fips_endpoint: 'True' }, 'ec2-fips.us-west-2.amazonaws.com'],
    [
      'a profile, both',
      {},
      { use_fips_endpoint: 'TRUE', use_dualstack_endpoint: 'true' },
      'ec2-fips.us-west-2.api.aws',
    ],
    ['the environment, in capitals', { AWS_USE_FIPS_ENDPOINT: 'True' }, {}, 'ec2-fips.us-west-2.amazonaws.com'],
    [
      'the environment before a profile',
      { AWS_USE_FIPS_ENDPOINT: 'false' },
      { use_fips_endpoint: 'true' },
      'ec2.us-west-2.amazonaws.com',
    ],
    [
      'nobody: only “true” counts',
      { AWS_USE_DUALSTACK_ENDPOINT: 'yes' },
      { use_fips_endpoint: '1' },
      'ec2.us-west-2.amazonaws.com',
    ],
  ])('ask the variants that the AWS CLI does for %s', async (_whose, env, section, ec2) => {
    const variants = endpointVariants(env, section);
    expect(await hosts('us-west-2', none, variants)).toMatchObject({ ec2, once: ec2 });
    expect(ec2UrlIn(undefined, 'us-west-2', variants)).toBe(`https://${ec2}`);
  });

  it('ask an endpoint that is named, whatever variants are wanted, and in its own region only', async () => {
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
    const ec2 = { url: 'https://vpce-0a-b.ec2.us-west-2.vpce.amazonaws.com', source: 'test' };
    expect(await hosts('us-west-2', { ...none, ec2 })).toMatchObject({
      ec2: 'vpce-0a-b.ec2.us-west-2.vpce.amazonaws.com',
      once: 'vpce-0a-b.ec2.us-west-2.vpce.amazonaws.com',
      sts: 'sts-fips.us-west-2.amazonaws.com',
    });
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'false');
    expect(await hosts('eu-west-1', { ...none, ec2 })).toMatchObject({ ec2: 'ec2.eu-west-1.amazonaws.com' });
    const local = { url: 'http://localhost:4566', source: 'test' };
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
    expect(await hosts('eu-west-1', { ec2: local, sts: local, ssm: local })).toMatchObject({
      ec2: 'localhost:4566',
      sts: 'localhost:4566',
      ssm: 'localhost:4566',
    });
  });
});
