import * as v from 'valibot';
import type { Image } from '../core/image.ts';
import type { ImageRef } from '../core/imageRef.ts';
import { imageRef } from '../core/imageRefSchema.ts';
import { flag, type Schema } from '../core/schemas.ts';

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

export type DetailsStatus =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'failed';
      /** A sentence: what happened and what to do. */
      readonly message: string;
      /** Titles of the offered actions; `runAction` refers to them by index. */
      readonly actions: readonly string[];
      /** The image was opened on another connection than the current one. */
      readonly connectionChanged: boolean;
    };

export interface DetailsState {
  readonly ref: ImageRef;
  /** The name as far as known, shown until the model is there. */
  readonly name: string;
  /** Whether the next opened image replaces this one, as in the editor's preview tabs. */
  readonly preview: boolean;
  readonly status: DetailsStatus;
  /** The last answer on this connection. It stays during a refresh, and after a failed one. */
  readonly model: ImageDetailsModel | undefined;
}

/** View → host. */
export interface DetailsRequests {
  /** The page is loaded: the host sends the state now and after each change. */
  ready(): void;
  copy(params: { readonly text: string }): void;
  copyId(): void;
  insertId(): void;
  openInConsole(): void;
  /** Asks EC2 again, also after an error. */
  refresh(): void;
  keepOpen(): void;
  showImage(ref: ImageRef): void;
  runAction(params: { readonly index: number }): void;
}

/** Host → view. */
export interface DetailsNotifications {
  state(state: DetailsState): void;
}

/**
 * What VS Code saves for the page while it is hidden and over a restart. The host restores the panel from `ref` and
 * `preview`; the page adds its own fields.
 */
export interface KeptState {
  readonly ref: ImageRef;
  readonly preview: boolean;
}

/** Reads a saved state, perhaps from another version. */
export const keptState: Schema<KeptState> = v.object({ ref: imageRef, preview: flag });
