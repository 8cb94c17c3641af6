import type { TextSpan } from './textSpan.ts';

/** What in a text refers to images. */
export type Reference = IdReference | LookupReference | ParameterReference;

interface ReferenceBase {
  readonly span: TextSpan;
  readonly region: RegionInForce;
  /** The rules of which a comment beside it wants nothing said, by their names. */
  readonly ignored?: readonly string[] | 'all';
}

/** An AMI id. */
export interface IdReference extends ReferenceBase {
  readonly kind: 'id';
  /** In lower case, as EC2 writes it. */
  readonly value: string;
  /** A text that was meant as an id, with a wrong number of digits or another character among them. */
  readonly isMalformed: boolean;
  /** An example such as `ami-12345678`, of which nothing is asked or said. */
  readonly isPlaceholder: boolean;
  /** The instance type beside it. */
  readonly instanceType: LiteralText | undefined;
}

/** A public SSM parameter whose value is an image, such as `/aws/service/ami-amazon-linux-latest/…`. */
export interface ParameterReference extends ReferenceBase {
  readonly kind: 'parameter';
  /** As written. It is not whole with `${…}` or the like, and where it is a folder or the beginning of names. */
  readonly value: string;
  readonly isWhole: boolean;
  readonly instanceType: LiteralText | undefined;
}

/** A question for images, asked each time that the code runs. */
export interface LookupReference extends ReferenceBase {
  readonly kind: 'lookup';
  /** The whole construct, from its first word to its end. `span` is what an editor underlines: its head. */
  readonly whole: TextSpan;
  readonly tool: LookupTool;
  /** A short name in the tool's words: `data "aws_ami" "web"`, `MachineImage.lookup`. */
  readonly value: string;
  readonly filters: readonly LookupFilter[];
  readonly owners: LookupOwners;
  readonly imageIds: readonly string[];
  /** `executable_users`, which does not say whose images they are. */
  readonly executableUsers: readonly string[];
  readonly chooses: LookupChoice;
  /** Whether deprecated images are looked up, too. */
  readonly includesDeprecated: boolean;
  /** Whether it finds one image among all visible ones by what its publisher can choose: the whoAMI attack. */
  readonly isUnsafe: boolean;
  /** Where an owner can be added; undefined where one edit cannot do it. */
  readonly ownerInsertion: OwnerInsertion | undefined;
}

export type LookupTool =
  | 'terraform'
  | 'packer'
  | 'cdk'
  | 'pulumi'
  | 'ansible'
  | 'kubernetes'
  | 'awsCli'
  | 'sdk'
  | 'other';

/** A filter of DescribeImages by its name there. */
export interface LookupFilter {
  /** Empty where it is computed. */
  readonly name: string;
  /** Undefined where they are computed. */
  readonly values: readonly string[] | undefined;
  readonly span: TextSpan;
}

export type LookupOwners =
  | { readonly kind: 'none' }
  /** Owner ids, aliases and `self`. */
  | { readonly kind: 'literal'; readonly values: readonly string[] }
  /** A variable or another expression. */
  | { readonly kind: 'computed' };

/** Which of the images found is taken: `all` is a list to look at, `unknown` what cannot be told from the text. */
export type LookupChoice = 'newest' | 'first' | 'all' | 'unknown';

/** An edit that pins the owner: `before`, the owner, `after`, put in at `offset`. */
export interface OwnerInsertion {
  readonly offset: number;
  readonly before: string;
  readonly after: string;
}

export interface LiteralText {
  readonly value: string;
  readonly span: TextSpan;
}

/** The region that a reference is used in, and how that is known. */
export interface RegionInForce {
  /** Several where the code runs in each of them; empty where nothing tells. */
  readonly regions: readonly string[];
  /** Whether only a hint tells, such as a comment or a zone. */
  readonly isGuess: boolean;
  readonly from: RegionSource | undefined;
  /** Where it is stated; `path` is undefined for the reference's own file. */
  readonly at: { readonly path: string | undefined; readonly span: TextSpan } | undefined;
}

/** What states a region, from the closest to the farthest. */
export type RegionSource =
  | 'mapKey'
  | 'argument'
  | 'block'
  | 'provider'
  | 'variable'
  | 'option'
  | 'environment'
  | 'client'
  | 'loop'
  | 'default'
  | 'heading'
  | 'prose'
  | 'url'
  | 'path'
  | 'zone'
  | 'arn'
  | 'comment'
  | 'name';

export const unknownRegion: RegionInForce = { regions: [], isGuess: false, from: undefined, at: undefined };
