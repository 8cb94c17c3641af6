import type { Browser } from 'playwright-core';
import type { CatalogRow, CatalogState } from '../../src/protocol/catalog.ts';
import { type Bundle, openPageWindow, type PageWindow, type WindowOptions } from './pageWindow.ts';

export type CatalogWindow = PageWindow<CatalogState>;

export interface CatalogWindowOptions extends WindowOptions {
  readonly state: CatalogState;
  /** How many images the catalog has: all match without a text, none the text `none`, half any other text. */
  readonly total?: number;
  /** Fields that every row has. */
  readonly row?: Partial<CatalogRow>;
  /** The text of the publisher facet, of suggestions and of problems. */
  readonly label?: string;
}

/** Opens the page of the catalog, with a host that has `total` images. */
export function openCatalogWindow(
  browser: Browser,
  bundle: Bundle,
  { state, total = 200_000, row = {}, label, ...options }: CatalogWindowOptions,
): Promise<CatalogWindow> {
  const page = {
    entry: 'catalog',
    title: 'Public Images',
    bundle,
    state,
    drawn: 'main',
    playHost,
    data: { total, row, label },
  } as const;
  return openPageWindow(browser, page, { width: 1200, height: 700, ...options });
}

/** Runs in the page. */
function playHost({
  total,
  row,
  label,
}: {
  readonly total: number;
  readonly row: Partial<CatalogRow>;
  readonly label: string | undefined;
}): void {
  let first = 0;
  const rowAt = (at: number, place = first + at) => ({
    id: `ami-${String(place).padStart(17, '0')}`,
    name: `image number ${place}`,
    description: `what ${place} is`,
    ownerId: '123456789012',
    ownerAlias: '',
    publisher: place % 2 === 0 ? { name: 'Canonical (Ubuntu)', verified: true } : undefined,
    family: 'image number',
    architecture: 'arm64',
    platform: 'Linux/UNIX',
    rootDeviceType: 'ebs',
    size: 8 + place,
    virtualizationType: 'hvm',
    bootMode: 'uefi',
    created: Date.UTC(2026, 0, 1) - place * 3_600_000,
    deprecated: place === 3 ? Date.UTC(2020, 0, 1) : undefined,
    lastSeen: Date.UTC(2026, 0, 1),
    ...row,
  });
  const rowsFrom = (start: number, count: number, matches: number) =>
    Array.from({ length: Math.max(0, Math.min(count, matches - start)) }, (_, index) => rowAt(start + index));
  const answer = (
    method: string,
    params: { query: { text: string; facets: object }; text: string; start: number; count: number },
  ): unknown => {
    if (method === 'query') {
      const { query, start, count } = params as {
        query: { text: string; facets: object };
        start: number;
        count: number;
      };
      const matches = query.text === 'none' ? 0 : query.text === '' ? total : Math.floor(total / 2);
      // A text that ends with `others` finds other images.
      first = query.text.endsWith('others') ? 1_000_000 : 0;
      return {
        total,
        matches,
        start,
        rows: rowsFrom(start, count, matches),
        problems: query.text === 'size:1' || label ? [{ start: 0, end: 6, message: label ?? 'No such field.' }] : [],
        facets: [
          {
            id: 'publisher',
            values: [{ key: 'canonical', label: label ?? 'Canonical (Ubuntu)', count: 1000, verified: true }],
            more: 12,
          },
          {
            id: 'architecture',
            values: [
              { key: 'arm64', label: 'arm64', count: 7 },
              { key: '', label: '', count: 1 },
            ],
            more: 0,
          },
          { id: 'deprecated', values: [{ key: 'never', label: 'never', count: 7 }], more: 0 },
        ],
      };
    }
    if (method === 'rows') {
      const { start, count } = params;
      return { start, rows: rowsFrom(start, count, total) };
    }
    if (method === 'suggest') {
      const items = /^ow( |$)/.test(params.text)
        ? [{ insert: 'owner:', label: label ?? 'owner:', detail: label ?? '' }]
        : params.text === 'owner:canonical'
          ? [{ insert: 'owner:canonical', label: 'Canonical', detail: '' }]
          : [];
      return { start: 0, end: items[0]?.insert === params.text ? params.text.length : 2, items };
    }
    return undefined;
  };
  const held = new Set<string>();
  globalThis.answerAsHost = ({ method, params }: { method: string; params: Parameters<typeof answer>[1] }) => {
    const text = method === 'query' ? params.query.text : '';
    const isHeldBack = method === 'suggest' && params.text.endsWith(' held');
    // The first answer to such a question; asked again, it is answered at once.
    const isHeld = /^held\b/.test(text) && !held.has(text);
    held.add(text);
    const fails = text === 'fail' || method === 'pinImages';
    return {
      result: fails ? undefined : answer(method, params),
      failure: fails ? `Not possible: ${method}` : undefined,
      isHeld: isHeld || isHeldBack,
    };
  };
}
