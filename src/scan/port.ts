import type { FileScan } from '../code/scanText.ts';

/** A file to be scanned. */
export interface FileToScan {
  /** Where it is read. */
  readonly file: string;
  /** Its name among the others, with `/`, from the workspace's or the repository's root. */
  readonly path: string;
}

/** Scans of files on disk, in the order in which they are ready. Binary and very large files are left out. */
export interface FileScanner {
  scan(files: readonly FileToScan[], signal: AbortSignal): AsyncIterable<readonly FileScan[]>;
  dispose(): void;
}
