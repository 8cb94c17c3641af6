import { plainLabel } from '../commands/connection.ts';
import { plainMessage } from '../presentError.ts';

/** Controls of the direction of writing (UAX #9): unclosed ones turn round what the editor says behind them. */
const directionControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A name that came from AWS, where the editor draws icons (`$(…)`) and links (`[…](…)`) in texts. */
export function plain(text: string): string {
  return plainMessage(plainLabel(text.replace(directionControls, '\ufffd').replace(/\p{Cc}/gu, ' ')));
}

/** `web-1 (i-0123…)`, or the id alone. */
export function instanceText(instance: { readonly id: string; readonly name: string }): string {
  return instance.name ? `${plain(instance.name)} (${instance.id})` : instance.id;
}
