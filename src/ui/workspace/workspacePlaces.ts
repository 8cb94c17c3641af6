import type { IdReference, LookupReference, ParameterReference, Reference } from '../../code/reference.ts';
import type { ScannedFile } from '../../scan/port.ts';
import { flatMapInSlices } from '../../threads/inSlices.ts';

/** A file with references. */
export interface WorkspaceFile extends ScannedFile {
  /** The editor's, as a text. */
  readonly uri: string;
  /** On disk, where no link leads any further. */
  readonly realPath: string;
}

/** Where a file refers to images. */
export interface Place<R extends Reference = Reference> {
  readonly file: WorkspaceFile;
  /** Among the references of the file. */
  readonly index: number;
  readonly reference: R;
}

/** All places of some files, by what they name. */
export interface WorkspacePlaces {
  /** By the image's id, in the order in which the files first name them; malformed ids are the first. */
  readonly images: ReadonlyMap<string, readonly Place<IdReference>[]>;
  readonly lookups: readonly Place<LookupReference>[];
  readonly parameters: readonly Place<ParameterReference>[];
}

export const noPlaces: WorkspacePlaces = { images: new Map(), lookups: [], parameters: [] };

/** Lets the thread do other things meanwhile. */
export async function placesIn(files: readonly WorkspaceFile[]): Promise<WorkspacePlaces> {
  const malformed = new Map<string, Place<IdReference>[]>();
  const images = new Map<string, Place<IdReference>[]>();
  const lookups: Place<LookupReference>[] = [];
  const parameters: Place<ParameterReference>[] = [];
  await flatMapInSlices(files, (file) => {
    for (const [index, { reference }] of file.references.entries()) {
      if (reference.kind === 'lookup') lookups.push({ file, index, reference });
      else if (reference.kind === 'parameter') parameters.push({ file, index, reference });
      else if (!reference.isPlaceholder) {
        const byId = reference.isMalformed ? malformed : images;
        const places = byId.get(reference.value) ?? [];
        places.push({ file, index, reference });
        byId.set(reference.value, places);
      }
    }
    return [];
  });
  return { images: new Map([...malformed, ...images]), lookups, parameters };
}
