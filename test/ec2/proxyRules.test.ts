import { describe, expect, it } from 'vitest';
import { proxyByRules } from '../../src/ec2/network/proxyRules.ts';

const proxy = 'http://proxy:3128';

function through(
  url: string,
  noProxy: string,
  env: NodeJS.ProcessEnv = { NO_PROXY: noProxy, HTTPS_PROXY: proxy, HTTP_PROXY: proxy },
) {
  return proxyByRules(url, { proxy: undefined, noProxy: [], env });
}

describe('no proxy is used for', () => {
  it.each([
    ['https://ec2.corp', 'corp'],
    ['https://ec2.corp', '.corp'],
    ['https://ec2.corp', '*.corp'],
    ['https://EC2.CORP', '.Corp'],
    ['https://corp', '.corp'],
    ['https://ec2.corp', 'other, .corp ,x'],
    ['https://ec2.corp', 'other .corp'],
    ['https://ec2.corp.', 'corp'],
    ['https://ec2.corp:8443', 'ec2.corp:8443'],
    ['https://ec2.corp', '.corp:443'],
    ['http://ec2.corp', '.corp:80'],
    ['https://10.1.2.3', '10.0.0.0/8'],
    ['https://10.1.2.3', '10.1.2.3'],
    ['https://10.1.2.3:5000', '10.1.2.3:5000'],
    ['https://10.1.2.3', '10.1.*'],
    ['https://[fd00::1]', 'fd00::/8'],
    ['https://[fd00::1]', '[fd00::1]'],
    ['https://[fd00::1]:5000', '[fd00::1]:5000'],
    ['https://anything', '*'],
    ['http://localhost:4566', ''],
    ['http://127.0.0.1:5000', ''],
    ['http://127.9.9.9', ''],
    ['http://[::1]:5000', ''],
    ['http://s3.localhost:4566', ''],
  ])('%s by %j', (url, noProxy) => expect(through(url, noProxy)).toBeUndefined());
});

describe('a proxy is used for', () => {
  it.each([
    ['https://ec2.corp', ''],
    ['https://ec2.corp', 'orp'],
    ['https://ec2.notcorp', 'corp'],
    ['https://corp', '*.corp'],
    ['https://ec2.corp', 'ec2.corp:8443'],
    ['https://ec2.corp.example', '.corp'],
    ['https://11.1.2.3', '10.0.0.0/8'],
    ['https://10.1.2.3', '10.0.0.0/99'],
    ['https://ten', '10.0.0.0/8'],
    ['https://ec2.corp', ',,'],
    ['https://ec2xcorp', 'ec2.corp'],
  ])('%s in spite of %j', (url, noProxy) => expect(through(url, noProxy)).toBe(proxy));
});

describe('which proxy', () => {
  it.each<[string, string, NodeJS.ProcessEnv, string | undefined]>([
    ['each scheme has its own', 'https://e', { HTTP_PROXY: 'http://a', HTTPS_PROXY: 'http://b' }, 'http://b'],
    ['one for HTTP is none for HTTPS', 'https://e', { HTTP_PROXY: 'http://a' }, undefined],
    ['one for HTTPS is none for HTTP', 'http://e', { HTTPS_PROXY: 'http://a' }, undefined],
    ['one for all', 'http://e', { ALL_PROXY: 'http://a' }, 'http://a'],
    ['lower case first', 'https://e', { https_proxy: 'http://a', HTTPS_PROXY: 'http://b' }, 'http://a'],
    ['lower case alone', 'https://e', { https_proxy: 'http://a', no_proxy: 'x' }, 'http://a'],
    ['lower case exceptions', 'https://e.x', { https_proxy: 'http://a', no_proxy: 'x' }, undefined],
    ['without a scheme', 'https://e', { HTTPS_PROXY: 'proxy:3128' }, 'http://proxy:3128'],
    ['with credentials', 'https://e', { HTTPS_PROXY: 'http://u:p%40@proxy:3128' }, 'http://u:p%40@proxy:3128'],
    ['what is no URL', 'https://e', { HTTPS_PROXY: 'http://' }, undefined],
    ['an empty variable', 'https://e', { HTTPS_PROXY: ' ' }, undefined],
  ])('%s', (_name, url, env, expected) => {
    expect(proxyByRules(url, { proxy: undefined, noProxy: [], env })).toBe(expected);
  });

  it('the setting comes before the variables, and its exceptions before theirs', () => {
    const env = { HTTPS_PROXY: 'http://a', NO_PROXY: 'x' };
    expect(proxyByRules('https://e', { proxy, noProxy: [], env })).toBe(proxy);
    expect(proxyByRules('https://e.x', { proxy, noProxy: [], env })).toBeUndefined();
    expect(proxyByRules('https://e.x', { proxy, noProxy: ['.y'], env })).toBe(proxy);
    expect(proxyByRules('https://e.y', { proxy, noProxy: ['.y'], env })).toBeUndefined();
    expect(proxyByRules('https://e.y', { proxy: undefined, noProxy: ['.y'], env })).toBeUndefined();
  });
});
