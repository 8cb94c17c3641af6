import {
  CreateTagsCommand,
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  DescribeTagsCommand,
  DescribeVolumesCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { failure, sampleEc2, servedSample } from './sampleClients.ts';

const CREDENTIAL = 'AKID/20261120/us-east-1/ec2/aws4_request';
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=host;x-amz-date, Signature=0`;
const VERSION = 'Version=2016-11-15';

/** An error's code and message; undefined for other answers. */
function errorOf(xml: string): string | undefined {
  return /<Code>([^<]*)<\/Code><Message>([^<]*)<\/Message>/.exec(xml)?.slice(1).join(': ').replaceAll('&apos;', "'");
}

async function post(url: string, body: string, query = ''): Promise<string> {
  const headers = { authorization: AUTHORIZATION, 'content-type': 'application/x-www-form-urlencoded' };
  return (await fetch(`${url}/${query}`, { method: 'POST', headers, body })).text();
}

describe('a signature in the query', () => {
  const signed = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(CREDENTIAL)}&X-Amz-Date=20261120T120000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Security-Token=t`;

  test('is one, of a GET and of a POST', async () => {
    const server = await servedSample();
    const own = 'Action=DescribeImages&Owner.1=self&Filter.1.Name=name&Filter.1.Value.1=payments-api-4.12.0';
    const get = await fetch(`${server.url}/?${own}&${VERSION}&${signed}&X-Amz-Signature=1`);
    expect(get.status).toBe(200);
    expect(await get.text()).toContain('<name>payments-api-4.12.0</name>');
    const sent = await fetch(`${server.url}/?${signed}&X-Amz-Signature=1`, {
      method: 'POST',
      body: `${own}&${VERSION}`,
    });
    expect(await sent.text()).toContain('<name>payments-api-4.12.0</name>');
    expect(server.requests.map(({ action, region, params }) => [action, region, Object.keys(params).length])).toEqual([
      ['DescribeImages', 'us-east-1', 3],
      ['DescribeImages', 'us-east-1', 3],
    ]);
  });

  test('is another for every page', async () => {
    const server = await servedSample();
    const page = async (signature: number, token = '') => {
      const query = `Action=DescribeImages&${VERSION}&Owner.1=self&MaxResults=20&${signed}&X-Amz-Signature=${signature}`;
      return (await fetch(`${server.url}/?${query}${token}`)).text();
    };
    const token = /<nextToken>([^<]+)</.exec(await page(1))?.[1] ?? '';
    expect(errorOf(await page(2, `&NextToken=${encodeURIComponent(token)}`))).toBeUndefined();
  });

  test('that is none is refused', async () => {
    const server = await servedSample();
    const answer = await fetch(`${server.url}/?Action=DescribeRegions&${VERSION}`);
    expect(errorOf(await answer.text())).toBe(
      'MissingParameter: The request must contain the parameter AWSAccessKeyId',
    );
    const elsewhere = signed.replace('us-east-1', 'eu-south-1');
    const wrong = await fetch(`${server.url}/?Action=DescribeRegions&${VERSION}&${elsewhere}&X-Amz-Signature=1`);
    expect(errorOf(await wrong.text())).toMatch(/^AuthFailure: /);
  });
});

describe('a request is refused', () => {
  test.each([
    ['without an action', VERSION, 'MissingAction: The request must contain the parameter Action'],
    ['without a version', 'Action=DescribeRegions', 'MissingParameter: The request must contain the parameter Version'],
    [
      'with an empty version',
      'Action=DescribeRegions&Version=',
      'MissingParameter: The request must contain the parameter Version',
    ],
    [
      'with a version that there is not',
      'Action=DescribeRegions&Version=2010-03-31',
      'NoSuchVersion: The requested version (2010-03-31) of service AmazonEC2 does not exist',
    ],
    [
      'with an action that there is not',
      `Action=DescribeEverything&${VERSION}`,
      'InvalidAction: The action DescribeEverything is not valid for this web service.',
    ],
    [
      'with an action that is no action but a word',
      `Action=toString&${VERSION}`,
      'InvalidAction: The action toString is not valid for this web service.',
    ],
    [
      'with a parameter that there is not',
      `Action=DescribeImages&${VERSION}&ImageType=machine`,
      'UnknownParameter: The parameter ImageType is not recognized',
    ],
    [
      'with a parameter of another action',
      `Action=DescribeRegions&${VERSION}&Owner.1=self`,
      'UnknownParameter: The parameter Owner is not recognized',
    ],
    [
      'with a parameter in another case',
      `Action=DescribeInstances&${VERSION}&instanceId.1=i-12345678`,
      'UnknownParameter: The parameter instanceId is not recognized',
    ],
    [
      'with a member that there is not',
      `Action=DescribeImages&${VERSION}&Filter.1.Name=name&Filter.1.Item.1=x`,
      'UnknownParameter: The parameter Item is not recognized',
    ],
    [
      'with a list in place of a value',
      `Action=DescribeImages&${VERSION}&MaxResults.1=5`,
      'UnknownParameter: The parameter 1 is not recognized',
    ],
    [
      'with a parameter twice',
      `Action=DescribeImages&${VERSION}&Owner.1=self&Owner.1=amazon`,
      "InvalidParameterCombination: The parameter 'Owner.1' may only be specified once.",
    ],
  ])('%s', async (_, body, error) => {
    const server = await servedSample();
    expect(errorOf(await post(server.url, body))).toBe(error);
    const get = await fetch(`${server.url}/?${body}`, { headers: { authorization: AUTHORIZATION } });
    expect(get.status).toBe(400);
    expect(errorOf(await get.text())).toBe(error);
  });

  test('by STS in its own words', async () => {
    const server = await servedSample({ throttle: true, now: () => new Date(0) });
    const authorization = AUTHORIZATION.replace('/ec2/', '/sts/');
    const ask = async (body: string, headers = { authorization }) =>
      (await fetch(server.url, { method: 'POST', headers, body })).text();
    const identity = 'Action=GetCallerIdentity&Version=2011-06-15';
    expect(await ask(identity)).toContain('<Account>123456789012</Account>');
    expect(await ask(`${identity}&Unknown=1`)).toContain('<Account>123456789012</Account>');
    expect(errorOf(await ask('Action=GetSessionToken&Version=2011-06-15'))).toBe(
      'InvalidAction: Could not find operation GetSessionToken for version 2011-06-15',
    );
    expect(errorOf(await ask('Action=GetCallerIdentity'))).toMatch(/^MissingParameter: /);
    const unsigned = await fetch(server.url, { method: 'POST', body: identity });
    expect(unsigned.status).toBe(403);
    expect(errorOf(await unsigned.text())).toBe('MissingAuthenticationToken: Request is missing Authentication Token');
    expect(errorOf(await ask(`Action=GetCallerIdentity&${VERSION}`))).toMatch(/^NoSuchVersion: /);
    expect(errorOf(await ask(identity, { authorization: authorization.replace('us-east-1', 'ap-east-1') }))).toBe(
      'InvalidClientTokenId: The security token included in the request is invalid.',
    );
    await Promise.all(Array.from({ length: 100 }, () => ask(identity)));
    const limited = await fetch(server.url, { method: 'POST', headers: { authorization }, body: identity });
    expect(limited.status).toBe(400);
    expect(errorOf(await limited.text())).toBe('Throttling: Rate exceeded');
  });

  test('not for a question mark that is not encoded', async () => {
    const server = await servedSample();
    const query = `Action=DescribeImages&${VERSION}&Owner.1=self&Filter.1.Name=name&Filter.1.Value.1=payments-api-4.1?.0`;
    const get = await fetch(`${server.url}/?${query}`, { headers: { authorization: AUTHORIZATION } });
    expect((await get.text()).match(/<name>/g)).toHaveLength(2);
  });

  test.each(['2013-06-15', '2014-10-01'])('not for its version, an older one: %s', async (version) => {
    const server = await servedSample();
    const xml = await post(server.url, `Action=DescribeRegions&Version=${version}`);
    expect(xml).toContain(`<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/${version}/">`);
  });
});

describe('pages', () => {
  const listings: [
    string,
    (ec2: EC2Client, MaxResults: number, NextToken?: string) => Promise<{ NextToken?: string | undefined }>,
  ][] = [
    ['instances', (ec2, MaxResults, NextToken) => ec2.send(new DescribeInstancesCommand({ MaxResults, NextToken }))],
    ['volumes', (ec2, MaxResults, NextToken) => ec2.send(new DescribeVolumesCommand({ MaxResults, NextToken }))],
    ['snapshots', (ec2, MaxResults, NextToken) => ec2.send(new DescribeSnapshotsCommand({ MaxResults, NextToken }))],
    ['tags', (ec2, MaxResults, NextToken) => ec2.send(new DescribeTagsCommand({ MaxResults, NextToken }))],
  ];

  test.each(listings)('of %s have five items at least, and a thousand at most', async (_, list) => {
    const { ec2 } = sampleEc2();
    expect(await failure(list(ec2, 4))).toMatchObject({
      name: 'InvalidParameterValue',
      message: 'Value ( 4 ) for parameter maxResults is invalid. Expecting a value greater than 5.',
    });
    expect((await failure(list(ec2, -1))).name).toBe('InvalidParameterValue');
    expect((await list(ec2, 5)).NextToken).toEqual(expect.any(String));
    expect((await list(ec2, 1001)).NextToken).toBeUndefined();
    expect((await failure(list(ec2, 2 ** 31))).name).toBe('InvalidParameterValue');
  });

  test('belong to their operation', async () => {
    const { ec2 } = sampleEc2();
    for (const [name, list] of listings) {
      const { NextToken } = await list(ec2, 5);
      for (const [other, listOther] of listings) {
        const next = listOther(ec2, 5, NextToken);
        if (other === name) {
          await expect(next).resolves.toBeDefined();
        } else {
          expect((await failure(next)).name, `${other} of ${name}`).toBe('InvalidPaginationToken');
        }
      }
    }
  });

  test('cannot be asked for beside ids', async () => {
    const { ec2 } = sampleEc2();
    const MaxResults = 5;
    const messages = await Promise.all(
      [
        ec2.send(new DescribeImagesCommand({ MaxResults, ImageIds: ['ami-12345678'] })),
        ec2.send(new DescribeInstancesCommand({ MaxResults, InstanceIds: ['i-12345678'] })),
        ec2.send(new DescribeSnapshotsCommand({ MaxResults, SnapshotIds: ['snap-12345678'] })),
        ec2.send(new DescribeVolumesCommand({ MaxResults, VolumeIds: ['vol-12345678'] })),
      ].map(async (call) => (await failure(call)).message),
    );
    expect(messages).toEqual(
      ['imageIdsSet', 'instancesSet', 'snapshotSet', 'volumeIdsSet'].map(
        (list) => `The parameter ${list} cannot be used with the parameter maxResults`,
      ),
    );
  });
});

describe('ids', () => {
  test('given twice are answered once', async () => {
    const { ec2 } = sampleEc2();
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
    const InstanceId = Reservations[0]?.Instances?.[0]?.InstanceId ?? '';
    const twice = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId, InstanceId] }));
    expect(twice.Reservations).toHaveLength(1);
    const { Volumes: [volume] = [] } = await ec2.send(new DescribeVolumesCommand({}));
    const id = volume?.VolumeId ?? '';
    expect((await ec2.send(new DescribeVolumesCommand({ VolumeIds: [id, id] }))).Volumes).toEqual([volume]);
  });

  test('are a thousand at most', async () => {
    const { ec2 } = sampleEc2();
    const ids = (prefix: string) =>
      Array.from({ length: 1001 }, (_, number) => `${prefix}-${String(number).padStart(8, '0')}`);
    const refused = async (call: Promise<unknown>) => (await failure(call)).name;
    expect(await refused(ec2.send(new DescribeInstancesCommand({ InstanceIds: ids('i') })))).toBe('InvalidRequest');
    expect(await refused(ec2.send(new DescribeVolumesCommand({ VolumeIds: ids('vol') })))).toBe('InvalidRequest');
    expect(await refused(ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: ids('snap') })))).toBe('InvalidRequest');
    const most = ids('i').slice(1);
    expect(await refused(ec2.send(new DescribeInstancesCommand({ InstanceIds: most })))).toBe(
      'InvalidInstanceID.NotFound',
    );
  });

  test('that are none are told apart from those that belong to nothing', async () => {
    const { ec2 } = sampleEc2();
    const refused = async (call: Promise<unknown>) => (await failure(call)).name;
    const snapshots = (...SnapshotIds: string[]) => ec2.send(new DescribeSnapshotsCommand({ SnapshotIds }));
    expect(await refused(snapshots('snap-xyz'))).toBe('InvalidSnapshotID.Malformed');
    expect(await refused(snapshots('vol-12345678'))).toBe('InvalidParameterValue');
    expect(await failure(ec2.send(new DescribeVolumesCommand({ VolumeIds: ['vol-xyz'] })))).toMatchObject({
      name: 'InvalidParameterValue',
      message: "Value (vol-xyz) for parameter volumes is invalid. Expected: 'vol-...'.",
    });
    expect(await refused(snapshots('snap-12345678'))).toBe('InvalidSnapshot.NotFound');
    const instances = (...InstanceIds: string[]) => ec2.send(new DescribeInstancesCommand({ InstanceIds }));
    expect(await refused(instances('i-12345678', 'i-1234567'))).toBe('InvalidInstanceID.Malformed');
    expect(await refused(instances('I-12345678'))).toBe('InvalidInstanceID.Malformed');
  });
});

describe('owners and users of snapshots', () => {
  test('are accounts or words that EC2 knows', async () => {
    const { ec2 } = sampleEc2();
    const list = async (input: { OwnerIds?: string[]; RestorableByUserIds?: string[] }) =>
      (await ec2.send(new DescribeSnapshotsCommand(input))).Snapshots?.length;
    const all = await list({});
    expect(all).toBeGreaterThan(10);
    expect(await list({ OwnerIds: ['self'] })).toBe(all);
    expect(await list({ OwnerIds: ['123456789012', 'amazon'] })).toBe(all);
    expect(await list({ OwnerIds: ['amazon'] })).toBe(0);
    expect(await list({ RestorableByUserIds: ['self'] })).toBe(all);
    expect(await list({ RestorableByUserIds: ['all'] })).toBe(0);
    expect((await failure(list({ OwnerIds: ['all'] }))).name).toBe('InvalidUserID.Malformed');
    expect((await failure(list({ RestorableByUserIds: ['amazon'] }))).name).toBe('InvalidUserID.Malformed');
  });
});

describe('a dry run', () => {
  test('comes after what is wrong with the request, and before anything is done', async () => {
    const { ec2 } = sampleEc2();
    const refused = async (call: Promise<unknown>) => (await failure(call)).name;
    const { Images: [image] = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
    const DryRun = true;
    const ImageId = image?.ImageId ?? '';
    const calls = [
      ec2.send(new DescribeImagesCommand({ DryRun, ImageIds: ['ami-x'] })),
      ec2.send(new DescribeInstancesCommand({ DryRun, Filters: [{ Name: 'x', Values: ['x'] }] })),
      ec2.send(new DescribeImageAttributeCommand({ DryRun, ImageId, Attribute: 'x' as 'kernel' })),
      ec2.send(new DescribeImageAttributeCommand({ DryRun, ImageId, Attribute: 'kernel' })),
      ec2.send(new CreateTagsCommand({ DryRun, Resources: [ImageId], Tags: [{ Key: '', Value: '' }] })),
    ];
    expect(await Promise.all(calls.map(refused))).toEqual([
      'InvalidAMIID.Malformed',
      'InvalidParameterValue',
      'InvalidRequest',
      'DryRunOperation',
      'InvalidParameterValue',
    ]);
  });
});
