const blockLength = 100;
const factor = 37n;
const firstFactor = BigInt.asUintN(64, factor ** BigInt(blockLength));

const [tab, lineFeed, carriageReturn, space] = [9, 10, 13, 32];
const endOfFile = 65_535;

/**
 * A hash of each wanted line and what follows it, which stays the same while other lines move it: `3a5…:1`, with a number
 * that tells equal ones apart. Those that GitHub's code scanning calculates itself for what is uploaded by its action
 * (codeql-action, `src/fingerprints.ts`), so that a report uploaded in another way tracks the same alerts.
 *
 * @param lines from 1
 */
export function lineHashes(text: string, lines: ReadonlySet<number>): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const counts = new Map<string, number>();
  const block = new Array<number>(blockLength).fill(0);
  /** The line that begins at a place of the block. */
  const begins = new Array<number>(blockLength).fill(0);
  let hash = 0n;
  let at = 0;
  let line = 0;
  let isBeginning = true;
  const tell = () => {
    const begun = begins[at] ?? 0;
    if (begun === 0) return;
    begins[at] = 0;
    const value = hash.toString(16);
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (lines.has(begun)) found.set(begun, `${value}:${count}`);
  };
  const add = (code: number) => {
    const first = BigInt(block[at] ?? 0);
    block[at] = code;
    hash = BigInt.asUintN(64, factor * hash + BigInt(code) - firstFactor * first);
    at = (at + 1) % blockLength;
  };
  const read = (code: number) => {
    tell();
    if (isBeginning) {
      line += 1;
      begins[at] = line;
    }
    isBeginning = code === lineFeed;
    add(code);
  };
  let isAfterReturn = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isSkipped = code === space || code === tab || (isAfterReturn && code === lineFeed);
    if (!isSkipped) read(code === carriageReturn ? lineFeed : code);
    isAfterReturn = code === carriageReturn;
  }
  read(endOfFile);
  for (let rest = 0; rest < blockLength; rest += 1) {
    tell();
    add(0);
  }
  return found;
}
