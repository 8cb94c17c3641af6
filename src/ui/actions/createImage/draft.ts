import type { CreateImageInput } from '../../../actions/createImage.ts';
import { clashingNames, plannedNames, type VolumePlan, volumePlans } from '../../../core/createImagePlan.ts';
import { defaultImageName, defaultNamePattern } from '../../../core/imageName.ts';
import type { Instance } from '../../../core/instance.ts';
import { parseTags } from '../../../core/tagText.ts';
import type { VolumeFacts } from '../../../ec2/port.ts';

/** What has been entered so far, as it was entered; kept from step to step and when something fails. */
export interface Draft {
  readonly instances: readonly Instance[];
  /** Sizes and types by volume id, as far as EC2 tells. */
  readonly volumeFacts: ReadonlyMap<string, VolumeFacts>;
  /** When the user began, in milliseconds since 1970: names that carry the date stay the same from step to step. */
  readonly now: number;
  readonly pattern: string;
  readonly description: string;
  readonly reboot: boolean | undefined;
  readonly volumes: readonly VolumePlan[];
  readonly imageTags: string;
  /** Undefined: the same as those of the image. */
  readonly snapshotTags: string | undefined;
}

export function newDraft(
  instances: readonly Instance[],
  volumeFacts: ReadonlyMap<string, VolumeFacts>,
  now: number,
): Draft {
  return {
    instances,
    volumeFacts,
    now,
    pattern: defaultPattern(instances, now),
    description: '',
    reboot: undefined,
    volumes: instances.flatMap(volumePlans),
    imageTags: '',
    snapshotTags: undefined,
  };
}

/** What the user has decided, once every text of the draft has passed its step's checks. */
export function toInput(draft: Draft): CreateImageInput {
  return {
    now: draft.now,
    volumeFacts: draft.volumeFacts,
    instances: draft.instances,
    pattern: draft.pattern,
    description: draft.description,
    reboot: draft.reboot,
    volumes: draft.volumes,
    imageTags: tagsOf(draft.imageTags),
    snapshotTags: tagsOf(draft.snapshotTags ?? draft.imageTags),
  };
}

/** The same draft for some of its instances, as they are now. The one that is left keeps the name it was to have. */
export function narrowed(draft: Draft, instances: readonly Instance[]): Draft {
  const [only] = instances;
  const names = plannedNames(draft.instances, draft.pattern, draft.now);
  const kept = instances.length === 1 ? names.find(({ instance }) => instance.id === only?.id) : undefined;
  return {
    ...draft,
    instances,
    pattern: kept?.name ?? draft.pattern,
    volumes: draft.volumes.filter((volume) => instances.some((instance) => instance.id === volume.instanceId)),
  };
}

function tagsOf(text: string): CreateImageInput['imageTags'] {
  const parsed = parseTags(text);
  return parsed.ok ? parsed.tags : [];
}

function defaultPattern(instances: readonly Instance[], now: number): string {
  const [only] = instances;
  if (instances.length === 1 && only) {
    return defaultImageName(only, now);
  }
  const unique = clashingNames(plannedNames(instances, defaultNamePattern, now)).length === 0;
  return unique ? defaultNamePattern : '{name}-{id}-{date}';
}
