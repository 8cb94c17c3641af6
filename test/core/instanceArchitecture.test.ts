import { describe, expect, it } from 'vitest';
import { architecturesOf } from '../../src/core/instanceArchitecture.ts';

describe('architecturesOf', () => {
  it.each(
    'a1.medium t4g.nano m6g.large m6gd.metal c6gn.16xlarge c7gd.xlarge r8gb.48xlarge x2gd.metal im4gn.large is4gen.medium i8ge.2xlarge g5g.xlarge hpc7g.4xlarge p6e-gb200.36xlarge T4G.small'.split(
      ' ',
    ),
  )('%s is arm64', (type) => {
    expect(architecturesOf(type)).toEqual(['arm64']);
  });

  it.each(
    't1.micro t3.micro t3a.small m1.small m5.large m7i-flex.large c5n.18xlarge x2iedn.32xlarge g4dn.xlarge g6e.2xlarge gr6.4xlarge p5.48xlarge trn1n.32xlarge inf2.8xlarge u-6tb1.metal u7i-12tb.224xlarge dl2q.24xlarge i7ie.metal-24xl hpc7a.12xlarge vt1.3xlarge'.split(
      ' ',
    ),
  )('%s is x86', (type) => {
    expect(architecturesOf(type)).toEqual(['x86_64', 'i386']);
  });

  it.each([
    ['mac1.metal', 'x86_64_mac'],
    ['mac2.metal', 'arm64_mac'],
    ['mac2-m2pro.metal', 'arm64_mac'],
    ['mac-m4.metal', 'arm64_mac'],
  ])('%s is %s', (type, architecture) => {
    expect(architecturesOf(type)).toEqual([architecture]);
  });

  it.each(['db.t4g.micro', 'cache.m6g.large', 'ml.m5.large', 'q7x.large', 't3', 'micro', '', 't3.{{ size }}', 't3.*'])(
    '%j says nothing',
    (type) => {
      expect(architecturesOf(type)).toBeUndefined();
    },
  );
});
