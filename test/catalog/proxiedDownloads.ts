import { proxiedDownload } from './proxiedDownload.ts';

/** Downloads once into each of the files, and writes the outcomes: `node proxiedDownloads.ts PROXY FILE...`. */
const [, , proxy = '', ...files] = process.argv;
for (const file of files) {
  console.log(JSON.stringify(await proxiedDownload(file, proxy)));
}
