import type { CreateImageRequest, SoughtImage } from '../core/createImage.ts';
import type { SendingWatch } from '../core/lostAnswers.ts';

/**
 * Where a connection has the calls that change AWS. Only src/actions imports this file: nothing is changed but by way of
 * its plan, its dry run and its look at the setting that forbids it.
 */
export const imageActions: unique symbol = Symbol('imageActions');

/** Rejects with AmiError, as the readers of `port.ts` do. */
export interface ImageActions {
  /**
   * Resolves when EC2 says that the request would succeed; with the id of an image where the endpoint knows no dry run
   * and has carried the request out. Nothing is asked of an endpoint that is known to do so.
   */
  dryRunCreateImage(
    request: CreateImageRequest,
    signal: AbortSignal,
    watch?: SendingWatch<SoughtImage>,
  ): Promise<string | undefined>;
  /**
   * The id of the new image. The request is sent once. When its answer is lost, the image is looked for; rejects with an
   * error that `mayHaveBeenMade` names where it does not show for half a minute.
   */
  createImage(request: CreateImageRequest, signal: AbortSignal, watch?: SendingWatch<SoughtImage>): Promise<string>;
}
