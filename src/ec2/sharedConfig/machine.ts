import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Machine } from './profileFault.ts';

/** The machine that the extension runs on. */
export function thisMachine(env: NodeJS.ProcessEnv): Machine {
  return {
    isFile,
    isCommand(name) {
      // Windows finds programs by endings that the name need not have; what only a shell can tell is left to it.
      if (process.platform === 'win32' || /[$=`]/.test(name)) {
        return true;
      }
      if (name.includes('/')) {
        return isFile(name.replace(/^~(?=\/)/, () => homedir()));
      }
      return (env['PATH'] ?? '').split(delimiter).some((folder) => isFile(join(folder, name)));
    },
  };
}

export function isFile(path: string): boolean {
  try {
    return !statSync(path).isDirectory();
  } catch {
    return false;
  }
}
