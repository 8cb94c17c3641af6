/**
 * The parts of an instance type's name: family, generation, processor and options, size (EC2 instance types guide,
 * "Naming conventions"): `m` `6` `gd` `xlarge`. High memory and Mac types put more behind a hyphen: `u-6tb1.metal`,
 * `mac2-m2pro.metal`, `p6e-gb200.36xlarge`.
 */
const instanceType =
  /^([a-z]+)(?:(\d+)([a-z]*))?((?:-[a-z0-9]+)*)\.(?:\d*x?(?:nano|micro|small|medium|large)|\d+xlarge|metal(?:-\w+)?)$/;

/** The families that are not Macs. Others may be of another service, whose types begin with `db.` or `cache.`. */
const families: ReadonlySet<string> = new Set(
  'a c cc cg cr d dl f g gr h hi hpc hs i im inf is m p r t trn u vt x z'.split(' '),
);

/**
 * Values of an image's architecture that instances of a type can run; undefined for a name that this version does not
 * know. A type is not asked for at EC2: its name says it.
 */
export function architecturesOf(type: string): readonly string[] | undefined {
  const [, family = '', generation = '', options = '', more = ''] = instanceType.exec(type.trim().toLowerCase()) ?? [];
  if (family === 'mac') return generation === '1' && more === '' ? ['x86_64_mac'] : ['arm64_mac'];
  if (!families.has(family) || (generation === '' && family !== 'u')) return undefined;
  // A Graviton has a `g` behind its generation, the first of them (`a1`) and NVIDIA's Grace (`-gb200`) have not.
  const isArm = options.includes('g') || family === 'a' || /^-gb\d/.test(more);
  return isArm ? ['arm64'] : ['x86_64', 'i386'];
}
