import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { maxTextLength } from '../code/mentions.ts';

/** In bytes: whether a file is text is told by its beginning, as git does. */
const beginning = 8_000;

/**
 * Undefined for what is no text or no file, cannot be read or is too large. In one step, since a thread that waits for
 * each file takes several times as long.
 */
export function readText(file: string): string | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const stats = fstatSync(descriptor);
    if (!stats.isFile() || stats.size > maxTextLength) return undefined;
    const bytes = Buffer.allocUnsafe(stats.size);
    const length = readAll(descriptor, bytes);
    const text = bytes.subarray(0, length);
    return text.subarray(0, beginning).includes(0) ? undefined : text.toString('utf8');
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function readAll(descriptor: number, bytes: Buffer): number {
  let length = 0;
  while (length < bytes.length) {
    const count = readSync(descriptor, bytes, length, bytes.length - length, null);
    if (count === 0) break;
    length += count;
  }
  return length;
}
