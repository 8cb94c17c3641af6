import type { ImageSummary } from '../../core/image.ts';
import type { Instance } from '../../core/instance.ts';
import type { LatestParameter } from '../../core/latest.ts';
import type { LatestGroup } from '../../core/latestGroups.ts';
import type { Pin } from '../../core/pins.ts';
import type { PublicFamily } from '../../core/publicFamilies.ts';
import type { Publisher } from '../../core/publishers.ts';

/** `id` is unique in its view and stays the same when the node is made anew: it is the path to the node. */
interface Node {
  readonly id: string;
}

export interface RegionNode extends Node {
  readonly kind: 'region';
  readonly region: string;
}

export type Scope = 'pinned' | 'owned' | 'shared' | 'latest' | 'public';

export interface ScopeNode extends Node {
  readonly kind: 'scope';
  readonly region: string;
  readonly scope: Scope;
  readonly parent: RegionNode;
}

export interface PublisherNode extends Node {
  readonly kind: 'publisher';
  readonly region: string;
  /** Undefined: an owner whom nobody has verified. */
  readonly publisher: Publisher | undefined;
  readonly ownerId: string;
  readonly parent: ScopeNode;
}

/** Images whose names differ in version and date only, among those of the parent. */
export interface FamilyNode extends Node {
  readonly kind: 'family';
  readonly region: string;
  readonly label: string;
  readonly images: readonly ImageSummary[];
  readonly parent: ScopeNode | PublisherNode;
}

/** A well-known series of a publisher, which is asked for when it is opened. */
export interface PublicFamilyNode extends Node {
  readonly kind: 'publicFamily';
  readonly region: string;
  readonly family: PublicFamily;
  readonly parent: PublisherNode;
}

export interface ImageNode extends Node {
  readonly kind: 'image';
  readonly image: ImageSummary;
  /** Percent, while the image is being made. */
  readonly progress: number | undefined;
  /** Among what is pinned: the pins that the image stands for. */
  readonly pins?: readonly Pin[];
  readonly parent: ImageParent;
}

/** What is pinned and, for now or for ever, has no image in the region. */
export interface MissingPinNode extends Node {
  readonly kind: 'missingPin';
  readonly pin: Pin;
  readonly parent: ScopeNode;
}

export type ImageParent = ScopeNode | PublisherNode | FamilyNode | PublicFamilyNode;

/** Shows what failed in the place of what it hid. */
export interface ErrorNode<P> extends Node {
  readonly kind: 'error';
  readonly error: unknown;
  readonly parent: P;
}

export interface MoreNode<P> extends Node {
  readonly kind: 'more';
  /** How many are loaded and not shown; undefined when only EC2 knows. */
  readonly hidden: number | undefined;
  readonly parent: P;
}

/** Says why there is nothing, or that more is coming. */
export interface NoteNode<P> extends Node {
  readonly kind: 'note';
  readonly note: 'empty' | 'filtered' | 'loading' | 'needsWords';
  readonly parent: P;
}

/** A publisher's public parameters. */
export interface LatestGroupNode extends Node {
  readonly kind: 'latestGroup';
  readonly region: string;
  readonly group: LatestGroup;
  readonly parent: ScopeNode;
}

export interface ParameterNode extends Node {
  readonly kind: 'parameter';
  readonly parameter: LatestParameter;
  readonly parent: LatestGroupNode;
}

/** What a section answers for. */
export type SectionNode = ScopeNode | PublisherNode | PublicFamilyNode | LatestGroupNode;

export function isSectionNode(node: ImagesNode): node is SectionNode {
  return sectionKinds.has(node.kind);
}

const sectionKinds: ReadonlySet<string> = new Set<SectionNode['kind']>([
  'scope',
  'publisher',
  'publicFamily',
  'latestGroup',
]);

export type ImagesContainer = RegionNode | SectionNode | FamilyNode;

type ImagesTrailingNode = ErrorNode<ImagesContainer> | MoreNode<ImagesContainer> | NoteNode<ImagesContainer>;

export type ImagesNode = ImagesContainer | ImageNode | MissingPinNode | ParameterNode | ImagesTrailingNode;

export interface InstanceNode extends Node {
  readonly kind: 'instance';
  readonly instance: Instance;
  readonly parent: RegionNode;
}

export type InstancesNode =
  | RegionNode
  | InstanceNode
  | ErrorNode<RegionNode>
  | MoreNode<RegionNode>
  | NoteNode<RegionNode>;

/** Nodes below which nothing stands: rows of their parents. */
type LeafKind = 'image' | 'missingPin' | 'parameter' | 'instance' | 'error' | 'more' | 'note';

export function isLeaf<N extends { readonly kind: string }>(node: N): node is Extract<N, { readonly kind: LeafKind }> {
  return leafKinds.has(node.kind);
}

const leafKinds: ReadonlySet<string> = new Set<LeafKind>([
  'image',
  'missingPin',
  'parameter',
  'instance',
  'error',
  'more',
  'note',
]);

/** The branch that a node stands in. */
export function scopeOf(node: Exclude<ImagesNode, RegionNode | ImagesTrailingNode>): ScopeNode {
  return node.kind === 'scope' ? node : scopeOf(node.parent);
}
