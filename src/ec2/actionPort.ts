import type { CreateImageRequest, SoughtImage } from '../core/createImage.ts';
import type { UnansweredRequests } from '../core/lostAnswers.ts';

/**
 * The key of a connection's calls that change AWS. Outside src/ec2 only src/actions imports this file, so that each
 * change has a plan and a dry run, and obeys `amiExplorer.readOnly`.
 */
export const imageActions: unique symbol = Symbol('imageActions');

/** The answer to a dry run. */
export type DryRunAnswer =
  /** The request would succeed. */
  | { readonly kind: 'passed' }
  /** Nothing was sent, since the endpoint is known to carry dry runs out. */
  | { readonly kind: 'untried' }
  /** The endpoint has carried the dry run out. `id`: of what was made or changed. */
  | { readonly kind: 'done'; readonly id: string };

/** Rejects with AmiError, as the readers of `port.ts` do. */
export interface ImageCreation {
  /** Asks EC2 whether `createImage` would succeed. */
  dryRunCreateImage(
    request: CreateImageRequest,
    signal: AbortSignal,
    watch?: UnansweredRequests<SoughtImage>,
  ): Promise<DryRunAnswer>;
  /**
   * The id of the new image. The request is sent once. When its answer is lost, the image is looked for; rejects with
   * an error that `mayHaveBeenCarriedOut` names where it does not show for half a minute.
   */
  createImage(
    request: CreateImageRequest,
    signal: AbortSignal,
    watch?: UnansweredRequests<SoughtImage>,
  ): Promise<string>;
}

/** All of them: a further action adds its interface. */
export interface ImageActions extends ImageCreation {}
