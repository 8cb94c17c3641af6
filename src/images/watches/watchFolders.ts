import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface WatchFolders {
  /** Where records are kept over restarts of the editor. */
  readonly records: string;
  /** Where earlier versions kept them. */
  readonly earlier: string;
}

/** @param storage the extension's own folder */
export function watchFoldersIn(storage: string): WatchFolders {
  return { records: join(storage, 'watches'), earlier: join(storage, 'creations') };
}

/** Whether something may have to be watched, at the price of a look at the folders: no record is read. */
export async function mayHaveRecords({ records, earlier }: WatchFolders): Promise<boolean> {
  const found = await Promise.all([haveJson(records), haveJson(earlier)]);
  return found.includes(true);
}

/** Below the folder, too: earlier versions had a folder for each kind. */
async function haveJson(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder, { recursive: true })).some((name) => name.endsWith('.json'));
  } catch {
    return false;
  }
}
