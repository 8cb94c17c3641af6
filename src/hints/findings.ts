import type { IdReference, ParameterReference } from '../code/reference.ts';
import { firstOfEach } from '../core/firstOfEach.ts';
import type { ImageSummary } from '../core/image.ts';
import { type Finding, severities } from './finding.ts';
import type { ResolvedParameter } from './parameterImages.ts';
import type { ResolvedReference } from './referencedImages.ts';
import type { ImageFacts } from './rules/imageFacts.ts';
import { lifecycle } from './rules/lifecycle.ts';
import { malformedId } from './rules/malformedId.ts';
import { missingImage, missingParameter } from './rules/missing.ts';
import { newerImage } from './rules/newerImage.ts';
import { unverifiedPublisher } from './rules/unverifiedPublisher.ts';
import { wrongArchitecture } from './rules/wrongArchitecture.ts';
import { toldFindings } from './toldFindings.ts';

/** What is wrong with an id, or could be better, the most important first. `toldFindings` takes what is to be told of it. */
export function idFindings(resolved: ResolvedReference, facts: ImageFacts): readonly Finding[] {
  const { reference, images } = resolved;
  const [image] = images.flatMap((answer) => answer.image ?? []);
  return bySeverity([
    ...malformedId(reference),
    ...missingImage(resolved, facts),
    ...(image ? imageFindings(reference, image, facts) : []),
  ]);
}

/** What is wrong with a public parameter: its images differ by region, of which the first tells what several have. */
export function parameterFindings(resolved: ResolvedParameter, facts: ImageFacts): readonly Finding[] {
  const { reference, answers } = resolved;
  const findings = answers.flatMap(({ image }) => (image ? imageFindings(reference, image, facts) : []));
  return bySeverity([...missingParameter(resolved), ...firstOfEach(findings, ({ rule }) => rule)]);
}

function imageFindings(
  reference: IdReference | ParameterReference,
  image: ImageSummary,
  facts: ImageFacts,
): readonly Finding[] {
  const wrong = wrongArchitecture(reference, image);
  // A newer one is of the same architecture: it would not run either.
  const known = toldFindings(wrong).length > 0 ? { ...facts, newer: () => undefined } : facts;
  return [
    ...lifecycle(reference, image, known),
    ...wrong,
    ...unverifiedPublisher(reference, image, facts),
    ...newerImage(reference, image, known),
  ];
}

function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}
