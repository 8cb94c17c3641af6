import { setTimeout as delay } from 'node:timers/promises';
import { region } from './endpoint.ts';
import { completed, openCatalog } from './openCatalog.ts';

/** A refresh of a complete catalog: requests, and milliseconds from the user's click to its end. */
export interface RefreshReport {
  readonly requests: number;
  readonly time: number;
}

/** `node refresh.ts FOLDER`, where the folder has the catalog of the endpoint. */
const [, , folder = ''] = process.argv;
const requests = `${process.env['AWS_ENDPOINT_URL_EC2']}/_sample/requests`;
const catalog = await openCatalog(folder);
const reader = catalog.open(region, []);
await reader.query({ text: '', facets: {}, newestOnly: false, sort: { column: 'created', descending: true } }, 0, 100);
// The threads are idle, and the one that downloads has ended.
await delay(3_000);
await fetch(requests, { method: 'DELETE' });
const before = reader.status.asOf;
const start = performance.now();
reader.download();
while (reader.status.asOf === before || reader.status.download) {
  await completed(reader);
}
const time = performance.now() - start;
const sent = (await (await fetch(requests)).json()) as readonly { readonly action: string }[];
const report: RefreshReport = { requests: sent.filter(({ action }) => action === 'DescribeImages').length, time };
reader.close();
await catalog.dispose();
console.log(JSON.stringify(report));
