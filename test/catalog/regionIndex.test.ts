import { describe, expect, it } from 'vitest';
import { RegionSearch } from '../../src/catalog/search/regionSearch.ts';
import type { PublicImage } from '../../src/core/publicImage.ts';
import { aPublicImage } from './aPublicImage.ts';
import { indexOf } from './indexedImages.ts';

const region = 'ap-east-1';
const now = Date.UTC(2026, 10, 20);

function image(id: string, name: string, more: Partial<PublicImage> = {}): PublicImage {
  const amazon = { ownerId: '910595266909', ownerAlias: 'amazon', architecture: 'x86_64', created: now - 1_000 };
  return aPublicImage({ ...amazon, id, name, ...more });
}

describe('a region that one opts in to, where Amazon has other accounts', () => {
  const linux = 'al2023-ami-2023.9.20251110.0-kernel-6.12-x86_64';
  const images = [
    image('ami-00000000000000001', linux),
    image('ami-00000000000000002', 'al2023-ami-ecs-gpu-hvm-2023.0.20251110-kernel-6.1-x86_64-ebs'),
    image('ami-00000000000000003', 'something else of Amazon’s'),
    image('ami-00000000000000004', linux, { ownerId: '864205771934', ownerAlias: '' }),
    image('ami-00000000000000005', linux, { deprecated: now - 1 }),
    image('emi-3F2A1B0C', linux, { ownerId: '111122223333', ownerAlias: '' }),
  ];
  const search = new RegionSearch(indexOf(region, images, now));
  const query = (text: string) =>
    search.query({ text, facets: {}, newestOnly: false, sort: { column: 'id', descending: false } }, 0, 10, now);

  it('finds the publisher of an image by the alias and the name, never by the name alone', () => {
    expect(query('').rows.map(({ id, publisher }) => [id, publisher?.name])).toEqual([
      ['ami-00000000000000001', 'Amazon Linux'],
      ['ami-00000000000000002', 'Amazon ECS'],
      ['ami-00000000000000003', 'Amazon'],
      ['ami-00000000000000004', undefined],
      ['ami-00000000000000005', 'Amazon Linux'],
      ['emi-3F2A1B0C', undefined],
    ]);
  });

  it('counts them by publisher', () => {
    const values = query('').facets.find(({ id }) => id === 'publisher')?.values ?? [];
    expect(values.find(({ label }) => label === 'Amazon Linux')).toMatchObject({ count: 2, verified: true });
  });

  it('lists a family as EC2 does: of the alias alone, and without what is deprecated', () => {
    const family = { owners: ['amazon'], namePatterns: ['al20??-ami-2*'], architecture: 'x86_64' };
    expect(search.list(1, { kind: 'family', ...family }, 0, 10, now).rows.map(({ id }) => id)).toEqual([
      'ami-00000000000000001',
    ]);
    expect(search.list(2, { kind: 'text', text: linux, publishers: [] }, 0, 10, now).rows).toHaveLength(4);
  });

  it('finds an image by its id in whatever case it has it', () => {
    expect(search.byIds(['emi-3F2A1B0C']).map(({ id }) => id)).toEqual(['emi-3F2A1B0C']);
  });
});
