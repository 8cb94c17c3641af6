import type { AmiError } from './errors.ts';

/** When a request went out, and what was there before: by that is told what it has made. */
export interface Trace {
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Ids of what could be taken for it; undefined where EC2 did not say. */
  readonly before: readonly string[] | undefined;
}

/** Whoever keeps what is known, beyond its end, of a request that must not make something twice. */
export interface SendingWatch<S> {
  /** The same request, sent before and never answered: what it has made is looked for before anything is sent. */
  readonly earlier?: S | undefined;
  /** Called before a request goes out that may make something: none for dry runs where they are known to be kept. */
  onSending(sought: S): void;
}

/** What breaks off before the request is sent: there is nobody, or nobody whom the network trusts. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_CERT_ALTNAME_INVALID)$/;

/** Whether EC2 may have done what it was asked for although no usable answer to the request came. */
export function mayHaveBeenMade(error: AmiError): boolean {
  switch (error.kind) {
    case 'network':
    case 'timeout':
    case 'unavailable':
    case 'bad-answer':
      return !neverSent.test(error.code ?? '');
    case 'unknown':
      // A code that this version does not know is a refusal; a failure of this machine's bears no code of EC2's.
      return /^$|Error$|^E[A-Z]{3}|^ERR_/.test(error.code ?? '');
    default:
      return false;
  }
}
