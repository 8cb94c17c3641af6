import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

let editor: Editor;
const ids: Record<string, string> = {};
let older: string;
let own: string;

beforeAll(async () => {
  editor = await openEditor({ settings: { 'amiExplorer.regions': ['us-east-1', 'eu-west-1', 'ap-southeast-2'] } });
  const { server, folder } = editor;
  for (const region of ['us-east-1', 'eu-west-1', 'ap-southeast-2', 'sa-east-1']) {
    const ec2 = new EC2Client({
      endpoint: server.url,
      region,
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    });
    const { Images = [] } = await ec2.send(
      new DescribeImagesCommand({
        Owners: ['099720109477'],
        Filters: [{ Name: 'name', Values: ['ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*'] }],
      }),
    );
    const mine = await ec2.send(
      new DescribeImagesCommand({ Owners: ['self'], Filters: [{ Name: 'name', Values: ['payments-api-4.12.0'] }] }),
    );
    ec2.destroy();
    if (region === 'us-east-1') own = mine.Images?.[0]?.ImageId ?? '';
    const [newest, second] = Images.sort((a, b) => ((a.Name ?? '') < (b.Name ?? '') ? 1 : -1));
    ids[region] = newest?.ImageId ?? '';
    if (region === 'eu-west-1') older = second?.ImageId ?? '';
  }
  await writeFile(join(folder, 'own.yaml'), `amis:\n  us-east-1: ${own}\n  eu-west-1: ami-xxxxxxxx # Ireland\n`);
  await writeFile(
    join(folder, 'amis.tf'),
    `variable "amis" {
  type = map(string)
  default = {
    us-east-1 = "${ids['us-east-1']}" # home
    sa-east-1 = ""
    eu-west-1 = "${older}"
  }
}
`,
  );
});
beforeEach(() => pictureOnFailure(() => editor));
afterAll(() => editor?.close());

describe('Complete Region Map', () => {
  it('asks which image leads and which regions to add, shows what will change, and changes it at once', async () => {
    const { workbench } = editor;
    await workbench.openFile('amis.tf');
    await workbench.goTo(4, 20);
    await workbench.command('Complete Region Map');
    await workbench.quickPickRow('us-east-1').waitFor();
    await workbench.quickPickRow('us-east-1').click();
    await workbench.quickPickRow('ap-southeast-2').waitFor();
    await workbench.quickPickRow('me-central-1').click();
    await workbench.accept();
    await workbench.quickPickRow('no image so far').waitFor();
    await workbench.accept();
    const completed = [
      '  default = {',
      `    us-east-1      = "${ids['us-east-1']}" # home`,
      `    sa-east-1      = "${ids['sa-east-1']}"`,
      `    eu-west-1      = "${ids['eu-west-1']}"`,
      `    ap-southeast-2 = "${ids['ap-southeast-2']}"`,
    ].join('\n');
    await expect.poll(() => workbench.editorText()).toContain(completed);
    await workbench.page.keyboard.press('Control+Z');
    await expect.poll(() => workbench.editorText()).toContain('    sa-east-1 = ""');
    await expect.poll(() => workbench.editorText()).toContain(older);
  });

  it('says which regions have no such image, and which could not be asked', async () => {
    const { workbench, server } = editor;
    server.faults.add({ kind: 'access-denied', action: 'DescribeImages', region: 'eu-west-2' });
    await workbench.openFile('own.yaml');
    await workbench.command('Complete Region Map');
    await workbench.quickPickRow('eu-west-2').click();
    await workbench.quickPickRow('eu-west-3').click();
    await workbench.accept();
    const shows = () => workbench.page.locator('.quick-input-widget').innerText();
    await expect.poll(shows).toContain('copy named payments-api-4.12.0');
    await expect.poll(shows).toContain('Image not found in: eu-west-3');
    await expect.poll(shows).toMatch(/eu-west-2: .*denied/i);
    await workbench.accept();
    await expect.poll(() => workbench.editorText()).toMatch(/ {2}eu-west-1: ami-[0-9a-f]{17} # Ireland/);
    await expect.poll(() => workbench.editorText()).toMatch(/ {2}ap-southeast-2: ami-[0-9a-f]{17}/);
  });

  it('leaves a file as it is that has changed while its changes were looked at', async () => {
    const { workbench, folder } = editor;
    await workbench.openFile('amis.tf');
    await workbench.command('Complete Region Map');
    await workbench.quickPickRow('us-east-1').click();
    await workbench.quickPickRow('me-central-1').waitFor();
    await workbench.accept();
    await workbench.quickPickRow('no image so far').waitFor();
    await writeFile(join(folder, 'amis.tf'), `# another line\n${await readFile(join(folder, 'amis.tf'), 'utf8')}`);
    await expect.poll(() => workbench.editorText()).toContain('# another line');
    await workbench.accept();
    await workbench.pressNotificationButton('was not edited', 'Try Again');
    await workbench.quickPickRow('us-east-1').click();
    // The choice of regions, which the one before has the same title as.
    await workbench.quickPickRow('me-central-1').waitFor();
    await expect.poll(() => workbench.quickInputTitle().innerText()).toContain('amis › default');
    await workbench.dismissQuickInput();
    await expect.poll(() => workbench.editorText()).toContain('    sa-east-1 = ""');
  });

  it('is a refactoring on an id in a map', async () => {
    const { workbench } = editor;
    await workbench.openFile('amis.tf');
    await workbench.goTo(5, 24);
    const action = workbench.page.locator('.action-widget .monaco-list-row', { hasText: 'Complete Region Map' });
    // What is offered is what was known when it was asked for.
    const isOffered = await workbench.settled(async () => {
      await workbench.page.keyboard.press('Control+Shift+R');
      return workbench.settled(() => action.isVisible(), 5_000);
    }, 60_000);
    expect(isOffered).toBe(true);
    await workbench.page.keyboard.press('Enter');
    await workbench.quickPickRow('us-east-1').waitFor();
    await workbench.page.keyboard.press('Escape');
    await expect.poll(() => workbench.editorText()).toContain('    sa-east-1 = ""');
  });
});
