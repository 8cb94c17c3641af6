import * as v from 'valibot';
import { read } from '../../core/schemas.ts';

const sqliteError = v.object({ errcode: v.number() });

/** SQLite's extended result code (https://sqlite.org/rescode.html); 0 for an error of another origin. */
export function extendedCode(error: unknown): number {
  return read(sqliteError, error)?.errcode ?? 0;
}

/** SQLite's primary result code, the low byte of the extended one. */
export function primaryCode(error: unknown): number {
  return extendedCode(error) & 0xff;
}
