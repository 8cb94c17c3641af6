import { AmiError } from '../../core/errors.ts';
import { knownRegionsOf, type Region } from '../../core/regions.ts';
import type { Connection } from '../../ec2/port.ts';
import { plain } from '../shared/plainText.ts';
import { describeError } from '../shared/presentError.ts';
import type { Session } from './session.ts';

/** The account's regions. Where DescribeRegions is denied or unsupported, those that this version knows. */
export async function regionsToChoose(session: Session, connection: Connection, signal: AbortSignal) {
  try {
    return { regions: await connection.ec2.listRegions(signal), problem: undefined };
  } catch (error) {
    if (!(error instanceof AmiError) || !['access-denied', 'unsupported', 'bad-answer'].includes(error.kind)) {
      throw error;
    }
    const names = new Set([...knownRegionsOf(session.partition(connection)), ...session.regions(connection)]);
    const regions = [...names].map((name): Region => ({ name, optIn: 'unknown', endpoint: undefined }));
    return { regions, problem: plain(describeError(error).message) };
  }
}
