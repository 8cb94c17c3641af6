import { describe, expect, it } from 'vitest';
import type { ImageSummary } from '../../src/core/image.ts';
import { ImageSearch } from '../../src/core/imageSearch.ts';
import { readPublishers } from '../../src/core/publishers.ts';
import { hostileNames } from './hostile.ts';

const stranger: ImageSummary = {
  id: 'ami-0a1b2c3d4e5f60789',
  region: 'us-east-1',
  name: '',
  description: undefined,
  ownerId: '123456789012',
  ownerAlias: undefined,
  state: 'available',
  creationDate: '2026-11-04T00:00:00.000Z',
  deprecationTime: undefined,
  public: true,
  architecture: 'x86_64',
  platform: 'linux',
  platformDetails: 'Linux/UNIX',
  virtualizationType: 'hvm',
  bootMode: 'uefi',
  rootDeviceType: 'ebs',
  productCodes: undefined,
};
const named = (name: string, more: Partial<ImageSummary> = {}): ImageSummary => ({ ...stranger, name, ...more });
const redHat = (name: string) => named(name, { ownerId: '309956199498' });
const amazon = (name: string, more: Partial<ImageSummary> = {}) =>
  named(name, { ownerId: '137112412989', ownerAlias: 'amazon', ...more });

const rhel9 = redHat('RHEL-9.8.0_HVM-20261020-x86_64-0-Hourly2-GP3');
const rhel10 = redHat('RHEL-10.2.0_HVM-20261020-x86_64-0-Hourly2-GP3');
const rhel89 = redHat('RHEL-8.9.0_HVM-20260920-x86_64-0-Hourly2-GP3');
const al2 = amazon('amzn2-ami-kernel-5.10-hvm-2.0.20261104.0-x86_64-gp2');
const al2023 = amazon('al2023-ami-2023.9.20261104.0-kernel-6.1-x86_64');
const windows = amazon('Windows_Server-2022-English-Full-Base-2026.11.11', { ownerId: '801119661308' });
const ubuntu = named('ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20261104', {
  ownerId: '099720109477',
  architecture: 'arm64',
  description: 'Canonical, Ubuntu, 24.04, arm64 noble image',
});
const debian = named('debian-12-amd64-20261104-1234', { ownerId: '136693071363' });
const own = named('rhel9-golden-3', { description: 'Hardened base for the web shop' });

describe('a search for images', () => {
  it.each<[string, readonly ImageSummary[], readonly ImageSummary[]]>([
    ['red hat 9', [rhel9], [rhel10, rhel89, own, ubuntu]],
    ['redhat', [], [named('a red hat')]],
    ['red-hat 10', [rhel10], [rhel9]],
    ['rhel 9', [rhel9, own], [rhel10, rhel89]],
    ['amazon linux 2023', [al2023], [al2, ubuntu]],
    ['amazon linux 2', [al2, al2023], [rhel9]],
    ['windows server 2022', [windows], [al2023]],
    ['microsoft 2022', [windows], [named('Windows_Server-2022-English-Full-Base-2026.11.11')]],
    ['ubuntu 24.04 arm64', [ubuntu], [debian]],
    ['canonical aarch64', [ubuntu], [debian]],
    ['debian 12 x86_64', [debian], [ubuntu]],
    ['amazon linux amd64', [al2, al2023], [windows]],
    ['HARDENED shop', [own], [ubuntu]],
    ['6', [], [rhel9, al2, debian]],
    ['20', [al2023, windows], [rhel9, debian]],
    ['202', [al2023, windows, rhel9, debian], [named('x')]],
    ['0a1b', [stranger], [named('x', { id: 'ami-0123456789abcdef0' })]],
    ['AMI-0A1B2C3D4E5F60789', [stranger], []],
    ['ami', [al2], [debian, stranger]],
    ['a1b', [], [stranger]],
    ['456789', [stranger], [ubuntu]],
    ['noble -arm64', [], [ubuntu]],
    ['-arm64 debian', [debian], []],
    ['"server 2022"', [windows], [named('server-2022')]],
    ['owner:canonical', [ubuntu], [debian]],
    ['owner:amazon', [al2, windows], [ubuntu]],
    ['family:"amazon linux 2"', [al2, al2023], [windows]],
    ['arch:arm64 noble', [ubuntu], []],
    ['before:2026-11-05', [ubuntu], []],
    ['after:2026-11-05', [], [ubuntu, named('x', { creationDate: undefined })]],
    ['platform:linux', [ubuntu, named('x', { platformDetails: undefined })], []],
    ['', [ubuntu, stranger], []],
  ])('finds by publisher, description, family, name and architecture: %j', (text, found, others) => {
    const search = new ImageSearch(text);
    const matching = [...found, ...others].filter((image) => search.matches(image, []));
    expect(matching.map(({ name, id }) => name || id)).toEqual(found.map(({ name, id }) => name || id));
  });

  it('puts whole words before parts, then verified publishers, then the newest', () => {
    const impostor = named('Amazon Linux 2 cheap', { creationDate: '2026-11-20T00:00:00.000Z' });
    const older = amazon('amzn2-ami-kernel-5.10-hvm-2.0.20251104.0-x86_64-gp2', {
      creationDate: '2025-11-04T00:00:00.000Z',
    });
    const search = new ImageSearch('amazon linux 2');
    expect(search.bestFirst([al2023, impostor, older, al2], []).map(({ name }) => name)).toEqual(
      [al2, older, impostor, al2023].map(({ name }) => name),
    );
  });

  it('finds the images of publishers from the settings by the names there', () => {
    const { publishers } = readPublishers([{ name: 'Acme', ownerIds: [stranger.ownerId] }]);
    expect(new ImageSearch('acme').matches(own, publishers)).toBe(true);
    expect(new ImageSearch('acme').matches(own, [])).toBe(false);
    expect(new ImageSearch('custom').matches(own, publishers)).toBe(false);
  });

  it('looks into the texts of what is no image, such as a parameter', () => {
    const texts = ['Ubuntu 24.04 LTS · arm64', '/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64'];
    const matches = (text: string) => new ImageSearch(text).matchesTexts(texts);
    expect(['ubuntu 24', 'CANONICAL arm64', 'arch:arm64', '-amd64', 'after:2026'].filter(matches)).toHaveLength(5);
    expect(['debian', '-arm64', '4', 'name:debian'].filter(matches)).toEqual([]);
  });

  it.each(hostileNames)('finds the name %j by itself', (name) => {
    const text = name.trim();
    const quoted = /["\s]/.test(text) || text.startsWith('-') || text.includes(':') ? undefined : text;
    expect(quoted === undefined || new ImageSearch(quoted).matches(named(name), [])).toBe(true);
  });
});
