import type { Reference } from '../../code/reference.ts';
import type { ImageSummary } from '../../core/image.ts';
import type { Fix } from '../finding.ts';

/** The edit that puts another image in the place of an id. None for a parameter, whose publisher changes the image. */
export function replaceId(reference: Reference, by: ImageSummary | undefined): readonly Fix[] {
  if (reference.kind !== 'id' || !by) return [];
  return [{ label: { kind: 'replaceId', by }, edits: [{ span: reference.span, newText: by.id }] }];
}
