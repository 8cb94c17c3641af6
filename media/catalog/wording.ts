import * as l10n from '@vscode/l10n';
import {
  type CatalogColumn,
  type CatalogQuery,
  type CatalogStatus,
  type FacetId,
  type FacetValue,
  facetIds,
} from '../../src/protocol/catalog.ts';
import { dateText, numberText, percentText } from '../shared/wording.ts';

/** `1 image`, `2 images`; `text` takes the place of the number, as `1+` for one or more. */
export function imagesText(count: number, text = numberText(count)): string {
  return count === 1 && text === numberText(1) ? l10n.t('1 image') : l10n.t('{0} images', text);
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
      return l10n.t({
        message: 'Deprecated',
        comment: ['A column of dates: since or from when images are deprecated'],
      });
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
        return l10n.t('In more than 30 days');
      case 'never':
        return l10n.t('No date set');
    }
  }
  return label === '' ? l10n.t('Not specified') : label;
}

/** How many values of facets are chosen. */
export function chosenCount({ facets }: CatalogQuery): number {
  return facetIds.reduce((count, id) => count + (facets[id]?.length ?? 0), 0);
}

/** What is said aloud once a download has begun or ended; a failure is an alert of its own. */
export function statusAnnouncement(status: CatalogStatus): string | undefined {
  switch (status.kind) {
    case 'downloading':
      return status.refreshing ? l10n.t('Refreshing the catalog') : l10n.t('Downloading the catalog');
    case 'complete':
      return l10n.t('The catalog is complete.');
    case 'paused':
      return statusText(status);
    default:
      return undefined;
  }
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
        status.throttled ? l10n.t('AWS limits the rate of requests') : '',
        status.elsewhere ? l10n.t('in another window') : '',
      ];
      return parts.filter((part) => part !== '').join(' · ');
    }
    case 'paused':
      return l10n.t('The download was interrupted after {0}.', imagesText(status.images));
    case 'failed':
      return status.message;
    case 'complete':
      return l10n.t('As of {0}', dateText(status.asOf));
  }
}
