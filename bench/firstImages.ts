import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { openEditor } from '../test/e2e/editor.ts';
import { setup } from '../test/e2e/globalSetup.ts';
import { median, type Table } from './table.ts';

const runs = 5;

/** In milliseconds; subtracted from the results. */
const latency = 500;

/** Measures how long after the endpoint's answer the owned images show, beside how long the SDK takes to read them. */
export async function firstImages(): Promise<Table> {
  await setup();
  const editor = await openEditor({ sample: { latency } });
  try {
    const { workbench, server } = editor;
    await workbench.openAmiExplorer();
    const inView: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const owned = workbench.row('Images', 'Owned by me');
      await owned.waitFor();
      server.requests.length = 0;
      const asked = new Promise<number>((resolve) => {
        const timer = setInterval(() => {
          if (server.requests.some(({ action }) => action === 'DescribeImages')) {
            clearInterval(timer);
            resolve(performance.now());
          }
        }, 1);
      });
      await owned.click();
      const first = workbench.row('Images', 'appliance-without-sdb');
      const answered = (await asked) + latency;
      await first.waitFor();
      inView.push(performance.now() - answered);
      await owned.click();
      await first.waitFor({ state: 'detached' });
      await workbench.inlineButton(owned, 'Refresh');
    }
    const client = new EC2Client({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    });
    const bySdk: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const start = performance.now();
      await client.send(new DescribeImagesCommand({ Owners: ['self'], MaxResults: 1000 }));
      bySdk.push(performance.now() - start - latency);
    }
    return {
      title: 'First owned images, from the endpoint’s answer on',
      columns: ['', `ms (median of ${runs})`, 'slowest', 'to reach'],
      rows: [
        ['seen in the view, in the browser', median(inView).toFixed(0), Math.max(...inView).toFixed(0), '≤ 500 ms'],
        ['read by the plain SDK, nothing drawn', median(bySdk).toFixed(0), Math.max(...bySdk).toFixed(0), ''],
      ],
    };
  } finally {
    await editor.close();
  }
}
