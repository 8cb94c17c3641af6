import type { Reboot, RegionState } from '../regionState.ts';
import { ServiceError } from '../wire/errors.ts';
import type { Pages } from '../wire/paging.ts';
import type { QueryParameters } from '../wire/query.ts';
import type { XmlBytes } from '../wire/xmlBytes.ts';

/** The input of an operation. */
export interface OperationContext {
  /** The operation's name: the protocol's parameter `Action`. */
  readonly action: string;
  readonly params: QueryParameters;
  readonly region: RegionState;
  /** Milliseconds of the account's clock. */
  readonly now: number;
  readonly pages: Pages;
  /** Images with this text in their names fail. */
  readonly failingName: string;
  readonly recordReboot: (reboot: Reboot) => void;
}

/** Returns the XML inside the operation's response element, as bytes where it is long. */
export type Operation = (context: OperationContext) => string | XmlBytes | Promise<string | XmlBytes>;

/** @throws ServiceError DryRunOperation, EC2's answer (status 412) to a dry run that would have succeeded */
export function stopDryRun(params: QueryParameters): void {
  if (params.boolean('DryRun')) {
    throw new ServiceError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
  }
}
