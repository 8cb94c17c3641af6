import * as v from 'valibot';

/** Interval (ms) within which two clicks on a row keep what they open, as they do a file's editor. */
const doubleClickInterval = 500;

const anyNode = v.object({ kind: v.string(), id: v.string() });

/** Tells a click on a row, which opens a preview, from a double click, a menu or another caller. */
export class PreviewClicks {
  #last = { key: '', at: 0 };

  /**
   * @param args of the command: the editor passes a click's node alone, and a menu's node with the selection
   * @param key of what is opened
   */
  isPreview(args: readonly unknown[], key: string): boolean {
    const now = performance.now();
    const isClick = args.length === 1 && v.is(anyNode, args[0]);
    const isDoubleClick = this.#last.key === key && now - this.#last.at < doubleClickInterval;
    this.#last = { key, at: now };
    return isClick && !isDoubleClick;
  }
}
