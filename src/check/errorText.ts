import { AmiError } from '../core/errors.ts';
import { visibleText } from '../core/visibleText.ts';

/** An error in a sentence: the operation, the region, and what the endpoint or the system says. */
export function errorText(error: unknown): string {
  if (!(error instanceof AmiError)) return visibleText(error instanceof Error ? error.message : String(error));
  const { operation, region } = error;
  return callErrorText(error, [operation], region === undefined ? [] : [region]);
}

/** As `errorText`, of an error that several operations and regions have alike. */
export function callErrorText(error: AmiError, operations: readonly string[], regions: readonly string[]): string {
  const { code, message } = error;
  const called = operations.join(', ');
  const place = visibleText(regions.length === 0 ? called : `${called} in ${regions.join(', ')}`);
  const said = closedText(error, regions.length) ?? visibleText(message);
  return code === undefined || said.includes(code) ? `${place}: ${said}` : `${place}: ${said} (${visibleText(code)})`;
}

/** EC2's own words are those for credentials that are wrong, and the system's those for a network that is. */
function closedText(error: AmiError, regions: number): string | undefined {
  const several = regions > 1;
  if (error.kind === 'not-opted-in')
    return `The account has not opted in to ${several ? 'these regions' : 'this region'}.`;
  return isNoRegion(error) ? `The account knows no such ${several ? 'regions' : 'region'}.` : undefined;
}

/** Whether a region does not exist. What was not asked, since it is in another partition, has no code. */
export function isNoRegion({ kind, code }: AmiError): boolean {
  return kind === 'region-unknown' && code !== undefined;
}
