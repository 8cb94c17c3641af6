import { expect, it } from 'vitest';
import { decodeSegment } from '../../src/catalog/segment.ts';
import { SegmentBuilder } from '../../src/catalog/segmentBuilder.ts';
import type { PublicImage } from '../../src/core/publicImage.ts';
import { aPublicImage } from './aPublicImage.ts';

function image(name: string, more: Partial<PublicImage> = {}): PublicImage {
  const marketplace = { ownerId: '679593333241', ownerAlias: 'aws-marketplace' };
  return aPublicImage({ id: 'ami-0123456789abcdef0', name, ...marketplace, ...more });
}

it('keeps the products of the Marketplace apart', () => {
  const builder = new SegmentBuilder();
  const vpn = (id: string) => `OpenVPN Access Server Community Image-${id}`;
  for (const one of [
    image(vpn('fe8020db-5343-4c43-9e65-5ed4a825c931')),
    image(`${vpn('fe8020db-5343-4c43-9e65-5ed4a825c931')}-ami-06585f7cf2fb8855c.4`),
    image(vpn('3b5882c4-551b-43fa-acfe-7f5cdb896ff1')),
    image(vpn('3b5882c4-551b-43fa-acfe-7f5cdb896ff1'), { ownerId: '111122223333', ownerAlias: '' }),
    image('20261102'),
  ]) {
    builder.add(one);
  }
  const { data, checksum } = builder.encode();
  const { codes, dictionaries } = decodeSegment(data, checksum);
  expect([...codes.family].map((code) => dictionaries.family[code])).toEqual([
    'name/fe8020db-5343-4c43-9e65-5ed4a825c931:OpenVPN Access Server Community Image (fe8020db)',
    'name/fe8020db-5343-4c43-9e65-5ed4a825c931:OpenVPN Access Server Community Image (fe8020db)',
    'name/3b5882c4-551b-43fa-acfe-7f5cdb896ff1:OpenVPN Access Server Community Image (3b5882c4)',
    'name:OpenVPN Access Server Community Image',
    '',
  ]);
});
