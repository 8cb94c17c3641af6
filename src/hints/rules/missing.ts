import type { Finding, Severity } from '../finding.ts';
import type { ParameterAnswer, ResolvedParameter } from '../parameterImages.ts';
import type { ImageAnswer, ResolvedReference } from '../referencedImages.ts';
import type { ImageFacts } from './imageFacts.ts';
import { replaceId } from './replaceId.ts';

/**
 * An id that a region in force does not have, or no longer has. Regions that have not answered say nothing, and neither
 * does an id whose region is unknown where some region has it.
 */
export function missingImage(resolved: ResolvedReference, { newer }: ImageFacts): readonly Finding[] {
  const { reference, images, was } = resolved;
  const { region, span } = reference;
  const missing = images.filter(isMissing).map((answer) => answer.region);
  const isSomewhere = images.some(({ image }) => image);
  if (missing.length === 0 || images.some(({ error }) => error !== undefined)) return [];
  if (isSomewhere && (region.regions.length === 0 || region.isGuess)) return [];
  if (region.regions.length === 0 && resolved.elsewhere.length > 0) return [];
  if (!isSomewhere && was && resolved.elsewhere.length === 0) {
    const fixes = replaceId(reference, newer(was));
    return [{ rule: 'deregistered', image: was, reference, span, severity: 'error', fixes }];
  }
  const elsewhere = [...resolved.elsewhere, ...images.flatMap(({ image }) => image ?? [])].map((image) => image.region);
  const severity: Severity =
    region.regions.length === 0 || region.isGuess
      ? 'information'
      : elsewhere.length > 0 && !isSomewhere
        ? 'error'
        : 'warning';
  return [{ rule: 'not-found', regions: missing, elsewhere, reference, span, severity, fixes: [] }];
}

/** A public parameter that a region in force does not have. */
export function missingParameter({ reference, answers }: ResolvedParameter): readonly Finding[] {
  const { region, span } = reference;
  const regions = answers.filter(isMissing).map((answer) => answer.region);
  if (regions.length === 0 || answers.some(({ error }) => error !== undefined)) return [];
  const isKnown = region.regions.length > 0 && !region.isGuess;
  if (!isKnown && regions.length < answers.length) return [];
  const elsewhere = answers.flatMap((answer) => (isMissing(answer) ? [] : answer.region));
  return [
    { rule: 'not-found', regions, elsewhere, reference, span, severity: isKnown ? 'error' : 'warning', fixes: [] },
  ];
}

function isMissing(answer: ImageAnswer | ParameterAnswer): boolean {
  return answer.error === undefined && !('exists' in answer ? answer.exists : answer.image);
}
