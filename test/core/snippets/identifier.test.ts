import { describe, expect, it } from 'vitest';
import { logicalName, snakeCase, unique, variableName, wordsOf } from '../../../src/core/snippets/identifier.ts';
import { hostileNames } from '../hostile.ts';

describe('identifiers', () => {
  it.each([
    ['Ubuntu 24.04 amd64', 'ubuntu_24_04_amd64', 'ubuntu2404Amd64Image', 'Ubuntu2404Amd64Image'],
    ['web-server-golden', 'web_server_golden', 'webServerGoldenImage', 'WebServerGoldenImage'],
    ['42 things', 'image_42_things', 'image42ThingsImage', 'Image42ThingsImage'],
    ['Ärger', 'a_rger', 'aRgerImage', 'ARgerImage'],
    ['', 'image', 'image', 'Image'],
    ['日本', 'image', 'image', 'Image'],
  ])('are made of %j', (label, snake, camel, pascal) => {
    const words = wordsOf(label);
    expect(snakeCase(words)).toBe(snake);
    expect(variableName(words)).toBe(camel);
    expect(logicalName(words)).toBe(pascal);
  });

  it.each(hostileNames)('are valid whatever the label: %j', (label) => {
    const words = wordsOf(label);
    expect(snakeCase(words)).toMatch(/^[a-z][a-z0-9_]{0,400}$/);
    expect(variableName(words)).toMatch(/^[a-z][A-Za-z0-9]{0,400}$/);
    expect(new Function(`const ${variableName(words)} = 1; return ${variableName(words)}`)()).toBe(1);
    // CloudFormation's logical ids have letters and digits, 255 at most; the rest is room for an ending.
    expect(logicalName(words)).toMatch(/^[A-Z][A-Za-z0-9]{0,400}$/);
    expect(logicalName(words).length).toBeLessThanOrEqual(240);
  });

  it('are given once each', () => {
    const taken = new Set<string>();
    expect(['web', 'web', 'web_2', 'web'].map((name) => unique(taken, name, '_'))).toEqual([
      'web',
      'web_2',
      'web_2_2',
      'web_3',
    ]);
  });
});
