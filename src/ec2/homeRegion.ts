import type { ConfigProblemReason } from '../core/configProblem.ts';
import { leadingRegionOf, type Partition, partitionNamed, partitionOf } from '../core/regions.ts';
import type { ProfileInForce } from './sharedConfig/profileInForce.ts';
import type { FileProblem, Section, SharedConfig, SharedSection } from './sharedConfig/sharedConfig.ts';

export interface HomeRegionInputs {
  readonly env: NodeJS.ProcessEnv;
  readonly config: SharedConfig;
  readonly profile: ProfileInForce;
}

/**
 * The connection's default region, whose partition is the connection's: the region of the profile or of the
 * environment. Without one, the first of the user's regions in the partition of the profile's roles and sign-in.
 *
 * @param chosen the regions that the user shows
 */
export function decideHomeRegion({ env, config, profile }: HomeRegionInputs, chosen: readonly string[]): string {
  const values = profile.section?.values;
  const ofProfile = regionName(values?.['region']);
  const ofEnvironment = regionName(env['AWS_REGION'] || env['AWS_DEFAULT_REGION']);
  const own = profile.isChosen ? ofProfile : (ofEnvironment ?? ofProfile);
  if (own) {
    return own;
  }
  const session = config.ssoSessions.get(values?.['sso_session'] ?? '');
  const ofSignIn = regionName(values?.['sso_region'] || session?.values['sso_region']);
  const partition = partitionOfRoles(values) ?? (ofSignIn ? partitionOf(ofSignIn) : undefined);
  const regions = [...chosen.map(regionName), ofEnvironment, ofSignIn].filter((region) => region !== undefined);
  return (
    regions.find((region) => !partition || partitionOf(region) === partition) ?? leadingRegionOf(partition ?? 'aws')
  );
}

/** What is wrong with the given region, where no valid one is given. */
export function decisiveRegionProblem(
  { env, profile: { section } }: HomeRegionInputs,
  chosen: readonly string[],
): FileProblem | undefined {
  const variable = ['AWS_REGION', 'AWS_DEFAULT_REGION'].find((name) => env[name]);
  const given = [...chosen, env[variable ?? ''], section?.values['region']];
  if (given.some((region) => regionName(region))) {
    return undefined;
  }
  return regionProblem(section) ?? (variable ? { path: variable, reason: notARegion } : undefined);
}

/** What is wrong with a profile's own region. */
export function regionProblem(section: SharedSection | undefined): FileProblem | undefined {
  const region = section?.values['region'];
  return section && region && !regionName(region)
    ? { ...(section.places['region'] ?? section.place), reason: notARegion }
    : undefined;
}

const notARegion: ConfigProblemReason = { kind: 'region-name' };

/** Local endpoints have regions of any name. As for the AWS CLI, any name will do that can be part of a host's name. */
function regionName(text: string | undefined): string | undefined {
  const name = text?.trim().toLowerCase() ?? '';
  return /^(?!\d+$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/.test(name) ? name : undefined;
}

/** The partition of the role, session or device, by its ARN: credentials are valid in no other. */
function partitionOfRoles(values: Section | undefined): Partition | undefined {
  for (const setting of ['role_arn', 'login_session', 'mfa_serial']) {
    const partition = partitionNamed(/^arn:([\w-]+):/.exec(values?.[setting] ?? '')?.[1]);
    if (partition) {
      return partition;
    }
  }
  return undefined;
}
