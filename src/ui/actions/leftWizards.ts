import type { ActionTypes, Draft, Target } from '../../actions/action.ts';
import { type AccountScope, isSameAccount } from '../../core/accountScope.ts';
import type { WizardPlace } from './wizardPath.ts';

/** A wizard that the user has left, with all that was entered. */
export interface LeftWizard<T extends ActionTypes> extends WizardPlace<T['step']> {
  readonly draft: Draft<T>;
}

interface Notice {
  dispose(): void;
}

interface Kept<T extends ActionTypes> {
  readonly scope: AccountScope;
  readonly targets: string;
  readonly wizard: LeftWizard<T>;
  readonly notice: Notice | undefined;
}

/** How many are kept, for as long as the window is open. */
const kept = 10;

/** The wizards of one action that were left before anything was done, for each account and its targets the last one. */
export class LeftWizards<T extends ActionTypes> {
  /** The oldest first. */
  #all: readonly Kept<T>[] = [];

  /** @param notice what tells the user that it can be continued; disposed once it no longer can be */
  keep(scope: AccountScope, wizard: LeftWizard<T>, notice?: Notice): void {
    this.forget(scope, wizard.draft.targets);
    this.#all = [...this.#all, { scope, targets: keyOf(wizard.draft.targets), wizard, notice }].slice(-kept);
  }

  /** The one of these very targets; the last one of the account where none are given. */
  find(scope: AccountScope, targets: readonly Target[]): LeftWizard<T> | undefined {
    const wanted = keyOf(targets);
    return this.#all.findLast(
      (left) => isSameAccount(left.scope, scope) && (targets.length === 0 || left.targets === wanted),
    )?.wizard;
  }

  forget(scope: AccountScope, targets: readonly Target[]): void {
    const wanted = keyOf(targets);
    const isWanted = (left: Kept<T>) => isSameAccount(left.scope, scope) && left.targets === wanted;
    for (const { notice } of this.#all.filter(isWanted)) notice?.dispose();
    this.#all = this.#all.filter((left) => !isWanted(left));
  }
}

function keyOf(targets: readonly Target[]): string {
  return targets
    .map(({ region, id }) => `${region}/${id}`)
    .sort()
    .join(' ');
}
