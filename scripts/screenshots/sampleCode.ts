import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';

const region = 'us-east-1';
const provider = `provider "aws" {\n  region = "${region}"\n}\n`;

/**
 * Writes `compute.tf`, with an unsafe lookup and images of the sample account that have something wrong with them.
 *
 * @returns the last id in it
 */
export async function writeInstances(folder: string, endpoint: string): Promise<string> {
  const images = imagesOf(endpoint);
  const ubuntu = await images('ubuntu/images/*noble-24.04-arm64-server-*', '099720109477');
  const golden = await images('web-server-golden-2026*', 'self');
  const last = golden[0] ?? '';
  const blocks = [
    provider,
    lookup('ubuntu', 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*'),
    instance('gateway', ubuntu.at(-1), 't4g.small'),
    instance('web', golden.at(-2), 't3.micro'),
    instance('batch', last, 'm7i.large'),
  ];
  await writeFiles(folder, { 'compute.tf': `${blocks.join('\n')}\n` });
  return last;
}

/** Writes files of several folders and tools, which name images of the sample account. */
export async function writeWorkspace(folder: string, endpoint: string): Promise<void> {
  const images = imagesOf(endpoint);
  const golden = await images('web-server-golden-2026*', 'self');
  const ubuntu = await images('ubuntu/images/*noble-24.04-amd64-server-*', '099720109477');
  const debian = await images('debian-12-amd64-*', '136693071363');
  await writeFiles(folder, {
    'live/prod/provider.tf': provider,
    'live/prod/web.tf': [
      instance('web', golden.at(-2), 't4g.small'),
      instance('worker', golden.at(-2), 'm7g.large'),
    ].join('\n'),
    'live/prod/batch.tf': instance('batch', golden[0], 'm7i.large'),
    'live/staging/provider.tf': provider,
    'live/staging/gateway.tf': instance('gateway', ubuntu.at(-2), 't3.small'),
    'live/staging/runner.tf': [instance('runner', debian.at(-1), 't3.large'), lookup('base', 'base-*')].join('\n'),
    'ci/build.sh': `aws ec2 run-instances --region ${region} --image-id ${golden.at(-2)} --instance-type t4g.small\n`,
  });
}

function instance(name: string, id: string | undefined, type: string): string {
  return `resource "aws_instance" "${name}" {\n  ami           = "${id}"\n  instance_type = "${type}"\n}\n`;
}

function lookup(name: string, pattern: string): string {
  return `data "aws_ami" "${name}" {\n  most_recent = true\n\n  filter {\n    name   = "name"\n    values = ["${pattern}"]\n  }\n}\n`;
}

/** @param files the texts by path */
async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** The ids of an owner's images, the oldest first. */
function imagesOf(endpoint: string) {
  return async (name: string, owner: string): Promise<readonly string[]> => {
    const ec2 = new EC2Client({
      endpoint,
      region,
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    });
    try {
      const query = { Owners: [owner], IncludeDeprecated: true, Filters: [{ Name: 'name', Values: [name] }] };
      const { Images = [] } = await ec2.send(new DescribeImagesCommand(query));
      return Images.sort((a, b) => (a.CreationDate ?? '').localeCompare(b.CreationDate ?? '')).map(
        ({ ImageId }) => ImageId ?? '',
      );
    } finally {
      ec2.destroy();
    }
  };
}
