import { EC2Client, paginateDescribeImages } from '@aws-sdk/client-ec2';

/** As the SDK's own documentation does it: its paginator, its largest page. */
const client = new EC2Client({});
let count = 0;
for await (const page of paginateDescribeImages({ client, pageSize: 1000 }, { ExecutableUsers: ['all'] })) {
  count += page.Images?.length ?? 0;
}
console.log(count);
