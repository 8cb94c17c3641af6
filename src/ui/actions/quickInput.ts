import * as vscode from 'vscode';

/** How a step ended, with what was entered, whichever way it was left. */
export interface Answer<T> {
  /** `review`: on to the review, past the steps between. */
  readonly kind: 'next' | 'review' | 'back' | 'cancel';
  readonly value: T;
}

/** The answer of a step with its value taken into the draft. */
export async function entered<T, Draft>(asking: Promise<Answer<T>>, take: (value: T) => Draft): Promise<Answer<Draft>> {
  const { kind, value } = await asking;
  return { kind, value: take(value) };
}

export interface StepFrame {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  /** Whether the step has a button that leads to the review. */
  readonly offersReview: boolean;
  /** Aborted when the step has to end, as if the user had left it. */
  readonly signal: AbortSignal;
}

export interface AskOptions<T> {
  readonly buttons?: readonly vscode.QuickInputButton[];
  /** The present value. */
  readonly value: () => T;
  readonly begin: (asked: Asked<T>) => void;
  /** Called when the user asks for the review; absent: the step ends with the present value. */
  readonly review?: (asked: Asked<T>) => void;
  readonly end?: () => void;
}

/** A step that is shown. */
export interface Asked<T> {
  done(answer: Answer<T>): void;
  /** Says on the button that leads to the review what keeps it from doing so; undefined where nothing does. */
  keepFromReview(reason: string | undefined): void;
}

/** Shows a quick input as one step of several and resolves when the step ends; never rejects. */
export function ask<T>(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  frame: StepFrame,
  options: AskOptions<T>,
): Promise<Answer<T>> {
  input.title = frame.title;
  input.step = frame.step;
  input.totalSteps = frame.totalSteps;
  // Looking at another window must not lose the input; Escape leaves.
  input.ignoreFocusOut = true;
  let reviewNow = reviewButton(undefined);
  const showButtons = () => {
    input.buttons = [
      ...(frame.step > 1 ? [vscode.QuickInputButtons.Back] : []),
      ...(options.buttons ?? []),
      ...(frame.offersReview ? [reviewNow] : []),
    ];
  };
  showButtons();
  return new Promise((resolve) => {
    let open = true;
    const done = (answer: Answer<T>) => {
      if (!open) {
        return;
      }
      open = false;
      frame.signal.removeEventListener('abort', cancel);
      options.end?.();
      resolve(answer);
      input.dispose();
    };
    const end = (kind: Answer<T>['kind']) => done({ kind, value: options.value() });
    const cancel = () => end('cancel');
    input.onDidTriggerButton((button) => {
      // The editor disables buttons, but not their keys.
      if (button === vscode.QuickInputButtons.Back && input.enabled) {
        end('back');
      } else if (button === reviewNow && input.enabled) {
        options.review ? options.review(asked) : end('review');
      }
    });
    input.onDidHide(cancel);
    frame.signal.addEventListener('abort', cancel);
    const keepFromReview = (reason: string | undefined) => {
      const button = reviewButton(reason);
      if (button.tooltip !== reviewNow.tooltip) {
        reviewNow = button;
        showButtons();
      }
    };
    const asked = { done, keepFromReview };
    options.begin(asked);
    if (frame.signal.aborted) {
      cancel();
    } else {
      input.show();
    }
  });
}

function reviewButton(reason: string | undefined): vscode.QuickInputButton {
  return {
    iconPath: new vscode.ThemeIcon('checklist'),
    tooltip:
      reason === undefined ? vscode.l10n.t('Review Now') : vscode.l10n.t('Review Now is not available: {0}', reason),
  };
}
