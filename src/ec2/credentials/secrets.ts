import { addPlaces, decodingsOf, replacePlaces, withoutGaps } from '../../core/encodedText.ts';
import { masked } from '../../core/maskSecrets.ts';
import type { Credentials } from '../port.ts';

/** Beyond so many secrets the oldest are dropped. */
const maxSecrets = 24;

/**
 * So many characters of a secret in a row are masked. Shorter secrets, `test` at a local endpoint for instance, are
 * words that occur in any text.
 */
const partLength = 8;

/**
 * Texts are searched for pieces of so many characters: a part of `partLength` has at least one of the secret's pieces
 * whole.
 */
const probeLength = 4;

/** The rest of a longer text is not searched, and so left out. */
const longestText = 16_000;

/**
 * Credentials that are or were in use, to mask them in the texts of servers, proxies and programs: whole, in part, over
 * several lines, in base64, and in the escapes of URLs, JSON and markup, even nested.
 */
export class Secrets {
  readonly #forms = new Map<string, readonly string[]>();

  /** Adds the credentials and returns them. */
  take(credentials: Credentials): Credentials {
    this.add(credentials.accessKeyId, credentials.secretAccessKey, credentials.sessionToken);
    return credentials;
  }

  add(...secrets: readonly (string | undefined)[]): void {
    for (const secret of secrets) {
      if (secret && secret.length >= partLength) {
        this.#forms.delete(secret);
        this.#forms.set(secret, formsOf(secret));
      }
    }
    for (const oldest of [...this.#forms.keys()].slice(0, Math.max(0, this.#forms.size - maxSecrets))) {
      this.#forms.delete(oldest);
    }
  }

  readonly mask = (text: string): string => {
    const hidden = new Set<number>();
    const shown = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
    for (const reading of decodingsOf(shown).map(withoutGaps)) {
      const pieces = piecesOf(reading.text);
      for (const forms of this.#forms.values()) {
        for (const form of forms) {
          for (const index of quoted(reading.text, pieces, form)) {
            addPlaces(hidden, reading, index, index + 1);
          }
        }
      }
    }
    return replacePlaces(shown, hidden, masked);
  };
}

/** Where each piece of a text begins. */
function piecesOf(text: string): ReadonlyMap<string, readonly number[]> {
  const pieces = new Map<string, number[]>();
  for (let at = 0; at + probeLength <= text.length; at += 1) {
    const piece = text.slice(at, at + probeLength);
    const places = pieces.get(piece);
    if (places) {
      places.push(at);
    } else {
      pieces.set(piece, [at]);
    }
  }
  return pieces;
}

/** The places of a text at which a long enough part of the secret stands. */
function* quoted(text: string, pieces: ReadonlyMap<string, readonly number[]>, form: string): Iterable<number> {
  for (let probe = 0; probe + probeLength <= form.length; probe += probeLength) {
    for (const at of pieces.get(form.slice(probe, probe + probeLength)) ?? []) {
      let before = 0;
      while (before < Math.min(at, probe) && text[at - before - 1] === form[probe - before - 1]) {
        before += 1;
      }
      let length = probeLength;
      while (probe + length < form.length && text[at + length] === form[probe + length]) {
        length += 1;
      }
      for (let index = at - before; before + length >= partLength && index < at + length; index += 1) {
        yield index;
      }
    }
  }
}

function formsOf(secret: string): readonly string[] {
  const hex = Buffer.from(secret).toString('hex');
  const forms = [
    secret,
    hex,
    hex.toUpperCase(),
    ...base64Forms(secret),
    ...base64Forms(Buffer.from(secret).toString('base64')),
  ];
  return [...new Set(forms.map((form) => form.replace(/\s/g, '')))];
}

/** Base64 of the secret at any place in a text, without the characters that depend on its neighbours. */
function base64Forms(secret: string): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.from(`${' '.repeat(offset)}${secret}`)
      .toString('base64')
      .replace(/=+$/, '');
    const own = encoded.slice(offset === 0 ? 0 : offset + 1, secret.length % 3 === 0 ? undefined : -1);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
