import type { Language } from './language.ts';
import { plainReader } from './readers/plainReader.ts';
import type { Reader } from './reading.ts';
import type { LoadReader } from './scanText.ts';

/**
 * Each parser is a chunk of its own, which is loaded once, at the first text in its language.
 *
 * @param failed is told why a reader gave up on a text
 */
export function readerLoader(failed: (error: unknown) => void = () => {}): LoadReader {
  const loaded = new Map<Language, Promise<Reader>>();
  return (language) => {
    const reader = loaded.get(language) ?? load(language).then((read) => withIdsAtLeast(read, failed));
    loaded.set(language, reader);
    return reader;
  };
}

/** Of a text on which a reader fails, as one that is nested too deeply for the call stack, the ids are told all the same. */
export function withIdsAtLeast(read: Reader, failed: (error: unknown) => void = () => {}): Reader {
  return (source) => {
    try {
      return read(source);
    } catch (error) {
      failed(error);
      return plainReader(source);
    }
  };
}

async function load(language: Language): Promise<Reader> {
  switch (language) {
    case 'hcl':
      return (await import('./readers/hclReader.ts')).createHclReader();
    case 'json':
      return (await import('./readers/jsonReader.ts')).jsonReader;
    case 'yaml':
      return (await import('./readers/yamlReader.ts')).yamlReader;
    case 'script':
      return (await import('./readers/programReaders.ts')).scriptReader;
    case 'python':
      return (await import('./readers/programReaders.ts')).pythonReader;
    case 'other':
      return (await import('./readers/programReaders.ts')).looseReader;
    case 'ini':
      return (await import('./readers/iniReader.ts')).iniReader;
    case 'shell':
      return (await import('./readers/shellReader.ts')).shellReader;
    case 'markdown':
      return (await import('./readers/markdownReader.ts')).markdownReader;
    default:
      return plainReader;
  }
}
