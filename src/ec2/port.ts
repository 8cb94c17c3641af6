import type { SoughtImage } from '../core/createImage.ts';
import type { AmiError, SignIn } from '../core/errors.ts';
import type { Image } from '../core/image.ts';
import type { Instance } from '../core/instance.ts';
import type { LatestParameter } from '../core/latest.ts';
import type { Region } from '../core/regions.ts';
import type { ImageActions, imageActions } from './actionPort.ts';
import type { EndpointVariants } from './endpoint.ts';

/** Which images a listing asks for. Every listing is scoped on the server; none reads a whole region. */
export interface ImageQuery {
  /** Account ids, `self`, `amazon`, `aws-marketplace`. */
  readonly owners?: readonly string[] | undefined;
  /** `self`: images shared with the account explicitly; `all`: public ones. */
  readonly executableUsers?: readonly string[] | undefined;
  readonly filters?: readonly ImageFilter[] | undefined;
  readonly includeDeprecated?: boolean | undefined;
  readonly includeDisabled?: boolean | undefined;
}

/** OR within `values` (at most 200), AND across filters; `*` and `?` are wildcards; case matters. */
export interface ImageFilter {
  readonly name: string;
  readonly values: readonly string[];
}

/** Who may launch an image, as DescribeImageAttribute says; only the owner may ask. */
export interface LaunchPermissions {
  readonly public: boolean;
  readonly accounts: readonly string[];
  readonly organizations: readonly string[];
  readonly organizationalUnits: readonly string[];
}

/** `progress` is 0 to 100. */
export interface SnapshotProgress {
  readonly snapshotId: string;
  readonly state: string;
  readonly progress: number;
}

/** What DescribeInstances does not say of a volume. `size` is GiB. */
export interface VolumeFacts {
  readonly volumeId: string;
  readonly size: number | undefined;
  readonly type: string | undefined;
  readonly encrypted: boolean;
}

export interface Identity {
  readonly account: string;
  readonly arn: string;
}

/*
 * EC2 by the roles in which the surfaces use it. Every method rejects with AmiError (kind `cancelled` when its signal or
 * the connection it belongs to is aborted: no answer of a closed connection is ever delivered).
 */

export interface ImageReader {
  /** Pages as they arrive, in the server's order, which is none. */
  listImages(region: string, query: ImageQuery, signal: AbortSignal): AsyncIterable<readonly Image[]>;
  /** Images that exist and may be seen, in no order; ids that are gone or hidden are missing from the answer. */
  describeImages(region: string, ids: readonly string[], signal: AbortSignal): Promise<readonly Image[]>;
  describeLaunchPermissions(region: string, id: string, signal: AbortSignal): Promise<LaunchPermissions>;
}

export interface CreatedImageReader {
  /** The image that a request has made, as far as EC2 shows it by now. */
  findCreated(sought: SoughtImage, signal: AbortSignal): Promise<Image | undefined>;
}

export interface InstanceReader {
  listInstances(region: string, signal: AbortSignal): AsyncIterable<readonly Instance[]>;
  describeInstances(region: string, ids: readonly string[], signal: AbortSignal): Promise<readonly Instance[]>;
}

export interface StorageReader {
  describeSnapshots(region: string, ids: readonly string[], signal: AbortSignal): Promise<readonly SnapshotProgress[]>;
  describeVolumes(region: string, ids: readonly string[], signal: AbortSignal): Promise<readonly VolumeFacts[]>;
}

export interface ParameterReader {
  /** Public SSM parameters below a path that name images, in pages, some of which are empty. */
  listLatest(region: string, path: string, signal: AbortSignal): AsyncIterable<readonly LatestParameter[]>;
}

export interface AccountReader {
  /** Of another region where the connection's own is closed to the account. */
  listRegions(signal: AbortSignal): Promise<readonly Region[]>;
  /** A failure that reached the caller on another way, of the kind that says so where the region is to blame. */
  explain(error: AmiError): Promise<AmiError>;
  identity(signal: AbortSignal): Promise<Identity>;
}

/** What can be asked, and changes nothing. */
export interface Ec2Port
  extends ImageReader,
    CreatedImageReader,
    InstanceReader,
    StorageReader,
    ParameterReader,
    AccountReader {}

/** What the user chose: a profile (or the standard chain, where none is named), or the sample account. */
export type ConnectionChoice =
  | { readonly kind: 'sample' }
  | { readonly kind: 'aws'; readonly profile: string | undefined; readonly endpointUrl: string | undefined };

/** Asks the user for the code of a profile's MFA device; rejects when the user gives none, or the signal is aborted. */
export type MfaCodeProvider = (serialNumber: string, profile: string, signal: AbortSignal) => Promise<string>;

/** Keys for signing. They go nowhere but to the SDK: never to a log, a web view or a store. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Where a connection's EC2 is in a region, as plain data: a thread of its own can be told of it. */
export type EndpointAccess =
  | { readonly kind: 'sample' }
  | {
      readonly kind: 'aws';
      /** Replaces AWS's own, if there is one. */
      readonly endpoint: string | undefined;
      /** Of AWS's own. */
      readonly variants: EndpointVariants;
      readonly profile: string | undefined;
    };

/** What the editor knows of the network: its settings (`http.*`), and the proxy that it would use itself. */
export interface NetworkSettings {
  /** `off`, `on`, `fallback` or `override`. */
  readonly proxySupport: string;
  readonly proxy: string | undefined;
  readonly noProxy: readonly string[];
  /** The header that a proxy is given, unless its URL has credentials. */
  readonly proxyAuthorization: string | undefined;
  /** Whether the certificate of a proxy counts. */
  readonly proxyStrictSSL: boolean;
  /** Whether what the operating system trusts is trusted beside what Node does. */
  readonly systemCertificates: boolean;
  /** Undefined where the editor does not tell; a proxy's URL has its credentials. */
  proxyOf(url: string): Promise<{ readonly proxy: string | undefined } | undefined>;
}

/** The way to one endpoint, as plain data: a thread of its own is told of it. */
export interface NetworkAccess
  extends Pick<NetworkSettings, 'proxy' | 'proxyAuthorization' | 'proxyStrictSSL' | 'systemCertificates'> {
  /** Certificates (PEM) that are trusted in the place of all others; undefined: the user has named none. */
  readonly trusted: readonly string[] | undefined;
}

/** One account at one endpoint. Closing it aborts what is under way; nothing of it arrives afterwards. */
export interface Connection {
  readonly choice: ConnectionChoice;
  /** The profile in force, be it chosen or found in the environment. */
  readonly profile: string | undefined;
  /** Keys of the environment come before its profile; what has neither leaves it to the standard chain. */
  readonly credentialsFrom: 'environment' | 'profile' | 'chain' | 'sample';
  /** The endpoint that replaces EC2's own, if any: in all regions, or in its own where it is one of AWS's. */
  readonly endpoint: { readonly url: string; readonly source: string } | undefined;
  /** URL of `endpoint` where it leads to other accounts than AWS's own do, without credentials: fit to be stored. */
  readonly foreignEndpoint: string | undefined;
  /** Its partition is the connection's. */
  readonly defaultRegion: string;
  /** How the session that the credentials come from is begun, where they come from one. */
  readonly signIn: SignIn | undefined;
  /** What `defaultRegion` would be if the user showed these regions: another partition is another connection. */
  defaultRegionAmong(regions: readonly string[]): string;
  readonly ec2: Ec2Port;
  readonly [imageActions]: ImageActions;
  access(region: string): EndpointAccess;
  /** The way to EC2 in a region, for a thread that asks it itself. */
  network(region: string): Promise<NetworkAccess>;
  /**
   * For a thread that signs requests itself: others than those of a key that EC2 has refused, which somebody else may have
   * brought already. Rejects with AmiError.
   */
  credentials(refusedKeyId?: string): Promise<Credentials>;
  /** Rejects with AmiError when there are no usable credentials; makes requests only where their source needs them. */
  checkCredentials(): Promise<void>;
  /** The user has done something: credentials that failed may be tried again, and a code may be asked for. */
  userActed(): void;
  close(): void;
}

/** A profile of the shared config and credentials files, with where its credentials come from. */
export interface Profile {
  readonly name: string;
  readonly kind: 'sso' | 'login' | 'assume-role' | 'web-identity' | 'process' | 'keys' | 'none';
  readonly region: string | undefined;
  /** What tells it apart: the SSO account and role, the role's ARN, the first characters of the access key's id. */
  readonly detail: string | undefined;
  /** Why it cannot be used, told from the files alone. */
  readonly problem: ConfigProblem | undefined;
}

/** Something wrong in a shared config or credentials file, or with the file itself; `line` is from 1. */
export interface ConfigProblem {
  /** Names the file, the line and the reason; quotes nothing that may be secret. */
  readonly message: string;
  readonly path: string;
  readonly line: number | undefined;
}

export interface ProfileList {
  readonly profiles: readonly Profile[];
  /** Problems of the files that concern none of the profiles. */
  readonly problems: readonly ConfigProblem[];
}

export interface ConnectionPort {
  /**
   * Rejects with AmiError `config-invalid` for a bad profile or endpoint; makes no request.
   *
   * @param regions those that the user shows: they tell the partition where neither profile nor environment has a region
   */
  open(choice: ConnectionChoice, regions?: readonly string[]): Promise<Connection>;
  listProfiles(): Promise<ProfileList>;
}
