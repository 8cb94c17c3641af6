import type { IdReference, ParameterReference } from '../../code/reference.ts';
import type { CodeConnection, NoCodeConnection } from '../code/openImages.ts';

/** Of a connection, what is asked. */
interface AskedConnection extends Pick<CodeConnection, 'kind'> {
  readonly referenced: Pick<CodeConnection['referenced'], 'resolve'>;
  readonly parameters: Pick<CodeConnection['parameters'], 'resolve'>;
  readonly newer: Pick<CodeConnection['newer'], 'find'>;
}

export interface WorkspaceQuestionsParts {
  readonly known: { connection(): Promise<AskedConnection | NoCodeConnection> };
  /** What is to be asked for; undefined where nothing is. */
  readonly wanted: () => WantedReferences | undefined;
  /** More is known, or why it is not. */
  readonly changed: () => void;
  /** Begins to ask, or is done with it. */
  readonly progressed: () => void;
}

export interface WantedReferences {
  readonly ids: readonly IdReference[];
  readonly parameters: readonly ParameterReference[];
}

/** Asks AWS for what files name, all of it together, one question after the other. */
export class WorkspaceQuestions {
  readonly #parts: WorkspaceQuestionsParts;
  #asking: AbortController | undefined;
  #isAskedAgain = false;
  #lacking: NoCodeConnection | undefined;
  #failures: ReadonlyMap<string, unknown> = new Map();

  constructor(parts: WorkspaceQuestionsParts) {
    this.#parts = parts;
  }

  get isAsking(): boolean {
    return this.#asking !== undefined;
  }

  /** Why AWS could not be asked. */
  get lacking(): NoCodeConnection | undefined {
    return this.#lacking;
  }

  /** Why regions have not answered the last question. */
  get failures(): ReadonlyMap<string, unknown> {
    return this.#failures;
  }

  /** Asks now, or once more when what is being asked for has been answered. */
  ask(): void {
    if (this.#asking) {
      this.#isAskedAgain = true;
      return;
    }
    const wanted = this.#parts.wanted();
    if (!wanted) {
      return;
    }
    const abort = new AbortController();
    this.#asking = abort;
    void this.#askFor(wanted, abort.signal).finally(() => {
      if (this.#asking !== abort) {
        return;
      }
      this.#asking = undefined;
      this.#parts.progressed();
      if (this.#isAskedAgain) {
        this.#isAskedAgain = false;
        this.ask();
      }
    });
  }

  /** Gives up what is being asked for. */
  stop(): void {
    const asking = this.#asking;
    this.#asking = undefined;
    this.#isAskedAgain = false;
    if (asking) {
      asking.abort();
      this.#parts.progressed();
    }
  }

  /** Gives up, and forgets why an earlier connection could not be asked. */
  startOver(): void {
    this.stop();
    this.#lacking = undefined;
    this.#failures = new Map();
    this.ask();
  }

  async #askFor({ ids, parameters }: WantedReferences, signal: AbortSignal): Promise<void> {
    const { known } = this.#parts;
    const changed = () => {
      if (!signal.aborted) this.#parts.changed();
    };
    this.#parts.progressed();
    const open = await known.connection();
    if (signal.aborted) {
      return;
    }
    const lacked = this.#lacking;
    this.#lacking = open.kind === 'open' ? undefined : open;
    if (lacked !== this.#lacking) {
      changed();
    }
    if (open.kind !== 'open') {
      return;
    }
    const [resolved, named] = await Promise.all([
      open.referenced.resolve(ids, signal, changed),
      open.parameters.resolve(parameters, signal),
    ]);
    if (signal.aborted) {
      return;
    }
    const answers = [...resolved.flatMap(({ images }) => images), ...named.flatMap((each) => each.answers)];
    this.#failures = new Map(
      answers.flatMap(({ region, error }) => (error === undefined ? [] : [[region, error] as const])),
    );
    changed();
    const images = answers.flatMap(({ image }) => image ?? []);
    const were = resolved.flatMap(({ was }) => was ?? []);
    await open.newer.find([...images, ...were], signal, changed);
  }
}
