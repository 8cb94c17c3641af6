/** AWS takes requests that are signed within five minutes of its own time (Signature Version 4). */
const tolerated = 5 * 60_000;

/**
 * How much (ms) this machine's clock is behind the endpoint's, by the sentence of its error or by the date of its answer;
 * undefined where it is right, or nothing tells.
 */
export function clockOffset(message: string, date: string | undefined, now: number): number | undefined {
  const offset = offsetInSentence(message) ?? timeOfDate(date) - now;
  return Math.abs(offset) > tolerated ? offset : undefined;
}

/** The forms that HTTP has for a date (RFC 9110, 5.6.7); `Date.parse` takes `12345` for a year. */
const httpDate =
  /^(?:\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT|\w{6,9}, \d\d-\w{3}-\d\d [\d:]{8} GMT|\w{3} \w{3} [ \d]\d [\d:]{8} \d{4})$/;

/** Before it, and long after it, nothing that speaks to this product has been: it is the endpoint's clock that is off. */
const earliest = Date.UTC(2020, 0);
const latest = Date.UTC(2100, 0);

/** NaN where it tells nothing. */
function timeOfDate(date: string | undefined): number {
  // The oldest form has no time zone, and is in GMT as the others.
  const time = date && httpDate.test(date) ? Date.parse(date.replace(/(?<! GMT)$/, ' GMT')) : Number.NaN;
  return time >= earliest && time < latest ? time : Number.NaN;
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
