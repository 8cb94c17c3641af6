import type { Fault } from './faults.ts';
import type { RequestTarget } from './wire/request.ts';
import type { SampleService } from './wire/service.ts';

const MAX_RECORDS = 10_000;

/** A request that the server has seen, whatever became of it. */
export interface RecordedRequest {
  readonly service: SampleService;
  readonly action: string;
  readonly region: string;
  readonly params: Readonly<Record<string, string>>;
  /** The fault that it met. */
  readonly fault?: string | undefined;
}

/** Adds a request to the records, of which the oldest go. */
export function recordRequest(requests: RecordedRequest[], target: RequestTarget, fault: Fault | undefined): void {
  const { service, action, region, params } = target;
  requests.push({ service, action, region, params: Object.fromEntries(params.entries()), fault: fault?.kind });
  if (requests.length > MAX_RECORDS) {
    requests.shift();
  }
}
