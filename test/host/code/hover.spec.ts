import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateImageCommand, DescribeImagesCommand, DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as vscode from 'vscode';
import { commands } from '../../../src/contributions/commands.ts';
import { settings } from '../../../src/contributions/settings.ts';
import { extension } from '../extension.ts';

const door = () => `${process.env['AWS_ENDPOINT_URL_EC2']}/_sample`;

async function requests(): Promise<readonly { readonly action: string; readonly region: string }[]> {
  return (await fetch(`${door()}/requests`)).json() as Promise<{ action: string; region: string }[]>;
}

async function fault(value: object): Promise<void> {
  await fetch(`${door()}/faults`, { method: 'POST', body: JSON.stringify(value) });
}

async function owned(region: string, name: string): Promise<{ readonly id: string; readonly name: string }> {
  const answer = await new EC2Client({ region }).send(
    new DescribeImagesCommand({ Owners: ['self'], Filters: [{ Name: 'name', Values: [name] }] }),
  );
  const [image] = answer.Images ?? [];
  assert.ok(image?.ImageId && image.Name, `${name} in ${region}`);
  return { id: image.ImageId, name: image.Name };
}

describe('a hover', () => {
  let folder: string;

  before(async () => {
    await extension();
    // Loads what hovers, as an open document that mentions an image does after a moment.
    await vscode.commands.executeCommand(commands.clearFilter);
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ami-explorer-hover-'));
  });
  afterEach(async () => {
    await fetch(`${door()}/faults`, { method: 'DELETE' });
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  async function open(name: string, text: string): Promise<vscode.TextDocument> {
    await writeFile(join(folder, name), text);
    return vscode.workspace.openTextDocument(vscode.Uri.file(join(folder, name)));
  }

  /** The hover's Markdown where a text stands; with `plain`, as it is read. */
  async function hovered(
    document: vscode.TextDocument,
    text: string,
  ): Promise<{ readonly raw: string; readonly plain: string }> {
    const position = document.positionAt(document.getText().indexOf(text) + 2);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const raw = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (typeof content === 'string' ? content : content.value))
      .join('\n');
    return { raw, plain: raw.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))) };
  }

  it('on an id shows its image, its region and what states it, and leads on', async () => {
    const { id, name } = await owned('eu-west-1', 'web-server-golden-2026*');
    await writeFile(join(folder, 'providers.tf'), '\nprovider "aws" {\n  region = "eu-west-1"\n}\n');
    const document = await open('main.tf', `resource "aws_instance" "web" {\n  ami = "${id}"\n}\n`);
    const { plain, raw } = await hovered(document, id);
    assert.ok(plain.startsWith(`**${name}**`), plain);
    assert.match(
      plain,
      /Region: eu-west-1 \(from the provider, \[providers\.tf:\d\]\(file:[^)]+providers\.tf#L\d%2C\d+\)\)/,
    );
    assert.match(plain, /State: /);
    assert.match(plain, /Owner: 123456789012/);
    assert.match(plain, /Created: .+ ago/);
    assert.match(plain, /Root device: /);
    const argument = encodeURIComponent(JSON.stringify([id, 'eu-west-1']));
    assert.ok(raw.includes(`](command:${commands.showImage}?${argument})`), raw);
    assert.ok(raw.includes(`](command:${commands.copyImageId}?${argument})`), raw);
  });

  it('asks AWS once for an id, and not again', async () => {
    const configuration = vscode.workspace.getConfiguration();
    for (const name of [settings.diagnostics, settings.codeLens]) {
      await configuration.update(name, false, vscode.ConfigurationTarget.Global);
    }
    try {
      const { id } = await owned('us-east-1', 'payments-api-*');
      await fetch(`${door()}/requests`, { method: 'DELETE' });
      const document = await open('one.sh', `aws ec2 run-instances --region us-east-1 --image-id ${id}\n`);
      await hovered(document, id);
      const asked = async () =>
        (await requests()).filter(({ action }) => action === 'DescribeImages').map(({ region }) => region);
      assert.deepEqual(await asked(), ['us-east-1']);
    } finally {
      for (const name of [settings.diagnostics, settings.codeLens]) {
        await configuration.update(name, undefined, vscode.ConfigurationTarget.Global);
      }
    }
  });

  it('says where an image is that is not in its region', async () => {
    const { id } = await owned('us-east-1', 'web-server-golden-2026*');
    const document = await open('elsewhere.sh', `aws ec2 run-instances --region ap-south-1 --image-id ${id}\n`);
    const { plain } = await hovered(document, id);
    assert.match(plain, /Not found in: ap-south-1/);
    assert.match(plain, /Found in: us-east-1/);
  });

  it('says that there is no image, and which regions were asked', async () => {
    const id = 'ami-0a1b2c3d4e5f60718';
    const known = await open('gone.sh', `aws ec2 run-instances --region us-east-1 --image-id ${id}\n`);
    assert.match((await hovered(known, id)).plain, /Not found in: us-east-1 \(or not shared with this account\)/);
    const unknown = await open('gone.txt', `see ${id}\n`);
    assert.match((await hovered(unknown, id)).plain, /Region: not stated in the code; asked: us-east-1/);
  });

  it('says nothing of an example, and what is wrong with a malformed id', async () => {
    const document = await open('notes.txt', 'ami-12345678\nami-0a1b2c3d4e5f6071\n');
    assert.match((await hovered(document, 'ami-12345678')).plain, /An example, and not the id of an image/);
    assert.match((await hovered(document, 'ami-0a1b2c3d4e5f6071')).plain, /is not an AMI id/);
  });

  it('on a lookup shows what it picks now, who published that, and what comes next', async () => {
    const document = await open(
      'lookup.tf',
      [
        'provider "aws" {',
        '  region = "us-east-1"',
        '}',
        'data "aws_ami" "ubuntu" {',
        '  most_recent = true',
        '  owners      = ["099720109477"]',
        '  filter {',
        '    name   = "name"',
        '    values = ["ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*"]',
        '  }',
        '}',
      ].join('\n'),
    );
    const { plain, raw } = await hovered(document, 'data "aws_ami"');
    assert.match(plain, /In us-east-1 it picks now: ami-[0-9a-f]{17}/);
    assert.match(plain, /\[ubuntu\/images\/hvm-ssd-gp3\/ubuntu-noble-24\.04-amd64-server-\d+\]\(command:/);
    assert.match(plain, /Canonical \(Ubuntu\) \(099720109477, verified\) · .+ ago/);
    assert.match(plain, /Next:/);
    assert.doesNotMatch(plain, /Unsafe/);
    assert.match(raw, /command:amiExplorer\.showImage\?/);
  });

  it('on a lookup that takes anybody’s image says so', async () => {
    const document = await open(
      'unsafe.tf',
      'data "aws_ami" "u" {\n  most_recent = true\n  filter {\n    name = "name"\n    values = ["ubuntu*noble*"]\n  }\n}\n',
    );
    assert.match((await hovered(document, 'data "aws_ami"')).plain, /Unsafe: no owner is pinned/);
  });

  it('on a public parameter shows the image behind it', async () => {
    const name = '/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id';
    const document = await open('parameter.sh', `aws ssm get-parameters --region us-east-1 --names ${name}\n`);
    const { plain } = await hovered(document, name);
    assert.match(
      plain,
      /Image: ami-[0-9a-f]{17} · us-east-1 · \[Copy ID\]\(command:[^)]+\)\s+\[ubuntu\/images\/hvm-ssd-gp3\/ubuntu-noble-24\.04-amd64-server-\d+\]/,
    );
    assert.match(plain, /verified/);
  });

  it('shows strangers’ texts as texts', async () => {
    const ec2 = new EC2Client({ region: 'us-east-1' });
    const found = await ec2.send(new DescribeInstancesCommand({}));
    const instance = found.Reservations?.flatMap(({ Instances }) => Instances ?? []).find(
      ({ RootDeviceType }) => RootDeviceType === 'ebs',
    );
    const { ImageId: id = '' } = await ec2.send(
      new CreateImageCommand({
        InstanceId: instance?.InstanceId,
        Name: '[x](command.y)',
        NoReboot: true,
        Description:
          '![p](https://evil.example/p.png) <b>b</b> [l](command:workbench.action.quit) https://evil.example',
      }),
    );
    const document = await open('hostile.sh', `aws ec2 run-instances --region us-east-1 --image-id ${id}\n`);
    const { raw } = await hovered(document, id);
    assert.doesNotMatch(raw, /!\[|<b>|https?:|command:workbench/);
    assert.deepEqual(
      [...raw.matchAll(/\]\((?!command:amiExplorer\.|file:)/g)].map(({ 0: link }) => link),
      [],
    );
  });

  it('says what failed, and shows the image once AWS answers again', async () => {
    const { id, name } = await owned('us-west-2', '*');
    await fault({ kind: 'access-denied', action: 'DescribeImages', region: 'us-west-2' });
    const document = await open('denied.sh', `aws ec2 run-instances --region us-west-2 --image-id ${id}\n`);
    const { plain } = await hovered(document, id);
    assert.match(plain, /DescribeImages in us-west-2: access denied/);
    assert.ok(!plain.includes(name));
  });

  it('is not there where it is turned off', async () => {
    const document = await open('off.txt', 'ami-12345678\n');
    const configuration = vscode.workspace.getConfiguration();
    await configuration.update(settings.hover, false, vscode.ConfigurationTarget.Global);
    try {
      assert.equal((await hovered(document, 'ami-12345678')).raw, '');
    } finally {
      await configuration.update(settings.hover, undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
