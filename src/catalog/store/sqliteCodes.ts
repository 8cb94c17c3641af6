/** SQLite's extended result code, https://sqlite.org/rescode.html; 0 for other errors. */
export function extendedCode(error: unknown): number {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'errcode') : undefined;
  return typeof code === 'number' ? code : 0;
}

/** Its low byte. */
export function primaryCode(error: unknown): number {
  return extendedCode(error) & 0xff;
}
