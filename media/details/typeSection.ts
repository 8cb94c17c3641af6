import * as l10n from '@vscode/l10n';
import type { TemplateResult } from 'lit';
import { backingOf, type Image } from '../../src/core/image.ts';
import { type TypeFact, typeFactsOf } from '../../src/core/typeFacts.ts';
import { html } from '../shared/html.ts';
import { visible } from '../shared/visible.ts';
import { type Field, fields, section } from './parts.ts';
import type { View } from './view.ts';
import { listText, sizeText } from './wording.ts';

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
  const name = root ? l10n.t('the root volume {0}', shown) : shown;
  return volumeSize === undefined ? name : l10n.t('{0} ({1})', name, sizeText(volumeSize));
}

function fieldOf(fact: Exclude<TypeFact, Volume>): Field {
  switch (fact.kind) {
    case 'backed-by':
      return { term: l10n.t('Root'), content: backedByText(fact) };
    case 'boot-time':
      return {
        term: l10n.t('Booting'),
        content:
          fact.fetchesFirst === 'needed-blocks'
            ? l10n.t('Fast: only the blocks that are needed to boot are fetched first, the rest as it is read.')
            : l10n.t('Slower: all parts of the image are fetched from S3 before the instance starts.'),
      };
    case 'stopping':
      return {
        term: l10n.t('Stopping'),
        content: fact.canStop
          ? l10n.t('An instance can be stopped and started again; its EBS volumes keep their data.')
          : l10n.t('An instance cannot be stopped: it runs until it is terminated.'),
      };
    case 'root-lost-at-termination':
      return {
        term: l10n.t('Termination'),
        content:
          fact.deviceName === undefined
            ? l10n.t('The root volume and all data on it are gone.')
            : l10n.t('The root volume {0} and all data on it are gone.', visible(fact.deviceName)),
      };
    case 'instance-store-volumes-lost': {
      const names = listText(
        fact.devices.map(({ deviceName, virtualName }) =>
          l10n.t('{0} ({1})', visible(deviceName), visible(virtualName)),
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
      return { term: l10n.t('Template'), content: snapshotsText(fact.snapshotIds, fact.volumesWithoutSnapshot) };
    case 'stored-in-s3':
      return {
        term: l10n.t('Template'),
        content:
          fact.manifest === undefined
            ? l10n.t('Stored as a bundle in S3.')
            : l10n.t('Stored as a bundle in S3, listed in {0}.', visible(fact.manifest)),
      };
    case 'suppressed-devices':
      return {
        term: l10n.t('Suppressed'),
        content: l10n.t('Instances do not get these devices: {0}.', listText(fact.deviceNames.map(visible))),
      };
    case 'can-create-image':
      return {
        term: l10n.t('New images'),
        content: fact.value
          ? l10n.t('Create Image… works on its instances.')
          : l10n.t('Create Image… does not work on its instances: they have to be bundled with the AMI tools.'),
      };
  }
}

function backedByText({ root, rootDeviceType }: Extract<TypeFact, { kind: 'backed-by' }>): string {
  switch (root) {
    case 'ebs':
      return l10n.t('An EBS volume, made from a snapshot at launch.');
    case 'instance-store':
      return l10n.t('An instance store volume, on a disk of the host machine.');
    case 'unknown':
      return rootDeviceType === ''
        ? l10n.t('The image does not say what its root is.')
        : l10n.t('“{0}”, a type that AMI Explorer does not know.', visible(rootDeviceType));
  }
}

function snapshotsText(snapshotIds: readonly string[], volumesWithoutSnapshot: number): string {
  const stored =
    snapshotIds.length === 0
      ? l10n.t('No snapshot is known yet.')
      : snapshotIds.length === 1
        ? l10n.t('Stored as 1 EBS snapshot, which is what keeping the image costs.')
        : l10n.t('Stored as {0} EBS snapshots, which are what keeping the image costs.', snapshotIds.length);
  if (volumesWithoutSnapshot === 0) return stored;
  return volumesWithoutSnapshot === 1
    ? l10n.t('{0} 1 volume has no snapshot and starts empty.', stored)
    : l10n.t('{0} {1} volumes have no snapshot and start empty.', stored, volumesWithoutSnapshot);
}
