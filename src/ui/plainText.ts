/** Controls of the direction of writing (UAX #9): unclosed ones turn round what the editor says behind them. */
const directionControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A name that came from AWS, for labels, notifications and dialogs: the editor draws icons (`$(…)`) and links
 * (`[…](…)`, `command:` ones among them) in such texts.
 */
export function plain(text: string): string {
  return plainMessage(text).replaceAll('$(', '$\u200b(').replace(/\s+/g, ' ');
}

/** A whole sentence in which a name occurs: icons are not drawn there, and line breaks are meant. */
export function plainMessage(text: string): string {
  return text
    .replace(directionControls, '\ufffd')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .replaceAll('](', ']\u200b(');
}

/** `web-1 (i-0123…)`, or the id alone. */
export function instanceText(instance: { readonly id: string; readonly name: string }): string {
  return instance.name ? `${plain(instance.name)} (${instance.id})` : instance.id;
}
