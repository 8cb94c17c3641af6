import type { AmiError } from './errors.ts';

/** When a request was sent, and what existed before: enough to find what the request made. */
export interface Trace {
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Ids of existing things that could be mistaken for the result; undefined where EC2 did not answer. */
  readonly before: readonly string[] | undefined;
}

/** Remembers requests that must not make something twice, beyond the request's own end. */
export interface UnansweredRequests<S> {
  /** The same request, sent before without an answer. Its result is looked for before anything is sent. */
  readonly earlier?: S | undefined;
  /**
   * Called before a request that may make something is sent; not called for a dry run where the endpoint is known to
   * respect it.
   */
  onSending(sought: S): void;
}

/** Connection errors that occur before the request is sent: no host answers, or its certificate is not trusted. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_CERT_ALTNAME_INVALID)$/;

/** Whether EC2 may have carried out a request that had no usable answer. */
export function mayHaveBeenCarriedOut(error: AmiError): boolean {
  switch (error.kind) {
    case 'network':
    case 'timeout':
    case 'unavailable':
    case 'bad-answer':
      return !neverSent.test(error.code ?? '');
    case 'unknown':
      // An unknown EC2 code is a refusal; errors of this machine have Node's codes or none.
      return /^$|Error$|^E[A-Z]{3}|^ERR_/.test(error.code ?? '');
    default:
      return false;
  }
}
