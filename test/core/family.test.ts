import { describe, expect, it } from 'vitest';
import { familyOf } from '../../src/core/family.ts';
import { hostileNames } from './hostile.ts';
import { realNames } from './realNames.ts';

describe('familyOf', () => {
  it.each(realNames.map((real) => [real.name, real] as const))('knows %s', (name, real) => {
    expect(familyOf({ name })).toMatchObject({ label: real.label, wellKnown: true, buildDate: real.buildDate });
  });

  it.each([
    ['web-server-golden-2026-11-02-1030', 'web-server-golden', undefined, '2026-11-02'],
    ['web-server-golden-20261102', 'web-server-golden', undefined, '2026-11-02'],
    ['web-server-golden 2026.11.02', 'web-server-golden', undefined, '2026-11-02'],
    ['web_server_2026_11_02', 'web_server', undefined, '2026-11-02'],
    ['web-2026-11-02T10-30-00Z', 'web', undefined, '2026-11-02'],
    ['web-20261102T103000Z', 'web', undefined, '2026-11-02'],
    ['web-20261102103000', 'web', undefined, '2026-11-02'],
    ['payments-api-v1.42.0-20261102', 'payments-api', 'v1.42.0', '2026-11-02'],
    ['payments-api-1.42.0', 'payments-api', '1.42.0', undefined],
    ['data-node-2026.3', 'data-node', '2026.3', undefined],
    ['payments-api-1.42.0-rc1', 'payments-api', '1.42.0', undefined],
    ['payments-api-v2', 'payments-api', 'v2', undefined],
    ['packer 1699999999', 'packer', undefined, undefined],
    ['packer-1699999999123', 'packer', undefined, undefined],
    ['api-3f2a9bc', 'api', undefined, undefined],
    ['api-3f2a9bc0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6', 'api', undefined, undefined],
    ['api-12ab34cd-12ab-12ab-12ab-12ab34cd56ef', 'api', undefined, undefined],
    ['AwsBackup_i-0abcdef0123456789_12ab34cd-12ab-12ab-12ab-12ab34cd56ef', 'AwsBackup', undefined, undefined],
    ['nightly-build-1234', 'nightly', undefined, undefined],
    ['app build42', 'app', undefined, undefined],
    ['app (2026-11-02) prod', 'app prod', undefined, '2026-11-02'],
    ['tier-2-web-42', 'tier-2-web', undefined, undefined],
    ['web-1-20261123-0610', 'web', undefined, '2026-11-23'],
    ['rhel-9-base-20261102', 'rhel-9-base', undefined, '2026-11-02'],
    ['ubuntu-22.04-golden-20261102', 'ubuntu-22.04-golden', undefined, '2026-11-02'],
    ['python-3.13-worker-7', 'python-3.13-worker', undefined, undefined],
    ['windows-2022-iis-12', 'windows-2022-iis', undefined, undefined],
    ['windows-server-2022-iis-12', 'windows-server-2022-iis', undefined, undefined],
    ['web-server-42', 'web-server', undefined, undefined],
    ['web-server-1.2.3', 'web-server', '1.2.3', undefined],
    ['golden-x86_64-20261102', 'golden-x86_64', undefined, '2026-11-02'],
    ['Cisco 8000V Edge - Level 2 base', 'Cisco 8000V Edge - Level 2 base', undefined, undefined],
    ["Bob's image", "Bob's image", undefined, undefined],
    ['facade-deadbeef', 'facade-deadbeef', undefined, undefined],
    ['', '', undefined, undefined],
    ['1699999999', '', undefined, undefined],
    ['2026-11-02 10:30', '', undefined, '2026-11-02'],
    ['v1.2.3', '', 'v1.2.3', undefined],
    ['CIS Oracle Linux 8 Benchmark - Level 1 - v02', 'CIS Oracle Linux 8 Benchmark - Level 1', 'v02', undefined],
    [
      'CIS Ubuntu Linux 22.04 LTS Benchmark v1.0.0 - Level 2',
      'CIS Ubuntu Linux 22.04 LTS Benchmark-Level 2',
      'v1.0.0',
      undefined,
    ],
    ['golden-tier-2', 'golden-tier-2', undefined, undefined],
    ['golden-gen-2-20261102', 'golden-gen-2', undefined, '2026-11-02'],
    ['my-eks-node-1.30-20261102', 'my-eks-node-1.30', undefined, '2026-11-02'],
    ['eks-worker-1-31-v20261102', 'eks-worker-1-31', undefined, '2026-11-02'],
    ['1.31-eks-node-20261102', '1.31-eks-node', undefined, '2026-11-02'],
    ['capa-ami-ubuntu-22.04-v1.30.2-1714000000', 'capa-ami-ubuntu-22.04-v1.30', undefined, undefined],
    ['k8s-worker-v1-30-2', 'k8s-worker-v1-30', undefined, undefined],
    ['V1-31-eks-node-3', 'V1-31-eks-node', undefined, undefined],
    ['web-v1-30', 'web', 'v1', undefined],
    ['torch-2.1-cu121-20240101', 'torch-2.1-cu121', undefined, '2024-01-01'],
    ['openbsd-7.5-amd64', 'openbsd-7.5-amd64', undefined, undefined],
    ['app-02-Jan-2026-arm64', 'app-arm64', undefined, '2026-01-02'],
    ['app January 2, 2026 (x86_64)', 'app x86_64', undefined, '2026-01-02'],
    ['app-2026-Dec-13', 'app', undefined, '2026-12-13'],
    ['app-13-DEC-26', 'app', undefined, '2026-12-13'],
    ['app-31-12-2026-arm64', 'app-arm64', undefined, '2026-12-31'],
    ['app-12-31-2026-arm64', 'app-arm64', undefined, '2026-12-31'],
    // Two numbers up to 12 may be day and month in either order.
    ['app-01-02-2026-arm64', 'app-arm64', undefined, undefined],
    ['app-02Jan2026', 'app', undefined, undefined],
    ['app-2026-05-arm64', 'app-arm64', undefined, undefined],
    ['app-May-2026', 'app', undefined, undefined],
    ['app-2026-W05-3-arm64', 'app-arm64', undefined, undefined],
    ['app-2026W05', 'app', undefined, undefined],
    ['app_2026_01_02_10_20_arm64', 'app_arm64', undefined, '2026-01-02'],
    ['app_20260102_102030UTC', 'app', undefined, '2026-01-02'],
    ['march-hare-may-2', 'march-hare-may', undefined, undefined],
    ['windows-2022-jan-2026', 'windows-2022', undefined, undefined],
    ['windows-2019-12-web', 'windows-2019-12-web', undefined, undefined],
    ['openshift-4.14.12-20260102', 'openshift-4.14', undefined, '2026-01-02'],
    ['sqlserver-2022-20260102', 'sqlserver-2022', undefined, '2026-01-02'],
    ['ci-visual-studio-2022-7', 'ci-visual-studio-2022', undefined, undefined],
    ['ci-xcode-16.0-20260102', 'ci-xcode-16.0', undefined, '2026-01-02'],
    ['dotnet-sdk-8.0-20260102', 'dotnet-sdk-8.0', undefined, '2026-01-02'],
    ['spark-3.5-tomcat-9-42', 'spark-3.5-tomcat-9', undefined, undefined],
    ['alpine-web-3.18.4', 'alpine-web', '3.18.4', undefined],
    ['k3s-v1.30.2-node-7', 'k3s-v1.30-node', undefined, undefined],
    ['ubuntu-minimal-22.04-web-3', 'ubuntu-minimal-22.04-web', undefined, undefined],
    ['golden-ubuntu-22-04-3', 'golden-ubuntu-22-04', undefined, undefined],
    ['rhel-golden-9.4-20261102', 'rhel-golden-9.4', undefined, '2026-11-02'],
    ['CloudLinux OS 8.10 x86_64 20240601', 'CloudLinux OS 8.10 x86_64', undefined, '2024-06-01'],
    ['Cloudlinux-cPanel-9.4 20240101', 'Cloudlinux-cPanel-9.4', undefined, '2024-01-01'],
    ['ubuntu-web-1.4.2', 'ubuntu-web', '1.4.2', undefined],
    ['ubuntu-noble-42', 'ubuntu-noble', undefined, undefined],
    ['taxi-driver-42', 'taxi-driver', undefined, undefined],
    ['nvidia-driver-560', 'nvidia-driver-560', undefined, undefined],
    ['pytorch-2.4-cuda-12.4-20261102', 'pytorch-2.4-cuda-12.4', undefined, '2026-11-02'],
    ['web-build-3', 'web', undefined, undefined],
    ['firewall-10.1.14-h8-lab', 'firewall-lab', '10.1.14', undefined],
    ['wordpress-6.4.3-0-r01-linux-debian-12', 'wordpress-linux-debian-12', '6.4.3', undefined],
    ['app-2018.03.20240319-x', 'app-x', '2018.03.20240319', '2024-03-19'],
    ['app-2.0.20240306.2', 'app', '2.0.20240306.2', '2024-03-06'],
    ['app-2023.6.20250303.0', 'app', '2023.6.20250303.0', '2025-03-03'],
    ['app-v20240415', 'app', undefined, '2024-04-15'],
    ['app-2024.03.19', 'app', undefined, '2024-03-19'],
    ['app-20991332', 'app', undefined, undefined],
    ['app-20260231', 'app', undefined, undefined],
    ['app-230407095221', 'app', undefined, undefined],
    ['app-1710000000', 'app', undefined, undefined],
  ])('reads %j by the general rule', (name, label, version, buildDate) => {
    expect(familyOf({ name })).toMatchObject({ label, wellKnown: false, version, buildDate });
  });

  it('gives builds of one thing one key, whatever their case', () => {
    const key = (name: string) => familyOf({ name }).key;
    expect(key('Web-20261102')).toBe(key('web-20251224'));
    expect(key('web-1.2.3')).toBe(key('web-20251224-0610'));
    expect(key('web')).not.toBe(key('web-arm'));
    expect(key('ubuntu-22.04-x')).not.toBe(key('ubuntu-24.04-x'));
  });

  const products = [
    'OpenVPN Access Server Community Image-fe8020db-5343-4c43-9e65-5ed4a825c931',
    'OpenVPN Access Server Community Image-3b5882c4-551b-43fa-acfe-7f5cdb896ff1',
    'CIS Ubuntu Linux 24.04 Benchmark - Level 1 - v03 -prod-2o2sghfkrk7vk',
    'CIS Ubuntu Linux 24.04 Benchmark - Level 1 - v03 -prod-3p3thigls8wl2',
  ];
  const marketplace = { ownerId: '679593333241', ownerAlias: 'aws-marketplace' };

  it('keeps the products of the Marketplace apart, by alias as by account, and an account’s copies of them', () => {
    for (const owner of [
      marketplace,
      { ownerId: '679593333241', ownerAlias: undefined },
      { ownerId: '111122223333', productCodes: ['aw0evgkw8e5c1q413zgy5pjce'] },
    ]) {
      expect(new Set(products.map((name) => familyOf({ name, ...owner }).key)).size).toBe(products.length);
      expect(new Set(products.map((name) => familyOf({ name, ...owner }).label)).size).toBe(products.length);
    }
  });

  it('gives builds of one product one key, whatever stands around its id', () => {
    const key = (name: string) => familyOf({ name, ...marketplace }).key;
    const id = 'b7ee8a69-ee97-4a49-9e68-afaee216db2e';
    expect(key(`CentOS Linux 7 x86_64 HVM EBS ENA 1901_01-${id}-ami-05713873c6794f575.4`)).toBe(
      key(`CentOS Linux 7 x86_64 HVM EBS ENA 2002_01-${id}`),
    );
    expect(key('CIS Level 1 - v05 -4c096026-c6b0-440c-bd2f-6d34904e4fc6')).toBe(
      key('CIS Level 1 - v08-4c096026-c6b0-440c-bd2f-6d34904e4fc6'),
    );
    expect(key('F5 BIGIP-17.1.0.1-0.0.4 PAYG-Best 25Mbps-230407095221-3c272b55-0405-4478-a772-d0402ccf13f9')).not.toBe(
      key('F5 BIGIP-17.1.0.1-0.0.4 PAYG-Best 1Gbps-230407095221-7fb2f9db-2a12-4915-9abb-045b6388cccd'),
    );
  });

  it('knows a product without its id in the name by its codes, in whatever order', () => {
    const sold = (...productCodes: string[]) => familyOf({ name: 'Appliance-1.2.3', ...marketplace, productCodes });
    expect(sold('aaa').key).not.toBe(sold('bbb').key);
    expect(sold('aaa', 'bbb').key).toBe(sold('bbb', 'aaa').key);
    expect(sold('aaa').label).toBe('Appliance (aaa)');
    expect(sold().label).toBe('Appliance');
    // Builds of an account stay one family when their base product changes.
    expect(familyOf({ name: 'web-1', ownerId: '111122223333', productCodes: ['aaa'] }).key).toBe(
      familyOf({ name: 'web-2', ownerId: '111122223333', productCodes: [] }).key,
    );
  });

  it('takes a GUID for a build where nothing is sold', () => {
    expect(new Set(products.slice(0, 2).map((name) => familyOf({ name, ownerId: '111122223333' }).key)).size).toBe(1);
  });

  it('keeps what follows a well-known pattern apart from what is merely called so', () => {
    const real = familyOf({ name: 'debian-12-arm64-20230723-1450' });
    const called = familyOf({ name: real.label });
    expect(called.key).not.toBe(real.key);
  });

  it.each([...hostileNames, ...realNames.map(({ name }) => name)].filter((name) => !familyOf({ name }).wellKnown))(
    'is its own family: %j',
    (name) => {
      const { key, label } = familyOf({ name });
      expect(familyOf({ name: label })).toMatchObject({ key, label });
    },
  );

  it('is its own family for names made of all kinds of words', () => {
    const words = [
      'web',
      'API',
      '2026-11-02',
      '20261102',
      '1030',
      'v1.2',
      '1.2.3',
      '42',
      '9',
      'rhel',
      'build',
      '3f2a9bc',
      '(x)',
      'x86_64',
    ];
    const separators = ['-', '_', ' ', '.', '/', ' - ', '--'];
    for (const [index, first] of words.entries()) {
      for (const second of words) {
        for (const third of words) {
          const separator = separators[index % separators.length] ?? '-';
          const name = [first, second, third].join(separator);
          const { label, key } = familyOf({ name });
          expect(familyOf({ name: label }), name).toMatchObject({ key, label });
        }
      }
    }
  });
});
