import * as v from 'valibot';
import type { Image } from '../core/image.ts';
import type { ImageRef } from '../core/imageRef.ts';
import { imageRef } from '../core/imageRefSchema.ts';
import { flag, type Schema } from '../core/schemas.ts';

/** Who may launch the image. Only its owner may ask. */
export type LaunchPermissionsResult =
  | {
      readonly kind: 'known';
      readonly public: boolean;
      readonly accounts: readonly string[];
      readonly organizations: readonly string[];
      readonly organizationalUnits: readonly string[];
    }
  | { readonly kind: 'not-owner' }
  /** Not answered yet; the rest of the model stands. */
  | { readonly kind: 'loading' }
  /** The question failed; the rest of the model stands. `message` is a sentence. */
  | { readonly kind: 'failed'; readonly message: string };

/** All that the view shows of an image, as EC2 answered at `asOf`. */
export interface ImageDetailsModel {
  readonly image: Image;
  /** Milliseconds since 1970. */
  readonly asOf: number;
  /** Undefined where nobody is known to publish under the image's owner. */
  readonly publisher: { readonly name: string; readonly verified: boolean } | undefined;
  /** Undefined where the account behind the connection is not known. */
  readonly ownedByAccount: boolean | undefined;
  readonly launchPermissions: LaunchPermissionsResult;
  /**
   * Whether the AWS console has a page of this image: it knows nothing of the sample account or of other endpoints, and
   * isolated partitions have none that is public.
   */
  readonly consoleAvailable: boolean;
}

export type DetailsStatus =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'failed';
      /** What happened and what to do: a sentence. */
      readonly message: string;
      /** Titles of what may be run, in order; `runAction` names one by its index. */
      readonly actions: readonly string[];
      /** The image was opened on another connection than the one that has answered. */
      readonly connectionChanged: boolean;
    };

export interface DetailsState {
  readonly ref: ImageRef;
  /** As far as it is known; to be shown until the model is there. */
  readonly name: string;
  /** The next image that is clicked takes this one's place. */
  readonly preview: boolean;
  readonly status: DetailsStatus;
  /** The last answer on this connection, also while it is asked for again and after that failed. */
  readonly model: ImageDetailsModel | undefined;
}

/** View → host. */
export interface DetailsRequests {
  /** The page is there: the host tells it the state, now and at each change. */
  ready(): void;
  copy(params: { readonly text: string }): void;
  copyId(): void;
  insertId(): void;
  openInConsole(): void;
  /** Asks EC2 again; also to retry. */
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
 * What VS Code keeps for the page while it is hidden and over a restart. The host needs `ref` and `preview` to restore
 * the panel; the rest is the view's own business.
 */
export interface KeptState {
  readonly ref: ImageRef;
  readonly preview: boolean;
}

/** What was kept is read as carefully as anything that comes from outside: it may be of another version. */
export const keptState: Schema<KeptState> = v.object({ ref: imageRef, preview: flag });
