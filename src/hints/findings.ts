import type { IdReference, ParameterReference } from '../code/reference.ts';
import type { ImageSummary } from '../core/image.ts';
import type { Finding } from './finding.ts';
import type { ResolvedParameter } from './parameterImages.ts';
import type { ResolvedReference } from './referencedImages.ts';
import type { ImageFacts } from './rules/imageFacts.ts';
import { lifecycle } from './rules/lifecycle.ts';
import { malformedId } from './rules/malformedId.ts';
import { missingImage, missingParameter } from './rules/missing.ts';
import { newerImage } from './rules/newerImage.ts';
import { unverifiedPublisher } from './rules/unverifiedPublisher.ts';
import { wrongArchitecture } from './rules/wrongArchitecture.ts';

/** What is wrong with an id, or could be better, the most important first. */
export function idFindings(resolved: ResolvedReference, facts: ImageFacts): readonly Finding[] {
  const { reference, images } = resolved;
  const [image] = images.flatMap((answer) => answer.image ?? []);
  return bySeverity([
    ...malformedId(reference),
    ...missingImage(resolved, facts),
    ...(image ? imageFindings(reference, image, facts) : []),
  ]);
}

/** What is wrong with a public parameter: its images differ by region, so that each of them may have a finding. */
export function parameterFindings(resolved: ResolvedParameter, facts: ImageFacts): readonly Finding[] {
  const { reference, answers } = resolved;
  const rules = new Map(
    answers
      .flatMap(({ image }) => (image ? imageFindings(reference, image, facts) : []))
      .map((finding) => [finding.rule, finding]),
  );
  return bySeverity([...missingParameter(resolved), ...rules.values()]);
}

function imageFindings(
  reference: IdReference | ParameterReference,
  image: ImageSummary,
  facts: ImageFacts,
): readonly Finding[] {
  const ofLifecycle = lifecycle(reference, image, facts);
  const hasReplacement = ofLifecycle.some(({ fixes }) => fixes.length > 0);
  return [
    ...ofLifecycle,
    ...wrongArchitecture(reference, image),
    ...unverifiedPublisher(reference, image, facts),
    // Its fix is that of the finding before.
    ...(hasReplacement ? [] : newerImage(reference, image, facts)),
  ];
}

const ranks = { error: 0, warning: 1, information: 2 };

function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => ranks[a.severity] - ranks[b.severity]);
}
