import * as vscode from 'vscode';
import { plainMessage } from '../shared/plainText.ts';
import { type Answer, type Asked, ask, type StepFrame } from './quickInput.ts';

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

/** A choice beside the text. */
export interface TextToggle {
  readonly icon: string;
  readonly tooltip: string;
  readonly checked: boolean;
  /** Called at each change. Returns the prompt from then on. */
  readonly changed: (checked: boolean) => string;
}

export interface TextQuestion {
  readonly value: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly buttons?: readonly TextButton[];
  readonly toggle?: TextToggle;
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
  let keepFromReview: (reason: string | undefined) => void = () => {};
  const show = (value: string, found: Verdict | undefined) => {
    const verdict = found ?? (value === question.value ? question.notice : undefined);
    keepFromReview(found?.severity === 'error' ? found.message : undefined);
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
  const accept = async (asked: Asked<string>, kind: 'next' | 'review') => {
    const { value } = box;
    const verdict = question.check(value);
    const late = verdict?.severity === 'error' ? verdict : await later.result(value);
    // The verdict is of no use for a text that has changed meanwhile.
    if (box.value === value) {
      if (late?.severity === 'error') {
        show(value, late);
      } else {
        asked.done({ kind, value });
      }
    }
  };
  const further = question.buttons ?? [];
  const toggle = question.toggle && toggleButton(question.toggle);
  return ask<string>(box, frame, {
    buttons: [...further.map(({ button }) => button), ...(toggle ? [toggle] : [])],
    value: () => box.value,
    begin: (asked) => {
      keepFromReview = asked.keepFromReview;
      box.onDidChangeValue(changed);
      box.onDidTriggerButton((pressed) => {
        const match = further.find(({ button }) => button === pressed);
        if (match) {
          box.value = match.press(box.value);
          changed(box.value);
        } else if (pressed === toggle && question.toggle) {
          box.prompt = plainMessage(question.toggle.changed(toggle.toggle.checked));
          changed(box.value);
          // Gives the focus back to the text: Enter would press the toggle again.
          box.valueSelection = [box.value.length, box.value.length];
        }
      });
      box.onDidAccept(() => accept(asked, 'next'));
      changed(box.value);
    },
    review: (asked) => void accept(asked, 'review'),
    end: () => later.cancel(),
  });
}

function toggleButton({ icon, tooltip, checked }: TextToggle) {
  return {
    iconPath: new vscode.ThemeIcon(icon),
    tooltip,
    location: vscode.QuickInputButtonLocation.Input,
    toggle: { checked },
  };
}

const severities: Readonly<Record<Verdict['severity'], vscode.InputBoxValidationSeverity>> = {
  error: vscode.InputBoxValidationSeverity.Error,
  warning: vscode.InputBoxValidationSeverity.Warning,
  info: vscode.InputBoxValidationSeverity.Info,
};

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
