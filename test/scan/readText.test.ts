import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTooLargeText, readText } from '../../src/scan/readText.ts';

const text = 'ami = "ami-0a1b2c3d4e5f60718" # Łódź\r\n';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-text-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(bytes: Buffer): string | undefined {
  const file = join(folder, 'file');
  writeFileSync(file, bytes);
  return readText(file);
}

describe('the text of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 little endian, as PowerShell writes it', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 big endian', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('is read from %s as an editor reads it', (_, bytes) => {
    expect(read(bytes)).toBe(text);
  });

  it('is undefined for bytes that are no text, folders and what is not there', () => {
    expect(read(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]))).toBeUndefined();
    expect(readText(folder)).toBeUndefined();
    expect(readText(join(folder, 'none'))).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('is undefined for a pipe, which is not waited for', () => {
    const pipe = join(folder, 'pipe.tf');
    execFileSync('mkfifo', [pipe]);
    expect(readText(pipe)).toBeUndefined();
  });

  it('is too large where it has more than 20 MB, unless it is no text', () => {
    const large = (bytes: Buffer) => {
      const file = join(folder, 'large');
      writeFileSync(file, bytes);
      return isTooLargeText(file);
    };
    expect(large(Buffer.alloc(20_000_001, 'a'))).toBe(true);
    expect(large(Buffer.alloc(20_000_000, 'a'))).toBe(false);
    expect(large(Buffer.alloc(20_000_001))).toBe(false);
  });
});
