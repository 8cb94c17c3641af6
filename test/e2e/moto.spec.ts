import { CreateImageCommand, DescribeImagesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Moto, startMoto } from '../contract/moto.ts';
import { expectShown } from '../vscode/expectShown.ts';
import { localEndpoint } from '../vscode/isolation.ts';
import { type Editor, openEditor } from './editor.ts';
import { pictureOnFailure } from './pictureOnFailure.ts';

const moto = await startMoto();
if (!moto) {
  console.log('moto_server is not installed: the editor on moto is skipped.');
}

/** An endpoint that is not this repository's: no paging, no life cycle, most actions not there. */
describe.skipIf(!moto)('the editor on moto', () => {
  let editor: Editor;
  let imageId: string;

  beforeAll(async () => {
    const { url } = moto as Moto;
    imageId = await makeImage(url);
    editor = await openEditor({ env: localEndpoint(url) });
    await editor.workbench.openAmiExplorer();
  });
  beforeEach(() => pictureOnFailure(() => editor));
  afterAll(async () => {
    await editor?.close();
    await moto?.stop();
  });

  it('shows owned images and instances', async () => {
    const { workbench } = editor;
    await workbench.expand('Images', 'Owned by me', 'made-on-moto');
    await workbench.row('Images', 'made-on-moto').waitFor();
    await expectShown(workbench.row('Instances', /^i-/));
  });

  it('shows public images of a publisher', async () => {
    const { workbench } = editor;
    await workbench.row('Images', 'Owned by me').click();
    await workbench.expand('Images', 'Public', 'Canonical', 'Other images');
    await workbench.reveal('Images', workbench.row('Images', /^ubuntu\//));
    await expectShown(workbench.row('Images', /^ubuntu\//));
  });

  it('shows the details of an id that is given', async () => {
    const { workbench } = editor;
    await workbench.findImage(imageId);
    await workbench.quickPickRow('made-on-moto').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.webview().getByRole('heading', { name: 'made-on-moto' }).first().waitFor();
    expect(await workbench.webview().getByText(imageId).first().isVisible()).toBe(true);
  });
});

async function makeImage(endpoint: string): Promise<string> {
  const client = new EC2Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
  });
  const { Images = [] } = await client.send(new DescribeImagesCommand({ Owners: ['amazon'], MaxResults: 5 }));
  const { Instances = [] } = await client.send(
    new RunInstancesCommand({ ImageId: Images[0]?.ImageId, MinCount: 1, MaxCount: 1 }),
  );
  const made = await client.send(
    new CreateImageCommand({ InstanceId: Instances[0]?.InstanceId, Name: 'made-on-moto' }),
  );
  if (!made.ImageId) {
    throw new Error('moto made no image.');
  }
  return made.ImageId;
}
