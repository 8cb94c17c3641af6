import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';

/** Makes an endpoint create its region and its indexes. */
const client = new EC2Client({});
for (const filter of [
  { Name: 'image-id', Values: ['ami-0f*'] },
  { Name: 'creation-date', Values: ['2020-01-01*'] },
]) {
  await client.send(new DescribeImagesCommand({ ExecutableUsers: ['all'], Filters: [filter], MaxResults: 1000 }));
}
