import { dnsSuffixOf, dualStackDnsSuffixOf, isAwsHost, partitionOf, regionOfHost } from '../core/regions.ts';
import { configInvalid } from './sharedConfig/configErrors.ts';
import type { Section, SharedConfig } from './sharedConfig/sharedConfig.ts';

export interface EndpointOverride {
  readonly url: string;
  /** The setting, variable or profile key that names it. */
  readonly source: string;
}

export type Service = 'ec2' | 'sts' | 'ssm';

/** The endpoints that replace AWS's own, by service. */
export type EndpointOverrides = Readonly<Record<Service, EndpointOverride | undefined>>;

export interface EndpointInputs {
  readonly setting: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly profile: string | undefined;
  readonly config: SharedConfig;
}

/**
 * The endpoints that replace AWS's own, most specific first: the editor's setting, then the order that the AWS SDKs
 * and Tools Reference Guide gives ("Service-specific endpoints"). The SDK's own look-up ignores a chosen profile.
 *
 * @throws AmiError `config-invalid` for a value that is no http(s) URL
 */
export function resolveEndpoints(inputs: EndpointInputs): EndpointOverrides {
  const ec2 = find(inputs, 'EC2', 'ec2');
  // Keys for a local endpoint never go to AWS, so it answers for STS and SSM as well. An endpoint of AWS's is EC2's
  // alone.
  const forAll = ec2 && !isAwsHost(hostOf(ec2)) ? ec2 : undefined;
  const own = { ...inputs, setting: undefined };
  const other = (variable: string, service: Service) => {
    const found = find(own, variable, service);
    // A variable may contradict the editor's setting, and one for all services may name EC2's own endpoint.
    const meant = found && isEndpointOf(found, service) && !(inputs.setting && forAll && isAwsHost(hostOf(found)));
    return meant ? found : forAll;
  };
  return { ec2, sts: other('STS', 'sts'), ssm: other('SSM', 'ssm') };
}

/**
 * The URL that replaces AWS's own endpoint in a region. Undefined for AWS's endpoint of another region, which refuses
 * requests that are signed for this one.
 */
export function endpointIn(override: EndpointOverride | undefined, region: string): string | undefined {
  const only = override && regionOfHost(hostOf(override));
  return only === undefined || only === region ? override?.url : undefined;
}

/** Which of AWS's own endpoints are asked. Always given to the SDK, which would read the variables otherwise. */
export interface EndpointVariants {
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
}

/** Read as botocore does (`ensure_boolean`): the SDK silently ignores a `True`. */
export function endpointVariants(env: NodeJS.ProcessEnv, section: Section | undefined): EndpointVariants {
  const isTrue = (text: string | undefined) => text?.trim().toLowerCase() === 'true';
  return {
    useFipsEndpoint: isTrue(env['AWS_USE_FIPS_ENDPOINT'] ?? section?.['use_fips_endpoint']),
    useDualstackEndpoint: isTrue(env['AWS_USE_DUALSTACK_ENDPOINT'] ?? section?.['use_dualstack_endpoint']),
  };
}

/** With an endpoint of its own the SDK accepts no variants. */
export const noVariants: EndpointVariants = { useFipsEndpoint: false, useDualstackEndpoint: false };

/** The URL of EC2 in a region, at AWS's own endpoint or the one that replaces it. */
export function ec2UrlIn(override: EndpointOverride | undefined, region: string, variants: EndpointVariants): string {
  const { useFipsEndpoint, useDualstackEndpoint } = variants;
  const partition = partitionOf(region);
  const suffix = useDualstackEndpoint ? dualStackDnsSuffixOf(partition) : dnsSuffixOf(partition);
  return endpointIn(override, region) ?? `https://ec2${useFipsEndpoint ? '-fips' : ''}.${region}.${suffix}`;
}

/** Whether an override can answer for a service: AWS's own endpoints answer only for the service in their name. */
function isEndpointOf(override: EndpointOverride, service: Service): boolean {
  const host = hostOf(override);
  const named = host.split('.').flatMap((label) => /^(ec2|sts|ssm)(-fips)?$/.exec(label)?.[1] ?? []);
  return !isAwsHost(host) || named.length === 0 || named.includes(service);
}

/**
 * The URL, without credentials, of an endpoint that is not AWS's own: its accounts and images are others. Undefined for
 * AWS's own endpoints and those of VPCs.
 */
export function foreignEndpoint(endpoint: string | undefined): string | undefined {
  if (endpoint === undefined) {
    return undefined;
  }
  const url = new URL(endpoint);
  url.username = '';
  url.password = '';
  return isAwsHost(url.hostname) ? undefined : url.href;
}

function hostOf({ url }: EndpointOverride): string {
  return new URL(url).hostname;
}

function find(inputs: EndpointInputs, variable: string, service: string): EndpointOverride | undefined {
  const { setting, env, profile, config } = inputs;
  if (setting?.trim()) {
    return check(setting.trim(), 'amiExplorer.endpointUrl');
  }
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true') {
    return undefined;
  }
  for (const name of [`AWS_ENDPOINT_URL_${variable}`, 'AWS_ENDPOINT_URL']) {
    const value = env[name];
    if (value) {
      return check(value, name);
    }
  }
  const section = config.profiles.get(profile ?? 'default')?.values;
  if (section?.['ignore_configured_endpoint_urls']?.toLowerCase() === 'true') {
    return undefined;
  }
  const services = section?.['services'];
  const ofService = services ? config.services.get(services)?.values[`${service}.endpoint_url`] : undefined;
  if (ofService) {
    return check(ofService, `[services ${services}] ${service} endpoint_url`);
  }
  const ofProfile = section?.['endpoint_url'];
  return ofProfile ? check(ofProfile, `[${profile ?? 'default'}] endpoint_url`) : undefined;
}

function check(value: string, source: string): EndpointOverride {
  let url: URL;
  try {
    url = new URL(value);
  } catch (error) {
    throw configInvalid({ kind: 'no-url', source, value }, { cause: error });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw configInvalid({ kind: 'no-http-url', source, value });
  }
  return { url: value, source };
}
