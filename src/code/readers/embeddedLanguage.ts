import { type Language, languageOf } from '../language.ts';
import { languageOfPart } from '../languageOfPart.ts';
import { mayMention } from '../mentions.ts';

/**
 * The language of a text in another one; undefined where there is nothing of interest in it.
 *
 * @param name of the file that it is written to, where that is known
 * @param usual what it is where neither the name nor the text tells
 */
export function embeddedLanguage(text: string, name: string | undefined, usual: Language): Language | undefined {
  if (!mayMention(text)) return undefined;
  const named = languageOf(name ?? '', text);
  return named === 'other' ? (languageOfPart(text) ?? usual) : named;
}
