import type { Reference } from '../../../code/reference.ts';
import type { Finding } from '../../../hints/finding.ts';
import { idFindings, parameterFindings } from '../../../hints/findings.ts';
import { offlineFindings } from '../../../hints/offlineFindings.ts';
import type { ImageFacts } from '../../../hints/rules/imageFacts.ts';
import { toldFindings } from '../../../hints/toldFindings.ts';
import type { Session } from '../../session/session.ts';
import type { OpenImages } from '../openImages.ts';

export interface ReferenceFindingsParts {
  readonly images: Pick<OpenImages, 'of' | 'ofParameter'>;
  readonly session: Pick<Session, 'scope'>;
}

/** What is wrong with a reference, as far as it is known without a call; the most important first. */
export function referenceFindings(
  reference: Reference,
  { images, session }: ReferenceFindingsParts,
  facts: ImageFacts,
): readonly Finding[] {
  const findings = (() => {
    switch (reference.kind) {
      case 'id': {
        const resolved = images.of(reference);
        return resolved ? idFindings(resolved, facts) : offlineFindings([reference]);
      }
      case 'parameter': {
        const resolved = images.ofParameter(reference);
        return resolved ? parameterFindings(resolved, facts) : [];
      }
      case 'lookup':
        return offlineFindings([reference]);
    }
  })();
  // Until the account is known, its own images are taken for those of a stranger.
  return toldFindings(session.scope ? findings : findings.filter(({ rule }) => rule !== 'unverified-publisher'));
}
