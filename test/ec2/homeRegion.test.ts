import { describe, expect, it } from 'vitest';
import { placedProblemText } from '../../src/core/configProblem.ts';
import { plainL10n } from '../../src/core/l10n.ts';
import { decideHomeRegion, decisiveRegionProblem } from '../../src/ec2/homeRegion.ts';
import { placedProblem } from '../../src/ec2/sharedConfig/configErrors.ts';
import { profileInForce } from '../../src/ec2/sharedConfig/profileInForce.ts';
import { sharedConfig } from '../../src/ec2/sharedConfig/sharedConfig.ts';

interface Case {
  readonly name: string;
  /** The settings of the profile `p`, and further sections. */
  readonly profile?: string;
  /** AWS_PROFILE names the profile, instead of a choice in the editor. */
  readonly byEnvironment?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly chosen?: readonly string[];
  readonly region: string;
}

const keys = 'aws_access_key_id = A\naws_secret_access_key = s\n';
const account = 'sso_account_id = 1\nsso_role_name = R\n';
const sso = (region: string) => `${account}sso_start_url = https://x\nsso_region = ${region}\n`;
const session = (region: string) =>
  `${account}sso_session = c\n[sso-session c]\nsso_start_url = https://x\nsso_region = ${region}\n`;
const role = (partition: string) => `role_arn = arn:${partition}:iam::1:role/R\nsource_profile = q\n`;
const source = `[profile q]\nregion = us-east-2\n${keys}`;

const cases: readonly Case[] = [
  { name: 'its own', profile: `${keys}region = eu-west-1\n`, region: 'eu-west-1' },
  {
    name: 'its own, whatever is chosen',
    profile: `${keys}region = eu-west-1\n`,
    chosen: ['us-gov-west-1'],
    region: 'eu-west-1',
  },
  { name: 'its own, in capitals and with a comment', profile: `${keys}region = EU-West-1 # x\n`, region: 'eu-west-1' },
  {
    name: 'its own before that of an environment that does not know of it',
    profile: `${keys}region = eu-west-1\n`,
    env: { AWS_REGION: 'us-gov-west-1' },
    region: 'eu-west-1',
  },
  {
    name: "the environment's before its own, where the environment names it",
    profile: `${keys}region = eu-west-1\n`,
    byEnvironment: true,
    env: { AWS_REGION: 'us-gov-west-1', AWS_DEFAULT_REGION: 'cn-north-1' },
    region: 'us-gov-west-1',
  },
  { name: 'the chosen one', profile: keys, chosen: ['us-gov-west-1'], region: 'us-gov-west-1' },
  { name: 'the chosen one in China', profile: keys, chosen: ['cn-northwest-1'], region: 'cn-northwest-1' },
  {
    name: 'the chosen one in the European Sovereign Cloud',
    profile: keys,
    chosen: ['eusc-de-east-1'],
    region: 'eusc-de-east-1',
  },
  {
    name: 'the first chosen one that is a region',
    profile: keys,
    chosen: ['no region', 'cn-north-1', 'us-east-1'],
    region: 'cn-north-1',
  },
  {
    name: 'the chosen one before that of an environment that does not know of it',
    profile: keys,
    env: { AWS_REGION: 'us-east-1' },
    chosen: ['us-gov-west-1'],
    region: 'us-gov-west-1',
  },
  { name: 'that of the environment', profile: keys, env: { AWS_DEFAULT_REGION: 'ap-south-1' }, region: 'ap-south-1' },
  { name: 'that of the sign-in', profile: sso('us-gov-east-1'), region: 'us-gov-east-1' },
  { name: 'that of the session', profile: session('cn-north-1'), region: 'cn-north-1' },
  {
    name: 'the chosen one in the partition of the sign-in',
    profile: sso('us-east-1'),
    chosen: ['us-gov-west-1', 'eu-west-3'],
    region: 'eu-west-3',
  },
  {
    name: 'that of the session, since its credentials are of no other partition',
    profile: session('us-gov-west-1'),
    env: { AWS_REGION: 'us-east-1' },
    chosen: ['us-east-1'],
    region: 'us-gov-west-1',
  },
  { name: "one in the role's partition", profile: role('aws-us-gov') + source, region: 'us-gov-west-1' },
  {
    name: "the chosen one in the role's partition",
    profile: role('aws-cn') + source,
    chosen: ['us-east-1', 'cn-north-1'],
    region: 'cn-north-1',
  },
  {
    name: 'of a role, not that of its source, as for the AWS CLI',
    profile: role('aws') + source,
    env: { AWS_REGION: 'eu-north-1' },
    region: 'eu-north-1',
  },
  {
    name: 'a chosen one where its own is none',
    profile: `${keys}region = us east\n`,
    chosen: ['eu-west-1'],
    region: 'eu-west-1',
  },
  { name: "a local endpoint's own", profile: `${keys}region = local\n`, region: 'local' },
  { name: 'the first of all', profile: keys, region: 'us-east-1' },
];

function decide({ profile = '', byEnvironment = false, env = {}, chosen = [] }: Omit<Case, 'region' | 'name'>) {
  const config = sharedConfig({ path: '/config', content: `[profile p]\n${profile}` }, { path: '/credentials' });
  const variables = byEnvironment ? { ...env, AWS_PROFILE: 'p' } : env;
  const choice = { kind: 'aws', profile: byEnvironment ? undefined : 'p', endpointUrl: undefined } as const;
  const machine = { isFile: () => true, isCommand: () => true };
  const inputs = { env: variables, config, profile: profileInForce(choice, variables, config, machine) };
  const fault = decisiveRegionProblem(inputs, chosen);
  return {
    region: decideHomeRegion(inputs, chosen),
    fault: fault && placedProblemText(placedProblem(fault), plainL10n),
  };
}

describe('the region of a profile', () => {
  it.each(cases)('is $name', ({ region, ...given }) => {
    expect(decide(given)).toEqual({ region, fault: undefined });
  });
});

describe('the name of a region that is none', () => {
  it.each([
    ['us east', 'two words'],
    ['-us-east-1', 'a hyphen in front'],
    ['us_east_1', 'underscores'],
    ['evil.example/', 'a host'],
    ['123', 'a number'],
  ])('is said where no other is given: %s (%s)', (name) => {
    expect(decide({ profile: `${keys}region = ${name}\n` }).fault).toBe(
      '/config, line 4: This is not the name of a region.',
    );
    expect(decide({ profile: keys, env: { AWS_REGION: name } }).fault).toBe(
      'AWS_REGION: This is not the name of a region.',
    );
    expect(decide({ profile: `${keys}region = ${name}\n`, env: { AWS_REGION: 'us-east-1' } }).fault).toBeUndefined();
  });
});
