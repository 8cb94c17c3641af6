import { AmiError } from '../../src/core/errors.ts';
import { latestGroups } from '../../src/core/latestParameterGroups.ts';
import { familyPin, imagePin, type Pin } from '../../src/core/pins.ts';
import { familiesOf } from '../../src/core/publicFamilies.ts';
import { publishersIn } from '../../src/core/publishers.ts';
import type { Finding } from '../../src/hints/finding.ts';
import type {
  FamilyNode,
  ImageNode,
  ImageParent,
  ImagesContainer,
  ImagesNode,
  InstancesNode,
  LatestGroupNode,
  PublicFamilyNode,
  PublisherNode,
  RegionNode,
  Scope,
  ScopeNode,
} from '../../src/ui/trees/nodes.ts';
import type { CodeGroupNode, UsedImageNode, WorkspaceNode } from '../../src/ui/workspace/workspaceNodes.ts';
import { anImage } from '../core/anImage.ts';
import { anInstance } from '../core/anInstance.ts';
import { idReference } from '../hints/references.ts';

type NodesByKind<N extends { readonly kind: string }> = {
  readonly [Kind in N['kind']]: readonly Extract<N, { readonly kind: Kind }>[];
};

const image = anImage();
const { region } = image;
const publisher = publishersIn('aws').find(({ id }) => id === 'canonical') ?? missing('publisher');
const [group = missing('group')] = latestGroups;
const publicFamilies = familiesOf(publisher, 'aws');
const publicFamily = publicFamilies.find(({ kind }) => kind === 'series') ?? missing('family');
const otherImages = publicFamilies.find(({ kind }) => kind === 'other') ?? missing('rest');

const regionNode: RegionNode = { kind: 'region', id: region, region };
const scopes = ['pinned', 'owned', 'shared', 'latest', 'public'] as const;
const scopeNodes = scopes.map((scope) => scopeNode(scope));
const publisherNodes = [publisher, undefined].map(
  (each): PublisherNode => ({
    kind: 'publisher',
    id: `publisher/${each?.id}`,
    region,
    publisher: each,
    ownerId: image.ownerId,
    parent: scopeNode('public'),
  }),
);
const familyNodes = [scopeNode('owned'), scopeNode('shared'), ...publisherNodes].flatMap((parent) =>
  ['f', ''].map(
    (label): FamilyNode => ({ kind: 'family', id: `${parent.id}/${label}`, region, label, images: [image], parent }),
  ),
);
const publicFamilyNodes = publisherNodes.flatMap((parent) =>
  [publicFamily, otherImages].map(
    (family): PublicFamilyNode => ({ kind: 'publicFamily', id: `${parent.id}/${family.id}`, region, family, parent }),
  ),
);
const latestGroupNode: LatestGroupNode = {
  kind: 'latestGroup',
  id: group.id,
  region,
  group,
  parent: scopeNode('latest'),
};
/** All nodes that have others below them. */
export const containers: readonly ImagesContainer[] = [
  regionNode,
  ...scopeNodes,
  ...publisherNodes,
  ...familyNodes,
  ...publicFamilyNodes,
  latestGroupNode,
];

/** EC2's documented states, none as in a catalog, and an unknown one of another endpoint. */
const imageStates = [
  ...['available', 'pending', 'failed', 'disabled', 'deregistered', 'error', 'invalid', 'transient'],
  ...[undefined, '', 'quarantined', 'available pinnedImage', 'pinnedFamily'],
];
const instanceStates = [
  ...['pending', 'running', 'shutting-down', 'terminated', 'stopping', 'stopped'],
  ...['', 'hibernated', 'running error'],
];
const pins: readonly Pin[] = [imagePin(image), familyPin(image) ?? missing('pin')];
const ways: readonly (readonly Pin[])[] = [...pins.map((pin) => [pin]), pins];
const parents: readonly ImageParent[] = [
  ...scopeNodes.filter(({ scope }) => scope === 'owned' || scope === 'shared'),
  ...publisherNodes,
  ...familyNodes,
  ...publicFamilyNodes,
];

const errors = [
  new Error('odd'),
  new AmiError('no', { kind: 'access-denied', operation: 'DescribeImages', region }),
  new AmiError('sign in', {
    kind: 'signed-out',
    operation: 'DescribeImages',
    signIn: { profile: 'dev', command: 'sso login', cacheFile: '/tmp/x.json' },
  }),
];
const notes = ['empty', 'filtered', 'typing', 'unasked', 'loading', 'needsWords'] as const;

/** At least one node for each form of an item in the Images view. */
export const imagesNodes: NodesByKind<ImagesNode> = {
  region: [regionNode],
  scope: scopeNodes,
  publisher: publisherNodes,
  family: familyNodes,
  publicFamily: publicFamilyNodes,
  latestGroup: [latestGroupNode],
  image: imageStates.flatMap((state) => [
    ...parents.map((parent) => imageNode(state, parent)),
    ...ways.map((each) => ({ ...imageNode(state, scopeNode('pinned')), pins: each })),
  ]),
  parameter: [
    {
      kind: 'parameter',
      id: 'p',
      parameter: { id: '/aws/service/x', name: '/aws/service/x', label: 'x', region, imageId: image.id },
      parent: latestGroupNode,
    },
  ],
  missingPin: pins.map((pin) => ({ kind: 'missingPin', id: `missing/${pin.kind}`, pin, parent: scopeNode('pinned') })),
  error: containers.flatMap((parent) =>
    errors.map((error) => ({ kind: 'error', id: `${parent.id}/e`, error, parent })),
  ),
  more: containers.flatMap((parent) =>
    [undefined, 3].map((hidden) => ({ kind: 'more', id: `${parent.id}/m`, hidden, parent })),
  ),
  note: containers.flatMap((parent) => notes.map((note) => ({ kind: 'note', id: `${parent.id}/n`, note, parent }))),
};

/** The same for the Instances view. */
export const instancesNodes: NodesByKind<InstancesNode> = {
  region: [regionNode],
  instance: instanceStates.map((state) => ({
    kind: 'instance',
    id: `instances/${state}`,
    instance: anInstance({ state }),
    parent: regionNode,
  })),
  error: errors.map((error) => ({ kind: 'error', id: 'instances/e', error, parent: regionNode })),
  more: [undefined, 3].map((hidden) => ({ kind: 'more', id: 'instances/m', hidden, parent: regionNode })),
  note: notes.map((note) => ({ kind: 'note', id: 'instances/n', note, parent: regionNode })),
};

const usedImages = imageStates.map(
  (state): UsedImageNode => ({
    kind: 'image',
    id: image.id,
    image: { id: image.id, region, state },
    name: image.name,
    known: image,
    findings: [],
    places: [],
  }),
);
const reference = idReference(image.id);
const newer: Finding = {
  rule: 'newer-image',
  image,
  newer: image,
  reference,
  span: reference.span,
  severity: 'information',
  fixes: [{ label: { kind: 'replaceId', by: image }, edits: [] }],
};
const outdatedImages = usedImages.map((node): UsedImageNode => ({ ...node, findings: [newer] }));
const codeGroups = (['lookup', 'parameter'] as const).map(
  (group): CodeGroupNode => ({ kind: 'codeGroup', id: group, group, places: [] }),
);

/** The same for the view In This Workspace. */
export const workspaceNodes: NodesByKind<WorkspaceNode> = {
  image: [...usedImages, ...outdatedImages],
  codeGroup: codeGroups,
  codePlace: [...usedImages.slice(0, 1), ...codeGroups].flatMap((parent) =>
    [[], [newer]].map((findings) => ({
      kind: 'codePlace',
      id: `${parent.id}/0`,
      place: {
        file: {
          uri: 'file:///w/main.tf',
          file: '/w/main.tf',
          realPath: '/w/main.tf',
          path: 'main.tf',
          references: [],
        },
        index: 0,
        reference,
        findings,
      },
      parent,
    })),
  ),
  codeMore: [...usedImages.slice(0, 1), ...codeGroups, undefined].map((parent) => ({
    kind: 'codeMore',
    id: `${parent?.id ?? ''}/more`,
    hidden: 3,
    parent,
  })),
  note: (['searching', 'empty', 'partial', 'failed', 'untrusted', 'unconnected', 'unasked'] as const).map((note) => ({
    kind: 'note',
    id: 'note',
    note,
  })),
};

function scopeNode(scope: Scope): ScopeNode {
  return { kind: 'scope', id: `${region}/${scope}`, region, scope, parent: regionNode };
}

function imageNode(state: string | undefined, parent: ImageParent): ImageNode {
  return { kind: 'image', id: `${parent.id}/${image.id}`, image: { ...image, state }, progress: undefined, parent };
}

function missing(what: string): never {
  throw new Error(`There is no ${what}`);
}
