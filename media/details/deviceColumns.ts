import * as l10n from '@vscode/l10n';
import type { BlockDevice, EbsDevice, Image } from '../../src/core/image.ts';
import { devicesInOrder } from '../../src/core/rootDevice.ts';
import { encryptionText, terminationText } from '../shared/parts.ts';
import { visible } from '../shared/visible.ts';
import { numberText, sizeText, throughputText } from '../shared/wording.ts';
import { kindText } from './wording.ts';

export const deviceColumnIds = [
  'device',
  'kind',
  'snapshot',
  'size',
  'type',
  'iops',
  'throughput',
  'encryption',
  'key',
  'termination',
] as const;

export type DeviceColumn = (typeof deviceColumnIds)[number];

export interface Cell {
  /** The value for copying and sorting; undefined if it is not set. */
  readonly value: string | number | boolean | undefined;
  readonly text: string;
}

export interface Column {
  readonly id: DeviceColumn;
  readonly title: string;
  readonly numeric: boolean;
  readonly mono: boolean;
  /** Undefined if the column does not apply: an instance store volume has no snapshot. */
  cell(device: BlockDevice): Cell | undefined;
}

export function deviceColumns(): readonly Column[] {
  return [
    {
      id: 'device',
      title: l10n.t('Device'),
      numeric: false,
      mono: true,
      cell: ({ deviceName }) => ({ value: deviceName, text: visible(deviceName) }),
    },
    { id: 'kind', title: l10n.t('Kind'), numeric: false, mono: false, cell: kindCell },
    ebsColumn(
      'snapshot',
      l10n.t('Snapshot'),
      ({ snapshotId }) => ({ value: snapshotId, text: visible(snapshotId ?? '') }),
      {
        mono: true,
      },
    ),
    ebsColumn('size', l10n.t('Size'), ({ volumeSize }) => ({ value: volumeSize, text: ifSet(volumeSize, sizeText) }), {
      numeric: true,
    }),
    ebsColumn('type', l10n.t('Type'), ({ volumeType }) => ({ value: volumeType, text: visible(volumeType ?? '') })),
    ebsColumn('iops', l10n.t('IOPS'), ({ iops }) => ({ value: iops, text: ifSet(iops, numberText) }), {
      numeric: true,
    }),
    ebsColumn(
      'throughput',
      l10n.t('Throughput'),
      ({ throughput }) => ({ value: throughput, text: ifSet(throughput, throughputText) }),
      { numeric: true },
    ),
    ebsColumn('encryption', l10n.t('Encryption'), ({ encrypted }) => ({
      value: encrypted,
      text: encryptionText(encrypted),
    })),
    ebsColumn('termination', l10n.t('On Termination'), ({ deleteOnTermination }) => ({
      value: deleteOnTermination,
      text: terminationText(deleteOnTermination),
    })),
    ebsColumn(
      'key',
      l10n.t('KMS Key'),
      ({ kmsKeyId }) => ({ value: kmsKeyId, text: visible(keyName(kmsKeyId ?? '')) }),
      {
        mono: true,
      },
    ),
  ];
}

/** The text that is copied of a cell: the value without its unit, for other tools. */
export function copyTextOf({ value, text }: Cell): string {
  return typeof value === 'boolean' ? text : String(value ?? '');
}

/** Without a column: the root first, then by device name. Values that are not set come last in both directions. */
export function sortedDevices(image: Image, column: Column | undefined, descending: boolean): readonly BlockDevice[] {
  const devices = devicesInOrder(image);
  if (column === undefined) return devices;
  const collator = new Intl.Collator('en', { numeric: true });
  const sign = descending ? -1 : 1;
  return [...devices].sort((a, b) => {
    const [left, right] = [column.cell(a)?.value, column.cell(b)?.value];
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    return (
      sign *
      (typeof left === 'number' && typeof right === 'number'
        ? left - right
        : collator.compare(String(left), String(right)))
    );
  });
}

/** The part of a key's ARN that tells it from others. */
function keyName(kmsKeyId: string): string {
  return /^arn:[^:]*:kms:[^:]*:[^:]*:(?:key\/)?(.+)$/.exec(kmsKeyId)?.[1] ?? kmsKeyId;
}

function kindCell(device: BlockDevice): Cell {
  const kind = kindText(device);
  return device.kind === 'instance-store'
    ? {
        value: device.virtualName,
        text: l10n.t({
          message: '{0} ({1})',
          args: [kind, visible(device.virtualName)],
          comment: ['A device and its other name'],
        }),
      }
    : { value: kind, text: kind };
}

function ebsColumn(
  id: DeviceColumn,
  title: string,
  cell: (device: EbsDevice) => Cell,
  { numeric = false, mono = false } = {},
): Column {
  return { id, title, numeric, mono, cell: (device) => (device.kind === 'ebs' ? cell(device) : undefined) };
}

function ifSet(value: number | undefined, text: (value: number) => string): string {
  return value === undefined ? '' : text(value);
}
