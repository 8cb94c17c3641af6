import * as vscode from 'vscode';
import { plainMessage } from '../shared/plainText.ts';

/** How a step ended. Going back keeps what was entered. */
export type Answer<T> =
  | { readonly kind: 'next'; readonly value: T }
  | { readonly kind: 'back'; readonly value: T }
  | { readonly kind: 'cancel' };

/** The answer of a step with its value taken into the draft. */
export async function entered<T, Draft>(asking: Promise<Answer<T>>, take: (value: T) => Draft): Promise<Answer<Draft>> {
  const answer = await asking;
  return answer.kind === 'cancel' ? answer : { kind: answer.kind, value: take(answer.value) };
}

export interface StepFrame {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  /** Aborted when the step has to end, as if the user had left it. */
  readonly signal: AbortSignal;
}

/** The result of a check of a text while it is typed. Only an error keeps the text from being accepted. */
export interface Verdict {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
}

export interface TextButton {
  readonly button: vscode.QuickInputButton;
  /** The text that pressing it leaves in the box. */
  readonly press: (value: string) => string;
}

export interface TextQuestion {
  readonly value: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly buttons?: readonly TextButton[];
  /** Shown for the first value, before anything is typed. */
  readonly notice?: Verdict | undefined;
  readonly check: (value: string) => Verdict | undefined;
  /** Called after a delay in typing and before the text is accepted, where `check` finds no error. Never rejects. */
  readonly checkLater?: (value: string, signal: AbortSignal) => Promise<Verdict | undefined>;
}

/** The time (ms) between the last keystroke and `checkLater`. */
const typingDelay = 350;

/** Asks for one line of text, which is checked while it is typed and stays as it is typed. */
export function askText(frame: StepFrame, question: TextQuestion): Promise<Answer<string>> {
  const box = vscode.window.createInputBox();
  box.value = question.value;
  box.valueSelection = [question.value.length, question.value.length];
  box.prompt = plainMessage(question.prompt);
  box.placeholder = question.placeholder;
  const later = new LaterCheck(question.checkLater, (busy) => {
    box.busy = busy;
  });
  const show = (value: string, found: Verdict | undefined) => {
    const verdict = found ?? (value === question.value ? question.notice : undefined);
    box.validationMessage = verdict && {
      message: plainMessage(verdict.message),
      severity: severities[verdict.severity],
    };
  };
  const changed = (value: string) => {
    later.cancel();
    const verdict = question.check(value);
    show(value, verdict);
    if (verdict?.severity !== 'error') {
      later.start(value, (late) => show(value, late ?? verdict));
    }
  };
  const further = question.buttons ?? [];
  return ask<string>(box, frame, {
    buttons: further.map(({ button }) => button),
    value: () => box.value,
    begin: (done) => {
      box.onDidChangeValue(changed);
      box.onDidTriggerButton((pressed) => {
        const match = further.find(({ button }) => button === pressed);
        if (match) {
          box.value = match.press(box.value);
          changed(box.value);
        }
      });
      box.onDidAccept(async () => {
        const { value } = box;
        const verdict = question.check(value);
        const late = verdict?.severity === 'error' ? verdict : await later.result(value);
        // The verdict is of no use for a text that has changed meanwhile.
        if (box.value === value) {
          if (late?.severity === 'error') {
            show(value, late);
          } else {
            done({ kind: 'next', value });
          }
        }
      });
      changed(box.value);
    },
    end: () => later.cancel(),
  });
}

const severities: Readonly<Record<Verdict['severity'], vscode.InputBoxValidationSeverity>> = {
  error: vscode.InputBoxValidationSeverity.Error,
  warning: vscode.InputBoxValidationSeverity.Warning,
  info: vscode.InputBoxValidationSeverity.Info,
};

export interface AskOptions<T> {
  readonly buttons?: readonly vscode.QuickInputButton[];
  /** The present value. */
  readonly value: () => T;
  readonly begin: (done: (answer: Answer<T>) => void) => void;
  readonly end?: () => void;
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
  input.buttons = [...(frame.step > 1 ? [vscode.QuickInputButtons.Back] : []), ...(options.buttons ?? [])];
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
    const cancel = () => done({ kind: 'cancel' });
    input.onDidTriggerButton((button) => {
      // The editor disables the button, but not its key.
      if (button === vscode.QuickInputButtons.Back && input.enabled) {
        done({ kind: 'back', value: options.value() });
      }
    });
    input.onDidHide(cancel);
    frame.signal.addEventListener('abort', cancel);
    options.begin(done);
    if (frame.signal.aborted) {
      cancel();
    } else {
      input.show();
    }
  });
}

/** A slow check of one text at a time. The verdict on an earlier text is dropped. */
class LaterCheck {
  readonly #check: TextQuestion['checkLater'];
  readonly #busy: (busy: boolean) => void;
  #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #asked: { readonly value: string; readonly verdict: Promise<Verdict | undefined> } | undefined;

  constructor(check: TextQuestion['checkLater'], busy: (busy: boolean) => void) {
    this.#check = check;
    this.#busy = busy;
  }

  start(value: string, show: (verdict: Verdict | undefined) => void): void {
    if (this.#check) {
      const { signal } = this.#abort;
      this.#timer = setTimeout(() => {
        void this.result(value).then((verdict) => {
          if (!signal.aborted) {
            show(verdict);
          }
        });
      }, typingDelay);
    }
  }

  /** The verdict on a text, which is asked for once. */
  async result(value: string): Promise<Verdict | undefined> {
    if (!this.#check) {
      return undefined;
    }
    if (this.#asked?.value !== value) {
      clearTimeout(this.#timer);
      const { signal } = this.#abort;
      this.#busy(true);
      const verdict = this.#check(value, signal).finally(() => {
        if (!signal.aborted) {
          this.#busy(false);
        }
      });
      this.#asked = { value, verdict };
    }
    return this.#asked.verdict;
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#asked = undefined;
    this.#busy(false);
  }
}
