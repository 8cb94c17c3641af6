import * as vscode from 'vscode';
import type { CreateImageRequest } from '../../core/createImage.ts';
import { isRunning, toRequests } from '../../core/createImagePlan.ts';
import type { Tag } from '../../core/image.ts';
import type { Instance } from '../../core/instance.ts';
import { formatTags } from '../../core/tagText.ts';
import { instanceText, plain, plainFacts } from '../plainText.ts';
import { type Draft, toPlan } from './draft.ts';
import { type Answer, ask, type Frame } from './quickInput.ts';
import type { Obstacle, StepId } from './steps.ts';
import { volumeText } from './volumesStep.ts';

/** `create` all, or those of which the dry run has passed, or the step that the user wants to return to. */
export type ReviewAnswer = 'create' | 'create-passed' | StepId;

/** What the dry run has brought. */
export interface Rehearsed {
  readonly obstacles: readonly Obstacle[];
  /** How many of the requests have passed it. */
  readonly passed: number;
  /** Some of the images have been made by it: what is left is another review. */
  readonly isOutdated: boolean;
}

interface ReviewItem extends vscode.QuickPickItem {
  readonly leadsTo?: ReviewAnswer;
}

/**
 * Everything that is going to happen, a line each; nothing happens before the first line is picked. Any other line
 * leads back to the step where it was decided. `rehearse` tries the requests without their effect.
 */
export function askReview(
  frame: Frame,
  draft: Draft,
  obstacles: readonly Obstacle[],
  rehearse: (requests: readonly CreateImageRequest[], left: AbortSignal) => Promise<Rehearsed>,
): Promise<Answer<ReviewAnswer>> {
  const pick = vscode.window.createQuickPick<ReviewItem>();
  const requests = toRequests(toPlan(draft), draft.now);
  const abort = new AbortController();
  pick.matchOnDescription = true;
  pick.placeholder = vscode.l10n.t('Read what will happen. Nothing has been done so far.');
  const show = (found: readonly Obstacle[], passed = 0) => {
    pick.items = [
      createItem(requests.length),
      ...(passed > 0 ? [createPassedItem(passed, requests.length)] : []),
      ...obstacleItems(draft, found),
      ...reviewItems(draft, requests),
    ];
    pick.activeItems = pick.items.slice(0, 1);
  };
  return ask<ReviewAnswer>(pick, frame, {
    value: () => 'create',
    begin: (done) => {
      show(obstacles);
      pick.onDidAccept(async () => {
        const leadsTo = pick.activeItems[0]?.leadsTo;
        if (leadsTo === undefined || pick.busy) {
          return;
        }
        if (leadsTo !== 'create') {
          done({ kind: 'next', value: leadsTo });
          return;
        }
        pick.busy = true;
        pick.enabled = false;
        pick.placeholder = vscode.l10n.t('Asking EC2 whether this would succeed (dry run)…');
        const left = AbortSignal.any([abort.signal, frame.signal]);
        const { obstacles: found, passed, isOutdated } = await rehearse(requests, left);
        if (abort.signal.aborted) {
          return;
        }
        const [first] = found;
        if (!first) {
          done({ kind: 'next', value: 'create' });
        } else if (first.step !== 'review' || isOutdated) {
          done({ kind: 'next', value: first.step });
        } else {
          pick.placeholder = vscode.l10n.t('Nothing has been created: read what stands in the way.');
          pick.busy = false;
          pick.enabled = true;
          show(found, passed);
        }
      });
    },
    end: () => abort.abort(),
  });
}

function createItem(count: number): ReviewItem {
  return {
    label: count === 1 ? vscode.l10n.t('$(check) Create Image') : vscode.l10n.t('$(check) Create {0} Images', count),
    description: vscode.l10n.t('as described below, after a dry run'),
    leadsTo: 'create',
    alwaysShow: true,
  };
}

function createPassedItem(passed: number, count: number): ReviewItem {
  return {
    label:
      passed === 1
        ? vscode.l10n.t('$(check) Create 1 of {0} Images', count)
        : vscode.l10n.t('$(check) Create {0} of {1} Images', passed, count),
    description: vscode.l10n.t('those of which the dry run has passed'),
    leadsTo: 'create-passed',
    alwaysShow: true,
  };
}

function obstacleItems(draft: Draft, obstacles: readonly Obstacle[]): ReviewItem[] {
  return obstacles.flatMap(({ instanceId, message, step }) => {
    const instance = draft.instances.find((candidate) => candidate.id === instanceId);
    return lines(`$(error) ${instance ? instanceText(instance) : plain(instanceId)}`, message, step);
  });
}

function reviewItems(draft: Draft, requests: readonly CreateImageRequest[]): ReviewItem[] {
  const items: ReviewItem[] = [];
  for (const request of requests) {
    const instance = draft.instances.find((candidate) => candidate.id === request.instanceId);
    if (instance) {
      items.push(separator(), ...instanceItems(draft, instance, request));
    }
  }
  const { description } = toPlan(draft);
  const [first] = requests;
  items.push(
    // A label would take the space of the first line's text.
    separator(),
    ...lines(
      vscode.l10n.t('$(note) Description'),
      description.trim() === '' ? vscode.l10n.t('none') : plain(description.trim()),
      'description',
    ),
    ...lines(vscode.l10n.t('$(tag) Tags of the image'), tagsText(first?.imageTags ?? []), 'imageTags'),
    ...lines(vscode.l10n.t('$(tag) Tags of the snapshots'), tagsText(first?.snapshotTags ?? []), 'snapshotTags'),
  );
  return items;
}

function instanceItems(draft: Draft, instance: Instance, request: CreateImageRequest): ReviewItem[] {
  const volumes = draft.volumes.filter((plan) => plan.instanceId === instance.id);
  const facts = plainFacts(instance.id, instance.state, instance.region);
  return [
    ...(instance.name
      ? lines(`$(vm) ${plain(instance.name)}`, facts, undefined)
      : lines(`$(vm) ${vscode.l10n.t('Instance')}`, facts, undefined)),
    ...lines(vscode.l10n.t('$(device-camera) New image'), plain(request.name), 'name'),
    rebootItem(instance, request),
    ...volumes.flatMap((plan) => {
      const what = volumeText(plan, draft.volumeFacts.get(plan.volumeId));
      const device = plain(plan.deviceName);
      if (!plan.included) {
        return lines(`$(circle-slash) ${device}`, vscode.l10n.t('LEFT OUT · {0}', what), 'volumes');
      }
      const fate = plan.deleteOnTermination
        ? vscode.l10n.t('included, deleted on termination')
        : vscode.l10n.t('included, kept on termination');
      return lines(`$(database) ${device}`, `${fate} · ${what}`, 'volumes');
    }),
  ];
}

function rebootItem(instance: Instance, request: CreateImageRequest): ReviewItem {
  if (!isRunning(instance)) {
    return {
      label: vscode.l10n.t('$(shield) Nothing is rebooted'),
      description: vscode.l10n.t('the instance is {0}', plain(instance.state)),
      leadsTo: 'reboot',
    };
  }
  return request.reboot
    ? {
        label: vscode.l10n.t('$(warning) The instance is REBOOTED'),
        description: vscode.l10n.t('down for some minutes; file systems consistent'),
        leadsTo: 'reboot',
      }
    : {
        label: vscode.l10n.t('$(shield) The instance is not rebooted'),
        description: vscode.l10n.t('crash-consistent; file-system integrity not guaranteed'),
        leadsTo: 'reboot',
      };
}

function tagsText(tags: readonly Tag[]): string {
  return tags.length === 0 ? vscode.l10n.t('none') : plain(formatTags(tags));
}

function separator(): ReviewItem {
  return { label: '', kind: vscode.QuickPickItemKind.Separator };
}

/** How many characters a line of the quick pick surely shows: what is longer goes on in the next line. */
const lineLength = 80;

/** A fact over as many lines as it takes: nothing of what is going to happen is cut off. */
function lines(label: string, text: string, leadsTo: StepId | undefined): ReviewItem[] {
  const icon = /^\$\([\w-]+\) /.exec(label)?.[0] ?? '';
  const [name = '', ...more] = wrap(label.slice(icon.length), lineLength, lineLength);
  const [first = '', ...rest] = wrap(text, lineLength - (more.length > 0 ? 0 : name.length), lineLength);
  const item = (label: string, description: string): ReviewItem => ({
    label,
    description,
    ...(leadsTo === undefined ? {} : { leadsTo }),
  });
  return more.length === 0
    ? [item(icon + name, first), ...rest.map((line) => item('\u2003', line))]
    : [item(icon + name, ''), ...[...more, first, ...rest].map((line) => item('\u2003', line))];
}

/** Breaks at spaces where there are any in the second half of the line. */
function wrap(text: string, firstLength: number, length: number): readonly string[] {
  const result: string[] = [];
  let rest = text;
  for (let room = Math.max(20, firstLength); rest.length > room; room = length) {
    const space = rest.lastIndexOf(' ', room);
    const end = space > room / 2 ? space : room;
    result.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...result, rest];
}
