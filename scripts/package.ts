import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { packageVersion, root } from '../test/vscode/install.ts';
import { buildExtension } from './build.ts';

/** Builds and packs `ami-explorer-<version>.vsix` in the root. Everything that it needs is bundled. */
export async function packageExtension(): Promise<string> {
  await buildExtension();
  const packagePath = join(root, `ami-explorer-${await packageVersion()}.vsix`);
  await createVSIX({ cwd: root, packagePath, dependencies: false, useYarn: false });
  return packagePath;
}

if (import.meta.main) {
  console.log(await packageExtension());
}
