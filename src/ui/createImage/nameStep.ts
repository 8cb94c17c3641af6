import * as vscode from 'vscode';
import { clashingNames, type PlannedName, plannedNames } from '../../core/createImagePlan.ts';
import { AmiError, isCancelled } from '../../core/errors.ts';
import { checkImageName, expandNamePattern, type NameProblem, placeholderValues } from '../../core/imageName.ts';
import type { Ec2Port } from '../../ec2/port.ts';
import { instanceText, plain } from '../plainText.ts';
import { describeError } from '../presentError.ts';
import type { Draft } from './draft.ts';
import { type Answer, askText, type Frame, type Verdict } from './quickInput.ts';

/** How many of the names the preview shows. */
const previewed = 3;

/** EC2 takes at most 200 values a filter. */
const namesPerCall = 200;

export type NameLookup = Pick<Ec2Port, 'listImages'>;

/** The image's name, or the pattern of the names of several. */
export function askName(
  frame: Frame,
  draft: Draft,
  ec2: NameLookup,
  notice: Verdict | undefined,
): Promise<Answer<string>> {
  const { instances, now } = draft;
  const [only] = instances;
  const single = instances.length === 1 && only !== undefined;
  return askText(frame, {
    value: draft.pattern,
    prompt: single
      ? vscode.l10n.t('The name of the image of {0}, unique in the account and region', instanceText(only))
      : vscode.l10n.t(
          "What the names of the {0} images follow: '{name}', '{id}' and '{date}' stand for the instance's name, its ID and the time",
          instances.length,
        ),
    placeholder: single ? vscode.l10n.t('Name of the image') : '{name}-{date}',
    notice,
    check: (pattern) => checkPattern(draft, pattern),
    checkLater: async (pattern, signal) => {
      const names = plannedNames(instances, pattern, now);
      try {
        const taken = await findTaken(ec2, names, AbortSignal.any([signal, frame.signal]));
        const [first] = taken;
        return (
          first && {
            severity: 'error',
            message: vscode.l10n.t(
              '"{0}" is the name of {1} in {2} already. Names are unique in an account and region.',
              plain(first.name),
              plain(first.imageId),
              plain(first.region),
            ),
          }
        );
      } catch (error) {
        return isCancelled(error)
          ? undefined
          : {
              severity: 'warning',
              message: vscode.l10n.t(
                'Whether the name is free cannot be checked now. {0}',
                describeError(error).message,
              ),
            };
      }
    },
  });
}

/** What EC2 would refuse about the names; for several instances the names as a preview when there is nothing. */
function checkPattern({ instances, now }: Draft, pattern: string): Verdict | undefined {
  const error = (message: string): Verdict => ({ severity: 'error', message });
  if (pattern.trim() === '') {
    return error(vscode.l10n.t('An image needs a name.'));
  }
  if (pattern !== pattern.trim()) {
    return error(vscode.l10n.t('The name begins or ends with a space.'));
  }
  const names = plannedNames(instances, pattern, now);
  const several = names.length > 1;
  const [first] = instances;
  const unknown = several && first ? expandNamePattern(pattern, placeholderValues(first, now)).unknown : [];
  if (unknown.length > 0) {
    return error(
      vscode.l10n.t(
        "{0} is none of the placeholders '{name}', '{id}' and '{date}'.",
        unknown.map((name) => plain(`{${name}}`)).join(', '),
      ),
    );
  }
  for (const { instance, name } of names) {
    const [problem] = checkImageName(name);
    if (problem) {
      const text = problemText(problem);
      return error(several ? vscode.l10n.t('{0}, for {1}: {2}', plain(name), instanceText(instance), text) : text);
    }
  }
  const [clash] = clashingNames(names);
  if (clash !== undefined) {
    return error(
      vscode.l10n.t(
        'Several images would be named "{0}". Names are unique: add \'{id}\' to the pattern.',
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
      return vscode.l10n.t('The name has {0} characters; EC2 wants at least {1}.', problem.length, problem.min);
    case 'too-long':
      return vscode.l10n.t('The name has {0} characters; EC2 takes at most {1}.', problem.length, problem.max);
    case 'characters':
      return vscode.l10n.t(
        "EC2 takes letters, digits, spaces and ()[]./-'@_ in a name, but not: {0}",
        plain(problem.characters.join(' ')),
      );
  }
}

interface TakenName {
  readonly name: string;
  readonly imageId: string;
  readonly region: string;
}

/** Owned images that bear one of the names. The characters that a name may have mean nothing special in a filter. */
async function findTaken(
  ec2: NameLookup,
  names: readonly PlannedName[],
  signal: AbortSignal,
): Promise<readonly TakenName[]> {
  const regions = [...new Set(names.map(({ instance }) => instance.region))];
  const taken: TakenName[] = [];
  for (const region of regions) {
    const wanted = names.filter(({ instance }) => instance.region === region).map(({ name }) => name);
    for (let start = 0; start < wanted.length; start += namesPerCall) {
      const values = wanted.slice(start, start + namesPerCall);
      const query = {
        owners: ['self'],
        filters: [{ name: 'name', values }],
        includeDeprecated: true,
        includeDisabled: true,
      };
      for await (const page of ec2.listImages(region, query, signal)) {
        for (const image of page) {
          if (values.includes(image.name)) {
            taken.push({ name: image.name, imageId: image.id, region });
          }
        }
      }
    }
  }
  if (signal.aborted) {
    throw new AmiError('Cancelled.', { kind: 'cancelled', operation: 'DescribeImages' });
  }
  return taken;
}
