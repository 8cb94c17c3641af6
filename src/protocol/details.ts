import * as v from 'valibot';
import type { Image } from '../core/image.ts';
import type { ImageRef } from '../core/imageRef.ts';
import { imageRef } from '../core/imageRefSchema.ts';
import { flag, type Schema } from '../core/schemas.ts';
import type { PanelRequests, PanelStatus } from './panel.ts';

/** Who may launch the image. EC2 answers only the image's owner. */
export type LaunchPermissionsResult =
  | {
      readonly kind: 'known';
      readonly public: boolean;
      readonly accounts: readonly string[];
      readonly organizations: readonly string[];
      readonly organizationalUnits: readonly string[];
    }
  | { readonly kind: 'not-owner' }
  /** Not answered yet; the rest of the model is valid. */
  | { readonly kind: 'loading' }
  /** The call failed; the rest of the model is valid. `message` is a sentence. */
  | { readonly kind: 'failed'; readonly message: string };

/** What the view shows of an image, as EC2 answered at `asOf`. */
export interface ImageDetailsModel {
  readonly image: Image;
  /** Milliseconds since 1970. */
  readonly asOf: number;
  /** Undefined where the owner is no known publisher. */
  readonly publisher: { readonly name: string; readonly verified: boolean } | undefined;
  /** Undefined where the connection's account is unknown. */
  readonly ownedByAccount: boolean | undefined;
  readonly launchPermissions: LaunchPermissionsResult;
  /**
   * Whether the AWS console has a page for this image. It has none for the sample account and other endpoints, and
   * isolated partitions have no public console.
   */
  readonly consoleAvailable: boolean;
}

/** A place in a file of the workspace that names the image. */
export interface ImageUse {
  /** What `openUse` opens it by. */
  readonly place: string;
  /** With `/`, from the workspace's root. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** The line's text. */
  readonly text: string;
}

export interface ImageUses {
  /** The first of them. */
  readonly places: readonly ImageUse[];
  /** How many there are. */
  readonly count: number;
}

export interface DetailsState {
  readonly ref: ImageRef;
  /** The name as far as known, shown until the model is there. */
  readonly name: string;
  /** Whether the next opened image replaces this one, as in the editor's preview tabs. */
  readonly preview: boolean;
  /** Whether the image itself is pinned, on the account of the connection. */
  readonly pinned: boolean;
  readonly status: PanelStatus;
  /** The last answer on this connection. It stays during a refresh, and after a failed one. */
  readonly model: ImageDetailsModel | undefined;
  /** Where files of the workspace name it; undefined where none have been searched. */
  readonly uses: ImageUses | undefined;
}

/** The commands that the page may run, by their names in src/contributions/commands.ts. */
export const detailsCommands = [
  'copyImageId',
  'copyImageAs',
  'insertImageId',
  'insertImageAs',
  'copyImageLink',
  'openInConsole',
] as const;

export type DetailsCommand = (typeof detailsCommands)[number];

/** View → host. */
export interface DetailsRequests extends PanelRequests {
  copy(params: { readonly text: string }): void;
  /** Runs a command on the image that the panel shows, and answers whether the command was carried out. */
  run(params: { readonly command: DetailsCommand }): boolean;
  /** Pins the image, or unpins it. */
  setPinned(params: { readonly pinned: boolean }): void;
  keepOpen(): void;
  showImage(ref: ImageRef): void;
  showInstance(ref: ImageRef): void;
  /** Opens a place of `uses`. */
  openUse(params: Pick<ImageUse, 'place'>): void;
}

/**
 * What VS Code saves for the page while it is hidden and over a restart. The host restores the panel from `ref` and
 * `preview`; the page adds its own fields.
 */
export interface SavedDetails {
  readonly ref: ImageRef;
  readonly preview: boolean;
}

/** Reads a saved state, perhaps from another version. */
export const savedDetails: Schema<SavedDetails> = v.object({ ref: imageRef, preview: flag });
