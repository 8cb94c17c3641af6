import { describe, expect, it } from 'vitest';
import { differingParts, withoutSharedStart } from '../../src/core/imageLabels.ts';
import { familiesOf } from '../../src/core/publicFamilies.ts';
import { publishersIn } from '../../src/core/publishers.ts';
import { hostileNames } from './hostile.ts';
import { realNames } from './realNames.ts';

/** What stands for each of the names, in their order. */
const labels = (...names: readonly string[]) => {
  const parts = differingParts(names);
  return names.map((name) => parts.get(name));
};

describe('what differs within a family', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    [
      'the date of an own image',
      { 'web-server-golden-20261117': '20261117', 'web-server-golden-20261017': '20261017' },
    ],
    [
      'the date behind a path, and the volume type where it is another',
      {
        'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260923': '20260923',
        'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260811.1': '20260811.1',
      },
    ],
    [
      'the volume type, where it is another one',
      {
        'ubuntu/images/hvm-ssd-gp3/ubuntu-jammy-22.04-amd64-server-20260923': 'gp3 · 20260923',
        'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20240811': '20240811',
      },
    ],
    [
      'a version in the middle',
      {
        'al2023-ami-2023.11.20260427.1-kernel-6.18-arm64': '2023.11.20260427.1',
        'al2023-ami-2023.9.20251027.0-kernel-6.18-arm64': '2023.9.20251027.0',
      },
    ],
    [
      'release and date, which are apart',
      {
        'RHEL-9.8.0_HVM-20260728-arm64-0-Hourly2-GP3': '9.8.0 · 20260728',
        'RHEL-9.6.0_HVM-20250910-arm64-0-Hourly2-GP3': '9.6.0 · 20250910',
      },
    ],
    [
      'date and number, which stand together',
      { 'debian-12-arm64-20230723-1450': '20230723-1450', 'debian-12-arm64-20251006-2257': '20251006-2257' },
    ],
    [
      'edition and date of a family that EC2 has to be asked for by one pattern',
      {
        'Windows_Server-2022-English-Full-SQL_2019_Web-2024.06.12': 'Web-2024.06.12',
        'Windows_Server-2022-English-Full-SQL_2019_Standard-2024.07.10': 'Standard-2024.07.10',
      },
    ],
    [
      'version and commit',
      {
        'bottlerocket-aws-k8s-1.34-x86_64-v1.64.0-7f9a1b2c': 'v1.64.0-7f9a1b2c',
        'bottlerocket-aws-k8s-1.34-x86_64-v1.20.5-a3e8bda1': 'v1.20.5-a3e8bda1',
      },
    ],
    [
      'what stands in brackets, apart from what does not',
      {
        'Deep Learning AMI GPU PyTorch 2.0.1 (Ubuntu 20.04) 20231003': '2.0.1 · Ubuntu 20.04 · 20231003',
        'Deep Learning AMI GPU PyTorch 2.9 (Amazon Linux 2023) 20260214': '2.9 · Amazon Linux 2023 · 20260214',
      },
    ],
    [
      'a patch number with its release',
      { 'capa-ami-ubuntu-22.04-v1.30.2': 'v1.30.2', 'capa-ami-ubuntu-22.04-v1.30.10': 'v1.30.10' },
    ],
    ['the architecture', { 'app-amd64-20260101': 'amd64', 'app-arm64-20260101': 'arm64' }],
    ['whatever the case is elsewhere', { 'Web-1': '1', 'web-2': '2' }],
  ])('is %s', (_, expected) => {
    expect(Object.fromEntries(differingParts(Object.keys(expected)))).toEqual(expected);
  });

  it('is the whole name where no part tells it from the others', () => {
    expect(labels('web', 'web-2')).toEqual(['web', '2']);
    expect(labels('web-1.0_beta', 'web-1.0-beta', 'web-1.1-beta')).toEqual(['web-1.0_beta', 'web-1.0-beta', '1.1']);
    expect(labels('web', 'web-web')).toEqual(['web', 'web-web']);
    expect(labels('Web-1', 'web-1')).toEqual(['Web-1', 'web-1']);
    expect(labels('web-1', 'api 7')).toEqual(['web-1', 'api 7']);
  });

  it('is the whole name of images that are alone, all of one name, or without one', () => {
    expect(labels('web-20261117')).toEqual(['web-20261117']);
    expect(labels('web-20261117', 'web-20261117')).toEqual(['web-20261117', 'web-20261117']);
    expect(labels('', 'web-1', 'web-2')).toEqual(['', 'web-1', 'web-2']);
    expect(differingParts([])).toEqual(new Map());
  });

  it('is short for other builds of every well-known series, and never the same for two', () => {
    for (const { name, buildDate } of realNames) {
      const day = buildDate?.replaceAll('-', '(?:[-.]?)') ?? '';
      const other = day === '' ? name : name.replace(new RegExp(day.replaceAll('(?:[-.]?)', '[-.]?')), '20200102');
      if (other === name) continue;
      const [label = '', second] = labels(name, other);
      expect(label, name).not.toBe(second);
      expect(name, name).toContain(label);
      expect(label.length, name).toBeLessThanOrEqual(24);
    }
  });

  it('tells strangers’ names apart, however they are made', () => {
    const names = [...new Set(hostileNames.flatMap((name) => [name, `${name}-1`, `web-${name}`, `${name} web (2`]))];
    const parts = differingParts(names);
    expect([...parts.keys()]).toEqual(names);
    expect(new Set(parts.values()).size).toBe(names.length);
    const long = ['a-', 'b-'].map((end) => `${'x-'.repeat(100_000)}${end}`);
    expect(labels(...long)).toEqual(long);
  });
});

describe('the labels of families below their publisher', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['the name of the product', ['Ubuntu 26.10 amd64', 'Ubuntu for EKS amd64'], ['26.10 amd64', 'for EKS amd64']],
    [
      'several words',
      ['Red Hat Enterprise Linux 9 arm64', 'Red Hat Enterprise Linux 9 (own subscription) arm64'],
      ['9 arm64', '9 (own subscription) arm64'],
    ],
  ])('lack what all begin with: %s', (_, whole, labels) => {
    expect([...withoutSharedStart(whole)]).toEqual(whole.map((label, index) => [label, labels[index]]));
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['an only one', ['Talos Linux 1.x amd64'], ['Talos Linux 1.x amd64']],
    ['the last two words', ['Talos Linux 1.x amd64', 'Talos Linux 1.x arm64'], ['1.x amd64', '1.x arm64']],
    [
      'the name of another product',
      ['ECS on Amazon Linux 2023 arm64', 'ECS on Amazon Linux 2 arm64'],
      ['Amazon Linux 2023 arm64', 'Amazon Linux 2 arm64'],
    ],
  ])('keep %s', (_, whole, labels) => {
    expect([...withoutSharedStart(whole)]).toEqual(whole.map((label, index) => [label, labels[index]]));
  });

  it('are none where there are no families', () => {
    expect([...withoutSharedStart([])]).toEqual([]);
  });

  it('are as many as the families, and short', () => {
    for (const publisher of publishersIn('aws')) {
      const series = familiesOf(publisher, 'aws').filter(({ kind }) => kind === 'series');
      const shown = [...withoutSharedStart(series.map(({ label }) => label)).values()];
      expect(new Set(shown).size, publisher.id).toBe(series.length);
      for (const label of shown) expect(label.length, label).toBeLessThanOrEqual(40);
    }
  });
});
