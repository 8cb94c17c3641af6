import { fieldText, queryAt, queryFields } from '../../core/catalogQuery.ts';
import type { CatalogColumn, CatalogQuery, CatalogRow, Facet } from '../../protocol/catalog.ts';
import type { CatalogQuestion, SearchAnswer, SearchSuggestions } from '../port.ts';
import { noSize, readLine } from '../segment.ts';
import { CachedListings } from './cachedListings.ts';
import { chooseByFacets, FacetColumns } from './facets.ts';
import { IdIndex } from './idIndex.ts';
import { type Match, matchFamily, matchText, wholeWords } from './match.ts';
import { newestOfFamilies } from './newest.ts';
import { bestFirst, type Order, orderBy } from './order.ts';
import { OrderedRows } from './orderedRows.ts';
import type { RegionIndex } from './regionIndex.ts';
import { RowSet } from './rowSet.ts';

const maxSuggestions = 12;

/** How many matches are kept for those that follow. While a word is typed, that of the words before it is among them. */
const keptMatches = 4;

export interface ListedPart {
  readonly rows: readonly CatalogRow[];
  /** Where the next part begins; undefined at the end. */
  readonly next: number | undefined;
}

interface Found {
  readonly key: string;
  readonly rows: RowSet;
  readonly count: number;
  readonly facets: readonly Facet[];
}

/** Answers the questions of one panel from a region's index; an answer builds on the one before where it can. */
export class RegionSearch {
  readonly #index: RegionIndex;
  readonly #columns: FacetColumns;
  /** The last one first. */
  #matches: readonly Match[] = [];
  #found: Found | undefined;
  #order: { readonly column: CatalogColumn; readonly version: number; readonly order: Order } | undefined;
  #listed: { readonly key: string; readonly rows: OrderedRows } | undefined;
  readonly #ids: IdIndex;
  readonly #listings = new CachedListings();

  constructor(index: RegionIndex) {
    this.#index = index;
    this.#columns = new FacetColumns(index);
    this.#ids = new IdIndex(index);
  }

  query(query: CatalogQuery, start: number, count: number, now: number): SearchAnswer {
    const found = this.#find(query, now);
    const listed = this.#list(query, found);
    return {
      total: this.#index.aliveCount,
      matches: found.count,
      facets: found.facets,
      problems: this.#matches[0]?.parsed.problems ?? [],
      start,
      rows: this.#rows(listed.slice(start, start + count)),
    };
  }

  /** Further rows of the last query. */
  rows(start: number, count: number): readonly CatalogRow[] {
    return this.#rows(this.#listed?.rows.slice(start, start + count) ?? []);
  }

  /** The rows of the images that the index has. */
  byIds(ids: readonly string[]): readonly CatalogRow[] {
    const rows = new Set(ids.map((id) => this.#ids.row(id)).filter((row) => row !== undefined));
    return Array.from(rows, (row) => this.#row(row));
  }

  /**
   * The part from `start` of what a question finds, as of the listing's first part. If the listing is no
   * longer cached, the question is answered anew and the part begins at the first row.
   *
   * @param listing its number; several can be under way at once
   */
  list(listing: number, question: CatalogQuestion, start: number, count: number, now: number): ListedPart {
    const cached = this.#listings.get(listing);
    const rows = cached ?? this.#listAll(question, now);
    const end = start + count;
    if (end < rows.length) {
      this.#listings.keep(listing, rows);
    } else {
      this.#listings.drop(listing);
    }
    const from = cached ? start : 0;
    return { rows: this.#rows(rows.subarray(from, end)), next: end < rows.length ? end : undefined };
  }

  #listAll(question: CatalogQuestion, now: number): Uint32Array {
    const newest = (rows: RowSet) => this.#inOrder(rows, rows.count(), { column: 'created', descending: true }).all();
    switch (question.kind) {
      case 'text': {
        const match = matchText(this.#index, question.text, [], question.publishers);
        return bestFirst(this.#index, newest(match.rows), wholeWords(this.#index, match, question.publishers));
      }
      case 'family':
        return newest(matchFamily(this.#index, question, now));
      case 'newest': {
        const rows = RowSet.none(this.#index.count);
        for (const family of question.families) {
          rows.join(matchFamily(this.#index, family, now));
        }
        return newest(newestOfFamilies(this.#index, rows));
      }
    }
  }

  suggest(text: string, cursor: number, now: number): SearchSuggestions {
    const { start, end, field, typed, excluded } = queryAt(text, cursor);
    if (field === undefined) {
      const items = Object.entries(queryFields)
        .filter(([, words]) => typed !== '' && words[0].startsWith(typed))
        .map(([, words]) => ({
          insert: `${excluded ? '-' : ''}${words[0]}:`,
          label: `${words[0]}:`,
          images: undefined,
        }));
      return { start, end, items };
    }
    const facetOf = {
      owner: 'publisher',
      family: 'family',
      architecture: 'architecture',
      platform: 'platform',
      rootDeviceType: 'rootDeviceType',
      before: 'year',
      after: 'year',
    } as const;
    if (field === 'virtualizationType' || field === 'bootMode') {
      const { values } = this.#index.dictionaries[field];
      const items = values
        .filter((value) => value !== '' && value.includes(typed))
        .map((value) => ({ insert: fieldText(field, value, excluded), label: value, images: undefined }));
      return { start, end, items };
    }
    if (!(field in facetOf)) {
      return { start, end, items: [] };
    }
    const id = facetOf[field as keyof typeof facetOf];
    const all = this.#index.alive;
    const facet = chooseByFacets(this.#columns, now, all, {}, Number.POSITIVE_INFINITY).facets.find(
      (one) => one.id === id,
    );
    const items = (facet?.values ?? [])
      .filter(({ label }) => label.toLowerCase().includes(typed) && label !== '')
      .slice(0, maxSuggestions)
      .map(({ label, count }) => ({ insert: fieldText(field, label.toLowerCase(), excluded), label, images: count }));
    return { start, end, items };
  }

  /** Each image's id once, for tests. */
  *ids(): Iterable<string> {
    for (let row = 0; row < this.#index.count; row += 1) {
      if (this.#index.isAlive(row)) {
        yield this.#index.id(row);
      }
    }
  }

  #find(query: CatalogQuery, now: number): Found {
    const key = JSON.stringify([this.#index.version, query.text, query.facets, query.newestOnly]);
    if (this.#found?.key === key) {
      return this.#found;
    }
    const match = matchText(this.#index, query.text, this.#matches);
    this.#matches = [match, ...this.#matches.filter(({ version }) => version === match.version)].slice(0, keptMatches);
    const rows = query.newestOnly ? newestOfFamilies(this.#index, match.rows) : match.rows;
    const faceted = chooseByFacets(this.#columns, now, rows, query.facets);
    this.#found = { key, ...faceted };
    return this.#found;
  }

  #list(query: CatalogQuery, found: Found): OrderedRows {
    const key = JSON.stringify([found.key, query.sort]);
    if (this.#listed?.key !== key) {
      this.#listed = { key, rows: this.#inOrder(found.rows, found.count, query.sort) };
    }
    return this.#listed.rows;
  }

  /** @param count how many rows are wanted */
  #inOrder(wanted: RowSet, count: number, { column, descending }: CatalogQuery['sort']): OrderedRows {
    if (this.#order?.column !== column || this.#order.version !== this.#index.version) {
      this.#order = { column, version: this.#index.version, order: orderBy(this.#index, column) };
    }
    return new OrderedRows(this.#order.order, descending, wanted, count);
  }

  #rows(rows: Iterable<number>): readonly CatalogRow[] {
    return Array.from(rows, (row) => this.#row(row));
  }

  #row(row: number): CatalogRow {
    const index = this.#index;
    const { id, name, description } = readLine(index.ownLine(row));
    const publisher = index.publisher(row);
    const family = index.value('family', row);
    const size = index.sizes[row];
    return {
      id,
      name,
      description,
      ownerId: index.value('ownerId', row),
      ownerAlias: index.value('ownerAlias', row),
      publisher: publisher && { name: publisher.name, verified: publisher.verified },
      family: family.slice(family.indexOf(':') + 1),
      architecture: index.value('architecture', row),
      platform: index.value('platform', row),
      rootDeviceType: index.value('rootDeviceType', row),
      size: size === noSize ? undefined : size,
      virtualizationType: index.value('virtualizationType', row),
      bootMode: index.value('bootMode', row),
      created: numberOf(index.created.at(row)),
      deprecated: numberOf(index.deprecated.at(row)),
      lastSeen: index.parts[index.partOf[row] ?? 0]?.seen ?? 0,
    };
  }
}

function numberOf(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}
