import type { ContextKeyValue } from '../../contributions/contextKeys.ts';
import { AmiError } from '../../core/errors.ts';
import { obstacleOf } from './obstacle.ts';
import type { SessionState } from './session.ts';

/** The state for the welcome texts of the views, which say what to do about each obstacle. */
export function connectionKey(state: SessionState): ContextKeyValue<'connection'> {
  switch (state.kind) {
    case 'opening':
    case 'open':
    case 'noCredentials':
      return state.kind;
    case 'signedOut':
      return state.error.signIn?.command === 'login' ? 'signedOutOfConsole' : 'signedOutOfSso';
    case 'failed':
      return state.error instanceof AmiError ? obstacleOf(state.error) : 'failed';
  }
}
