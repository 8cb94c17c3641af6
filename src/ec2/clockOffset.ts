/** AWS takes requests that are signed within five minutes of its own time (Signature Version 4). */
const tolerated = 5 * 60_000;

/**
 * How much (ms) this machine's clock is behind the endpoint's, by the sentence of its error or by the date of its answer;
 * undefined where it is right, or nothing tells.
 */
export function clockOffset(message: string, date: string | undefined, now: number): number | undefined {
  const offset = offsetInSentence(message) ?? (date ? Date.parse(date) - now : Number.NaN);
  return Math.abs(offset) > tolerated ? offset : undefined;
}

/**
 * `Signature expired: 20261126T100000Z is now earlier than 20261126T104500Z (20261126T110000Z - 15 min.)`, and `Signature
 * not yet current: … is still later than … (… + 5 min.)`: when it was signed, and in brackets the endpoint's time.
 */
function offsetInSentence(message: string): number | undefined {
  const [, signed, theirs] =
    /(\d{8}T\d{6}Z) is (?:now earlier|still later) than \d{8}T\d{6}Z \((\d{8}T\d{6}Z)/.exec(message) ?? [];
  return signed && theirs ? timeOf(theirs) - timeOf(signed) : undefined;
}

function timeOf(basicFormat: string): number {
  return Date.parse(basicFormat.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
}
