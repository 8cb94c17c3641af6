/** The low byte of SQLite's extended result code, https://sqlite.org/rescode.html; 0 for other errors. */
export function primaryCode(error: unknown): number {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'errcode') : undefined;
  return typeof code === 'number' ? code & 0xff : 0;
}
