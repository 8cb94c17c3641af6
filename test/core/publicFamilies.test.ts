import { describe, expect, it } from 'vitest';
import { familiesOf, type PublicFamily } from '../../src/core/publicFamilies.ts';
import { publishersIn } from '../../src/core/publishers.ts';
import { matchesWildcard } from '../../src/core/wildcard.ts';
import { realNames } from './realNames.ts';

const all = publishersIn('aws').flatMap((publisher) => familiesOf(publisher, 'aws'));
const series = all.filter(({ kind }) => kind === 'series');

function architectureOf(name: string, publisherId: string): string {
  const arm = /arm64|aarch64/i.test(name);
  if (publisherId === 'macos') return arm ? 'arm64_mac' : 'x86_64_mac';
  return arm ? 'arm64' : 'x86_64';
}

/** Whether EC2 would list the name for a family, by its name patterns. */
function lists(family: PublicFamily, name: string): boolean {
  return (
    family.namePatterns.some((pattern) => matchesWildcard(pattern, name)) &&
    family.architecture === architectureOf(name, family.publisherId)
  );
}

describe('public families', () => {
  it('have an id, a label and a question of their own', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(series.map(({ publisherId, label }) => `${publisherId} ${label}`)).size).toBe(series.length);
    for (const family of series) {
      expect(family.label).toMatch(/^[\x20-\x7e]{3,}$/);
      expect(family.owners).not.toEqual([]);
      expect(family.namePatterns).not.toEqual([]);
      expect(family.architecture).toMatch(/^(?:x86_64|arm64)(?:_mac)?$/);
      for (const pattern of family.namePatterns) expect(pattern).toMatch(/^[^*?]{3}.*\*/);
    }
  });

  it('end, for every publisher, with all its other images', () => {
    for (const publisher of publishersIn('aws')) {
      const families = familiesOf(publisher, 'aws');
      expect(families.at(-1)).toMatchObject({ kind: 'other', id: `${publisher.id}/other`, label: '' });
      expect(families.filter(({ kind }) => kind === 'other')).toHaveLength(1);
    }
  });

  it('ask for the names too where only the alias of all of Amazon is known', () => {
    for (const publisher of publishersIn('aws')) {
      if (publisher.needsWords) continue;
      for (const family of familiesOf(publisher, 'aws')) {
        if (family.owners.includes('amazon')) expect(family.namePatterns, family.id).not.toEqual([]);
      }
    }
  });

  it.each(realNames.map((real) => [real.name, real.publicFamily] as const))('list %s under %s', (name, expected) => {
    const found = series.filter((family) => lists(family, name)).map(({ id }) => id);
    // "All languages" includes English.
    expect(found.filter((id) => !id.endsWith('-languages'))).toEqual(expected === undefined ? [] : [expected]);
  });

  it("follow the partition's owners", () => {
    const canonical = publishersIn('aws-cn').find(({ id }) => id === 'canonical');
    const debian = publishersIn('aws').find(({ id }) => id === 'debian');
    const macos = publishersIn('aws-us-gov').find(({ id }) => id === 'macos');
    expect(canonical && familiesOf(canonical, 'aws-cn')[0]?.owners).toEqual(['837727238323']);
    expect(debian && familiesOf(debian, 'aws-cn')).toEqual([]);
    expect(macos && familiesOf(macos, 'aws-us-gov').at(-1)).toMatchObject({
      owners: ['amazon'],
      namePatterns: ['amzn-ec2-macos-*'],
    });
  });
});
