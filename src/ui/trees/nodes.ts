import type { ImageSummary } from '../../core/image.ts';
import type { Instance } from '../../core/instance.ts';
import type { LatestParameter } from '../../core/latestParameter.ts';
import type { LatestGroup } from '../../core/latestParameterGroups.ts';
import type { Pin } from '../../core/pins.ts';
import type { PublicFamily } from '../../core/publicFamilies.ts';
import type { Publisher } from '../../core/publishers.ts';

/** `id` is the path to the node: unique in its view, and the same whenever the node is built again. */
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
  /** Undefined for an unverified owner. */
  readonly publisher: Publisher | undefined;
  readonly ownerId: string;
  readonly parent: ScopeNode;
}

/** Those of the parent's images whose names differ in version or date alone: two or more. */
export interface FamilyNode extends Node {
  readonly kind: 'family';
  readonly region: string;
  /** Empty for images whose names tell no family. */
  readonly label: string;
  /** Newest first. */
  readonly images: readonly ImageSummary[];
  readonly parent: ScopeNode | PublisherNode;
}

/** A well-known family of a publisher, which is listed when the node is expanded. */
export interface PublicFamilyNode extends Node {
  readonly kind: 'publicFamily';
  readonly region: string;
  readonly family: PublicFamily;
  /** The part of the family's label that tells it from the publisher's other families; the whole label where undefined. */
  readonly label?: string | undefined;
  readonly parent: PublisherNode;
}

export interface ImageNode extends Node {
  readonly kind: 'image';
  readonly image: ImageSummary;
  /** The part of the name that tells it from its family; the whole name where undefined. */
  readonly label?: string | undefined;
  /** Whether it is the newest available one of its family, owner and architecture, as far as that is known. */
  readonly isNewest?: boolean;
  /** Percent, while the image is being made. */
  readonly progress: number | undefined;
  /** The pins that the image stands for, below Pinned alone. */
  readonly pins?: readonly Pin[];
  readonly parent: ImageParent;
}

/** A pin without an image in the region. */
export interface MissingPinNode extends Node {
  readonly kind: 'missingPin';
  readonly pin: Pin;
  readonly parent: ScopeNode;
}

export type ImageParent = ScopeNode | PublisherNode | FamilyNode | PublicFamilyNode;

/** Stands in the place of the rows that an error has prevented. */
export interface ErrorNode<P> extends Node {
  readonly kind: 'error';
  readonly error: unknown;
  readonly parent: P;
}

export interface MoreNode<P> extends Node {
  readonly kind: 'more';
  /** How many loaded rows are not shown; undefined where only EC2 knows. */
  readonly hidden: number | undefined;
  readonly parent: P;
}

/** Says why a list has no rows, or that it is loading. */
export interface NoteNode<P> extends Node {
  readonly kind: 'note';
  readonly note: 'empty' | 'filtered' | 'typing' | 'unasked' | 'loading' | 'needsWords';
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

/** The nodes whose children a section has. */
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

/** The nodes without children. */
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

/** The node of the section that a node is in. */
export function scopeOf(node: Exclude<ImagesNode, RegionNode | ImagesTrailingNode>): ScopeNode {
  return node.kind === 'scope' ? node : scopeOf(node.parent);
}
