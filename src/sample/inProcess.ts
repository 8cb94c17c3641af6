import { createSampleAccount } from './account.ts';
import { type SampleRequestHandler, sampleRequestHandler } from './requestHandler.ts';

/** A fresh sample account behind the SDK's own interface for request handlers: no port is opened. */
export function openSampleAccount(): SampleRequestHandler {
  return sampleRequestHandler(createSampleAccount());
}
