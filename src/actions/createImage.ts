import type { CreateImageRequest } from '../core/createImage.ts';
import {
  type CreateImageChoices,
  chosenTags,
  isRunning,
  narrowChoices,
  newChoices,
  toRequests,
  type Unfitness,
  unfitnessOf,
  type VolumePlan,
} from '../core/createImageChoices.ts';
import type { Tag } from '../core/image.ts';
import type { Instance } from '../core/instance.ts';
import type { VolumeFacts } from '../ec2/port.ts';
import type { ImageSoughtBy } from '../images/watches/imageCreations.ts';
import type { Action, Draft, Row } from './action.ts';

/** Where the user decides, in this order. */
export type CreateImageStep = 'name' | 'description' | 'reboot' | 'volumes' | 'tags' | 'snapshotTags';

/** An instance as it is now. */
export interface ImagedInstance extends Instance {
  /** Sizes and types by volume id, as far as EC2 tells. */
  readonly volumeFacts: ReadonlyMap<string, VolumeFacts>;
}

export type CreateImageFact =
  | { readonly kind: 'instance'; readonly instance: Instance }
  | { readonly kind: 'image'; readonly name: string }
  | { readonly kind: 'not-running'; readonly state: string }
  | { readonly kind: 'reboot' }
  | { readonly kind: 'no-reboot' }
  | { readonly kind: 'volume'; readonly volume: VolumePlan; readonly facts: VolumeFacts | undefined }
  | { readonly kind: 'description'; readonly text: string }
  | { readonly kind: 'tags'; readonly tags: readonly Tag[] }
  | { readonly kind: 'image-tags'; readonly tags: readonly Tag[] }
  | { readonly kind: 'snapshot-tags'; readonly tags: readonly Tag[] };

export interface CreateImageTypes {
  readonly target: ImagedInstance;
  readonly reason: Unfitness;
  readonly choices: CreateImageChoices;
  readonly request: CreateImageRequest;
  readonly soughtBy: ImageSoughtBy;
  readonly fact: CreateImageFact;
  readonly step: CreateImageStep;
}

export type CreateImageDraft = Draft<CreateImageTypes>;

export const createImageAction: Action<CreateImageTypes> = {
  id: 'createImage',
  operation: 'CreateImage',
  effect: 'changed',
  appliesTo: unfitnessOf,
  newChoices,
  narrowChoices: (draft, targets) => narrowChoices(draft, draft.targets, targets),
  plan: (draft) => {
    const requests = toRequests(draft.targets, draft);
    return {
      rows: [...requests.flatMap((request) => instanceRows(draft, request)), ...sharedRows(draft)],
      calls: requests.map((request) => ({ targetId: request.instanceId, region: request.region, request })),
    };
  },
  // A request under way cannot be called back: nothing ends it but the connection.
  dryRun: (ec2, request, watch) => ec2.dryRunCreateImage(request, new AbortController().signal, watch),
  run: (ec2, request, watch) => ec2.createImage(request, new AbortController().signal, watch),
  once: ({ region, instanceId, name }) => ({ region, instanceId, name }),
};

type CreateImageRow = Row<CreateImageFact, CreateImageStep>;

function instanceRows(draft: CreateImageDraft, request: CreateImageRequest): readonly CreateImageRow[] {
  const targetId = request.instanceId;
  const instance = draft.targets.find(({ id }) => id === targetId);
  if (!instance) {
    return [];
  }
  const volumes = draft.volumes.filter(({ instanceId }) => instanceId === targetId);
  return [
    { targetId, fact: { kind: 'instance', instance }, step: undefined },
    { targetId, fact: { kind: 'image', name: request.name }, step: 'name' },
    rebootRow(instance, request),
    ...volumes.map((volume): CreateImageRow => {
      const facts = instance.volumeFacts.get(volume.volumeId);
      return { targetId, fact: { kind: 'volume', volume, facts }, step: 'volumes' };
    }),
  ];
}

function rebootRow(instance: Instance, request: CreateImageRequest): CreateImageRow {
  const targetId = instance.id;
  if (!isRunning(instance)) {
    return { targetId, fact: { kind: 'not-running', state: instance.state }, step: 'reboot' };
  }
  return request.reboot
    ? { targetId, fact: { kind: 'reboot' }, step: 'reboot', isWarning: true }
    : { targetId, fact: { kind: 'no-reboot' }, step: 'reboot' };
}

function sharedRows(draft: CreateImageDraft): readonly CreateImageRow[] {
  const targetId = undefined;
  const { imageTags, snapshotTags } = chosenTags(draft);
  const tagRows: readonly CreateImageRow[] =
    draft.snapshotTags === undefined
      ? [{ targetId, fact: { kind: 'tags', tags: imageTags }, step: 'tags' }]
      : [
          { targetId, fact: { kind: 'image-tags', tags: imageTags }, step: 'tags' },
          { targetId, fact: { kind: 'snapshot-tags', tags: snapshotTags }, step: 'snapshotTags' },
        ];
  return [{ targetId, fact: { kind: 'description', text: draft.description.trim() }, step: 'description' }, ...tagRows];
}
