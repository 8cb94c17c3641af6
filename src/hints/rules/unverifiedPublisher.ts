import type { Reference } from '../../code/reference.ts';
import type { ImageSummary } from '../../core/image.ts';
import { publisherOf } from '../../core/publishers.ts';
import type { Finding } from '../finding.ts';
import type { ImageFacts } from './imageFacts.ts';

/** A public image whose owner is neither a verified publisher nor the account nor one of the user's publishers. */
export function unverifiedPublisher(
  reference: Reference,
  image: ImageSummary,
  { account, publishers }: ImageFacts,
): readonly Finding[] {
  if (!image.public || image.ownerId === account || publisherOf(image, publishers)) return [];
  return [{ rule: 'unverified-publisher', image, reference, span: reference.span, severity: 'information', fixes: [] }];
}
