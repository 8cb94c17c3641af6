import type { PublicImage } from '../../src/core/publicImage.ts';

/** An image of the catalog, with the fields that a test sets. */
export function aPublicImage(parts: Partial<PublicImage> & Pick<PublicImage, 'id'>): PublicImage {
  return {
    name: `image ${parts.id}`,
    description: '',
    ownerId: '123456789012',
    ownerAlias: '',
    architecture: 'arm64',
    platform: 'Linux/UNIX',
    rootDeviceType: 'ebs',
    virtualizationType: 'hvm',
    bootMode: '',
    size: 8,
    created: Date.UTC(2026, 0, 1),
    deprecated: undefined,
    ...parts,
  };
}
