import { createSampleAccount } from './account.ts';
import { type SampleRequestHandler, sampleRequestHandler } from './requestHandler.ts';

/** A new sample account behind the SDK's interface for request handlers, without a port. */
export function openSampleAccount(): SampleRequestHandler {
  return sampleRequestHandler(createSampleAccount());
}
