import { familyOf } from '../core/family.ts';
import type { ImageSummary } from '../core/image.ts';
import { displayText } from '../core/visibleText.ts';
import type { Finding, Fix } from './finding.ts';

/** Translates a sentence and fills in its `{0}`: `vscode.l10n`, or `plainL10n` where there is no editor. */
export interface L10n {
  t(message: string, ...args: (string | number)[]): string;
}

/** English, as it stands here. */
export const plainL10n: L10n = {
  t: (message, ...args) =>
    message.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole)),
};

/** What is wrong, in one or two sentences of plain text. Dates are ISO days. */
export function findingText(finding: Finding, l10n: L10n): string {
  const shown = displayText(finding.reference.value);
  switch (finding.rule) {
    case 'malformed-id':
      return l10n.t('“{0}” is not an AMI id: after “ami-”, it has 8 or 17 hexadecimal digits.', shown);
    case 'unsafe-lookup':
      return finding.by.length > 0
        ? l10n.t(
            'Anyone can publish an image that this lookup takes: it chooses by {0} among the images of all owners. Add an owner.',
            listed(finding.by),
          )
        : l10n.t(
            'Anyone can publish an image that this lookup takes: it chooses among the images of all owners. Add an owner.',
          );
    case 'not-found':
      return missingText(finding, shown, l10n);
    case 'deregistered':
      return l10n.t(
        '{0} is no longer in {1}: it was deregistered, or is no longer shared with this account.',
        nameAndId(finding.image),
        finding.image.region,
      );
    case 'deprecated':
      return finding.days < 0
        ? l10n.t('{0} has been deprecated since {1}.', nameAndId(finding.image), dayOf(finding.at))
        : l10n.t('{0} will be deprecated on {1}.', nameAndId(finding.image), dayOf(finding.at));
    case 'disabled':
      return l10n.t('{0} is disabled: no instance can be launched from it.', nameAndId(finding.image));
    case 'unusable':
      return finding.state === 'pending'
        ? l10n.t('{0} is pending: it is still being made.', nameAndId(finding.image))
        : l10n.t(
            'No instance can be launched from {0}: its state is “{1}”.',
            nameAndId(finding.image),
            displayText(finding.state),
          );
    case 'newer-image':
      return l10n.t(
        'There is a newer image of {0}: {1}, of {2}.',
        displayText(familyOf(finding.image).label || finding.image.name),
        nameAndId(finding.newer),
        dayOf(finding.newer.creationDate),
      );
    case 'wrong-architecture':
      return l10n.t(
        '{0} is for {1}, which {2} does not run.',
        nameAndId(finding.image),
        displayText(finding.image.architecture ?? ''),
        displayText(finding.instanceType),
      );
    case 'unverified-publisher':
      return l10n.t(
        '{0} is a public image of {1}, which is neither a verified publisher nor one of yours.',
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
        : l10n.t('Replace with {0}, of {1}', nameAndId(label.by), dayOf(label.by.creationDate));
    case 'addOwner':
      return label.publisher === undefined
        ? l10n.t('Add owner {0}', displayText(label.owner))
        : l10n.t('Add owner {0}, {1}', displayText(label.publisher), displayText(label.owner));
  }
}

function missingText(finding: Finding & { readonly rule: 'not-found' }, shown: string, l10n: L10n): string {
  const { regions, elsewhere, reference } = finding;
  if (elsewhere.length > 0) return l10n.t('{0} is not in {1}, but in {2}.', shown, listed(regions), listed(elsewhere));
  return reference.kind === 'parameter'
    ? l10n.t('{0} is not in {1}.', shown, listed(regions))
    : l10n.t('{0} is not in {1}, or is not shared with this account.', shown, listed(regions));
}

function nameAndId({ name, id }: ImageSummary): string {
  return name === '' ? displayText(id) : `${displayText(name)} (${displayText(id)})`;
}

function listed(texts: readonly string[]): string {
  return texts.map((text) => displayText(text)).join(', ');
}

/** The day of an ISO date; a text that is none stays as it is. */
function dayOf(date: string | undefined): string {
  return displayText(/^\d{4}-\d\d-\d\d/.exec(date ?? '')?.[0] ?? date ?? '');
}
