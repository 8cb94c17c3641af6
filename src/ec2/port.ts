import type { PlacedProblem } from '../core/configProblem.ts';
import type { SoughtImage } from '../core/createImage.ts';
import type { AmiError, SignIn } from '../core/errors.ts';
import type { Image } from '../core/image.ts';
import type { Instance } from '../core/instance.ts';
import type { LatestParameter } from '../core/latestParameter.ts';
import type { Region } from '../core/regions.ts';
import type { ImageActions, imageActions } from './actionPort.ts';
import type { EndpointVariants } from './endpoint.ts';

/** Which images to list. EC2 filters them, so that no query reads a whole region. */
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

/** Who may launch an image, from DescribeImageAttribute. EC2 tells only the owner. */
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

/** What only DescribeVolumes says of a volume. `size` is GiB. */
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
 * EC2 by the roles in which the surfaces use it. Every method rejects with AmiError, of kind `cancelled` when its
 * signal is aborted or its connection closed: a closed connection delivers no answer.
 */

export interface ImageReader {
  /** Pages as they arrive, in no order. */
  listImages(region: string, query: ImageQuery, signal: AbortSignal): AsyncIterable<readonly Image[]>;
  /** The images that exist and may be seen, in no order. */
  describeImages(region: string, ids: readonly string[], signal: AbortSignal): Promise<readonly Image[]>;
  describeLaunchPermissions(region: string, id: string, signal: AbortSignal): Promise<LaunchPermissions>;
}

export interface CreatedImageReader {
  /** The image that a request has made; undefined while EC2 does not show it. */
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
  /** The values of the parameters that exist, by their names, which may end with a version (`:3`). */
  parameterValues(region: string, names: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
}

export interface AccountReader {
  /** Asks another region where the connection's default region is closed to the account. */
  listRegions(signal: AbortSignal): Promise<readonly Region[]>;
  /**
   * The same error, of kind `not-opted-in` or `region-unknown` if the region is its cause. For calls of other
   * threads.
   */
  explain(error: AmiError): Promise<AmiError>;
  identity(signal: AbortSignal): Promise<Identity>;
}

/** All calls that change nothing. */
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

/** Keys for signing. Only the SDK gets them: never a log, a web view or a store. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Where a connection's EC2 is in a region, as plain data that can be sent to a thread. */
export type EndpointAccess =
  | { readonly kind: 'sample' }
  | {
      readonly kind: 'aws';
      /** Replaces AWS's own endpoint. */
      readonly endpoint: string | undefined;
      /** Of AWS's own endpoint. */
      readonly variants: EndpointVariants;
      readonly profile: string | undefined;
    };

/** The editor's settings of the network (`http.*`), and the proxy that it would use itself. */
export interface NetworkSettings {
  /** `off`, `on`, `fallback` or `override`. */
  readonly proxySupport: string;
  readonly proxy: string | undefined;
  readonly noProxy: readonly string[];
  /** The `Proxy-Authorization` header, unless the proxy's URL has credentials. */
  readonly proxyAuthorization: string | undefined;
  /** Whether the certificate of a proxy is verified. */
  readonly proxyStrictSSL: boolean;
  /** Whether certificates that the operating system trusts are trusted, too. */
  readonly systemCertificates: boolean;
  /** Undefined where the editor does not say. The proxy's URL may have credentials. */
  proxyOf(url: string): Promise<{ readonly proxy: string | undefined } | undefined>;
}

/** The way to one endpoint, as plain data that can be sent to a thread. */
export interface NetworkAccess
  extends Pick<NetworkSettings, 'proxy' | 'proxyAuthorization' | 'proxyStrictSSL' | 'systemCertificates'> {
  /** Certificates (PEM) that are trusted instead of all others; undefined where the user has named none. */
  readonly trusted: readonly string[] | undefined;
}

/** One account at one endpoint. Closing it aborts all calls; no answer arrives afterwards. */
export interface Connection {
  readonly choice: ConnectionChoice;
  /** The profile in force, chosen or from the environment. */
  readonly profile: string | undefined;
  /** `environment` has precedence over its profile; `chain` where there is neither. */
  readonly credentialsFrom: 'environment' | 'profile' | 'chain' | 'sample';
  /** The endpoint that replaces EC2's own: in all regions, or only in its own where it is one of AWS's. */
  readonly endpoint: { readonly url: string; readonly source: string } | undefined;
  /** URL of `endpoint` where it is not AWS's own, without credentials, so that it can be stored. */
  readonly foreignEndpoint: string | undefined;
  /** Asked where no other region is given. Its partition is the connection's. */
  readonly defaultRegion: string;
  /** How to start the session that the credentials come from; undefined where they come from none. */
  readonly signIn: SignIn | undefined;
  /** `defaultRegion` if the user showed these regions. Another partition needs another connection. */
  defaultRegionAmong(regions: readonly string[]): string;
  readonly ec2: Ec2Port;
  readonly [imageActions]: ImageActions;
  access(region: string): EndpointAccess;
  /** The way to EC2 in a region, for a thread that sends requests itself. */
  network(region: string): Promise<NetworkAccess>;
  /**
   * For a thread that signs requests itself. Rejects with AmiError.
   *
   * @param refusedKeyId of a key that EC2 has refused: credentials are resolved again unless they have been since
   */
  credentials(refusedKeyId?: string): Promise<Credentials>;
  /** Rejects with AmiError when there are no usable credentials; makes requests only where their source needs them. */
  checkCredentials(): Promise<void>;
  /** Call it when the user does something: failed credentials are tried again, and an MFA code may be asked for. */
  userActed(): void;
  close(): void;
}

/** A profile of the shared config and credentials files, with where its credentials come from. */
export interface Profile {
  readonly name: string;
  readonly kind: 'sso' | 'login' | 'assume-role' | 'web-identity' | 'process' | 'keys' | 'none';
  readonly region: string | undefined;
  /** Tells profiles apart: the SSO account and role, the role's ARN, or the first characters of the access key's id. */
  readonly detail: string | undefined;
  /** Why it cannot be used, as far as the files say. */
  readonly problem: ConfigProblem | undefined;
}

/** What is wrong in a shared config or credentials file, or with the file itself. `line` counts from 1. */
export interface ConfigProblem {
  readonly problem: PlacedProblem;
  readonly path: string;
  readonly line: number | undefined;
}

export interface ProfileList {
  readonly profiles: readonly Profile[];
  /** Problems that concern no single profile. */
  readonly problems: readonly ConfigProblem[];
}

export interface ConnectionPort {
  /**
   * Rejects with AmiError `config-invalid` for a bad profile or endpoint; makes no request.
   *
   * @param regions the user's regions, whose partition counts where neither the profile nor the environment has a
   * region
   */
  open(choice: ConnectionChoice, regions?: readonly string[]): Promise<Connection>;
  listProfiles(): Promise<ProfileList>;
}
