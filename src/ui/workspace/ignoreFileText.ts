import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** In bytes: a larger file that leaves out others is not read. */
const maxSize = 500_000;

/** A pipe that nobody writes to is no file, which is not waited for; Windows has none. */
const readOnly = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** What a file such as `.gitignore` says; empty for what is no file, cannot be read or is too large. */
export async function ignoreFileText(path: string): Promise<string> {
  const file = await open(path, readOnly).catch(() => undefined);
  if (!file) return '';
  try {
    const stats = await file.stat();
    if (!stats.isFile() || stats.size > maxSize) return '';
    // No more of a file that grows meanwhile.
    const { buffer, bytesRead } = await file.read(Buffer.alloc(stats.size), 0, stats.size, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return '';
  } finally {
    await file.close().catch(() => undefined);
  }
}
