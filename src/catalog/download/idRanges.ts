/** All ids of today begin with this. EC2 chooses the 16 hexadecimal digits that follow at random. */
const idStart = 'ami-0';

/** How many of those digits a range is told by. */
const digits = 3;

/** The ranges of ids are told in parts of this many: `ami-0000…` is in part 0, `ami-0fff…` in the last one. */
export const idParts = 16 ** digits;

/** The values of the filter `image-id` that find the ids from part `from` up to, not including, part `to`. */
export function rangeValues(from: number, to: number): readonly string[] {
  const values: string[] = [];
  for (let part = from; part < to; ) {
    let size = 1;
    while (part % (size * 16) === 0 && part + size * 16 <= to) {
      size *= 16;
    }
    const prefix = (part / size).toString(16).padStart(digits - Math.log(size) / Math.log(16), '0');
    values.push(`${idStart}${size === idParts ? '' : prefix}*`);
    part += size;
  }
  return values;
}

/** The share of today's ids, from 0 to 1, that values of the filter `image-id` find. */
export function idShare(values: readonly string[]): number {
  return values
    .filter((value) => value.startsWith(idStart) && value.endsWith('*'))
    .reduce((sum, value) => sum + 16 ** (idStart.length + 1 - value.length), 0);
}
