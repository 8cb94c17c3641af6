import { CreateImageCommand, DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectShown } from '../vscode/expectShown.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';
import { untilQuiet } from './untilQuiet.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor();
  await editor.workbench.openAmiExplorer();
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

describe('into the code', () => {
  it('copies where no editor is open, and says so', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me', 'web-server-golden');
    await workbench.contextMenu(workbench.imageRow(/web-server-golden-2026/), 'Insert AMI ID at Cursor');
    await workbench.notification('No editor is open').waitFor();
    await expect.poll(() => workbench.clipboard()).toMatch(/^ami-[0-9a-f]{17}$/);
  });

  it('copies several selected ids, a line each', async () => {
    const { workbench } = editor;
    const images = workbench.view('Images').getByRole('treeitem', { name: /web-server-golden-2026/ });
    await workbench.selectRows([images.nth(0), images.nth(2)], 'Shift');
    await workbench.contextMenu(images.nth(1), 'Copy AMI ID');
    await expect.poll(() => workbench.clipboard()).toMatch(/^ami-\w{17}\nami-\w{17}\nami-\w{17}$/);
  });

  it('inserts into the file that is open, although the details cover it', async () => {
    const { workbench } = editor;
    await workbench.openFile('main.tf');
    await workbench.goTo(2, 20);
    const image = workbench.imageRow(/web-server-golden-2026/);
    await workbench.clickRow(image);
    await workbench.webview().getByRole('button', { name: 'Insert' }).first().click();
    await expect.poll(() => workbench.editorText()).toMatch(/ami {11}= "ami-[0-9a-f]{17}"/);
  });

  it('copies a Terraform data source with its owner', async () => {
    const { workbench } = editor;
    const code = await workbench.clipboardAfter(async () => {
      await workbench.contextMenu(workbench.imageRow(/web-server-golden-2026/), 'Copy As…');
      await workbench.quickPickRow('data "aws_ami"').click();
    });
    expect(code).toContain('data "aws_ami"');
    expect(code).toContain('owners');
    expect(code).toContain('"self"');
    expect(code).toContain('web-server-golden');
  });
});

describe('a lookup', () => {
  it('is tried while the user chooses its tool: what else it would find is kept out', async () => {
    const { workbench, server } = editor;
    const ec2 = new EC2Client({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    });
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
    const InstanceId = Reservations[0]?.Instances?.[0]?.InstanceId;
    const create = (Name: string) => ec2.send(new CreateImageCommand({ InstanceId, Name, NoReboot: true }));
    await create('shop-42');
    await workbench.command('Refresh');
    await workbench.expand('Images', 'Owned by me');
    await workbench.row('Images', 'shop-42').waitFor();
    // The tree knows nothing of this one.
    await create('shop-canary-20260601');
    ec2.destroy();
    await workbench.contextMenu(workbench.row('Images', 'shop-42'), 'Copy As…');
    await workbench.quickPickRow('data "aws_ami"').click();
    await expect.poll(() => workbench.clipboard()).toContain('name_regex  = "^shop-[0-9]+$"');
  });
});

describe('Find Image…', () => {
  it('finds by words while typing; Enter opens the details', async () => {
    const { workbench } = editor;
    await workbench.findImage('noble ARM64 server');
    const found = workbench.quickPickRow(/ubuntu-noble-24\.04-arm64-server/);
    await found.waitFor();
    await workbench.accept();
    await expectShown(workbench.tab(/ubuntu-noble-24\.04-arm64/));
  });

  it('finds by id, and copies by a button', async () => {
    const { workbench } = editor;
    const id = await workbench.clipboardAfter(() =>
      workbench.inlineButton(workbench.imageRow(/web-server-golden-2026/), 'Copy AMI ID'),
    );
    await workbench.findImage(id);
    const found = workbench.quickPickRow(id);
    await found.waitFor();
    const copied = await workbench.clipboardAfter(() => workbench.quickPickButton(found, 'Copy AMI ID'));
    expect(copied).toBe(id);
    await workbench.dismissQuickInput();
  });

  it('says that nothing was found', async () => {
    const { workbench } = editor;
    await workbench.findImage('no-such-image-anywhere');
    await expectShown(workbench.quickPickRow('No image found'));
    await workbench.dismissQuickInput();
  });
});

describe('the filter', () => {
  it('narrows what is owned, and searches what is public on the server', async () => {
    const { workbench, server } = editor;
    await untilQuiet(server);
    server.requests.length = 0;
    await workbench.typeFor('Filter Images…', 'debian 12 arm64');
    await workbench.accept();
    await workbench.view('Images').getByText('Filter: debian 12 arm64').waitFor();
    await workbench.expand('Images', 'Public', 'Debian');
    const asked = () => server.requests.filter(({ action }) => action === 'DescribeImages');
    await expect.poll(() => asked().length).toBeGreaterThan(0);
    await untilQuiet(server);
    for (const { params } of asked()) {
      expect(Object.values(params).join(' ')).toMatch(/ebian|self/);
    }
    await workbench.command('Clear Filter');
    await workbench.view('Images').getByText('Filter: debian 12 arm64').waitFor({ state: 'detached' });
    await workbench.reveal('Images', workbench.row('Images', 'Latest'));
  });
});
