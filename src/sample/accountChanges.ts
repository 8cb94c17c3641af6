import * as v from 'valibot';
import { readJson, someText } from '../core/schemas.ts';

const ebs = v.object({
  snapshotId: v.optional(v.string()),
  size: v.number(),
  type: v.string(),
  iops: v.optional(v.number()),
  throughput: v.optional(v.number()),
  encrypted: v.boolean(),
  kmsKeyId: v.optional(v.string()),
  deleteOnTermination: v.boolean(),
});

const textPair = v.tuple([v.string(), v.string()]);

const imageChange = v.object({
  id: someText,
  instanceId: someText,
  name: v.string(),
  description: v.optional(v.string()),
  devices: v.array(
    v.object({ deviceName: v.string(), virtualName: v.exactOptional(v.string()), ebs: v.exactOptional(ebs) }),
  ),
  volumeIds: v.array(textPair),
  createdAt: v.number(),
  fails: v.boolean(),
});

const regionChanges = v.object({
  created: v.array(imageChange),
  tags: v.array(v.tuple([someText, v.array(textPair)])),
});

const accountChanges = v.object({ version: v.literal(1), regions: v.record(v.string(), regionChanges) });

/** An image made by CreateImage: what is not its instance's. */
export type ImageChange = v.InferOutput<typeof imageChange>;

/** The images made in a region since its beginning, and all tags of the resources whose tags have changed, by id. */
export type RegionChanges = v.InferOutput<typeof regionChanges>;

/** By the regions' names. */
export type AccountChanges = Readonly<Record<string, RegionChanges>>;

export const noChanges: RegionChanges = { created: [], tags: [] };

export function changesText(regions: AccountChanges): string {
  return JSON.stringify({ version: 1, regions });
}

/** Undefined for a text that no version has written, or a later one. */
export function readChanges(text: string): AccountChanges | undefined {
  return readJson(accountChanges, text)?.regions;
}
