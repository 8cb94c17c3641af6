/** AWS accepts requests that are signed within five minutes (ms) of its own time (Signature Version 4). */
const tolerated = 5 * 60_000;

/**
 * How much (ms) this machine's clock is behind the endpoint's, by the message of its error or the date of its answer;
 * undefined if the clock is right or nothing tells.
 */
export function clockOffset(message: string, date: string | undefined, now: number): number | undefined {
  const offset = offsetInMessage(message) ?? timeOfDate(date) - now;
  return Math.abs(offset) > tolerated ? offset : undefined;
}

/** The date formats of HTTP (RFC 9110, 5.6.7): `Date.parse` alone would take `12345` for a year. */
const httpDate =
  /^(?:\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT|\w{6,9}, \d\d-\w{3}-\d\d [\d:]{8} GMT|\w{3} \w{3} [ \d]\d [\d:]{8} \d{4})$/;

/** An endpoint with a date outside of these years has a wrong clock itself. */
const earliest = Date.UTC(2020, 0);
const latest = Date.UTC(2100, 0);

/** NaN if the date is none, or the endpoint's clock is wrong. */
function timeOfDate(date: string | undefined): number {
  // The oldest format has no time zone, but is in GMT too.
  const time = date && httpDate.test(date) ? Date.parse(date.replace(/(?<! GMT)$/, ' GMT')) : Number.NaN;
  return time >= earliest && time < latest ? time : Number.NaN;
}

/**
 * `Signature expired: 20261126T100000Z is now earlier than 20261126T104500Z (20261126T110000Z - 15 min.)` or
 * `Signature not yet current: … is still later than … (… + 5 min.)`, with the endpoint's time in brackets.
 */
function offsetInMessage(message: string): number | undefined {
  const [, signed, theirs] =
    /(\d{8}T\d{6}Z) is (?:now earlier|still later) than \d{8}T\d{6}Z \((\d{8}T\d{6}Z)/.exec(message) ?? [];
  return signed && theirs ? timeOf(theirs) - timeOf(signed) : undefined;
}

function timeOf(basicFormat: string): number {
  return Date.parse(basicFormat.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
}
