import { masked } from '../core/maskSecrets.ts';
import type { Credentials } from './port.ts';

/** As many secrets are known at once; the oldest go first. */
const longestMemory = 24;

/**
 * A secret of which this many characters occur one after the other has been quoted. Shorter secrets are those of local
 * endpoints, `test` for instance, and words that occur in any text.
 */
const partLength = 8;

/** What is looked for first; a part of nearly twice as many characters has such a piece of the secret whole. */
const probeLength = 4;

/** Longer texts are cut by whoever shows them. */
const longestText = 64_000;

/**
 * The credentials that are or were in use, so that they can be masked in whatever a server, a proxy or a program says:
 * whole, in part, over several lines, in base64 and as URLs, JSON and markup have them.
 */
export class Secrets {
  readonly #forms = new Map<string, readonly string[]>();

  /** Gives the credentials back. */
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
    for (const oldest of [...this.#forms.keys()].slice(0, Math.max(0, this.#forms.size - longestMemory))) {
      this.#forms.delete(oldest);
    }
  }

  readonly mask = (text: string): string => {
    // Where a secret is wrapped over lines, its parts are still one after the other.
    const letters = [...text.slice(0, longestText).matchAll(/\S/g)];
    const dense = letters.map(([letter]) => letter).join('');
    const hidden = new Set<number>();
    for (const forms of this.#forms.values()) {
      for (const form of forms) {
        for (const index of quoted(dense, form)) {
          hidden.add(letters[index]?.index ?? -1);
        }
      }
    }
    let result = hidden.size === 0 ? text : '';
    for (let index = 0; hidden.size > 0 && index < text.length; index += 1) {
      if (!hidden.has(index)) {
        result += text.charAt(index);
      } else if (!hidden.has(index - 1)) {
        result += masked;
      }
    }
    return result;
  };
}

/** The places of a text at which a long enough part of the secret stands. */
function* quoted(text: string, form: string): Iterable<number> {
  for (let probe = 0; probe + probeLength <= form.length; probe += probeLength) {
    const piece = form.slice(probe, probe + probeLength);
    for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) {
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
  const url = encodeURIComponent(secret);
  const forms = [
    secret,
    url,
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    encodeURIComponent(url),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll('/', '\\/'),
    secret.replace(/[^A-Za-z0-9]/g, (sign) => `&#${sign.charCodeAt(0)};`),
    secret.replace(/[^A-Za-z0-9]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`),
    secret.replace(/[^A-Za-z0-9]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16).toUpperCase()};`),
    secret.replace(/[^A-Za-z0-9]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
    Buffer.from(secret).toString('hex'),
    ...base64Forms(secret),
  ].map((form) => form.replace(/\s/g, ''));
  return [...new Set(forms)];
}

/** Base64 of a text in which the secret begins at any place: what depends on the neighbours is left out. */
function base64Forms(secret: string): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.from(`${' '.repeat(offset)}${secret}`)
      .toString('base64')
      .replace(/=+$/, '');
    const own = encoded.slice(offset === 0 ? 0 : offset + 1, secret.length % 3 === 0 ? undefined : -1);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
