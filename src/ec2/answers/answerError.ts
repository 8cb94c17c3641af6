import type { AnswerReason } from '../../core/errorReason.ts';
import { saidText } from '../../core/errorReasonText.ts';
import { plainL10n } from '../../core/l10n.ts';

/** An answer that cannot be read. `toAmiError` makes a `bad-answer` of it. */
export class AnswerError extends SyntaxError {
  readonly reason: AnswerReason;

  constructor(reason: AnswerReason, options?: ErrorOptions) {
    super(saidText(reason, plainL10n), options);
    this.reason = reason;
  }
}
