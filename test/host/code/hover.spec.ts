import assert from 'node:assert/strict';
import { CreateImageCommand, DescribeImagesCommand, DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as vscode from 'vscode';
import { commands } from '../../../src/contributions/commands.ts';
import { settings } from '../../../src/contributions/settings.ts';
import { eventually, extension, pause, until } from '../extension.ts';
import { filesOfTest } from '../filesOfTest.ts';
import { addFault, clearFaults, forgetRequests, requests } from '../sampleDoor.ts';
import { hoverText } from './hoverText.ts';

async function owned(region: string, name: string): Promise<{ readonly id: string; readonly name: string }> {
  const answer = await new EC2Client({ region }).send(
    new DescribeImagesCommand({ Owners: ['self'], Filters: [{ Name: 'name', Values: [name] }] }),
  );
  const [image] = answer.Images ?? [];
  assert.ok(image?.ImageId && image.Name, `${name} in ${region}`);
  return { id: image.ImageId, name: image.Name };
}

describe('a hover', () => {
  const { write, open } = filesOfTest();

  before(async () => {
    await extension();
    // Loads what hovers, as an open document that mentions an image does after a moment.
    await vscode.commands.executeCommand(commands.clearFilter);
  });
  afterEach(clearFaults);

  /** The hover where a text stands; asked for until it says what is expected of it, since it waits for AWS a while only. */
  const hovered = (document: vscode.TextDocument, text: string, ...said: readonly RegExp[]) =>
    eventually(
      () => hoverText(document, document.positionAt(document.getText().indexOf(text) + 2)),
      ({ plain }) => said.every((each) => each.test(plain)),
    );

  it('on an id shows its image, its region and what states it, and leads on', async () => {
    const { id, name } = await owned('eu-west-1', 'web-server-golden-2026*');
    await write('providers.tf', '\nprovider "aws" {\n  region = "eu-west-1"\n}\n');
    const document = await open('main.tf', `resource "aws_instance" "web" {\n  ami = "${id}"\n}\n`);
    const { plain, raw } = await hovered(document, id, /State: /);
    assert.ok(plain.startsWith(`**${name}**`), plain);
    assert.match(
      plain,
      /Region: eu-west-1 \(specified by: provider, \[providers\.tf:\d\]\(file:[^)]+providers\.tf#L\d%2C\d+\)\)/,
    );
    assert.match(plain, /State: /);
    assert.match(plain, /Owner: 123456789012/);
    assert.match(plain, /Created: .+ ago/);
    assert.match(plain, /Root device: /);
    const argument = encodeURIComponent(JSON.stringify([id, 'eu-west-1']));
    assert.ok(raw.includes(`](command:${commands.showImage}?${argument})`), raw);
    assert.ok(raw.includes(`](command:${commands.copyImageId}?${argument})`), raw);
  });

  it('is on the left side of a diff, too', async () => {
    const { id, name } = await owned('us-east-1', 'web-server-golden-2026*');
    const provider = vscode.workspace.registerTextDocumentContentProvider('git-graph', {
      provideTextDocumentContent: () => `aws ec2 run-instances --region us-east-1 --image-id ${id}\n`,
    });
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('git-graph:/project/run.sh?HEAD'));
      assert.ok((await hovered(document, id, /State: /)).plain.includes(name));
    } finally {
      provider.dispose();
    }
  });

  it('costs one request, and none where the image is known', async () => {
    const configuration = vscode.workspace.getConfiguration();
    for (const name of [settings.diagnostics, settings.codeLens]) {
      await configuration.update(name, false, vscode.ConfigurationTarget.Global);
    }
    try {
      const { id } = await owned('us-east-1', 'payments-api-*');
      await forgetRequests();
      const document = await open('one.sh', `aws ec2 run-instances --region us-east-1 --image-id ${id}\n`);
      await hovered(document, id);
      const asked = async () => (await requests()).map(({ action, region }) => `${action} ${region}`);
      assert.deepEqual(await asked(), ['DescribeImages us-east-1']);
      await hovered(document, id);
      // Whether there is a newer one, which nothing else has asked where nothing else is shown.
      await until(async () => (await asked()).length === 2);
      for (let round = 0; round < 3; round += 1) {
        assert.ok((await hovered(document, id)).raw.includes(id));
      }
      await pause(500);
      assert.deepEqual(await asked(), ['DescribeImages us-east-1', 'DescribeImages us-east-1']);
    } finally {
      for (const name of [settings.diagnostics, settings.codeLens]) {
        await configuration.update(name, undefined, vscode.ConfigurationTarget.Global);
      }
    }
  });

  it('costs no request in a text whose images are shown', async () => {
    const { id } = await owned('us-east-1', 'web-server-golden-2026*');
    await forgetRequests();
    const document = await open('shown.sh', `aws ec2 run-instances --region us-east-1 --image-id ${id}\n`);
    const asked = async () => (await requests()).length;
    await until(async () => {
      const before = await asked();
      await pause(1_000);
      return before > 0 && (await asked()) === before;
    });
    await forgetRequests();
    for (let round = 0; round < 3; round += 1) {
      assert.ok((await hovered(document, id)).raw.includes(id));
    }
    await pause(500);
    assert.deepEqual(await requests(), []);
  });

  it('says where an image is that is not in its region', async () => {
    const { id } = await owned('us-east-1', 'web-server-golden-2026*');
    const document = await open('elsewhere.sh', `aws ec2 run-instances --region ap-south-1 --image-id ${id}\n`);
    const { plain } = await hovered(document, id, /Found in: us-east-1/);
    assert.match(plain, /Not found in: ap-south-1/);
    assert.match(plain, /Found in: us-east-1/);
  });

  it('says that there is no image, and which regions were asked', async () => {
    const id = 'ami-0a1b2c3d4e5f60718';
    const known = await open('gone.sh', `aws ec2 run-instances --region us-east-1 --image-id ${id}\n`);
    const notFound = /Not found in: us-east-1 \(or not shared with this account\)/;
    assert.match((await hovered(known, id, notFound)).plain, notFound);
    const unknown = await open('gone.txt', `see ${id}\n`);
    const searched = /Region: not specified in the code; searched: us-east-1/;
    assert.match((await hovered(unknown, id, searched)).plain, searched);
  });

  it('says of an example that it is one, and what is wrong with a malformed id where no problem says it', async () => {
    const malformed = 'ami-0a1b2c3d4e5f6071';
    const document = await open('notes.yaml', `a: ami-12345678\nb: ${malformed}\n`);
    const ignored = await open('ignored.yaml', `# ami-explorer: ignore malformed-id\nb: ${malformed}\n`);
    assert.match((await hovered(document, 'ami-12345678')).plain, /This is an example, not the ID of an image/);
    assert.equal((await hovered(document, malformed)).plain, '');
    const set = (value: boolean | undefined) =>
      vscode.workspace.getConfiguration().update(settings.diagnostics, value, vscode.ConfigurationTarget.Global);
    await set(false);
    try {
      assert.match((await hovered(document, malformed)).plain, /is not a valid AMI ID/);
      assert.equal((await hovered(ignored, malformed)).plain, '');
    } finally {
      await set(undefined);
    }
  });

  it('on a lookup shows its current match, who published that, and what comes next', async () => {
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
    const { plain, raw } = await hovered(document, 'data "aws_ami"', /Other matches:/);
    assert.match(plain, /Current match in us-east-1: ami-[0-9a-f]{17}/);
    assert.match(plain, /\[ubuntu\/images\/hvm-ssd-gp3\/ubuntu-noble-24\.04-amd64-server-\d+\]\(command:/);
    assert.match(plain, /Canonical \(Ubuntu\) \(099720109477, verified\) · .+ ago/);
    assert.match(plain, /Other matches:/);
    assert.doesNotMatch(plain, /Unsafe/);
    assert.match(raw, /command:amiExplorer\.showImage\?/);
  });

  it('on a lookup with a part that is computed shows the newest possible match, not a current one', async () => {
    const document = await open(
      'computed.tf',
      [
        'data "aws_ami" "golden" {',
        '  most_recent = true',
        '  owners      = ["self"]',
        '  filter {',
        '    name   = "name"',
        '    values = ["web-server-golden-*"]',
        '  }',
        '  filter {',
        '    name   = "tag:Stage"',
        '    values = [var.stage]',
        '  }',
        '}',
        'data "aws_ami" "named" {',
        '  most_recent = true',
        '  owners      = ["amazon"]',
        '  filter {',
        '    name   = "name"',
        '    values = [var.name]',
        '  }',
        '}',
      ].join('\n'),
    );
    const { plain } = await hovered(document, '"golden"', /Newest possible match/);
    assert.match(plain, /Newest possible match in us-east-1: ami-/);
    assert.doesNotMatch(plain, /Current match/);
    assert.match((await hovered(document, '"named"')).plain, /What this lookup finds is only known when the code runs/);
  });

  it('on a lookup that takes anybody’s image says so', async () => {
    const document = await open(
      'unsafe.tf',
      'data "aws_ami" "u" {\n  most_recent = true\n  filter {\n    name = "name"\n    values = ["ubuntu*noble*"]\n  }\n}\n',
    );
    const unsafe = /Unsafe: no owner is specified/;
    assert.match((await hovered(document, 'data "aws_ami"', unsafe)).plain, unsafe);
    const text = `# ami-explorer: ignore unsafe-lookup\n${document.getText()}`;
    const { plain } = await hovered(await open('ignored.tf', text), 'data "aws_ami"', /Current match/);
    assert.match(plain, /Current match in us-east-1/);
    assert.doesNotMatch(plain, /Unsafe/);
  });

  it('on a public parameter shows the image behind it', async () => {
    const name = '/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id';
    const document = await open('parameter.sh', `aws ssm get-parameters --region us-east-1 --names ${name}\n`);
    const { plain } = await hovered(document, name, /Image: ami-.*\n?.*verified/s);
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
    const { raw } = await hovered(document, id, /State: /);
    assert.doesNotMatch(raw, /!\[|<b>|https?:|command:workbench/);
    assert.deepEqual(
      [...raw.matchAll(/\]\((?!command:amiExplorer\.|file:)/g)].map(({ 0: link }) => link),
      [],
    );
  });

  it('says what failed', async () => {
    const { id, name } = await owned('us-west-2', '*');
    await addFault({ kind: 'access-denied', action: 'DescribeImages', region: 'us-west-2' });
    const document = await open('denied.sh', `aws ec2 run-instances --region us-west-2 --image-id ${id}\n`);
    const { plain } = await hovered(document, id, /access denied/);
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
