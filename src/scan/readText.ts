import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { maxTextLength } from '../code/bounds.ts';

/** In bytes: whether a file is text is told by its beginning, as git does. */
const beginning = 8_000;

/** A pipe that nobody writes to is no file, which is not waited for; Windows has none. */
const readOnly = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Undefined for what is no text or no file, cannot be read or is too large. In one step, since a thread that waits for
 * each file takes several times as long.
 */
export function readText(file: string): string | undefined {
  return inFile(file, (descriptor, size) =>
    size > maxTextLength ? undefined : decoded(bytesOf(descriptor, Buffer.allocUnsafe(size))),
  );
}

/** Whether a file is a text that is larger than what is read. */
export function isTooLargeText(file: string): boolean {
  const text = inFile(file, (descriptor, size) =>
    size > maxTextLength ? decoded(bytesOf(descriptor, Buffer.alloc(beginning))) : undefined,
  );
  return text !== undefined;
}

/** Undefined for what is no file, or cannot be read. */
function inFile<T>(file: string, read: (descriptor: number, size: number) => T): T | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, readOnly);
    const stats = fstatSync(descriptor);
    return stats.isFile() ? read(descriptor, stats.size) : undefined;
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

/** Fewer where the file ends before. */
function bytesOf(descriptor: number, bytes: Buffer): Buffer {
  let length = 0;
  while (length < bytes.length) {
    const count = readSync(descriptor, bytes, length, bytes.length - length, null);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}
