import * as v from 'valibot';
import type { AccountScope } from '../../core/accountScope.ts';
import { accountScope } from '../../core/accountScopeSchema.ts';
import { regionName } from '../../core/imageRefSchema.ts';
import type { Schema } from '../../core/schemas.ts';

/** Something that takes minutes, as it is kept over restarts of the editor. */
export interface WatchRecord<S = unknown> {
  /** The same for records of the same thing. */
  readonly id: string;
  /** Name of its kind. */
  readonly kind: string;
  readonly region: string;
  /** The account that it is in: it is looked at through connections to it alone. */
  readonly scope: AccountScope;
  /** When it began, in milliseconds since 1970. */
  readonly since: number;
  /** Until then (milliseconds since 1970) the window that has begun it looks after it itself. */
  readonly heldUntil: number;
  /** What its kind has to know. */
  readonly subject: S;
}

/** One as it was stored, maybe by another version. The subject is for its kind to read. */
export const watchRecord: Schema<WatchRecord> = v.object({
  id: v.string(),
  kind: v.string(),
  region: regionName,
  scope: accountScope,
  since: v.number(),
  heldUntil: v.fallback(v.number(), 0),
  subject: v.unknown(),
});
