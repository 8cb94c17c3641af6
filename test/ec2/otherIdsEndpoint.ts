import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { matchesWildcard } from '../../src/core/wildcard.ts';

/** Ids of EC2-compatible endpoints, kernels and ramdisks, and ids that are not valid. */
const listed = [
  ['ami-000001', 'machine', 'standard'],
  ['emi-3F2A1B0C', 'machine', 'ebs'],
  ['ami-4fd0b6a3e04e4c8faadd8d1b3a7a7b58', undefined, undefined],
  ['aki-919dcaf8', 'kernel', undefined],
  ['ari-00000001', 'ramdisk', undefined],
  ['', 'machine', undefined],
  ['ami-1\n$(id)', 'machine', undefined],
] as const;

/** The ids of the machine images with a valid id. */
export const usableIds: readonly string[] = ['ami-000001', 'emi-3F2A1B0C', 'ami-4fd0b6a3e04e4c8faadd8d1b3a7a7b58'];

export interface OtherIdsEndpoint {
  readonly url: string;
  close(): void;
}

/** Starts an endpoint that lists and makes images with ids of another form than EC2's. */
export async function startOtherIdsEndpoint(): Promise<OtherIdsEndpoint> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answerTo(new URLSearchParams(Buffer.concat(chunks).toString()));
      response.writeHead(answer === undefined ? 400 : 200, { 'content-type': 'text/xml' });
      response.end(
        answer ??
          '<Response><Errors><Error><Code>InvalidAction</Code><Message>No.</Message></Error></Errors></Response>',
      );
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

function answerTo(params: URLSearchParams): string | undefined {
  const valuesOf = (name: RegExp) => [...params].filter(([key]) => name.test(key)).map(([, value]) => value);
  switch (params.get('Action')) {
    case 'DescribeImages': {
      const ids = valuesOf(/^ImageId\.\d+$/);
      const patterns = params.get('Filter.1.Name') === 'image-id' ? valuesOf(/^Filter\.1\.Value\.\d+$/) : ['*'];
      const items = listed
        .filter(([id]) =>
          ids.length === 0 ? patterns.some((pattern) => matchesWildcard(pattern, id)) : ids.includes(id),
        )
        .map(
          ([id, type, root]) =>
            `<item><imageId>${id}</imageId><name>named-${id}</name><imageOwnerId>000000000000</imageOwnerId>${type ? `<imageType>${type}</imageType>` : ''}${root ? `<rootDeviceType>${root}</rootDeviceType>` : ''}</item>`,
        );
      return `<DescribeImagesResponse><imagesSet>${items.join('')}</imagesSet></DescribeImagesResponse>`;
    }
    case 'DescribeInstances':
      return '<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceId>i-000001</instanceId><instanceState><name>running</name></instanceState></item></instancesSet></item></reservationSet></DescribeInstancesResponse>';
    case 'CreateImage':
      return '<CreateImageResponse><imageId>ami-000002</imageId></CreateImageResponse>';
    default:
      return undefined;
  }
}
