import * as vscode from 'vscode';
import type { CreateImageDraft } from '../../../actions/createImage.ts';
import { checkTags, type TagProblem } from '../../../core/imageName.ts';
import { commonTags, formatTags, parseTags, type TagTextProblem } from '../../../core/tagText.ts';
import { plain } from '../../shared/plainText.ts';
import type { Answer, StepFrame } from '../quickInput.ts';
import { askText, type TextButton, type Verdict } from '../textInput.ts';

export type ChosenTagTexts = Pick<CreateImageDraft, 'imageTags' | 'snapshotTags'>;

/** What is tagged: images with their snapshots, or either alone. */
type Tagged = 'both' | 'images' | 'snapshots';

/** Asks for the tags of image and snapshots together, or for those of the image alone. */
export async function askTags(frame: StepFrame, draft: CreateImageDraft): Promise<Answer<ChosenTagTexts>> {
  let separately = draft.snapshotTags !== undefined;
  const tagged = (): Tagged => (separately ? 'images' : 'both');
  const prompt = () => promptText(tagged(), draft.targets.length);
  const { kind, value } = await askText(frame, {
    value: draft.imageTags,
    prompt: prompt(),
    placeholder,
    buttons: [copyInstanceTags(draft)],
    toggle: {
      icon: 'split-horizontal',
      tooltip: vscode.l10n.t('Tag Image and Snapshots Separately'),
      checked: separately,
      changed: (checked) => {
        separately = checked;
        return prompt();
      },
    },
    check: (text) => checkTagText(text) ?? tagsVerdict(text, tagged(), draft.targets.length),
  });
  return { kind, value: { imageTags: value, snapshotTags: separately ? (draft.snapshotTags ?? value) : undefined } };
}

/** Asks for the tags of the snapshots alone. */
export function askSnapshotTags(frame: StepFrame, draft: CreateImageDraft): Promise<Answer<string>> {
  return askText(frame, {
    value: draft.snapshotTags ?? draft.imageTags,
    prompt: promptText('snapshots', draft.targets.length),
    placeholder,
    buttons: [copyInstanceTags(draft)],
    check: (text) => checkTagText(text) ?? tagsVerdict(text, 'snapshots', draft.targets.length),
  });
}

const placeholder = 'Environment=production; Team=web';

function promptText(tagged: Tagged, count: number): string {
  switch (tagged) {
    case 'both':
      return count === 1
        ? vscode.l10n.t('Tags of the image and its snapshots, for example Key=Value; Key2=Value2 (optional)')
        : vscode.l10n.t('Tags of the images and their snapshots, for example Key=Value; Key2=Value2 (optional)');
    case 'images':
      return count === 1
        ? vscode.l10n.t('Tags of the image, for example Key=Value; Key2=Value2 (optional)')
        : vscode.l10n.t('Tags of the images, for example Key=Value; Key2=Value2 (optional)');
    case 'snapshots':
      return vscode.l10n.t('Tags of the snapshots, for example Key=Value; Key2=Value2 (optional)');
  }
}

/** The tags that a text is read as; undefined where it has none. */
function tagsVerdict(text: string, tagged: Tagged, count: number): Verdict | undefined {
  const parsed = parseTags(text);
  const tags = parsed.ok ? parsed.tags : [];
  if (tags.length === 0) {
    return undefined;
  }
  const list = tags.length <= listedTags ? plain(formatTags(tags)) : tags.map(({ key }) => plain(key)).join(', ');
  return { severity: 'info', message: tagsText(tagged, count, list) };
}

/** More tags are told by their keys alone. */
const listedTags = 3;

function tagsText(tagged: Tagged, count: number, list: string): string {
  switch (tagged) {
    case 'both':
      return count === 1
        ? vscode.l10n.t('Tags of the image and its snapshots: {0}', list)
        : vscode.l10n.t('Tags of the images and their snapshots: {0}', list);
    case 'images':
      return count === 1
        ? vscode.l10n.t('Tags of the image: {0}', list)
        : vscode.l10n.t('Tags of the images: {0}', list);
    case 'snapshots':
      return vscode.l10n.t('Tags of the snapshots: {0}', list);
  }
}

export function areValidTags(text: string): boolean {
  return checkTagText(text) === undefined;
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

/** The first thing that keeps a text from being tags that EC2 takes. */
function checkTagText(text: string): Verdict | undefined {
  const parsed = parseTags(text);
  if (!parsed.ok) {
    return { severity: 'error', message: syntaxText(parsed.problem) };
  }
  const [problem] = checkTags(parsed.tags);
  return problem && { severity: 'error', message: problemText(problem) };
}

function syntaxText(problem: TagTextProblem): string {
  const part = plain(problem.part);
  switch (problem.kind) {
    case 'no-value':
      return vscode.l10n.t('“{0}” has no value. Write {0}=value, or {0}= for an empty value.', part);
    case 'unclosed-quote':
      return vscode.l10n.t('The quote before {0} is not closed.', part);
    case 'after-quote':
      return vscode.l10n.t('A quote in {0} ends too early. Write \\ before a quote that is part of the text.', part);
  }
}

function problemText(problem: TagProblem): string {
  switch (problem.kind) {
    case 'key-empty':
      return vscode.l10n.t('A tag has no key. Write Key=Value.');
    case 'key-too-long':
      return vscode.l10n.t('The key {0} is longer than {1} characters.', plain(problem.key), problem.max);
    case 'key-reserved':
      return vscode.l10n.t('The key {0} starts with aws:, which is reserved by AWS.', plain(problem.key));
    case 'key-twice':
      return vscode.l10n.t('The key {0} is used twice.', plain(problem.key));
    case 'value-too-long':
      return vscode.l10n.t('The value of {0} is longer than {1} characters.', plain(problem.key), problem.max);
    case 'too-many':
      return vscode.l10n.t('{0} tags are too many. EC2 allows at most {1}.', problem.count, problem.max);
  }
}
