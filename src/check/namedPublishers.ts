import { readFileSync } from 'node:fs';
import { type ParseError, parse } from 'jsonc-parser';
import * as v from 'valibot';
import { plainL10n } from '../core/l10n.ts';
import { type Publisher, readPublishers } from '../core/publishers.ts';
import { read } from '../core/schemas.ts';
import { publisherProblemText } from '../hints/publisherProblemText.ts';

const setting = 'amiExplorer.publishers';
const settings = v.object({ [setting]: v.optional(v.unknown()) });

/** `settings.json`, or a `.code-workspace`. */
const settingsFile = v.object({ ...settings.entries, settings: v.optional(settings) });

/**
 * The publishers that the caller names: by account ids, and by a settings file of VS Code, which is read only where it is
 * named, since what is checked must not say whom to trust.
 *
 * @throws Error that names the file and what is wrong in it
 */
export function namedPublishers(ids: readonly string[], settings: string | undefined): readonly Publisher[] {
  const entries = ids.map((id) => ({ name: id, ownerIds: [id] }));
  const inFile = settings === undefined ? [] : publishersOf(settings);
  // An account that is known anyway does no harm.
  return [...inFile, ...readPublishers(entries).publishers];
}

function publishersOf(file: string): readonly Publisher[] {
  const errors: ParseError[] = [];
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const found = read(settingsFile, parse(text, errors, { allowTrailingComma: true }));
  if (errors.length > 0 || !found) throw new Error(`${file} is not a VS Code settings file.`);
  const { publishers, problems } = readPublishers(found[setting] ?? found.settings?.[setting]);
  const [problem] = problems;
  if (problem) throw new Error(`${file}: ${setting}: ${publisherProblemText(problem, plainL10n)}`);
  return publishers;
}
