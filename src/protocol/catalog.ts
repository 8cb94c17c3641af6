/** The columns of the catalog's table, in the order in which they are offered. */
export const catalogColumns = [
  'name',
  'id',
  'publisher',
  'family',
  'architecture',
  'created',
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

/** One public image, as the catalog keeps it. Every text is its publisher's own. */
export interface CatalogRow {
  readonly id: string;
  /** May be empty. */
  readonly name: string;
  readonly description: string;
  readonly ownerId: string;
  /** `amazon`, `aws-marketplace`, `aws-backup-vault` or empty. */
  readonly ownerAlias: string;
  /** Undefined where nobody is known to publish under the image's owner. */
  readonly publisher: { readonly name: string; readonly verified: boolean } | undefined;
  /** Empty for a name that tells no family. */
  readonly family: string;
  /** EC2's own words from here on; empty where EC2 says nothing. */
  readonly architecture: string;
  readonly platform: string;
  readonly rootDeviceType: string;
  /** GiB of all EBS volumes together; undefined where the image maps none. */
  readonly size: number | undefined;
  readonly virtualizationType: string;
  readonly bootMode: string;
  /** Milliseconds since 1970; undefined where EC2 gives no date. */
  readonly created: number | undefined;
  /** Milliseconds since 1970, in the past or to come; undefined where none is set. */
  readonly deprecated: number | undefined;
  /** When EC2 last listed the image: milliseconds since 1970. */
  readonly lastSeen: number;
}

/** What the table is to show. */
export interface CatalogQuery {
  /** As typed: words, `-word`, `owner:`, `arch:`, `before:` …; see src/core/catalogQuery.ts. */
  readonly text: string;
  /** Keys of the values chosen: OR within a facet, AND across facets. */
  readonly facets: Readonly<Partial<Record<FacetId, readonly string[]>>>;
  /** Only the newest image of each family, publisher and architecture. */
  readonly newestOnly: boolean;
  readonly sort: { readonly column: CatalogColumn; readonly descending: boolean };
}

/** One value of a facet. */
export interface FacetValue {
  /** What a query names it by. */
  readonly key: string;
  /** To show; empty for images that have no value here. */
  readonly label: string;
  /** How many images there would be with this value, given all that is chosen in the other facets. */
  readonly count: number;
  /** For publishers: whether AWS or the publisher's account vouches for it. */
  readonly verified?: boolean;
}

export interface Facet {
  readonly id: FacetId;
  /** The most frequent ones, chosen ones always among them; years newest first. */
  readonly values: readonly FacetValue[];
  /** How many further values there are. */
  readonly more: number;
}

/** A part of the text that is not understood, by its offsets (UTF-16 code units). `message` is a sentence. */
export interface QueryProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

export interface CatalogAnswer {
  /** Images of the region that are there. */
  readonly total: number;
  /** Images that match. */
  readonly matches: number;
  readonly facets: readonly Facet[];
  readonly problems: readonly QueryProblem[];
  /** Place of the first of `rows` among the matches. */
  readonly start: number;
  readonly rows: readonly CatalogRow[];
}

/** What may stand in the place of the word at the cursor. */
export interface Suggestions {
  /** Offsets of what a suggestion replaces. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly {
    /** Replaces the text between `start` and `end`. */
    readonly insert: string;
    readonly label: string;
    /** Says what it means, or how many images it finds. */
    readonly detail: string;
  }[];
}

export type CatalogStatus =
  /** What the store holds is being looked up. */
  | { readonly kind: 'opening' }
  /** Nothing of the region is there yet and nobody is downloading it. */
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'downloading';
      /** Images so far. */
      readonly images: number;
      /** 0 to 1: share of the shards that are done. */
      readonly share: number;
      /** Images a second. */
      readonly rate: number;
      /** Another window of the editor downloads: it cannot be cancelled from this one. */
      readonly elsewhere: boolean;
      /** The endpoint asks for fewer requests at the moment. */
      readonly throttled: boolean;
      /** What is there already is being brought up to date. */
      readonly refreshing: boolean;
    }
  /** Part of the region is there: it was cancelled, or the editor was closed. */
  | { readonly kind: 'paused'; readonly images: number; readonly share: number }
  | {
      readonly kind: 'failed';
      /** What happened and what to do: a sentence. What had arrived stays. */
      readonly message: string;
      /** Titles of what may be run, in order; `runAction` names one by its index. */
      readonly actions: readonly string[];
    }
  /** All is there, as of then (milliseconds since 1970). */
  | { readonly kind: 'complete'; readonly asOf: number };

export interface CatalogState {
  readonly region: string;
  /** `Europe (Ireland)`; undefined where none is known. */
  readonly place: string | undefined;
  readonly status: CatalogStatus;
  /** Whether deprecated images are downloaded, too. */
  readonly includeDeprecated: boolean;
  /** Whether all of the region's images are there, if perhaps not the newest. */
  readonly isWhole: boolean;
  /** Something that happened to the store and that the user should know: a sentence. */
  readonly notice: string | undefined;
  /** Another one whenever there is something new to be asked for; 0 while it is not known what there is. */
  readonly version: number;
}

/** View → host. */
export interface CatalogRequests {
  /** The page is there: the host tells it the state, now and at each change. */
  ready(): void;
  /** Makes this the query in force, and answers with rows from `start` on. */
  query(params: { readonly query: CatalogQuery; readonly start: number; readonly count: number }): CatalogAnswer;
  /** Further rows of the query in force. */
  rows(params: { readonly start: number; readonly count: number }): {
    readonly start: number;
    readonly rows: readonly CatalogRow[];
  };
  suggest(params: { readonly text: string; readonly cursor: number }): Suggestions;
  showImage(params: { readonly id: string; readonly keep: boolean }): void;
  copyIds(params: { readonly ids: readonly string[] }): void;
  copyAs(params: { readonly ids: readonly string[] }): void;
  insertIds(params: { readonly ids: readonly string[] }): void;
  insertAs(params: { readonly ids: readonly string[] }): void;
  pinImages(params: { readonly ids: readonly string[] }): void;
  /** Pins the family of each image, with its publisher and architecture. */
  pinFamilies(params: { readonly ids: readonly string[] }): void;
  selectRegion(): void;
  /** Which images catalogs have from now on, of every region. */
  setIncludeDeprecated(params: { readonly includeDeprecated: boolean }): void;
  /** Downloads what is missing, or brings up to date what is there. */
  download(): void;
  cancel(): void;
  runAction(params: { readonly index: number }): void;
}

/** Host → view. */
export interface CatalogNotifications {
  state(state: CatalogState): void;
}

/** What VS Code keeps for the page over a restart. The host needs `region`; the rest is the view's own business. */
export interface CatalogKept {
  readonly region: string;
}
