import type { PlacedProblem } from './configProblem.ts';

/** What went wrong, in the own words of AWS or of the system, or as a reason that the user reads in their language. */
export type Said = string | ErrorReason;

/** Why a call or a connection has failed, where AWS does not say so itself. */
export type ErrorReason = ConfigReason | CredentialReason | ProcessReason | AnswerReason | ListingReason | CallReason;

/** `source`: the setting, the environment variable or the key of a profile that has the value. */
type ConfigReason =
  | { readonly kind: 'config-problem'; readonly problem: PlacedProblem }
  | { readonly kind: 'profile-unusable'; readonly profile: string; readonly problem: PlacedProblem }
  /** `problem`: what may have kept it from being read. */
  | { readonly kind: 'profile-missing'; readonly profile: string; readonly problem: PlacedProblem | undefined }
  | { readonly kind: 'secret-key-unset' }
  | { readonly kind: 'no-url'; readonly source: string; readonly value: string }
  | { readonly kind: 'no-http-url'; readonly source: string; readonly value: string }
  | { readonly kind: 'bundle-missing'; readonly source: string; readonly path: string }
  | { readonly kind: 'bundle-unreadable'; readonly source: string; readonly path: string; readonly code: string }
  | { readonly kind: 'bundle-empty'; readonly source: string; readonly path: string }
  /** `number` counts from 1. */
  | { readonly kind: 'bundle-damaged'; readonly source: string; readonly path: string; readonly number: number }
  | { readonly kind: 'proxy-protocol'; readonly protocol: string };

/** Why a source gives no credentials. */
type CredentialReason =
  | { readonly kind: 'no-source' }
  | { readonly kind: 'no-source-in-profile' }
  | { readonly kind: 'no-source-in-profile-or-role' }
  | { readonly kind: 'source-circle' }
  | { readonly kind: 'unknown-source'; readonly source: string }
  | { readonly kind: 'no-environment-keys' }
  | { readonly kind: 'no-container-credentials' }
  | { readonly kind: 'no-instance-credentials' }
  | { readonly kind: 'no-role-credentials' }
  | { readonly kind: 'no-mfa-code'; readonly device: string }
  | { readonly kind: 'token-file-unreadable'; readonly path: string }
  | { readonly kind: 'role-refused'; readonly role: string; readonly said: Said }
  | { readonly kind: 'web-identity-refused'; readonly role: string; readonly said: Said }
  | { readonly kind: 'session-refused'; readonly said: Said }
  | { readonly kind: 'of-source'; readonly profile: string; readonly said: Said };

/** Why the program of `credential_process` gives no credentials. */
export type ProcessReason =
  | { readonly kind: 'process-malformed' }
  | { readonly kind: 'process-not-found' }
  | { readonly kind: 'process-not-started'; readonly code: string }
  /** `said`: what it printed as its error, without its arguments. */
  | { readonly kind: 'process-failed'; readonly exitCode: number; readonly said: string }
  | { readonly kind: 'process-killed'; readonly signal: string; readonly said: string }
  | { readonly kind: 'process-timeout'; readonly seconds: number }
  | { readonly kind: 'process-overlong' }
  | { readonly kind: 'process-silent' }
  | { readonly kind: 'process-no-json' }
  | { readonly kind: 'process-version' }
  | { readonly kind: 'process-no-keys' }
  | { readonly kind: 'process-no-time' }
  | { readonly kind: 'process-expired'; readonly at: string };

/** Why an answer cannot be read. */
export type AnswerReason =
  | { readonly kind: 'answer-missing' }
  | { readonly kind: 'answer-too-large'; readonly bytes: number }
  | { readonly kind: 'answer-too-much' }
  | { readonly kind: 'answer-no-http' }
  | { readonly kind: 'answer-compression' }
  | { readonly kind: 'answer-no-json' }
  | { readonly kind: 'answer-no-xml'; readonly said: string | undefined }
  /** `what`: the element or property. */
  | { readonly kind: 'answer-without'; readonly what: string }
  | { readonly kind: 'answer-of-another-kind'; readonly found: string; readonly expected: string }
  | { readonly kind: 'answer-not-from-aws' }
  /** `host`: undefined where the answer names none. */
  | { readonly kind: 'redirected'; readonly host: string | undefined }
  | { readonly kind: 'redirected-to-path' };

/** Why a listing does not come to its end. */
type ListingReason =
  | { readonly kind: 'page-repeated' }
  | { readonly kind: 'pages-without-news'; readonly pages: number }
  | { readonly kind: 'pages-without-end'; readonly pages: number };

type CallReason =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'read-only' }
  | { readonly kind: 'no-answer'; readonly seconds: number }
  | { readonly kind: 'region-name'; readonly region: string }
  | { readonly kind: 'other-partition'; readonly region: string; readonly partition: string };
