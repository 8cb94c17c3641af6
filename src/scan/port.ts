import type { Reference } from '../code/reference.ts';
import type { RegionMap } from '../code/regionMaps/regionMap.ts';
import type { FileStatements } from '../code/regions/explainedNames.ts';
import type { SourceFile } from '../code/scanText.ts';

/** A file to be scanned. */
export interface FileToScan {
  /** Where it is read. */
  readonly file: string;
  /** Its name among the others, with `/`, from the workspace's or the repository's root. */
  readonly path: string;
}

/** A file with references. */
export interface ScannedFile extends FileToScan {
  readonly references: readonly PlacedReference[];
}

export interface PlacedReference {
  readonly reference: Reference;
  /** Of a lookup, the beginning and the end of the whole construct. */
  readonly start: TextPlace;
  readonly end: TextPlace;
  /** The line in which it begins, at most `maxLineLength` characters of it around the reference. */
  readonly line: string;
}

/** Line and column, both from 0, in UTF-16 code units. */
export interface TextPlace {
  readonly line: number;
  readonly character: number;
}

/** Scans files on disk in a thread. */
export interface FileScanner {
  /**
   * Files with references, in parts, as they are read. Binary and very large files and those that cannot be read are left
   * out.
   *
   * @throws Error where the thread ends; `cancelled` when the signal is aborted
   */
  scan(files: readonly FileToScan[], signal: AbortSignal): AsyncIterable<readonly ScannedFile[]>;
}

/** Scans texts in a thread. */
export interface TextScanner {
  /**
   * In their order.
   *
   * @param sisters what the files state that may tell the regions, see `sisters.ts`, the closest first
   * @throws Error where the thread ends, as it does where a text takes too long
   */
  references(file: SourceFile, sisters: readonly FileStatements[]): Promise<readonly Reference[]>;
  /** What a file states about regions for others. @throws as `references` */
  statements(file: SourceFile): Promise<FileStatements>;
}

/** Finds maps from regions to image ids in a thread. */
export interface RegionMapFinder {
  /** @throws Error where the thread ends, as it does where a text takes too long */
  regionMaps(file: SourceFile): Promise<readonly RegionMap[]>;
}
