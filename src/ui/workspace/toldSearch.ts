import { Emitter } from '../../core/emitter.ts';
import { atMostEvery } from '../shared/atMostEvery.ts';
import { noPlaces, placesIn, type WorkspaceFile, type WorkspacePlaces } from './workspacePlaces.ts';

export type SearchState =
  | { readonly kind: 'searching' }
  /** `isPartial`: the workspace has more files than are searched. */
  | { readonly kind: 'done'; readonly isPartial: boolean }
  | { readonly kind: 'failed'; readonly error: unknown };

/** In ms. */
const drawInterval = 250;

/** How far a search has come, at one moment. */
interface SearchProgress {
  readonly state: SearchState;
  readonly files: readonly WorkspaceFile[];
}

/** What of a search is told: its state together with the places in its files, which takes a while to put in order. */
export class ToldSearch {
  readonly #progress: () => SearchProgress;
  readonly #changed = new Emitter();
  readonly #tellSoon = atMostEvery(drawInterval, () => void this.#tell());
  #told: { readonly state: SearchState; readonly places: WorkspacePlaces } = {
    state: { kind: 'searching' },
    places: noPlaces,
  };
  /** The files whose places these are. */
  #placed: readonly WorkspaceFile[] = [];
  #isTelling = false;
  #isToTellAgain = false;

  readonly onDidChange = this.#changed.event;

  constructor(progress: () => SearchProgress) {
    this.#progress = progress;
  }

  get state(): SearchState {
    return this.#told.state;
  }

  get places(): WorkspacePlaces {
    return this.#told.places;
  }

  /** The search has come further. */
  update(): void {
    this.#tellSoon();
  }

  async #tell(): Promise<void> {
    this.#isToTellAgain = true;
    if (this.#isTelling) {
      return;
    }
    this.#isTelling = true;
    while (this.#isToTellAgain) {
      this.#isToTellAgain = false;
      const { state, files } = this.#progress();
      const places = files === this.#placed ? this.#told.places : await placesIn(files);
      this.#placed = files;
      this.#told = { state, places };
      this.#changed.fire();
    }
    this.#isTelling = false;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
