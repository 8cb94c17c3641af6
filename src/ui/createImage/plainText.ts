import { plainLabel } from '../commands/connection.ts';
import { plainMessage } from '../presentError.ts';

/** A name that came from AWS, where the editor draws icons (`$(…)`) and links (`[…](…)`) in texts. */
export function plain(text: string): string {
  return plainMessage(plainLabel(text));
}

/** `web-1 (i-0123…)`, or the id alone. */
export function instanceText(instance: { readonly id: string; readonly name: string }): string {
  return instance.name ? `${plain(instance.name)} (${instance.id})` : instance.id;
}
