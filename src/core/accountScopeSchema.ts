import * as v from 'valibot';
import type { AccountScope } from './accountScope.ts';
import { partitionNames } from './regions.ts';
import { ifKnown, type Schema, someText } from './schemas.ts';

/** A saved account, perhaps from another version. */
export const accountScope: Schema<AccountScope> = v.object({
  kind: v.picklist(['sample', 'aws']),
  partition: v.picklist(partitionNames),
  endpoint: ifKnown(someText),
  account: ifKnown(someText),
  profile: ifKnown(someText),
});
