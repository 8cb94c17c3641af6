import { configInvalid, type SharedConfig } from './profiles.ts';

export interface EndpointOverride {
  readonly url: string;
  /** The setting, variable or profile key that names it. */
  readonly source: string;
}

export interface EndpointOverrides {
  readonly ec2: EndpointOverride | undefined;
  readonly sts: EndpointOverride | undefined;
  readonly ssm: EndpointOverride | undefined;
}

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
 * @throws AmiError `config-invalid` for what is not an http(s) URL.
 */
export function resolveEndpoints(inputs: EndpointInputs): EndpointOverrides {
  const ec2 = find(inputs, 'EC2', 'ec2');
  // Keys for a local endpoint never go to AWS: where only EC2 has an override, it is asked for the rest as well.
  const own = { ...inputs, setting: undefined };
  return { ec2, sts: find(own, 'STS', 'sts') ?? ec2, ssm: find(own, 'SSM', 'ssm') ?? ec2 };
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
  const section = config.profiles.get(profile ?? 'default');
  if (section?.['ignore_configured_endpoint_urls']?.toLowerCase() === 'true') {
    return undefined;
  }
  const services = section?.['services'];
  const ofService = services ? config.services.get(services)?.[`${service}.endpoint_url`] : undefined;
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
    throw configInvalid(`${source}: "${value}" is not a URL.`, error);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw configInvalid(`${source}: "${value}" is neither an http nor an https URL.`);
  }
  return { url: value, source };
}
