import { familyOf } from '../core/family.ts';
import type { ImageSummary } from '../core/image.ts';
import type { L10n } from '../core/l10n.ts';
import { listText } from '../core/listText.ts';
import { displayText } from '../core/visibleText.ts';
import type { Finding, Fix } from './finding.ts';

const maxListed = 3;

/** What is wrong, in one or two sentences of plain text. Dates are ISO days. */
export function findingText(finding: Finding, l10n: L10n): string {
  const shown = displayText(finding.reference.value);
  switch (finding.rule) {
    case 'malformed-id':
      return l10n.t('“{0}” is not a valid AMI ID: “ami-” must be followed by 8 or 17 hexadecimal digits.', shown);
    case 'unsafe-lookup':
      return finding.by.length > 0
        ? l10n.t(
            'This lookup can pick an image that anyone has published: it filters by {0}, but not by owner. Add an owner.',
            listed(finding.by, l10n),
          )
        : l10n.t('This lookup can pick an image that anyone has published: it does not filter by owner. Add an owner.');
    case 'not-found':
      return missingText(finding, shown, l10n);
    case 'deregistered':
      return l10n.t(
        '{0} is no longer available in {1}: it was deregistered or is no longer shared with this account.',
        nameAndId(finding.image),
        finding.image.region,
      );
    case 'deprecated':
      return finding.days < 0
        ? l10n.t('{0} was deprecated on {1}.', nameAndId(finding.image), dayOf(finding.at))
        : l10n.t('{0} will be deprecated on {1}.', nameAndId(finding.image), dayOf(finding.at));
    case 'disabled':
      return l10n.t('{0} is disabled: instances cannot be launched from it.', nameAndId(finding.image));
    case 'unusable':
      return finding.state === 'pending'
        ? l10n.t('{0} is pending: it is still being created.', nameAndId(finding.image))
        : l10n.t(
            'Instances cannot be launched from {0}: its state is “{1}”.',
            nameAndId(finding.image),
            displayText(finding.state),
          );
    case 'newer-image':
      return l10n.t(
        'A newer image of {0} is available: {1}, created on {2}.',
        displayText(familyOf(finding.image).label || finding.image.name),
        nameAndId(finding.newer),
        dayOf(finding.newer.creationDate),
      );
    case 'wrong-architecture':
      return l10n.t(
        '{0} is built for {1}, which {2} instances do not support.',
        nameAndId(finding.image),
        displayText(finding.image.architecture ?? ''),
        displayText(finding.instanceType),
      );
    case 'unverified-publisher':
      return l10n.t(
        '{0} is a public image from {1}, which is neither a verified publisher nor one of your own.',
        nameAndId(finding.image),
        displayText(finding.image.ownerId),
      );
  }
}

/** What a fix does, as the title of a command. */
export function fixText({ label }: Fix, l10n: L10n): string {
  switch (label.kind) {
    case 'replaceId':
      return label.by.creationDate === undefined
        ? l10n.t('Replace with {0}', nameAndId(label.by))
        : l10n.t('Replace with {0}, created on {1}', nameAndId(label.by), dayOf(label.by.creationDate));
    case 'addOwner':
      return label.publisher === undefined
        ? l10n.t('Add owner {0}', displayText(label.owner))
        : l10n.t('Add owner {0}, {1}', displayText(label.publisher), displayText(label.owner));
  }
}

function missingText(finding: Finding & { readonly rule: 'not-found' }, shown: string, l10n: L10n): string {
  const { regions, elsewhere, reference } = finding;
  if (elsewhere.length > 0)
    return l10n.t(
      '{0} was not found in {1}, but exists in {2}.',
      shown,
      listed(regions, l10n),
      listed(elsewhere, l10n),
    );
  return reference.kind === 'parameter'
    ? l10n.t('{0} was not found in {1}.', shown, listed(regions, l10n))
    : l10n.t('{0} was not found in {1}, or is not shared with this account.', shown, listed(regions, l10n));
}

function nameAndId({ name, id }: ImageSummary): string {
  return name === '' ? displayText(id) : `${displayText(name)} (${displayText(id)})`;
}

/** The first few of a list of regions or filters: a sentence has no room for all regions of AWS. */
export function listed(texts: readonly string[], l10n: L10n): string {
  const shown = texts.length > maxListed + 1 ? texts.slice(0, maxListed) : texts;
  const list = shown.map((text) => displayText(text));
  return shown === texts
    ? listText(list, l10n.language)
    : l10n.t('{0} and {1} more', list.join(', '), texts.length - shown.length);
}

/** The day of an ISO date; a text that is none stays as it is. */
function dayOf(date: string | undefined): string {
  return displayText(/^\d{4}-\d\d-\d\d/.exec(date ?? '')?.[0] ?? date ?? '');
}
