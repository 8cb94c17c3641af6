import * as vscode from 'vscode';
import type { CreateImageDraft } from '../../../actions/createImage.ts';
import { clashingNames, type PlannedName, plannedNames } from '../../../core/createImageChoices.ts';
import { isCancelled } from '../../../core/errors.ts';
import { checkImageName, expandNamePattern, type NameProblem, placeholderValues } from '../../../core/imageName.ts';
import { inEachRegion } from '../../../core/inEachRegion.ts';
import type { ImageReader } from '../../../ec2/port.ts';
import { withTimeout } from '../../../images/withTimeout.ts';
import { nameAndId, plain } from '../../shared/plainText.ts';
import { describeError } from '../../shared/presentError.ts';
import { listText } from '../../shared/wording.ts';
import type { Answer, StepFrame } from '../quickInput.ts';
import { askText, type Verdict } from '../textInput.ts';

/** How many of the names the preview shows. */
const previewed = 3;

/** How long (ms) Enter waits for the check. EC2 itself refuses a name in use. */
const checkWait = 10_000;

/** EC2 takes at most 200 values a filter. */
const namesPerCall = 200;

export type NameLookup = Pick<ImageReader, 'listImages'>;

/** Asks for the image's name, or for the name pattern of several images. */
export function askName(
  frame: StepFrame,
  draft: CreateImageDraft,
  ec2: NameLookup,
  notice: Verdict | undefined,
): Promise<Answer<string>> {
  const { targets: instances, now } = draft;
  const [only] = instances;
  const single = instances.length === 1 && only !== undefined;
  return askText(frame, {
    value: draft.pattern,
    prompt: single
      ? vscode.l10n.t('Enter a name for the image of {0}. Names are unique in an account and region.', nameAndId(only))
      : vscode.l10n.t(
          "Enter a pattern for the names of the {0} images. '{name}', '{id}' and '{date}' are replaced with the name and ID of the instance and the time.",
          instances.length,
        ),
    placeholder: single ? vscode.l10n.t('Image name') : '{name}-{date}',
    notice,
    check: (pattern) => checkPattern(draft, pattern),
    checkLater: (pattern, signal) =>
      checkTaken(ec2, plannedNames(instances, pattern, now), AbortSignal.any([signal, frame.signal])),
  });
}

/** Whether EC2 takes the names, as far as that can be told without asking it. */
export function areValidNames(draft: CreateImageDraft): boolean {
  return checkPattern(draft, draft.pattern)?.severity !== 'error';
}

/** Finds what EC2 would refuse in the names. Without an error, several names are shown as a preview. */
function checkPattern({ targets: instances, now }: CreateImageDraft, pattern: string): Verdict | undefined {
  const error = (message: string): Verdict => ({ severity: 'error', message });
  if (pattern.trim() === '') {
    return error(vscode.l10n.t('Enter a name.'));
  }
  if (pattern !== pattern.trim()) {
    return error(vscode.l10n.t('The name cannot start or end with a space.'));
  }
  const names = plannedNames(instances, pattern, now);
  const several = names.length > 1;
  const [first] = instances;
  const unknown = several && first ? expandNamePattern(pattern, placeholderValues(first, now)).unknown : [];
  if (unknown.length > 0) {
    const placeholders = listText(unknown.map((name) => plain(`{${name}}`)));
    return error(
      unknown.length === 1
        ? vscode.l10n.t("{0} is not a placeholder. Use '{name}', '{id}' or '{date}'.", placeholders)
        : vscode.l10n.t("{0} are not placeholders. Use '{name}', '{id}' or '{date}'.", placeholders),
    );
  }
  for (const { instance, name } of names) {
    const [problem] = checkImageName(name);
    if (problem) {
      const text = problemText(problem);
      return error(several ? vscode.l10n.t('{0}, for {1}: {2}', plain(name), nameAndId(instance), text) : text);
    }
  }
  const [clash] = clashingNames(names);
  if (clash !== undefined) {
    return error(
      vscode.l10n.t(
        "Several images would be named “{0}”. Add '{id}' to the pattern to make the names unique.",
        plain(clash),
      ),
    );
  }
  return several ? { severity: 'info', message: previewText(names) } : undefined;
}

function previewText(names: readonly PlannedName[]): string {
  const shown = names.slice(0, previewed).map(({ name }) => plain(name));
  const list = shown.join(', ');
  return names.length > previewed
    ? vscode.l10n.t('{0} different names: {1}, … and {2} more', names.length, list, names.length - previewed)
    : vscode.l10n.t('{0} different names: {1}', names.length, list);
}

function problemText(problem: NameProblem): string {
  switch (problem.kind) {
    case 'too-short':
      return vscode.l10n.t('The name has {0} characters. EC2 requires at least {1}.', problem.length, problem.min);
    case 'too-long':
      return vscode.l10n.t('The name has {0} characters. EC2 allows at most {1}.', problem.length, problem.max);
    case 'characters':
      return vscode.l10n.t(
        "The name can only contain letters, digits, spaces and ()[]./-'@_. Not allowed: {0}",
        plain(problem.characters.join(' ')),
      );
  }
}

interface TakenName {
  readonly name: string;
  readonly imageId: string;
  readonly region: string;
}

/** Asks all regions at the same time; the first one that knows a name decides. Never rejects. */
async function checkTaken(
  ec2: NameLookup,
  names: readonly PlannedName[],
  signal: AbortSignal,
): Promise<Verdict | undefined> {
  const placed = names.map(({ instance, name }) => ({ region: instance.region, name }));
  return new Promise((resolve) => {
    const asking = inEachRegion(placed, async (region, ofRegion): Promise<Verdict | undefined> => {
      const wanted = ofRegion.map(({ name }) => name);
      const place = { operation: 'DescribeImages', region };
      try {
        const taken = await withTimeout(checkWait, place, signal, (limited) => findTaken(ec2, region, wanted, limited));
        if (taken) {
          resolve(takenVerdict(taken));
        }
        return undefined;
      } catch (error) {
        return isCancelled(error) ? undefined : uncheckedVerdict(error);
      }
    });
    void asking.then((verdicts) => resolve(verdicts.find((verdict) => verdict !== undefined)));
  });
}

function takenVerdict({ name, imageId, region }: TakenName): Verdict {
  return {
    severity: 'error',
    message: vscode.l10n.t(
      'The name “{0}” is already used by {1} in {2}. Names are unique in an account and region.',
      plain(name),
      plain(imageId),
      plain(region),
    ),
  };
}

function uncheckedVerdict(error: unknown): Verdict {
  return {
    severity: 'warning',
    message: vscode.l10n.t('The name could not be checked. {0}', describeError(error).message),
  };
}

/** An owned image with one of the names. No character of a valid name is special in a filter. */
async function findTaken(
  ec2: NameLookup,
  region: string,
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<TakenName | undefined> {
  for (let start = 0; start < wanted.length; start += namesPerCall) {
    const values = wanted.slice(start, start + namesPerCall);
    const query = {
      owners: ['self'],
      filters: [{ name: 'name', values }],
      includeDeprecated: true,
      includeDisabled: true,
    };
    for await (const page of ec2.listImages(region, query, signal)) {
      const taken = page.find((image) => values.includes(image.name));
      if (taken) {
        return { name: taken.name, imageId: taken.id, region };
      }
    }
  }
  return undefined;
}
