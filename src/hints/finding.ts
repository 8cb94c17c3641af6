import type { Reference } from '../code/reference.ts';
import type { TextEdit } from '../code/textEdit.ts';
import type { TextSpan } from '../code/textSpan.ts';
import type { ImageSummary } from '../core/image.ts';

/** What is wrong with a reference, or could be better. The names are those of `npm run check`. */
export type Finding = FindingBase & FindingFacts;

interface FindingBase {
  readonly reference: Reference;
  /** What is underlined. */
  readonly span: TextSpan;
  readonly severity: Severity;
  readonly fixes: readonly Fix[];
}

/**
 * The most severe first. `error`: it fails when it is used. `warning`: it is likely to do harm. `information`: it could be
 * better.
 */
export const severities = ['error', 'warning', 'information'] as const;

export type Severity = (typeof severities)[number];

export type FindingFacts =
  /** One image is chosen out of all visible ones by what its publisher can choose. */
  | { readonly rule: 'unsafe-lookup'; readonly by: readonly string[] }
  | { readonly rule: 'malformed-id' }
  /** Not there, or not visible for the account: EC2 does not tell which. `elsewhere` are regions that have it. */
  | { readonly rule: 'not-found'; readonly regions: readonly string[]; readonly elsewhere: readonly string[] }
  | { readonly rule: 'deregistered'; readonly image: ImageSummary }
  /** `at` is ISO 8601; `days` is how many whole ones are left until then, less than 0 once it is past. */
  | { readonly rule: 'deprecated'; readonly image: ImageSummary; readonly at: string; readonly days: number }
  | { readonly rule: 'disabled'; readonly image: ImageSummary }
  | { readonly rule: 'unusable'; readonly image: ImageSummary; readonly state: string }
  | { readonly rule: 'newer-image'; readonly image: ImageSummary; readonly newer: ImageSummary }
  | { readonly rule: 'wrong-architecture'; readonly image: ImageSummary; readonly instanceType: string }
  | { readonly rule: 'unverified-publisher'; readonly image: ImageSummary };

export type Rule = FindingFacts['rule'];

/** An edit of the reference's text. `label` says in the words of `fixText` what it does. */
export interface Fix {
  readonly label:
    | { readonly kind: 'replaceId'; readonly by: ImageSummary }
    | { readonly kind: 'addOwner'; readonly owner: string; readonly publisher: string | undefined };
  readonly edits: readonly TextEdit[];
}
