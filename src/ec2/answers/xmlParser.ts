import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import { MendedReferences } from './mendedReferences.ts';
import { PlainMarkup } from './plainMarkup.ts';
import { isFaultOfText, withoutControls } from './textFaults.ts';
import { type AnswerLimits, wholeAnswer } from './wholeAnswer.ts';

/** Is told what an answer has in it, in order. */
export interface XmlHandlers {
  readonly begin: (element: string) => void;
  /** A text may come in parts, where there is a comment or a section in it. */
  readonly text: (text: string) => void;
  readonly end: () => void;
}

/**
 * Parses an answer while it arrives, in turns with what else the thread has to do. Texts that XML does not allow are mended:
 * whoever makes an image writes them, and what is wrong in one must not cost all others.
 *
 * @param cut takes out of a piece of markup what need not be parsed
 * @throws Error named SyntaxError, by which `toAmiError` knows bad answers, for what is not the whole of an XML document;
 *   as `wholeAnswer`, and as the handlers
 */
export async function parseXml(
  body: unknown,
  limits: AnswerLimits | undefined,
  handlers: XmlHandlers,
  cut: (piece: string) => string = (piece) => piece,
): Promise<void> {
  const parser = new XmlParser(handlers, cut);
  const decoder = new StringDecoder('utf8');
  for await (const piece of wholeAnswer(body, limits)) {
    parser.write(decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)));
  }
  parser.write(decoder.end());
  parser.end();
}

class XmlParser {
  /** Where in its text an error is says nothing: it is not the text that came. */
  readonly #parser = new SaxesParser({ position: false });
  readonly #markup = new PlainMarkup();
  readonly #references = new MendedReferences();
  readonly #cut: (piece: string) => string;

  constructor({ begin, text, end }: XmlHandlers, cut: (piece: string) => string) {
    this.#cut = cut;
    this.#parser.on('opentag', ({ name }) => begin(name));
    this.#parser.on('text', text);
    this.#parser.on('cdata', text);
    this.#parser.on('closetag', end);
    this.#parser.on('error', (error) => {
      if (!isFaultOfText(error)) {
        throw error;
      }
    });
  }

  /** @param piece what comes next of the answer, cut anywhere */
  write(piece: string): void {
    // An empty one is the last.
    if (piece !== '') {
      this.#write(withoutControls(piece));
    }
  }

  end(): void {
    this.#write('');
    understood(() => this.#parser.close());
  }

  #write(piece: string): void {
    const mended = this.#markup.goesOnIn(piece)
      ? this.#cut(this.#references.of(piece))
      : this.#references.rest() + piece;
    understood(() => this.#parser.write(mended));
  }
}

function understood(run: () => void): void {
  try {
    run();
  } catch (error) {
    throw error instanceof SyntaxError
      ? error
      : new SyntaxError(`The answer is not XML: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
  }
}
