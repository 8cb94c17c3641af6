import * as v from 'valibot';
import { type AccountScope, isSameAccount } from '../core/accountScope.ts';
import { accountScope } from '../core/accountScopeSchema.ts';
import { type ImageRef, refKey } from '../core/imageRef.ts';
import { regionName, resourceId } from '../core/imageRefSchema.ts';
import type { Schema } from '../core/schemas.ts';
import { RecordFolder } from './recordFolder.ts';

/** How many images are remembered for an account. */
const remembered = 20;

/** How many are remembered for all accounts. */
const rememberedInAll = 60;

/** An image by its id and the name that it had. */
export interface NamedRef extends ImageRef {
  readonly name: string;
}

interface RecentImage {
  readonly id: string;
  readonly scope: AccountScope;
  readonly image: NamedRef;
  /** When it was opened, in milliseconds since 1970. */
  readonly opened: number;
}

const recentImage: Schema<RecentImage> = v.object({
  id: v.string(),
  scope: accountScope,
  image: v.object({ region: regionName, id: resourceId, name: v.fallback(v.string(), '') }),
  opened: v.number(),
});

/** The images that were opened last, of each account. All windows share them. */
export class RecentImages {
  readonly #records: RecordFolder<RecentImage>;

  constructor(folder: string) {
    this.#records = new RecordFolder(folder, recentImage);
  }

  /** The last one first. */
  of(scope: AccountScope): readonly NamedRef[] {
    return lastFirst(this.#records.all.filter((recent) => isSameAccount(recent.scope, scope)))
      .slice(0, remembered)
      .map(({ image }) => image);
  }

  add(scope: AccountScope, { region, id, name }: NamedRef, now: number): void {
    const image = { region, id, name };
    this.#records.add({ id: recordId(scope, image), scope, image, opened: now });
    const all = lastFirst(this.#records.all);
    const ofAccount = all.filter((recent) => isSameAccount(recent.scope, scope));
    for (const { id: old } of [...ofAccount.slice(remembered), ...all.slice(rememberedInAll)]) {
      this.#records.take(old);
    }
  }
}

function lastFirst(records: readonly RecentImage[]): readonly RecentImage[] {
  return records.toSorted((a, b) => b.opened - a.opened);
}

function recordId({ kind, partition, endpoint, account, profile }: AccountScope, image: ImageRef): string {
  return JSON.stringify([kind, partition, endpoint, account ?? { profile }, refKey(image)]);
}
