import * as l10n from '@vscode/l10n';
import type { TemplateResult } from 'lit';
import { backingOf, type Image } from '../../src/core/image.ts';
import { type TypeFact, typeFactsOf } from '../../src/core/typeFacts.ts';
import { html } from '../shared/html.ts';
import { type Field, fields, rootText, section, storageText } from '../shared/parts.ts';
import { visible } from '../shared/visible.ts';
import { listText, sizeText } from '../shared/wording.ts';
import type { View } from './view.ts';

type Volume = Extract<TypeFact, { kind: 'volume-at-termination' }>;

export function typeSection(view: View, image: Image): TemplateResult {
  return section(view, 'type', l10n.t('Type'), backing(backingOf(image)), fields(typeFields(image)));
}

function backing(rootDeviceType: string): string {
  switch (rootDeviceType) {
    case 'ebs':
      return l10n.t('EBS-backed');
    case 'instance-store':
      return l10n.t('Instance store-backed');
    default:
      return visible(rootDeviceType);
  }
}

function typeFields(image: Image): readonly Field[] {
  const facts = typeFactsOf(image);
  const volumes = facts.filter((fact) => fact.kind === 'volume-at-termination');
  const list = facts.flatMap((fact) => (fact.kind === 'volume-at-termination' ? [] : [fieldOf(fact)]));
  const [first, boot, stop, ...rest] = list;
  const head = [first, boot, stop].flatMap((field) => field ?? []);
  // What becomes of the volumes follows right after stopping.
  return [...head, ...volumeFields(volumes), ...rest].reduce(joinTerms, []);
}

/** Joins adjacent fields with the same term. */
function joinTerms(list: Field[], field: Field): Field[] {
  const last = list.at(-1);
  if (last?.term !== field.term) return [...list, field];
  return [...list.slice(0, -1), { term: field.term, content: html`${last.content}<br>${field.content}` }];
}

/** More volumes than this are named one by one only if they differ. */
const fewVolumes = 4;

function volumeFields(volumes: readonly Volume[]): readonly Field[] {
  const of = (deleted: boolean) => volumes.filter((volume) => volume.deleted === deleted);
  const [deleted, kept] = [of(true), of(false)].map((group) => group.map(volumeText));
  const term = l10n.t('Termination');
  if (!deleted || !kept) return [];
  if (volumes.length > fewVolumes && kept.length === 0) {
    return [{ term, content: l10n.t('All {0} EBS volumes are deleted with the instance.', volumes.length) }];
  }
  if (volumes.length > fewVolumes && deleted.length === 0) {
    return [
      { term, content: l10n.t('All {0} EBS volumes are kept, and billed until you delete them.', volumes.length) },
    ];
  }
  return [
    ...(deleted.length > 0 ? [{ term, content: l10n.t('Deleted with the instance: {0}.', listText(deleted)) }] : []),
    ...(kept.length > 0
      ? [{ term, content: l10n.t('Kept, and billed until you delete them: {0}.', listText(kept)) }]
      : []),
  ];
}

function volumeText({ deviceName, root, volumeSize }: Volume): string {
  const shown = visible(deviceName);
  const name = root ? l10n.t('root volume {0}', shown) : shown;
  return volumeSize === undefined
    ? name
    : l10n.t({ message: '{0} ({1})', args: [name, sizeText(volumeSize)], comment: ['A volume and its size'] });
}

function fieldOf(fact: Exclude<TypeFact, Volume>): Field {
  switch (fact.kind) {
    case 'backed-by':
      return {
        term: rootText(),
        content: backedByText(fact),
      };
    case 'boot-time':
      return {
        term: l10n.t('Booting'),
        content:
          fact.fetchesFirst === 'needed-blocks'
            ? l10n.t('Fast: only the blocks needed to boot are loaded first, the rest on demand.')
            : l10n.t('Slower: the whole image is loaded from S3 before the instance starts.'),
      };
    case 'stopping':
      return {
        term: l10n.t('Stopping'),
        content: fact.canStop
          ? l10n.t('Instances can be stopped and started again. EBS volumes keep their data.')
          : l10n.t('Instances cannot be stopped. They run until they are terminated.'),
      };
    case 'root-lost-at-termination':
      return {
        term: l10n.t('Termination'),
        content:
          fact.deviceName === undefined
            ? l10n.t('The root volume and its data are lost.')
            : l10n.t('The root volume {0} and its data are lost.', visible(fact.deviceName)),
      };
    case 'instance-store-volumes-lost': {
      const names = listText(
        fact.devices.map(({ deviceName, virtualName }) =>
          l10n.t({
            message: '{0} ({1})',
            args: [visible(deviceName), visible(virtualName)],
            comment: ['A device and its other name'],
          }),
        ),
      );
      return {
        term: l10n.t('Instance store'),
        content: fact.atStop
          ? l10n.t('Data is lost when the instance stops or terminates: {0}.', names)
          : l10n.t('Data is lost when the instance terminates: {0}.', names),
      };
    }
    case 'stored-in-snapshots':
      return {
        term: storageText(),
        content: snapshotsText(fact.snapshotIds, fact.volumesWithoutSnapshot),
      };
    case 'stored-in-s3':
      return {
        term: storageText(),
        content:
          fact.manifest === undefined
            ? l10n.t('Stored as a bundle in S3.')
            : l10n.t('Stored as a bundle in S3. Manifest: {0}', visible(fact.manifest)),
      };
    case 'suppressed-devices':
      return {
        term: l10n.t('Suppressed'),
        content: l10n.t('Not attached to instances: {0}.', listText(fact.deviceNames.map(visible))),
      };
    case 'can-create-image':
      return {
        term: l10n.t({ message: 'New images', comment: ['Whether images can be created from its instances'] }),
        content: fact.value
          ? l10n.t('Create Image… is available for its instances.')
          : l10n.t('Create Image… is not available for its instances. Bundle them with the AMI tools instead.'),
      };
  }
}

function backedByText({ root, rootDeviceType }: Extract<TypeFact, { kind: 'backed-by' }>): string {
  switch (root) {
    case 'ebs':
      return l10n.t('An EBS volume, created from a snapshot at launch.');
    case 'instance-store':
      return l10n.t('An instance store volume, on a disk of the host computer.');
    case 'unknown':
      return rootDeviceType === ''
        ? l10n.t('The root device type is not known.')
        : l10n.t('Unknown root device type: “{0}”.', visible(rootDeviceType));
  }
}

function snapshotsText(snapshotIds: readonly string[], volumesWithoutSnapshot: number): string {
  const stored =
    snapshotIds.length === 0
      ? l10n.t('No snapshots yet.')
      : snapshotIds.length === 1
        ? l10n.t('Stored as 1 EBS snapshot. Its storage is billed.')
        : l10n.t('Stored as {0} EBS snapshots. Their storage is billed.', snapshotIds.length);
  if (volumesWithoutSnapshot === 0) return stored;
  return volumesWithoutSnapshot === 1
    ? l10n.t('{0} 1 volume has no snapshot and starts empty.', stored)
    : l10n.t('{0} {1} volumes have no snapshot and start empty.', stored, volumesWithoutSnapshot);
}
