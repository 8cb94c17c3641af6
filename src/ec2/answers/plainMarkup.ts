/** Whether an answer has no CDATA section, comment or document type so far: their text may look like markup. */
export class PlainMarkup {
  #isPlain = true;
  #endsOpen = false;

  /** @param piece the next part of the answer, cut anywhere */
  isPlainAfter(piece: string): boolean {
    if (this.#isPlain) {
      this.#isPlain = !(piece.includes('<!') || (this.#endsOpen && piece.startsWith('!')));
      this.#endsOpen = piece.endsWith('<');
    }
    return this.#isPlain;
  }
}
