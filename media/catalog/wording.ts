import * as l10n from '@vscode/l10n';
import type { CatalogColumn, CatalogStatus, FacetId, FacetValue } from '../../src/protocol/catalog.ts';

function language(): string {
  return document.documentElement.lang || 'en';
}

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** Caches formats: making one takes longer than using it for all rows on screen. */
function cached<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
  const known = formats.get(key) ?? make();
  formats.set(key, known);
  return known as T;
}

export function numberText(value: number): string {
  return cached('number', () => new Intl.NumberFormat(language())).format(value);
}

/** `1 image`, `2 images`; `text` takes the place of the number, as `1+` for one or more. */
export function imagesText(count: number, text = numberText(count)): string {
  return count === 1 && text === numberText(1) ? l10n.t('1 image') : l10n.t('{0} images', text);
}

export function percentText(share: number): string {
  return cached('percent', () => new Intl.NumberFormat(language(), { style: 'percent' })).format(share);
}

/** A size in GiB, EC2's unit for volumes, or in TiB from 1,024 GiB on. */
export function sizeText(gib: number): string {
  const number = cached('size', () => new Intl.NumberFormat(language(), { maximumFractionDigits: 2 }));
  return gib >= 1024 ? l10n.t('{0} TiB', number.format(gib / 1024)) : l10n.t('{0} GiB', number.format(gib));
}

export function dayText(time: number): string {
  return cached('day', () => new Intl.DateTimeFormat(language(), { dateStyle: 'medium' })).format(time);
}

export function momentText(time: number): string {
  return cached('moment', () => new Intl.DateTimeFormat(language(), { dateStyle: 'full', timeStyle: 'long' })).format(
    time,
  );
}

function timeText(time: number): string {
  return cached('time', () => new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' })).format(
    time,
  );
}

export function columnTitle(column: CatalogColumn): string {
  switch (column) {
    case 'name':
      return l10n.t('Name');
    case 'id':
      return l10n.t('AMI ID');
    case 'publisher':
      return l10n.t('Publisher');
    case 'family':
      return l10n.t('Family');
    case 'architecture':
      return l10n.t('Architecture');
    case 'platform':
      return l10n.t('Platform');
    case 'rootDeviceType':
      return l10n.t('Root Device');
    case 'size':
      return l10n.t('Size');
    case 'virtualizationType':
      return l10n.t('Virtualization');
    case 'bootMode':
      return l10n.t('Boot Mode');
    case 'created':
      return l10n.t('Created');
    case 'deprecated':
      return l10n.t('Deprecated');
  }
}

export function facetTitle(id: FacetId): string {
  return id === 'year' ? l10n.t('Year') : id === 'deprecated' ? l10n.t('Deprecation') : columnTitle(id);
}

export function valueText(id: FacetId, { key, label }: Pick<FacetValue, 'key' | 'label'>): string {
  if (id === 'deprecated') {
    switch (key) {
      case 'deprecated':
        return l10n.t('Deprecated');
      case 'soon':
        return l10n.t('Within 30 days');
      case 'later':
        return l10n.t('Later');
      case 'never':
        return l10n.t('No date set');
    }
  }
  return label === '' ? l10n.t('Not stated') : label;
}

export function statusText(status: CatalogStatus): string {
  switch (status.kind) {
    case 'opening':
      return l10n.t('Opening the catalog…');
    case 'empty':
      return '';
    case 'downloading': {
      const parts = [
        status.refreshing
          ? l10n.t('Refreshing the catalog')
          : l10n.t('Downloading: {0} so far', imagesText(status.images)),
        status.share > 0 ? percentText(status.share) : '',
        status.rate >= 1 ? l10n.t('{0} a second', numberText(Math.round(status.rate))) : '',
        status.throttled ? l10n.t('AWS asks for fewer requests') : '',
        status.elsewhere ? l10n.t('in another window') : '',
      ];
      return parts.filter((part) => part !== '').join(' · ');
    }
    case 'paused':
      return l10n.t('The download was interrupted: {0} images are there.', numberText(status.images));
    case 'failed':
      return status.message;
    case 'complete':
      return l10n.t('As of {0}', timeText(status.asOf));
  }
}
