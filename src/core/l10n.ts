/** Translates a sentence and fills in its `{0}`: that of the editor (`editorL10n`), or `plainL10n` where there is none. */
export interface L10n {
  t(message: string, ...args: (string | number)[]): string;
  /** A BCP 47 tag, for lists and numbers in a sentence. */
  readonly language: string;
}

/** English, as it stands in the source. */
export const plainL10n: L10n = {
  t: (message, ...args) =>
    message.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole)),
  language: 'en',
};
