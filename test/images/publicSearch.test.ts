import { describe, expect, it } from 'vitest';
import { ImageSearch } from '../../src/core/imageSearch.ts';
import { accountFilters, publicQueries } from '../../src/images/publicSearch.ts';
import { documentedFilters } from '../sample/documentedFilters.ts';

const queriesFor = (text: string) => publicQueries(new ImageSearch(text), 'us-east-1', []);

describe('the questions to EC2 for public images', () => {
  it.each([
    ['arch:arm64', [{ name: 'architecture', values: ['*arm64*'] }]],
    ['root:ebs', [{ name: 'root-device-type', values: ['*ebs*'] }]],
    ['virt:hvm', [{ name: 'virtualization-type', values: ['*hvm*'] }]],
    ['boot:"uefi*"', [{ name: 'boot-mode', values: ['*uefi\\**'] }]],
    ['platform:windows', [{ name: 'platform', values: ['windows'] }]],
    ['owner:0997', [{ name: 'owner-id', values: ['*0997*'] }]],
    [
      'arch:arm boot:uefi -virt:hvm before:2024',
      [
        { name: 'architecture', values: ['*arm*'] },
        { name: 'boot-mode', values: ['*uefi*'] },
      ],
    ],
  ])('name the fields of %j', (text, filters) => {
    expect(queriesFor(text)).toEqual([{ executableUsers: ['all'], filters }]);
    const documented = documentedFilters('DescribeImages');
    expect(filters.filter(({ name }) => !documented.includes(name))).toEqual([]);
  });

  it('name the fields beside words and owners', () => {
    const filter = { name: 'boot-mode', values: ['*uefi*'] };
    for (const text of ['ubuntu boot:uefi', 'owner:canonical boot:uefi', 'canonical noble boot:uefi']) {
      const queries = queriesFor(text);
      expect(queries.length).toBeGreaterThan(0);
      expect(queries.filter(({ filters }) => !JSON.stringify(filters).includes(JSON.stringify(filter)))).toEqual([]);
    }
    expect(accountFilters(new ImageSearch('boot:uefi'))).toEqual([filter]);
  });

  it.each(['', 'before:2024-01-01', '-foo', '-arch:arm64', 'owner:redhat', 'platform:linux'])(
    'are none for %j',
    (text) => {
      expect(queriesFor(text)).toEqual([]);
    },
  );
});
