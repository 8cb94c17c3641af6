import type { Reference } from '../../code/reference.ts';
import type { ImageSummary } from '../../core/image.ts';
import type { Finding } from '../finding.ts';
import type { ImageFacts } from './imageFacts.ts';
import { replaceId } from './replaceId.ts';

/** An id for whose image there is a newer one. A public parameter has the newest by itself. */
export function newerImage(reference: Reference, image: ImageSummary, facts: ImageFacts): readonly Finding[] {
  const newer = reference.kind === 'id' ? facts.newer(image) : undefined;
  if (!newer) return [];
  const { span } = reference;
  const fixes = replaceId(reference, newer);
  return [{ rule: 'newer-image', image, newer, reference, span, severity: 'information', fixes }];
}
