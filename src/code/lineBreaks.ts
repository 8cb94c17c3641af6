/** Whether a character (UTF-16 code unit) ends a line, or is a part of what does: `\n`, `\r`. */
export function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}
