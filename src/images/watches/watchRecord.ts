import * as v from 'valibot';
import type { AccountScope } from '../../core/accountScope.ts';
import { accountScope } from '../../core/accountScopeSchema.ts';
import { regionName } from '../../core/imageRefSchema.ts';
import type { Schema } from '../../core/schemas.ts';

/** A watch on disk, where it outlasts the editor. */
export interface WatchRecord<S = unknown> {
  /** Records of the same thing have the same id. */
  readonly id: string;
  /** Name of its kind. */
  readonly kind: string;
  readonly region: string;
  /** Its account; only connections to this account look at it. */
  readonly scope: AccountScope;
  /** When it began, in milliseconds since 1970. */
  readonly since: number;
  /** Until then (milliseconds since 1970) the window that has begun it holds it, and nobody looks at it. */
  readonly heldUntil: number;
  /** Names those whose outcomes are told together; undefined where it is told alone. */
  readonly batch?: string | undefined;
  /** Until then (milliseconds since 1970) the window that has begun the batch may add to it, and nobody tells of it. */
  readonly openUntil?: number | undefined;
  /** What its kind looks for. */
  readonly subject: S;
}

/** Reads a stored record, which another version may have written. The kind reads the subject. */
export const watchRecord: Schema<WatchRecord> = v.object({
  id: v.string(),
  kind: v.string(),
  region: regionName,
  scope: accountScope,
  since: v.number(),
  heldUntil: v.fallback(v.number(), 0),
  batch: v.fallback(v.optional(v.string()), undefined),
  openUntil: v.fallback(v.optional(v.number()), undefined),
  subject: v.unknown(),
});
