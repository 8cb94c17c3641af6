import { describe, expect, it } from 'vitest';
import { endpointIn, foreignEndpoint, resolveEndpoints } from '../../src/ec2/endpoint.ts';
import { type SharedConfig, sharedConfig } from '../../src/ec2/sharedConfig/sharedConfig.ts';

const files = (content: string) => sharedConfig({ path: 'config', content }, { path: 'credentials' });
const none = files('');

function resolve(env: NodeJS.ProcessEnv, more: { setting?: string; config?: SharedConfig } = {}) {
  const found = resolveEndpoints({ setting: more.setting, env, profile: undefined, config: more.config ?? none });
  const urlOf = (service: 'ec2' | 'sts' | 'ssm') => found[service]?.url;
  return { ec2: urlOf('ec2'), sts: urlOf('sts'), ssm: urlOf('ssm') };
}

describe('an endpoint for EC2 alone', () => {
  it.each([
    'https://ec2-fips.us-west-2.amazonaws.com',
    'https://ec2.us-west-2.api.aws',
    'https://vpce-0a1b2c3d-x1y2.ec2.us-east-1.vpce.amazonaws.com',
    'https://vpce-0a1b2c3d-x1y2-us-east-1a.ec2.us-east-1.vpce.amazonaws.com/',
    'https://ec2.cn-north-1.amazonaws.com.cn',
    'https://ec2.cn-north-1.api.amazonwebservices.com.cn',
    'https://EC2.eu-west-1.amazonaws.com:443',
    'https://ec2.us-iso-east-1.c2s.ic.gov',
  ])('of AWS stays EC2’s: %s', (url) => {
    expect(resolve({ AWS_ENDPOINT_URL_EC2: url })).toEqual({ ec2: url, sts: undefined, ssm: undefined });
    expect(resolve({}, { setting: url })).toEqual({ ec2: url, sts: undefined, ssm: undefined });
  });

  it.each([
    'http://localhost:4566',
    'http://127.0.0.1:5000',
    'http://[::1]:5000',
    'http://moto:5000',
    'https://10.1.2.3',
    'https://ec2.corp.example',
    'http://ec2-54-1-2-3.us-west-2.compute.amazonaws.com:5000',
    'http://amazonaws.com.evil.example',
  ])('of anybody else stands for the others, to which its keys are not to go: %s', (url) => {
    expect(resolve({ AWS_ENDPOINT_URL_EC2: url })).toEqual({ ec2: url, sts: url, ssm: url });
  });
});

describe('each service', () => {
  it('has its own', () => {
    const env = {
      AWS_ENDPOINT_URL_EC2: 'http://localhost:1',
      AWS_ENDPOINT_URL_STS: 'http://localhost:2',
      AWS_ENDPOINT_URL_SSM: 'https://ssm.eu-west-1.amazonaws.com',
    };
    expect(resolve(env)).toEqual({
      ec2: 'http://localhost:1',
      sts: 'http://localhost:2',
      ssm: 'https://ssm.eu-west-1.amazonaws.com',
    });
  });

  it('is not touched by the one of STS alone', () => {
    const url = 'https://sts.us-east-1.amazonaws.com';
    expect(resolve({ AWS_ENDPOINT_URL_STS: url })).toEqual({ ec2: undefined, sts: url, ssm: undefined });
  });

  it('has the one for all, unless that is another service’s own', () => {
    const local = 'http://localhost:4566';
    expect(resolve({ AWS_ENDPOINT_URL: local })).toEqual({ ec2: local, sts: local, ssm: local });
    const ec2 = 'https://ec2.eu-west-1.amazonaws.com';
    expect(resolve({ AWS_ENDPOINT_URL: ec2 })).toEqual({ ec2, sts: undefined, ssm: undefined });
  });

  it('is asked of the local endpoint that the setting names, whatever variables say of AWS', () => {
    const setting = 'http://localhost:5000';
    const env = { AWS_ENDPOINT_URL_STS: 'https://sts.us-east-1.amazonaws.com', AWS_ENDPOINT_URL_SSM: 'http://other:1' };
    expect(resolve(env, { setting })).toEqual({ ec2: setting, sts: setting, ssm: 'http://other:1' });
  });

  it('is read from the services section of the profile', () => {
    const config = files(`[default]
services = mine
[services mine]
ec2 =
  endpoint_url = https://ec2-fips.us-west-2.amazonaws.com
sts =
  endpoint_url = http://sts:1
`);
    expect(resolve({}, { config })).toEqual({
      ec2: 'https://ec2-fips.us-west-2.amazonaws.com',
      sts: 'http://sts:1',
      ssm: undefined,
    });
  });
});

describe('an endpoint of AWS’s', () => {
  it.each([
    ['https://ec2-fips.us-west-2.amazonaws.com', 'us-west-2', 'eu-west-1'],
    ['https://ec2.us-west-2.api.aws', 'us-west-2', 'us-east-1'],
    ['https://us-west-2.ec2.amazonaws.com', 'us-west-2', 'us-east-1'],
    ['https://vpce-12-ab.ec2.us-east-1.vpce.amazonaws.com', 'us-east-1', 'us-west-2'],
    ['https://ec2.amazonaws.com', 'us-east-1', 'us-west-2'],
    ['https://ec2.cn-north-1.amazonaws.com.cn', 'cn-north-1', 'cn-northwest-1'],
  ])('%s counts in %s and not in %s', (url, own, other) => {
    expect(endpointIn({ url, source: 'test' }, own)).toBe(url);
    expect(endpointIn({ url, source: 'test' }, other)).toBeUndefined();
  });

  it('is nobody else’s, who answers for every region', () => {
    const url = 'http://eu-west-1.localhost:4566';
    expect(endpointIn({ url, source: 'test' }, 'us-east-1')).toBe(url);
  });
});

describe('what an endpoint tells apart', () => {
  it.each([
    ['https://vpce-12-ab.ec2.us-east-1.vpce.amazonaws.com', undefined],
    [undefined, undefined],
    ['http://LOCALHOST:4566', 'http://localhost:4566/'],
    ['http://me:hunter2@localhost:4566/', 'http://localhost:4566/'],
    ['https://my-balancer.us-east-1.elb.amazonaws.com', 'https://my-balancer.us-east-1.elb.amazonaws.com/'],
  ])('%s: %s', (url, foreign) => {
    expect(foreignEndpoint(url)).toBe(foreign);
  });
});
