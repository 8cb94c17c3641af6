import * as v from 'valibot';
import type { ImageRef } from '../core/imageRef.ts';
import { imageRef } from '../core/imageRefSchema.ts';
import type { Instance } from '../core/instance.ts';
import { flag, type Schema } from '../core/schemas.ts';
import type { PanelRequests, PanelStatus } from './panel.ts';

/** An EBS volume of an instance, with what DescribeVolumes says of it where it may be asked. */
export interface InstanceVolumeDetails {
  readonly deviceName: string;
  readonly volumeId: string;
  readonly deleteOnTermination: boolean;
  readonly root: boolean;
  /** GiB */
  readonly size: number | undefined;
  readonly type: string | undefined;
  readonly encrypted: boolean | undefined;
}

/** What the view shows of an instance, as EC2 answered at `asOf`. */
export interface InstanceDetailsModel {
  readonly instance: Instance;
  /** Its state, in words. */
  readonly stateText: string;
  /** Milliseconds since 1970. */
  readonly asOf: number;
  /** Root first, then by device name. */
  readonly volumes: readonly InstanceVolumeDetails[];
  /** The name of its image; empty where it is gone, or the account may not see it. Undefined where EC2 has not answered. */
  readonly imageName: string | undefined;
  /** Why no image can be made of it, in words; undefined where one can. */
  readonly unfit: string | undefined;
  /** Whether the AWS console has a page for it. */
  readonly consoleAvailable: boolean;
}

export interface InstanceDetailsState {
  readonly ref: ImageRef;
  /** The name as far as known, shown until the model is there. */
  readonly name: string;
  readonly preview: boolean;
  readonly status: PanelStatus;
  /** The last answer on this connection. It stays during a refresh, and after a failed one. */
  readonly model: InstanceDetailsModel | undefined;
}

/** The commands that the page may run, by their names in src/contributions/commands.ts. */
export const instanceCommands = ['copyInstanceId', 'createImage', 'openInConsole'] as const;

export type InstanceCommand = (typeof instanceCommands)[number];

/** View → host. */
export interface InstanceDetailsRequests extends PanelRequests {
  copy(params: { readonly text: string }): void;
  /** Runs a command on the instance that the panel shows, and answers whether the command was carried out. */
  run(params: { readonly command: InstanceCommand }): boolean;
  keepOpen(): void;
  showImage(ref: ImageRef): void;
}

/** What VS Code saves for the page: the host restores the panel from it. */
export interface SavedInstance {
  readonly ref: ImageRef;
  readonly preview: boolean;
}

/** Reads a saved state, perhaps from another version. */
export const savedInstance: Schema<SavedInstance> = v.object({ ref: imageRef, preview: flag });
