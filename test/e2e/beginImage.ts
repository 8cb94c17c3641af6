import { CreateImageCommand, DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { SampleServer } from '../../src/sample/httpServer.ts';

/** Makes an image of `web-1` by another client, as another window or a colleague would have. */
export async function beginImage({ url }: SampleServer, region: string, name: string): Promise<string> {
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
  const client = new EC2Client({ endpoint: url, region, credentials });
  const { Reservations = [] } = await client.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'tag:Name', Values: ['web-1'] }] }),
  );
  const InstanceId = Reservations[0]?.Instances?.[0]?.InstanceId;
  const { ImageId = '' } = await client.send(new CreateImageCommand({ InstanceId, Name: name, NoReboot: true }));
  client.destroy();
  return ImageId;
}
