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
    return decoded(bytes.subarray(0, length));
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Without its byte order mark, which an editor does not count either. PowerShell writes UTF-16. */
function decoded(bytes: Buffer): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, beginning).includes(0)) return undefined;
  return bytes.toString('utf8', first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0);
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
