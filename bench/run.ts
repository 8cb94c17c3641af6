import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicCatalog } from './catalog.ts';
import { buildSdks, sizesAndLoads } from './chunks.ts';
import { imagesBehindIds, referencesInCode } from './code.ts';
import { firstImages } from './firstImages.ts';
import { codeInVsCode, insideVsCode, typingInVsCode } from './host.ts';
import { hugeTextsInCode } from './hugeTexts.ts';
import { printTable } from './table.ts';
import { tour } from './tour.ts';

/** Prints the figures beside those of the plain SDK from the same run, without a verdict. */
async function main(): Promise<void> {
  const processors = cpus();
  console.log(`${processors.length} × ${processors[0]?.model.trim()}, Node ${process.version}, ${process.platform}`);
  const folder = await mkdtemp(join(tmpdir(), 'ami-explorer-bench-'));
  try {
    const sdks = await buildSdks(folder);
    printTable(await sizesAndLoads(sdks));
    for (const table of await insideVsCode(sdks)) {
      printTable(table);
    }
    printTable(await codeInVsCode());
    printTable(await typingInVsCode());
    printTable(await firstImages());
    printTable(await referencesInCode());
    printTable(await hugeTextsInCode());
    printTable(await imagesBehindIds());
    for (const table of await tour()) {
      printTable(table);
    }
    for (const table of await publicCatalog()) {
      printTable(table);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
