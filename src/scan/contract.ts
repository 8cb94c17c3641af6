import type { RegionMap } from '../code/regionMaps/regionMap.ts';
import type { FileStatements } from '../code/regions/explainedNames.ts';
import type { SourceFile } from '../code/scanText.ts';
import type { PackedReferences } from './packedReferences.ts';
import type { FileToScan, ScannedFile } from './port.ts';

/** Host → thread that scans. */
export interface ScanRequests {
  /** Tells a thread that cannot start from one that a file has ended. */
  start(): void;
  /** The files of `files` with references. What was read of sister files is used again for all parts of one run. */
  scan(params: { readonly run: number; readonly files: readonly FileToScan[] }): readonly ScannedFile[];
  references(params: { readonly file: SourceFile; readonly sisters: readonly FileStatements[] }): PackedReferences;
  statements(params: { readonly file: SourceFile }): FileStatements;
  regionMaps(params: { readonly file: SourceFile }): readonly RegionMap[];
}
