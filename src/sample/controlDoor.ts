import * as v from 'valibot';
import type { SampleAccount } from './account.ts';
import { type Faults, parseFault } from './faults.ts';
import type { RecordedRequest } from './recordedRequests.ts';
import type { SampleRequest } from './wire/request.ts';

/** What tests in other processes see and change. */
export interface Controlled {
  readonly account: SampleAccount;
  readonly faults: Faults;
  readonly requests: RecordedRequest[];
}

/** Images added at once are kept one by one. */
const MAX_ADDED = 100_000;

const none = v.optional(v.undefined());
const imagesChange = v.union(
  [
    v.object({
      region: v.string(),
      add: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_ADDED)),
      remove: none,
    }),
    v.object({ region: v.string(), add: none, remove: v.array(v.unknown()) }),
  ],
  `A change is {region, add} with a number up to ${MAX_ADDED}, or {region, remove} with an array of ids.`,
);

interface ControlAnswer {
  readonly status: number;
  readonly value: unknown;
}

/** Answers a test in another process, which sees or changes the server: `startSampleServer` lists the requests. */
export async function controlAnswer(
  parts: Controlled,
  method: string,
  { path, query, body }: Pick<SampleRequest, 'path' | 'query' | 'body'>,
): Promise<ControlAnswer> {
  const { account, faults, requests } = parts;
  switch (`${method} ${path}`) {
    case 'GET /_sample/faults':
      return { status: 200, value: faults.list() };
    case 'POST /_sample/faults':
      return answerOf(() => {
        faults.add(parseFault(JSON.parse(body)));
        return faults.list();
      });
    case 'DELETE /_sample/faults':
      faults.clear();
      return { status: 200, value: [] };
    case 'GET /_sample/requests':
      return { status: 200, value: requests };
    case 'DELETE /_sample/requests':
      requests.length = 0;
      return { status: 200, value: [] };
    case 'GET /_sample/reboots':
      return { status: 200, value: account.reboots };
    case 'GET /_sample/public-images':
      return answerOf(() => account.publicImages(new URLSearchParams(query).get('region') ?? '').ids());
    case 'POST /_sample/public-images':
      return answerOf(() => changePublicImages(account, JSON.parse(body)));
    case 'POST /_sample/reset':
      account.reset();
      faults.clear();
      requests.length = 0;
      return { status: 200, value: {} };
    default:
      return { status: 404, value: { error: `Nothing answers ${method} ${path}.` } };
  }
}

function changePublicImages(account: SampleAccount, value: unknown): Promise<string[]> {
  const { region, add, remove } = v.parse(imagesChange, value);
  const images = account.publicImages(region);
  return add === undefined ? images.remove(remove.map(String)) : images.add(add);
}

async function answerOf(work: () => unknown): Promise<ControlAnswer> {
  try {
    return { status: 200, value: await work() };
  } catch (error) {
    return { status: 400, value: { error: error instanceof Error ? error.message : String(error) } };
  }
}
