import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface WatchFolders {
  /** Of the records. */
  readonly records: string;
  /** Where earlier versions had their records. */
  readonly earlier: string;
}

/** @param storage the extension's own folder */
export function watchFoldersIn(storage: string): WatchFolders {
  return { records: join(storage, 'watches'), earlier: join(storage, 'creations') };
}

/** Whether the folders have files of records. Reads none of them. */
export async function mayHaveRecords({ records, earlier }: WatchFolders): Promise<boolean> {
  const found = await Promise.all([haveJson(records), haveJson(earlier)]);
  return found.includes(true);
}

/** Looks into subfolders, too: earlier versions had one for each kind. */
async function haveJson(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder, { recursive: true })).some((name) => name.endsWith('.json'));
  } catch {
    return false;
  }
}
