import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Machine } from './profileProblem.ts';

/** The machine that the extension runs on. It caches commands, since many profiles may name the same one. */
export function thisMachine(env: NodeJS.ProcessEnv): Machine {
  const commands = new Map<string, boolean>();
  return {
    isFile,
    isCommand(name) {
      const found = commands.get(name) ?? isCommandOf(env, name);
      commands.set(name, found);
      return found;
    },
  };
}

function isCommandOf(env: NodeJS.ProcessEnv, name: string): boolean {
  // Windows adds file extensions, and a shell may expand the name: such a command counts as found.
  if (process.platform === 'win32' || /[$=`]/.test(name)) {
    return true;
  }
  if (name.includes('/')) {
    return isFile(name.replace(/^~(?=\/)/, () => homedir()));
  }
  return (env['PATH'] ?? '').split(delimiter).some((folder) => isFile(join(folder, name)));
}

export function isFile(path: string): boolean {
  try {
    return !statSync(path).isDirectory();
  } catch {
    return false;
  }
}
