import { AmiError } from '../core/errors.ts';
import { visibleText } from '../core/visibleText.ts';

/** An error in a sentence: the operation, the region, and what the endpoint or the system says. */
export function errorText(error: unknown): string {
  if (!(error instanceof AmiError)) return visibleText(error instanceof Error ? error.message : String(error));
  const { operation, region, code, message } = error;
  const place = region === undefined ? operation : `${operation} in ${region}`;
  const said = visibleText(message);
  return code === undefined || said.includes(code)
    ? `${visibleText(place)}: ${said}`
    : `${visibleText(place)}: ${said} (${visibleText(code)})`;
}
