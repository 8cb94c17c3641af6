import { day } from '../day.ts';
import type { Times } from './columns.ts';
import type { TextPart } from './textPart.ts';

/** What is needed of an index to find images that were listed twice. */
interface Rows {
  readonly parts: readonly TextPart[];
  readonly created: Times;
  isAlive(row: number): boolean;
  /** In lower case. */
  id(row: number): string;
  hide(row: number): void;
}

/**
 * Shows each image once. A row of a preview is hidden once a shard has the image, and the rows of a day once that day
 * was listed again.
 */
export class SupersededRows {
  readonly #rows: Rows;
  /** Rows of the preview by id, until a shard has the image. */
  readonly #previewRows = new Map<string, number>();
  /** The days that were listed again, counted from 1970-01-01. */
  #recentDays: ReadonlySet<number> = new Set();

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /**
   * Hides what the shards have of days that were listed again; false if no day is new.
   *
   * @param dates of all such days, `2026-11-23`
   */
  daysListed(dates: readonly string[]): boolean {
    const days = new Set(dates.map((date) => Date.parse(date) / day));
    const newDays = new Set([...days].filter((date) => !this.#recentDays.has(date)));
    this.#recentDays = days;
    if (newDays.size === 0) {
      return false;
    }
    for (const part of this.#rows.parts) {
      if (part.alive && part.kind === 'base') {
        this.#hideDays(part, newDays);
      }
    }
    return true;
  }

  added(part: TextPart): void {
    if (part.kind === 'preview') {
      this.#hidePreviewed(part);
      for (let row = part.firstRow; row < part.firstRow + part.count; row += 1) {
        if (this.#rows.isAlive(row)) {
          this.#previewRows.set(this.#rows.id(row), row);
        }
      }
      return;
    }
    this.#replacePreviewed(part);
    if (part.kind === 'base' && this.#recentDays.size > 0) {
      this.#hideDays(part, this.#recentDays);
    }
  }

  dropped(part: TextPart): void {
    if (part.kind === 'preview') {
      for (let row = part.firstRow; row < part.firstRow + part.count; row += 1) {
        this.#previewRows.delete(this.#rows.id(row));
      }
    }
  }

  /** Hides the rows of a preview whose images another part has. */
  #hidePreviewed(preview: TextPart): void {
    const ids = new Set<string>();
    for (const part of this.#rows.parts) {
      if (part !== preview && part.alive) {
        for (let row = part.firstRow; row < part.firstRow + part.count; row += 1) {
          ids.add(this.#rows.id(row));
        }
      }
    }
    for (let row = preview.firstRow; row < preview.firstRow + preview.count; row += 1) {
      if (ids.has(this.#rows.id(row))) {
        this.#rows.hide(row);
      }
    }
  }

  #replacePreviewed(part: TextPart): void {
    if (this.#previewRows.size === 0) {
      return;
    }
    for (let row = part.firstRow; row < part.firstRow + part.count; row += 1) {
      const previewed = this.#previewRows.get(this.#rows.id(row));
      if (previewed !== undefined) {
        this.#rows.hide(previewed);
      }
    }
  }

  #hideDays(part: TextPart, days: ReadonlySet<number>): void {
    const { created } = this.#rows;
    for (let row = part.firstRow; row < part.firstRow + part.count; row += 1) {
      if (days.has(Math.floor(created.at(row) / day))) {
        this.#rows.hide(row);
      }
    }
  }
}
