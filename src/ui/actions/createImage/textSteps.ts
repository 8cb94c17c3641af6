import * as vscode from 'vscode';
import type { CreateImageDraft } from '../../../actions/createImage.ts';
import { refusedInDescription } from '../../../core/createImageChoices.ts';
import { checkTags, descriptionExcess, maxDescriptionLength, type TagProblem } from '../../../core/imageName.ts';
import { commonTags, formatTags, parseTags, type TagTextProblem } from '../../../core/tagText.ts';
import { plain } from '../../shared/plainText.ts';
import { type Answer, askText, type StepFrame, type TextButton, type Verdict } from '../quickInput.ts';

export function askDescription(frame: StepFrame, draft: CreateImageDraft): Promise<Answer<string>> {
  return askText(frame, {
    value: draft.description,
    prompt: vscode.l10n.t('A description, which may be left empty'),
    placeholder: vscode.l10n.t('Description'),
    check: checkDescription,
  });
}

/** Checks the description as it is sent, without the spaces around it. */
function checkDescription(typed: string): Verdict | undefined {
  const description = typed.trim();
  const excess = descriptionExcess(description);
  if (excess > 0) {
    return {
      severity: 'error',
      message: vscode.l10n.t(
        'EC2 takes at most {0} characters in a description; these are {1} too many.',
        maxDescriptionLength,
        excess,
      ),
    };
  }
  const refused = refusedInDescription(description);
  return refused.length === 0
    ? undefined
    : {
        severity: 'error',
        message: vscode.l10n.t(
          'EC2 takes ASCII characters only in a description, and not: {0}',
          plain(refused.join(' ')),
        ),
      };
}

export function askImageTags(frame: StepFrame, draft: CreateImageDraft): Promise<Answer<string>> {
  const several = draft.targets.length > 1;
  return askText(frame, {
    value: draft.imageTags,
    prompt: several
      ? vscode.l10n.t('Tags for the {0} images: Key=Value; Key2=Value2. Empty: none.', draft.targets.length)
      : vscode.l10n.t('Tags for the image: Key=Value; Key2=Value2. Empty: none.'),
    placeholder: vscode.l10n.t('Environment=production; Team=web'),
    buttons: [copyInstanceTags(draft)],
    check: checkTagText,
  });
}

/** Answers with undefined where the snapshots get the same tags as the image. */
export async function askSnapshotTags(frame: StepFrame, draft: CreateImageDraft): Promise<Answer<string | undefined>> {
  const answer = await askText(frame, {
    value: draft.snapshotTags ?? draft.imageTags,
    prompt: vscode.l10n.t(
      'Tags for the snapshots of the volumes: the same as for the image unless changed. Empty: none.',
    ),
    placeholder: vscode.l10n.t('No tags for the snapshots'),
    buttons: [
      {
        button: {
          iconPath: new vscode.ThemeIcon('device-camera'),
          tooltip: vscode.l10n.t('Copy the Tags of the Image'),
        },
        press: () => draft.imageTags,
      },
      copyInstanceTags(draft),
    ],
    check: checkTagText,
  });
  return answer.kind === 'cancel'
    ? answer
    : { kind: answer.kind, value: answer.value.trim() === draft.imageTags.trim() ? undefined : answer.value };
}

function copyInstanceTags(draft: CreateImageDraft): TextButton {
  return {
    button: {
      iconPath: new vscode.ThemeIcon('tag'),
      tooltip:
        draft.targets.length > 1
          ? vscode.l10n.t('Copy the Tags That All Instances Have')
          : vscode.l10n.t('Copy the Tags of the Instance'),
    },
    press: (value) => {
      const parsed = parseTags(value);
      const kept = parsed.ok ? parsed.tags : [];
      const copied = commonTags(draft.targets);
      const added = copied.filter(({ key }) => !kept.some((tag) => tag.key === key));
      // A text that cannot be read stays.
      return parsed.ok ? formatTags([...kept, ...added]) : value;
    },
  };
}

function checkTagText(text: string): Verdict | undefined {
  const error = (message: string): Verdict => ({ severity: 'error', message });
  const parsed = parseTags(text);
  if (!parsed.ok) {
    return error(syntaxText(parsed.problem));
  }
  const [problem] = checkTags(parsed.tags);
  if (problem) {
    return error(tagText(problem));
  }
  const { tags } = parsed;
  return tags.length === 0
    ? undefined
    : {
        severity: 'info',
        message:
          tags.length === 1
            ? vscode.l10n.t('1 tag: {0}', plain(formatTags(tags)))
            : vscode.l10n.t('{0} tags: {1}', tags.length, tags.map(({ key }) => plain(key)).join(', ')),
      };
}

function syntaxText(problem: TagTextProblem): string {
  const part = plain(problem.part);
  switch (problem.kind) {
    case 'no-value':
      return vscode.l10n.t('"{0}" has no value: write {0}=value, or {0}= for an empty one.', part);
    case 'unclosed-quote':
      return vscode.l10n.t('The quote before {0} has no end.', part);
    case 'after-quote':
      return vscode.l10n.t('A quote ends too early in {0}: put \\ before a quote that belongs to the text.', part);
  }
}

function tagText(problem: TagProblem): string {
  switch (problem.kind) {
    case 'key-empty':
      return vscode.l10n.t('A tag has no key: write Key=Value.');
    case 'key-too-long':
      return vscode.l10n.t('The key {0} is longer than {1} characters.', plain(problem.key), problem.max);
    case 'key-reserved':
      return vscode.l10n.t('The key {0} begins with aws:, which AWS keeps to itself.', plain(problem.key));
    case 'key-twice':
      return vscode.l10n.t('The key {0} occurs twice.', plain(problem.key));
    case 'value-too-long':
      return vscode.l10n.t('The value of {0} is longer than {1} characters.', plain(problem.key), problem.max);
    case 'too-many':
      return vscode.l10n.t('These are {0} tags; EC2 takes at most {1}.', problem.count, problem.max);
  }
}
