/** Tells whether markup is markup so far: in a section, a comment or a document type it may be text. */
export class PlainMarkup {
  #isPlain = true;
  #endsOpen = false;

  /** @param piece what comes next of an answer, cut anywhere */
  goesOnIn(piece: string): boolean {
    if (this.#isPlain) {
      this.#isPlain = !(piece.includes('<!') || (this.#endsOpen && piece.startsWith('!')));
      this.#endsOpen = piece.endsWith('<');
    }
    return this.#isPlain;
  }
}
