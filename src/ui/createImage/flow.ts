import * as vscode from 'vscode';
import type { CreateImageRequest } from '../../core/createImage.ts';
import { toRequests } from '../../core/createImagePlan.ts';
import { type Draft, narrowed, toPlan } from './draft.ts';
import { askName } from './nameStep.ts';
import type { Answer, Frame, Verdict } from './quickInput.ts';
import { askReboot } from './rebootStep.ts';
import { type RehearseDeps, rehearse } from './rehearse.ts';
import { askReview } from './reviewStep.ts';
import { type Obstacle, type StepId, steps, stepTitle } from './steps.ts';
import { askDescription, askImageTags, askSnapshotTags } from './textSteps.ts';
import { askVolumes } from './volumesStep.ts';

/** Where the flow begins, and what is to be said there: after a failure, with all that was entered. */
export interface FlowStart {
  readonly draft: Draft;
  readonly step: StepId;
  readonly obstacles: readonly Obstacle[];
  /** Whether all steps have been gone through before: the first one then leads to the review. */
  readonly returning: boolean;
}

export interface FlowEnd {
  readonly draft: Draft;
  /** Without those whose images a dry run has made. */
  readonly requests: readonly CreateImageRequest[];
}

/**
 * Asks step by step, back and forth, until the user has confirmed the review and the dry run has passed; undefined when
 * the user leaves, which does nothing.
 */
export async function runFlow(start: FlowStart, deps: RehearseDeps, signal: AbortSignal): Promise<FlowEnd | undefined> {
  let { draft, obstacles } = start;
  let step: StepId = start.step;
  // A step that was returned to from the review leads to the review again.
  let { returning } = start;
  for (;;) {
    const frame = frameOf(step, draft, signal);
    const current = step;
    const notice = noticeFor(current, obstacles);
    let answer: Answer<unknown>;
    switch (current) {
      case 'name': {
        const named = await askName(frame, draft, deps.connection.ec2, notice);
        draft = named.kind === 'cancel' ? draft : { ...draft, pattern: named.value };
        answer = named;
        break;
      }
      case 'description': {
        const described = await askDescription(frame, draft);
        draft = described.kind === 'cancel' ? draft : { ...draft, description: described.value };
        answer = described;
        break;
      }
      case 'reboot': {
        const chosen = await askReboot(frame, draft);
        draft = chosen.kind === 'cancel' ? draft : { ...draft, reboot: chosen.value };
        answer = chosen;
        break;
      }
      case 'volumes': {
        const planned = await askVolumes(frame, draft);
        draft = planned.kind === 'cancel' ? draft : { ...draft, volumes: planned.value };
        answer = planned;
        break;
      }
      case 'imageTags': {
        const tagged = await askImageTags(frame, draft, notice);
        draft = tagged.kind === 'cancel' ? draft : { ...draft, imageTags: tagged.value };
        answer = tagged;
        break;
      }
      case 'snapshotTags': {
        const tagged = await askSnapshotTags(frame, draft);
        draft = tagged.kind === 'cancel' ? draft : { ...draft, snapshotTags: tagged.value };
        answer = tagged;
        break;
      }
      case 'review': {
        let passed: ReadonlySet<string> = new Set();
        const reviewed = await askReview(frame, draft, obstacles, async (requests, left) => {
          const tried = await rehearse(deps, requests, left);
          ({ obstacles, passed } = tried);
          // What is made is made: it is not to be reviewed, let alone sent, again.
          draft = only(draft, (id) => !tried.made.has(id));
          return { obstacles, passed: passed.size, isOutdated: tried.made.size > 0 };
        });
        if (reviewed.kind === 'next') {
          if (reviewed.value === 'create-passed') {
            draft = only(draft, (id) => passed.has(id));
          }
          if (reviewed.value === 'create' || reviewed.value === 'create-passed') {
            return { draft, requests: toRequests(toPlan(draft), draft.now) };
          }
          step = reviewed.value;
          returning = true;
          continue;
        }
        answer = reviewed;
        break;
      }
    }
    if (answer.kind === 'cancel') {
      return undefined;
    }
    // What stood in the way has been read, and maybe changed.
    obstacles = obstacles.filter((obstacle) => obstacle.step !== current);
    if (answer.kind === 'back') {
      returning = returning && current !== 'review';
      step = steps[Math.max(0, steps.indexOf(current) - 1)] ?? 'name';
    } else {
      step = returning ? 'review' : (steps[steps.indexOf(current) + 1] ?? 'review');
      returning = returning && step !== 'review';
    }
  }
}

function only(draft: Draft, isMeant: (instanceId: string) => boolean): Draft {
  return narrowed(
    draft,
    draft.instances.filter(({ id }) => isMeant(id)),
  );
}

function frameOf(step: StepId, draft: Draft, signal: AbortSignal): Frame {
  return {
    title: `${draft.instances.length === 1 ? vscode.l10n.t('Create Image') : vscode.l10n.t('Create {0} Images', draft.instances.length)}: ${stepTitle(step)}`,
    step: steps.indexOf(step) + 1,
    totalSteps: steps.length,
    signal,
  };
}

function noticeFor(step: StepId, obstacles: readonly Obstacle[]): Verdict | undefined {
  const obstacle = obstacles.find((candidate) => candidate.step === step);
  return obstacle && { severity: 'error', message: obstacle.message };
}
