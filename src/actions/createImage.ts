import type { CreateImageRequest } from '../core/createImage.ts';
import {
  type CreateImagePlan,
  isRunning,
  type Refusal,
  refusalOf,
  toRequests,
  type VolumePlan,
} from '../core/createImagePlan.ts';
import type { Tag } from '../core/image.ts';
import type { Instance } from '../core/instance.ts';
import type { VolumeFacts } from '../ec2/port.ts';
import type { ImageSoughtBy } from '../images/watches/imageCreations.ts';
import type { Action, Row } from './action.ts';

/** Where the user decides, in this order. */
export type CreateImageStep = 'name' | 'description' | 'reboot' | 'volumes' | 'imageTags' | 'snapshotTags';

export interface CreateImageInput extends CreateImagePlan {
  /** Sizes and types by volume id, as far as EC2 tells. */
  readonly volumeFacts: ReadonlyMap<string, VolumeFacts>;
  /** When the user began, in milliseconds since 1970: the names may carry it. */
  readonly now: number;
}

export type CreateImageFact =
  | { readonly kind: 'instance'; readonly instance: Instance }
  | { readonly kind: 'image'; readonly name: string }
  | { readonly kind: 'not-running'; readonly state: string }
  | { readonly kind: 'reboot' }
  | { readonly kind: 'no-reboot' }
  | { readonly kind: 'volume'; readonly volume: VolumePlan; readonly facts: VolumeFacts | undefined }
  | { readonly kind: 'description'; readonly text: string }
  | { readonly kind: 'image-tags'; readonly tags: readonly Tag[] }
  | { readonly kind: 'snapshot-tags'; readonly tags: readonly Tag[] };

export interface CreateImageTypes {
  readonly target: Instance;
  readonly reason: Refusal;
  readonly input: CreateImageInput;
  readonly request: CreateImageRequest;
  readonly soughtBy: ImageSoughtBy;
  readonly fact: CreateImageFact;
  readonly step: CreateImageStep;
}

export const createImageAction: Action<CreateImageTypes> = {
  id: 'createImage',
  operation: 'CreateImage',
  appliesTo: refusalOf,
  plan: async (input) => {
    const requests = toRequests(input, input.now);
    return {
      rows: [...requests.flatMap((request) => instanceRows(input, request)), ...sharedRows(input)],
      calls: requests.map((request) => ({ item: request.instanceId, region: request.region, request })),
    };
  },
  // A request under way cannot be called back: nothing ends it but the connection.
  dryRun: (ec2, request, watch) => ec2.dryRunCreateImage(request, new AbortController().signal, watch),
  run: (ec2, request, watch) => ec2.createImage(request, new AbortController().signal, watch),
  once: ({ region, instanceId, name }) => ({ region, instanceId, name }),
};

type CreateImageRow = Row<CreateImageFact, CreateImageStep>;

function instanceRows(input: CreateImageInput, request: CreateImageRequest): readonly CreateImageRow[] {
  const item = request.instanceId;
  const instance = input.instances.find(({ id }) => id === item);
  if (!instance) {
    return [];
  }
  const volumes = input.volumes.filter(({ instanceId }) => instanceId === item);
  return [
    { item, fact: { kind: 'instance', instance }, step: undefined },
    { item, fact: { kind: 'image', name: request.name }, step: 'name' },
    rebootRow(instance, request),
    ...volumes.map((volume): CreateImageRow => {
      const facts = input.volumeFacts.get(volume.volumeId);
      return { item, fact: { kind: 'volume', volume, facts }, step: 'volumes' };
    }),
  ];
}

function rebootRow(instance: Instance, request: CreateImageRequest): CreateImageRow {
  const item = instance.id;
  if (!isRunning(instance)) {
    return { item, fact: { kind: 'not-running', state: instance.state }, step: 'reboot' };
  }
  return request.reboot
    ? { item, fact: { kind: 'reboot' }, step: 'reboot', isWarning: true }
    : { item, fact: { kind: 'no-reboot' }, step: 'reboot' };
}

function sharedRows({ description, imageTags, snapshotTags }: CreateImageInput): readonly CreateImageRow[] {
  const item = undefined;
  return [
    { item, fact: { kind: 'description', text: description.trim() }, step: 'description' },
    { item, fact: { kind: 'image-tags', tags: imageTags }, step: 'imageTags' },
    { item, fact: { kind: 'snapshot-tags', tags: snapshotTags }, step: 'snapshotTags' },
  ];
}
