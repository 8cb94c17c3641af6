import { textScanBytes } from './textScanBytes.ts';

/** A memory that WebAssembly shares with its host. Its buffer is another one after each growth. */
export interface ScannedMemory {
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 KiB, in place. */
  grow(pages: number): number;
}

/** What `textScan.wat` exports. Places are bytes from the beginning of the memory. */
export interface TextScan {
  mark(
    starts: number,
    marks: number,
    count: number,
    length: number,
    rule: number,
    withId: number,
    until: number,
    first: number,
    second: number,
  ): void;
  lines(at: number, end: number, starts: number): number;
}

/** The part of WebAssembly that is needed: Node's types have none of it. */
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => ScannedMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** @param pages of 64 KiB, with which the memory begins */
export function startTextScan(pages: number): { readonly memory: ScannedMemory; readonly scan: TextScan } {
  const memory = new WebAssembly.Memory({ initial: pages });
  // Compiled at once, in less than a millisecond: it is one kilobyte.
  const module = new WebAssembly.Module(Buffer.from(textScanBytes, 'base64'));
  const { exports } = new WebAssembly.Instance(module, { host: { memory } });
  return { memory, scan: exports as TextScan };
}
