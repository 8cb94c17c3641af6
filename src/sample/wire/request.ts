import { ServiceError } from './errors.ts';
import { QueryParameters } from './query.ts';
import { type SampleService, SERVICES } from './service.ts';

/**
 * An HTTP request of the EC2 or STS query protocol, or of SSM's JSON protocol. Header names may be in any case; `query`
 * has no `?`.
 */
export interface SampleRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

/** What a request asks for, read without carrying it out. */
export interface RequestTarget {
  readonly service: SampleService;
  /** The operation's name: the protocol's parameter `Action`. */
  readonly action: string;
  readonly region: string;
  /** The operation's parameters, without `Action`, `Version` and those of a signature. */
  readonly params: QueryParameters;
  /** The body as it came. */
  readonly body: string;
  /** The API version; undefined where the request has none, and in the JSON protocol. */
  readonly version: string | undefined;
  /** Whether the request is signed; any key is accepted. */
  readonly signed: boolean;
  /** The service in the signature's credential scope; undefined for services that the account lacks. */
  readonly scope: SampleService | undefined;
  /** The name of a parameter that occurs twice. */
  readonly repeated: string | undefined;
}

/** `AKID/20261120/us-east-1/ec2/aws4_request`, from the header `Authorization` or the query's `X-Amz-Credential`. */
const CREDENTIAL = /^[^/]*\/\d*\/([^/]+)\/(ec2|sts|ssm)\/aws4_request$/;

/** Accepted API versions; today's tools use the newest one (aws/aws-sdk-js, `apis/metadata.json`). */
const VERSIONS: Readonly<Record<'ec2' | 'sts', readonly string[]>> = {
  ec2: [
    ...['2013-06-15', '2013-10-15', '2014-02-01', '2014-05-01', '2014-06-15', '2014-09-01', '2014-10-01'],
    ...['2015-03-01', '2015-04-15', '2015-10-01', '2016-04-01', '2016-09-15', '2016-11-15'],
  ],
  sts: ['2011-06-15'],
};

/** Parameters of signatures in the query, version 4 and older ("Common query parameters" of the EC2 API reference). */
const OF_SIGNATURE =
  /^(X-Amz-.*|AWSAccessKeyId|Expires|SecurityToken|Signature|SignatureMethod|SignatureVersion|Timestamp)$/i;

/**
 * Reads service, region and operation. Service and region come from the signature's credential scope, or else from the
 * host; as a last resort the API version decides the service.
 */
export function requestTarget(request: SampleRequest): RequestTarget {
  const { method, query, body } = request;
  const target = /^AmazonSSM\.(\w+)$/.exec(headerOf(request, 'x-amz-target') ?? '');
  const inQuery = new URLSearchParams(query);
  // The query may have a signature while the body has the parameters.
  const pairs = [...inQuery, ...(method === 'GET' || target ? [] : new URLSearchParams(body))];
  const all = new Map(pairs);
  const authorization = headerOf(request, 'authorization');
  const credential = /Credential=([^,\s]*)/.exec(authorization ?? '')?.[1] ?? inQuery.get('X-Amz-Credential');
  const signature = CREDENTIAL.exec(credential ?? '');
  const scope = serviceOf(signature?.[2]);
  const host = /^(ec2|sts|ssm)\.([a-z0-9-]+)\.amazonaws\.com/.exec(headerOf(request, 'host') ?? '');
  const version = all.get('Version');
  const spoken = VERSIONS.sts.includes(version ?? '') ? 'sts' : 'ec2';
  return {
    service: target ? 'ssm' : (scope ?? serviceOf(host?.[1]) ?? spoken),
    scope,
    action: target?.[1] ?? all.get('Action') ?? '',
    region: signature?.[1] ?? host?.[2] ?? '',
    params: target ? QueryParameters.ofJson(body) : actionParameters(all),
    body,
    version,
    signed: authorization !== undefined || inQuery.has('X-Amz-Credential') || all.has('AWSAccessKeyId'),
    repeated: all.size === pairs.length ? undefined : pairs.find(([name], at) => isRepeated(pairs, name, at))?.[0],
  };
}

function serviceOf(name: string | undefined): SampleService | undefined {
  return SERVICES.find((service) => service === name);
}

function actionParameters(all: ReadonlyMap<string, string>): QueryParameters {
  return new QueryParameters(
    new Map([...all].filter(([name]) => name !== 'Action' && name !== 'Version' && !OF_SIGNATURE.test(name))),
  );
}

function isRepeated(pairs: readonly (readonly [string, string])[], name: string, at: number): boolean {
  return pairs.some(([other], place) => place > at && other === name);
}

function headerOf({ headers }: SampleRequest, name: string): string | undefined {
  const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : headers[key];
}

/**
 * Checks what all requests of the query protocol need.
 *
 * @throws ServiceError InvalidParameterCombination, MissingAction, MissingParameter, NoSuchVersion
 */
export function checkQuery({ service, action, version, repeated }: RequestTarget): void {
  if (repeated !== undefined) {
    throw new ServiceError('InvalidParameterCombination', `The parameter '${repeated}' may only be specified once.`);
  }
  if (action === '') {
    throw new ServiceError('MissingAction', 'The request must contain the parameter Action');
  }
  if (version === undefined || version === '') {
    throw new ServiceError('MissingParameter', 'The request must contain the parameter Version');
  }
  if (!VERSIONS[service === 'sts' ? 'sts' : 'ec2'].includes(version)) {
    const name = service === 'sts' ? 'AWSSecurityTokenService' : 'AmazonEC2';
    throw new ServiceError('NoSuchVersion', `The requested version (${version}) of service ${name} does not exist`);
  }
}

/**
 * Refuses unknown parameters. `known` has names as in the API reference, such as `Filter.N.Name`.
 *
 * @throws ServiceError UnknownParameter
 */
export function checkParameters(params: QueryParameters, known: readonly string[]): void {
  for (const name of params.names) {
    if (!known.includes(name.replaceAll(/\.\d+(?=\.|$)/g, '.N'))) {
      throw new ServiceError('UnknownParameter', `The parameter ${unknownPart(name, known)} is not recognized`);
    }
  }
}

/** The first part of a parameter's name that no known parameter has. */
function unknownPart(name: string, known: readonly string[]): string {
  const parts = name.split('.');
  const numbered = parts.map((part) => (/^\d+$/.test(part) ? 'N' : part));
  const at = parts.findIndex((_, index) => {
    const beginning = numbered.slice(0, index + 1).join('.');
    return !known.some((candidate) => candidate === beginning || candidate.startsWith(`${beginning}.`));
  });
  return parts[Math.max(0, at)] ?? name;
}
