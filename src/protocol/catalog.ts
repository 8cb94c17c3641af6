import * as v from 'valibot';
import { regionName } from '../core/imageRefSchema.ts';
import type { Schema } from '../core/schemas.ts';
import type { FailedStatus, PanelRequests } from './panel.ts';

/** The columns of the catalog's table, in the order in which they are offered. */
export const catalogColumns = [
  'name',
  'publisher',
  'created',
  'id',
  'architecture',
  'family',
  'platform',
  'rootDeviceType',
  'size',
  'virtualizationType',
  'bootMode',
  'deprecated',
] as const;

export type CatalogColumn = (typeof catalogColumns)[number];

export const facetIds = [
  'publisher',
  'family',
  'architecture',
  'platform',
  'rootDeviceType',
  'year',
  'deprecated',
] as const;

export type FacetId = (typeof facetIds)[number];

/** A public image in the catalog. All texts are written by the image's publisher. */
export interface CatalogRow {
  readonly id: string;
  /** May be empty. */
  readonly name: string;
  readonly description: string;
  readonly ownerId: string;
  /** `amazon`, `aws-marketplace`, `aws-backup-vault` or empty. */
  readonly ownerAlias: string;
  /** Undefined where the owner is no known publisher. */
  readonly publisher: { readonly name: string; readonly verified: boolean } | undefined;
  /** Empty for a name without a family. */
  readonly family: string;
  /** From here on EC2's own values; empty where EC2 gives none. */
  readonly architecture: string;
  readonly platform: string;
  readonly rootDeviceType: string;
  /** GiB of all EBS volumes together; undefined without EBS volumes. */
  readonly size: number | undefined;
  readonly virtualizationType: string;
  readonly bootMode: string;
  /** Milliseconds since 1970; undefined where EC2 gives no date. */
  readonly created: number | undefined;
  /** Milliseconds since 1970, past or future; undefined where none is set. */
  readonly deprecated: number | undefined;
  /** When EC2 last listed the image: milliseconds since 1970. */
  readonly lastSeen: number;
}

/** What the table shows. */
export interface CatalogQuery {
  /** As typed: words, `-word`, `owner:`, `arch:`, `before:` …; see src/core/catalogQuery.ts. */
  readonly text: string;
  /** Keys of the chosen values: OR within a facet, AND across facets. */
  readonly facets: Readonly<Partial<Record<FacetId, readonly string[]>>>;
  /** Only the newest image of each family, publisher and architecture. */
  readonly newestOnly: boolean;
  readonly sort: { readonly column: CatalogColumn; readonly descending: boolean };
}

/** One value of a facet. */
export interface FacetValue {
  /** The value in a query. */
  readonly key: string;
  /** To show; empty for images without a value. */
  readonly label: string;
  /** The number of matching images with this value, given what is chosen in the other facets. */
  readonly count: number;
  /** For publishers: whether AWS or the publisher's account vouches for it. */
  readonly verified?: boolean;
}

export interface Facet {
  readonly id: FacetId;
  /** The most frequent values and all chosen ones; years newest first. */
  readonly values: readonly FacetValue[];
  /** How many more values there are. */
  readonly more: number;
}

/** A problem with a part of the query's text, by its offsets (UTF-16 code units). `message` is a sentence. */
export interface QueryProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

export interface CatalogAnswer {
  /** The region's images in the catalog. */
  readonly total: number;
  /** The images that match the query. */
  readonly matches: number;
  readonly facets: readonly Facet[];
  readonly problems: readonly QueryProblem[];
  /** Place of the first of `rows` among all matches. */
  readonly start: number;
  readonly rows: readonly CatalogRow[];
}

/** Suggestions for the word at the cursor. */
export interface Suggestions {
  /** Offsets of the text that a suggestion replaces. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly {
    /** Replaces the text between `start` and `end`. */
    readonly insert: string;
    readonly label: string;
    /** What the value means, or how many images it finds. */
    readonly detail: string;
  }[];
}

export type CatalogStatus =
  /** The saved catalog is being read. */
  | { readonly kind: 'opening' }
  /** Nothing of the region is saved, and nobody is downloading it. */
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'downloading';
      /** Images so far. */
      readonly images: number;
      /** 0 to 1: the finished part of the download. */
      readonly share: number;
      /** Images per second. */
      readonly rate: number;
      /** Another window is downloading, and only that window can cancel. */
      readonly elsewhere: boolean;
      /** The endpoint is refusing too many requests at the moment. */
      readonly throttled: boolean;
      /** A complete catalog is being refreshed. */
      readonly refreshing: boolean;
    }
  /** Part of the region is saved: the download was cancelled, or the editor was closed. */
  | { readonly kind: 'paused'; readonly images: number; readonly share: number }
  /** What has been downloaded stays. */
  | FailedStatus
  /** All images are there, as of this time (milliseconds since 1970). */
  | { readonly kind: 'complete'; readonly asOf: number };

export interface CatalogState {
  readonly region: string;
  /** `Europe (Ireland)`; undefined where the region is unknown. */
  readonly place: string | undefined;
  readonly status: CatalogStatus;
  /** Whether deprecated images are downloaded, too. */
  readonly includeDeprecated: boolean;
  /** Whether all of the region's images are there, even if newer ones may be missing. */
  readonly isWhole: boolean;
  /** A sentence about the saved catalog that the user should read, such as that it was damaged. */
  readonly notice: string | undefined;
  /** What the page is to search for, once for each `number` (from 1): later states repeat it until the page has asked. */
  readonly search?: { readonly text: string; readonly number: number } | undefined;
  /** Changes when the same query may have a new answer; 0 until the saved catalog is read. */
  readonly version: number;
}

/** View → host. `refresh` downloads a missing catalog, or what has changed of an existing one. */
export interface CatalogRequests extends PanelRequests {
  /** Replaces the current query, and answers with rows from `start` on. */
  query(params: { readonly query: CatalogQuery; readonly start: number; readonly count: number }): CatalogAnswer;
  /** More rows of the current query. */
  rows(params: { readonly start: number; readonly count: number }): {
    readonly start: number;
    readonly rows: readonly CatalogRow[];
  };
  suggest(params: { readonly text: string; readonly cursor: number }): Suggestions;
  /** Opens the image's details as a preview, and puts the focus there. */
  showImage(params: { readonly id: string }): void;
  copyIds(params: { readonly ids: readonly string[] }): void;
  copyAs(params: { readonly ids: readonly string[] }): void;
  copyLinks(params: { readonly ids: readonly string[] }): void;
  insertIds(params: { readonly ids: readonly string[] }): void;
  insertAs(params: { readonly ids: readonly string[] }): void;
  pinImages(params: { readonly ids: readonly string[] }): void;
  /** Pins the family of each image, with its publisher and architecture. */
  pinFamilies(params: { readonly ids: readonly string[] }): void;
  selectRegion(): void;
  /** Applies to the catalogs of all regions. */
  setIncludeDeprecated(params: { readonly includeDeprecated: boolean }): void;
  /** Cancels the download. */
  cancel(): void;
}

/** What VS Code saves for the page over a restart. The host needs only `region`; the page adds its own fields. */
export interface SavedCatalog {
  readonly region: string;
}

/** Reads a saved state, perhaps from another version. */
export const savedCatalog: Schema<SavedCatalog> = v.object({ region: regionName });
