import type {
  IdReference,
  LookupFilter,
  LookupReference,
  ParameterReference,
  RegionInForce,
} from '../../src/code/reference.ts';
import { unknownRegion } from '../../src/code/reference.ts';

const at = { start: 10, end: 31 };

function inForce(regions: readonly string[]): RegionInForce {
  return regions.length === 0 ? unknownRegion : { regions, isGuess: false, from: 'provider', at: undefined };
}

/** A reference to an id, in these regions or in an unknown one. */
export function idReference(
  value: string,
  regions: readonly string[] = [],
  more: Partial<IdReference> = {},
): IdReference {
  return {
    kind: 'id',
    span: at,
    value,
    isMalformed: false,
    isPlaceholder: false,
    instanceType: undefined,
    region: inForce(regions),
    ...more,
  };
}

export function parameterReference(
  value: string,
  regions: readonly string[] = [],
  more: Partial<ParameterReference> = {},
): ParameterReference {
  return {
    kind: 'parameter',
    span: at,
    value,
    isWhole: true,
    instanceType: undefined,
    region: inForce(regions),
    ...more,
  };
}

export function filter(name: string, ...values: readonly string[]): LookupFilter {
  return { name, values, span: at };
}

/** A lookup of Terraform's for the newest image, without owners unless they are given. */
export function lookupReference(
  filters: readonly LookupFilter[],
  regions: readonly string[] = [],
  more: Partial<LookupReference> = {},
): LookupReference {
  return {
    kind: 'lookup',
    span: at,
    whole: { start: 10, end: 200 },
    tool: 'terraform',
    value: 'data "aws_ami" "web"',
    filters,
    owners: { kind: 'none' },
    imageIds: [],
    executableUsers: [],
    chooses: 'newest',
    includesDeprecated: false,
    isUnsafe: true,
    ownerInsertion: { offset: 100, before: '  owners = ["', after: '"]\n' },
    region: inForce(regions),
    ...more,
  };
}
