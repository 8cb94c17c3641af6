import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import { AnswerError } from './answerError.ts';
import { PlainMarkup } from './plainMarkup.ts';
import { ReferenceRepair } from './referenceRepair.ts';
import { isTextError, withoutControls } from './textErrors.ts';
import { type AnswerLimits, answerBody } from './wholeAnswer.ts';

/** Called with the elements and texts of an answer in their order. */
export interface XmlHandlers {
  readonly begin: (element: string) => void;
  /** Called more than once for one element if its text has a comment or a CDATA section in it. */
  readonly text: (text: string) => void;
  readonly end: () => void;
}

/**
 * Called with each piece of an answer, cut anywhere, and at its end. Returns what there is to parse of it, part by part:
 * a part is parsed before the next one is asked for.
 */
type RestToParse = (piece: string, isLast: boolean) => Iterable<string>;

/**
 * Parses an answer while it arrives, and lets other work of the thread run meanwhile. Texts that XML does not allow are
 * repaired: they come from the owners of images, and a bad one must not lose the whole list.
 *
 * @throws AnswerError if it is not a complete XML document; as
 *   `answerBody`, and as the handlers
 */
export async function parseXml(
  body: unknown,
  limits: AnswerLimits | undefined,
  handlers: XmlHandlers,
  rest: RestToParse = (piece) => [piece],
): Promise<void> {
  const parser = new XmlParser(handlers);
  const write = (piece: string, isLast = false) => {
    for (const part of rest(piece, isLast)) {
      parser.write(part);
    }
  };
  const decoder = new StringDecoder('utf8');
  for await (const piece of answerBody(body, limits)) {
    write(decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)));
  }
  write(decoder.end(), true);
  parser.end();
}

class XmlParser {
  /** Without the position of errors: the text is not the one that arrived. */
  readonly #parser = new SaxesParser({ position: false });
  readonly #markup = new PlainMarkup();
  readonly #references = new ReferenceRepair();

  constructor({ begin, text, end }: XmlHandlers) {
    this.#parser.on('opentag', ({ name }) => begin(name));
    this.#parser.on('text', text);
    this.#parser.on('cdata', text);
    this.#parser.on('closetag', end);
    this.#parser.on('error', (error) => {
      if (!isTextError(error)) {
        throw error;
      }
    });
  }

  /** @param piece the next part of the answer, cut anywhere */
  write(piece: string): void {
    // An empty piece would end the references.
    if (piece !== '') {
      this.#write(withoutControls(piece));
    }
  }

  end(): void {
    this.#write('');
    orAnswerError(() => this.#parser.close());
  }

  #write(piece: string): void {
    const repaired = this.#markup.isPlainAfter(piece) ? this.#references.of(piece) : this.#references.rest() + piece;
    orAnswerError(() => this.#parser.write(repaired));
  }
}

function orAnswerError(run: () => void): void {
  try {
    run();
  } catch (error) {
    throw error instanceof AnswerError
      ? error
      : new AnswerError(
          { kind: 'answer-no-xml', said: error instanceof Error ? error.message : String(error) },
          { cause: error },
        );
  }
}
