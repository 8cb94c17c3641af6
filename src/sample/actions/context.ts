import type { Reboot, RegionState } from '../regionState.ts';
import { ServiceError } from '../wire/errors.ts';
import type { Pages } from '../wire/paging.ts';
import type { QueryParameters } from '../wire/query.ts';
import type { XmlBytes } from '../wire/xmlBytes.ts';

/** What an action works on. */
export interface ActionContext {
  readonly action: string;
  readonly params: QueryParameters;
  readonly region: RegionState;
  /** Milliseconds of the account's clock. */
  readonly now: number;
  readonly pages: Pages;
  /** Images with this text in their names end as failed. */
  readonly failingName: string;
  readonly recordReboot: (reboot: Reboot) => void;
}

/** Answers with the XML inside the action's response element, as bytes where it is long. */
export type Action = (context: ActionContext) => string | XmlBytes | Promise<string | XmlBytes>;

/** @throws ServiceError DryRunOperation, which EC2 answers with status 412 where the request would have succeeded. */
export function stopDryRun(params: QueryParameters): void {
  if (params.boolean('DryRun')) {
    throw new ServiceError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
  }
}
