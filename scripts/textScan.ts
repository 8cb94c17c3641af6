import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import loadWabt from 'wabt';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src', 'catalog', 'search');
const source = join(folder, 'textScan.wat');
export const textScanFile = join(folder, 'textScanBytes.ts');

/** The source of `textScanBytes.ts`, from `textScan.wat`. */
export async function textScanSource(): Promise<string> {
  const wabt = await loadWabt();
  const features = { simd: true };
  const module = wabt.parseWat('textScan.wat', await readFile(source, 'utf8'), features);
  try {
    module.validate();
    const { buffer } = module.toBinary({});
    return `/** \`textScan.wat\`, compiled by scripts/textScan.ts, in base64. */
export const textScanBytes =
  '${Buffer.from(buffer).toString('base64')}';
`;
  } finally {
    module.destroy();
  }
}

if (import.meta.main) {
  await writeFile(textScanFile, await textScanSource());
}
