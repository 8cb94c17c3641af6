import { describe, expect, it } from 'vitest';
import { findImageParameters } from '../../src/code/imageParameters.ts';
import { isUnsafeLookup } from '../../src/code/lookups/unsafeLookup.ts';

const span = { start: 0, end: 0 };
const newest = (...names: readonly string[]) => ({
  filters: names.map((name) => ({ name, values: ['x'], span })),
  owners: { kind: 'none' as const },
  imageIds: [],
  chooses: 'newest' as const,
});

describe('an unsafe lookup', () => {
  it.each([['name'], ['description', 'architecture'], ['product-code'], ['product-code.type'], []])(
    'by %s',
    (...names) => {
      expect(isUnsafeLookup(newest(...names))).toBe(true);
    },
  );

  it.each([['name', 'owner-id'], ['owner-alias'], ['image-id'], ['tag:Name'], ['tag-key']])('not by %s', (...names) => {
    expect(isUnsafeLookup(newest(...names))).toBe(false);
  });

  it('is none with owners, with ids, or where nothing is chosen', () => {
    expect(isUnsafeLookup({ ...newest('name'), owners: { kind: 'computed' } })).toBe(false);
    expect(isUnsafeLookup({ ...newest('name'), owners: { kind: 'literal', values: ['self'] } })).toBe(false);
    expect(isUnsafeLookup({ ...newest('name'), imageIds: ['ami-12345678'] })).toBe(false);
    expect(isUnsafeLookup({ ...newest('name'), chooses: 'all' })).toBe(false);
    expect(isUnsafeLookup({ ...newest('name'), chooses: 'first' })).toBe(true);
  });

  it('is one where a filter takes any owner', () => {
    expect(isUnsafeLookup({ ...newest(), filters: [{ name: 'owner-alias', values: ['*'], span }] })).toBe(true);
  });
});

describe('public parameters of images', () => {
  it.each([
    '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
    '/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base',
    '/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id',
    '/aws/service/eks/optimized-ami/1.29/amazon-linux-2/recommended/image_id',
    '/aws/service/ecs/optimized-ami/amazon-linux-2/recommended',
    '/aws/service/ecs/optimized-ami/amazon-linux-2/amzn2-ami-ecs-hvm-2.0.20260101-x86_64-ebs',
    '/aws/service/bottlerocket/aws-k8s-1.29/x86_64/latest/image_id',
    '/aws/service/debian/release/12/latest/amd64',
  ])('%s', (name) => {
    expect(findImageParameters(`x = "{{resolve:ssm:${name}:1}}"`)).toEqual([
      { kind: 'parameter', value: name, isWhole: true, span: { start: 19, end: 19 + name.length } },
    ]);
  });

  it.each([
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as HCL writes it
    '/aws/service/canonical/ubuntu/server/${var.version}/stable/current/amd64/hvm/ebs-gp2/ami-id',
    '/aws/service/eks/optimized-ami/{{ version }}/amazon-linux-2/recommended/image_id',
    '/aws/service/eks/optimized-ami/$VERSION/amazon-linux-2/recommended/image_id',
    '/aws/service/bottlerocket/aws-k8s-%s/x86_64/latest/image_id',
    '/aws/service/eks/optimized-ami/<version>/amazon-linux-2/recommended/image_id',
    '/aws/service/eks/optimized-ami/%[1]s/amazon-linux-2023/x86_64/standard/recommended/image_id',
    '/aws/service/eks/optimized-ami/%v/amazon-linux-2/recommended/image_id',
    '/aws/service/eks/optimized-ami/%(version)s/amazon-linux-2/recommended/image_id',
    '/aws/service/eks/optimized-ami/%1$s/amazon-linux-2/recommended/image_id',
    '/aws/service/eks/optimized-ami/{}/amazon-linux-2/recommended/image_id',
    '/aws/service/eks/optimized-ami/$(version)/amazon-linux-2/recommended/image_id',
    '/aws/service/eks/optimized-ami/\\(version)/amazon-linux-2/recommended/image_id',
    '/aws/service/eks/optimized-ami/:version/amazon-linux-2/recommended/image_id',
  ])('%s, which is not whole', (name) => {
    expect(findImageParameters(`"${name}"`)).toMatchObject([{ value: name, isWhole: false }]);
  });

  it.each([
    ['a beginning', '/aws/service/eks/optimized-ami/" + version + "/amazon-linux-2/recommended/image_id'],
    ['a folder', '/aws/service/canonical/ubuntu/server'],
    ['a folder with a slash', '/aws/service/debian/release/12/'],
    ['a folder of a version', '/aws/service/ecs/optimized-ami/amazon-linux-2023'],
  ])('%s is not whole', (_, name) => {
    expect(findImageParameters(`"${name}"`)).toMatchObject([{ isWhole: false }]);
  });

  it.each([
    '/aws/service/global-infrastructure/regions/us-east-1/longName',
    '/aws/service/ami-amazon-linux-latest',
    '/aws/service/aws-for-fluent-bit/stable',
    '/aws/service/list',
  ])('not %s', (name) => {
    expect(findImageParameters(`"${name}"`)).toEqual([]);
  });
});
