import { EC2Client, paginateDescribeImages } from '@aws-sdk/client-ec2';

/** The SDK's documented way: its paginator with the largest page. */
const client = new EC2Client({});
let count = 0;
for await (const page of paginateDescribeImages({ client, pageSize: 1000 }, { ExecutableUsers: ['all'] })) {
  count += page.Images?.length ?? 0;
}
console.log(count);
