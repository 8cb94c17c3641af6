import { expect, it } from 'vitest';
import { parseQuery } from '../../src/core/catalogQuery.ts';
import { searchForFamily, searchForFamilyOf, searchForOwner } from '../../src/core/catalogSearches.ts';
import { ImageSearch } from '../../src/core/imageSearch.ts';
import { familiesOf } from '../../src/core/publicFamilies.ts';
import { publishersIn, readPublishers } from '../../src/core/publishers.ts';
import { matchesWildcard } from '../../src/core/wildcard.ts';
import { anImage } from './anImage.ts';
import { hostileNames } from './hostile.ts';
import { realNames } from './realNames.ts';

const publishers = publishersIn('aws', []);
const soldName = 'acme-firewall-2.1-b7ee8a69-ee97-4a49-9e68-afaee216db2e';

it('owners are searched for by the name that they are known by, else by account', () => {
  const canonical = publishers.find(({ id }) => id === 'canonical');
  expect(searchForOwner(canonical, '099720109477')).toBe('owner:"Canonical (Ubuntu)"');
  expect(searchForOwner(undefined, '111122223333')).toBe('owner:111122223333');
});

it('a publisher of the user’s settings is searched for so that the images of all its accounts are found', () => {
  const { publishers: custom } = readPublishers([{ name: 'Acme Labs', ownerIds: ['111122223333', '444455556666'] }]);
  const [acme] = custom;
  const search = new ImageSearch(searchForOwner(acme, acme?.id ?? ''));
  const found = (ownerId: string) => search.matches(anImage({ ownerId }), custom);
  expect(['111122223333', '444455556666', '099720109477'].map(found)).toEqual([true, true, false]);
});

it('a well-known family is found by what all of its names have', () => {
  const canonical = publishers.find(({ id }) => id === 'canonical');
  const noble = canonical && familiesOf(canonical, 'aws').find(({ id }) => id === 'canonical/ubuntu-24.04-arm64');
  expect(noble && searchForFamily(canonical, noble)).toBe(
    'owner:"Canonical (Ubuntu)" name:ubuntu/images/hvm-ssd name:/ubuntu-noble-24.04-arm64-server- arch:arm64',
  );
});

it('every family’s search is understood, and leaves out none of its names', () => {
  for (const publisher of publishers) {
    for (const family of familiesOf(publisher, 'aws')) {
      const { terms, problems } = parseQuery(searchForFamily(publisher, family));
      expect(problems, family.id).toEqual([]);
      const names = realNames.filter(({ name }) => family.namePatterns.some((each) => matchesWildcard(each, name)));
      const parts = terms.flatMap((term) => (term.kind === 'field' && term.field === 'name' ? [term.text] : []));
      for (const { name } of names) {
        expect(
          parts.filter((part) => !name.toLowerCase().includes(part)),
          family.id,
        ).toEqual([]);
      }
    }
  }
});

it('a family of images is found by its label, whatever strangers name them', () => {
  expect(searchForFamilyOf(anImage())).toBe('owner:099720109477 family:"Ubuntu 24.04 amd64"');
  for (const name of hostileNames) {
    const { terms } = parseQuery(searchForFamilyOf(anImage({ name })));
    expect(terms.filter((term) => term.kind !== 'field')).toEqual([]);
  }
});

it.each([
  ['of the Marketplace, by its product', { ownerAlias: 'aws-marketplace', ownerId: '679593333241', name: soldName }],
  [
    'of the Marketplace, by its product codes',
    {
      ownerAlias: 'aws-marketplace',
      ownerId: '679593333241',
      name: 'acme-firewall-2.1',
      productCodes: ['a1b2c3d4e5f6g7h8i9j0k1l2m'],
    },
  ],
  ['without a name that tells its family', { name: '20260923' }],
])('the search for the family of an image %s finds the image, without a mistake', (_, parts) => {
  const image = anImage(parts);
  const text = searchForFamilyOf(image);
  expect(parseQuery(text).problems).toEqual([]);
  expect(new ImageSearch(text).matches(image, [])).toBe(true);
});
