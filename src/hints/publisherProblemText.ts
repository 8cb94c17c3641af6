import type { L10n } from '../core/l10n.ts';
import type { PublisherProblem } from '../core/publishers.ts';
import { displayText } from '../core/visibleText.ts';

/** What is wrong with an entry of the setting `amiExplorer.publishers`. Numbers the entries from 1. */
export function publisherProblemText(problem: PublisherProblem, l10n: L10n): string {
  switch (problem.kind) {
    case 'not-a-list':
      return l10n.t('The setting must be a list of publishers.');
    case 'not-an-object':
      return l10n.t('Entry {0} is not an object with name and ownerIds.', problem.index + 1);
    case 'name-missing':
      return l10n.t('Entry {0} has no name.', problem.index + 1);
    case 'name-taken':
      return l10n.t('Entry {0}: the publisher “{1}” already exists.', problem.index + 1, displayText(problem.name));
    case 'owner-ids-missing':
      return l10n.t('Entry {0} has no ownerIds.', problem.index + 1);
    case 'owner-id-malformed':
      return l10n.t(
        'Entry {0}: “{1}” is not a 12-digit AWS account ID.',
        problem.index + 1,
        displayText(problem.ownerId),
      );
    case 'owner-id-verified':
      return l10n.t(
        'Entry {0}: {1} is the account ID of {2}.',
        problem.index + 1,
        displayText(problem.ownerId),
        displayText(problem.publisher),
      );
  }
}
