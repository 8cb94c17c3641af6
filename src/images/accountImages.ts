import type { ImageSummary } from '../core/image.ts';
import type { ImageQuery, ImageReader } from '../ec2/port.ts';

/** The most images of a kind that are listed in a region, to be searched here. */
const maxListed = 10_000;

/** Whose images are listed. */
export type AccountKind = 'owned' | 'shared';

export const accountQueries: Readonly<Record<AccountKind, ImageQuery>> = {
  owned: { owners: ['self'], includeDeprecated: true, includeDisabled: true },
  shared: { executableUsers: ['self'], includeDeprecated: true },
};

interface Listed {
  readonly pages: (readonly ImageSummary[])[];
  readonly listeners: Set<(page: readonly ImageSummary[]) => void>;
  /** Whether these are all. */
  whole: Promise<boolean>;
}

/** What an account owns, and what others share with it: each listed once in a region, however often it is searched. */
export class AccountImages {
  readonly #ec2: Pick<ImageReader, 'listImages'>;
  readonly #abort = new AbortController();
  readonly #listed = new Map<string, Listed>();

  constructor(ec2: Pick<ImageReader, 'listImages'>) {
    this.#ec2 = ec2;
  }

  /**
   * Resolves at the end of the listing, with whether it has all images. What has failed is asked for again.
   *
   * @param onPage called with what was listed before, too
   */
  async read(region: string, kind: AccountKind, onPage: (page: readonly ImageSummary[]) => void): Promise<boolean> {
    const listed = this.#of(region, kind);
    for (const page of listed.pages) {
      onPage(page);
    }
    listed.listeners.add(onPage);
    try {
      return await listed.whole;
    } finally {
      listed.listeners.delete(onPage);
    }
  }

  close(): void {
    this.#abort.abort();
  }

  #of(region: string, kind: AccountKind): Listed {
    const key = `${region}/${kind}`;
    const known = this.#listed.get(key);
    if (known) {
      return known;
    }
    const listed: Listed = { pages: [], listeners: new Set(), whole: Promise.resolve(false) };
    this.#listed.set(key, listed);
    listed.whole = this.#list(region, kind, listed).catch((error: unknown) => {
      this.#listed.delete(key);
      throw error;
    });
    return listed;
  }

  async #list(region: string, kind: AccountKind, { pages, listeners }: Listed): Promise<boolean> {
    let count = 0;
    for await (const page of this.#ec2.listImages(region, accountQueries[kind], this.#abort.signal)) {
      pages.push(page);
      for (const listener of listeners) {
        listener(page);
      }
      count += page.length;
      if (count >= maxListed) {
        return false;
      }
    }
    return true;
  }
}
