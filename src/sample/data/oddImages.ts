import type { SampleDevice, SampleImage, Tagged } from '../model.ts';
import { resourceId } from './identifiers.ts';
import { hostileSharedImage } from './sharedImages.ts';

/** The fields that differ from an ordinary image, and its tags. */
interface Oddity extends Partial<SampleImage> {
  readonly tags?: Readonly<Record<string, string>>;
}

/** Ten volumes of the largest size, 64 TiB (EBS user guide, "Provisioned IOPS SSD volumes"). */
const HUGE: readonly SampleDevice[] = Array.from({ length: 10 }, (_, number) => ({
  deviceName: `/dev/sd${String.fromCharCode(97 + number)}`,
  ebs: { size: 65_536, type: 'io2', iops: 256_000, encrypted: true, deleteOnTermination: false },
}));

const MANY_TAGS = Object.fromEntries(Array.from({ length: 50 }, (_, number) => [`Key ${number}`, `<value ${number}>`]));

const DATES: readonly string[] = [
  '1970-01-01T00:00:00.000Z',
  '1969-12-31T23:59:59.999Z',
  '2006-08-25T00:00:00.000Z',
  '2025-12-31T23:59:59.999Z',
  '2026-01-01T00:00:00.000Z',
  '2026-01-31T23:59:59.999Z',
  '2026-02-01T00:00:00.000Z',
  '2024-02-29T12:00:00.000Z',
  '2026-11-18T23:59:59.999Z',
  '2026-11-19T00:00:00.000Z',
  '2026-11-19T09:59:59.999Z',
  '2038-01-19T03:14:07.000Z',
  '2038-01-19T03:14:08.000Z',
  '2099-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59.999Z',
  // Formats of other endpoints; EC2 itself writes UTC.
  '2026-11-19T12:00:00+02:00',
  '2026-11-19T23:30:00.000-05:00',
  '2026-11-19T12:00:00Z',
  '2026-11-19 12:00:00',
  '2026-11-19',
  '20261119T120000Z',
  'yesterday',
];

const ODDITIES: readonly Oddity[] = [
  { creationDate: undefined, name: 'odd-without-date' },
  { creationDate: undefined, name: 'odd-without-date-deprecated-later', deprecationTime: '2030-01-01T00:00:00.000Z' },
  { creationDate: '', name: 'odd-with-empty-date' },
  ...DATES.map((creationDate, number) => ({ creationDate, name: `odd-date-${number}` })),
  { id: 'ami-1234abcd', name: 'odd-short-id' },
  { id: 'ami-0000abcd', name: 'odd-short-id-with-zeros' },
  { id: 'ami-0a12bc34', name: 'odd-short-id-among-long-ones' },
  { id: 'ami-ffffffff', name: 'odd-last-short-id' },
  { id: 'ami-00000000000000000', name: 'odd-first-id' },
  { id: 'ami-fffffffffffffffff', name: 'odd-last-id' },
  { id: 'ami-a123456789abcdef0', name: 'odd-long-id-without-zero' },
  { name: '<b>odd</b> & "quoted" \'name\'', description: '&amp; &lt;script&gt;alert(1)&lt;/script&gt; ]]> <!-- -->' },
  { name: 'odd-astral-\u{1f600}\u{20bb7}', description: '\u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u{10ffff}' },
  { name: 'odd-right-to-left-\u202egpj.exe\u202c', description: 'שלום עולם مرحبا \u2067bidi\u2069' },
  { name: 'odd-lines', description: 'first line\nsecond line\r\nthird\tline\u0085\u2028end' },
  { name: 'odd-controls', description: '\u0000\u0007\u001b[31m \ufffe \ud800' },
  { name: '  odd  spaces  ', description: ' ' },
  { name: '', description: '' },
  { name: undefined, description: undefined },
  { name: '0', description: 'null' },
  { name: `odd-${'n'.repeat(124)}`, description: 'd'.repeat(255) },
  { name: '=cmd|odd', description: '[link](command:workbench.action.quit) $(trash) https://example.com' },
  { name: 'odd-tags', tags: { ...MANY_TAGS, Name: '<img src=x onerror=alert(1)>', '': 'empty key', empty: '' } },
  { name: 'odd-instance-store', rootDeviceType: 'instance-store', location: 'bucket/odd.manifest.xml', devices: [] },
  { name: 'odd-without-devices', rootDeviceName: undefined, devices: [] },
  { name: 'odd-suppressed-device', devices: [{ deviceName: '/dev/sda1' }] },
  { name: 'odd-huge', devices: HUGE },
  { name: 'odd-unknown-architecture', architecture: 'riscv64', platformDetails: 'Plan 9', bootMode: 'coreboot' },
  { name: 'odd-empty-architecture', architecture: '' },
  { name: 'odd-kinds', hypervisor: 'firecracker', virtualizationType: 'paravirtual' },
  { name: 'odd-owner-alias', ownerAlias: 'aws-backup-vault' },
  { name: 'odd-deprecated-long-ago', deprecationTime: '2019-01-01T00:00:00.000Z' },
  { name: 'odd-deprecated-today', deprecationTime: '2026-11-20T12:00:00.000Z' },
  { name: 'odd-deprecated-in-a-minute', deprecationTime: '2026-11-20T12:01:00.000Z' },
  { name: 'odd-deprecated-never', deprecationTime: '9999-12-31T23:59:59.000Z' },
  { name: 'odd-deprecated-no-date', deprecationTime: 'someday' },
  { name: 'odd-deprecated-empty', deprecationTime: '' },
  { name: 'odd-disabled', state: 'disabled' },
  { name: 'odd-unknown-state', state: 'hibernating' },
];

/** Public images, and a shared one, that test readers of EC2's answers. Some of them occur only on other endpoints. */
export function oddImages(region: string): Tagged<SampleImage>[] {
  const publicOnes = ODDITIES.map(
    ({ tags = {}, ...oddity }, number): Tagged<SampleImage> => ({
      resource: {
        id: resourceId('ami', region, `odd/${number}`),
        description: 'An odd image',
        location: `111122223333/odd-${number}`,
        ownerId: '111122223333',
        ownerAlias: undefined,
        state: 'available',
        stateReason: undefined,
        creationDate: '2026-10-15T10:15:20.000Z',
        deprecationTime: undefined,
        lastLaunchedTime: undefined,
        architecture: 'x86_64',
        imageType: 'machine',
        windows: false,
        platformDetails: 'Linux/UNIX',
        usageOperation: 'RunInstances',
        hypervisor: 'xen',
        virtualizationType: 'hvm',
        bootMode: undefined,
        tpmSupport: undefined,
        imdsSupport: undefined,
        enaSupport: true,
        sriovNetSupport: undefined,
        kernelId: undefined,
        ramdiskId: undefined,
        productCodes: [],
        rootDeviceType: 'ebs',
        rootDeviceName: '/dev/sda1',
        devices: [
          { deviceName: '/dev/sda1', ebs: { size: 8, type: 'gp3', encrypted: false, deleteOnTermination: true } },
        ],
        sourceInstanceId: undefined,
        sourceImageId: undefined,
        sourceImageRegion: undefined,
        deregistrationProtection: undefined,
        freeTierEligible: false,
        permissions: [{ group: 'all' }],
        name: `odd-${number}`,
        ...oddity,
      },
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    }),
  );
  return [...publicOnes, hostileSharedImage(region)];
}
