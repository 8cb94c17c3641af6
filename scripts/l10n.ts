import { globSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SyntaxNode } from '@lezer/common';
import { parser as javascript } from '@lezer/javascript';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const parser = javascript.configure({ dialect: 'ts' });

/** The English texts, for those who translate them: VS Code reads the bundles of other languages alone. */
export const englishBundle = join('l10n', 'bundle.l10n.json');

/** A text, with what its translators must know where its words alone do not say it. */
export interface CommentedText {
  readonly message: string;
  readonly comment: readonly string[];
}

/** As VS Code defines the file: by the text, and by `text/comment` where there is a comment. */
export type L10nBundle = Readonly<Record<string, string | CommentedText>>;

/** What the sources of the extension and of its pages hand to `l10n.t`. */
export async function textsOfSources(): Promise<L10nBundle> {
  const files = globSync('{src,media}/**/*.ts', { cwd: root });
  const texts = await Promise.all(
    files.map(async (file) => textsOf(await readFile(join(root, file), 'utf8'), file.replaceAll('\\', '/'))),
  );
  return sorted(Object.assign({}, ...texts));
}

/**
 * The texts of `vscode.l10n.t`, of `@vscode/l10n` and of any other object named `l10n`.
 * @throws Error where a text does not stand in the call itself, and so could not be translated
 */
export function textsOf(source: string, file: string): L10nBundle {
  const texts: Record<string, string | CommentedText> = {};
  if (!source.includes('l10n')) return texts;
  parser.parse(source).iterate({
    enter: ({ name, node }) => {
      if (name !== 'CallExpression' || !isL10nCall(node, source)) return;
      const [first] = valuesOf(node.getChild('ArgList'));
      const entry = first && entryOf(first, source);
      if (!entry) {
        const line = source.slice(0, node.from).split('\n').length;
        throw new Error(`${file}:${line}: the text is to stand in the call of l10n.t, as one string.`);
      }
      if (typeof entry === 'string') texts[entry] = entry;
      else texts[`${entry.message}/${entry.comment.join('')}`] = entry;
    },
  });
  return texts;
}

function isL10nCall(call: SyntaxNode, source: string): boolean {
  return isCallOf(/(?:^|\.)\s*l10n\s*\.\s*t$/, call, source);
}

function isCallOf(callee: RegExp, { firstChild }: SyntaxNode, source: string): boolean {
  return firstChild !== null && callee.test(source.slice(firstChild.from, firstChild.to));
}

function entryOf(argument: SyntaxNode, source: string): string | CommentedText | undefined {
  if (argument.name !== 'ObjectExpression') return stringOf(argument, source);
  const properties = argument.getChildren('Property');
  const property = (key: string) =>
    properties.find(({ firstChild }) => firstChild && source.slice(firstChild.from, firstChild.to) === key)
      ?.lastChild ?? undefined;
  const message = stringOf(property('message'), source);
  const comment = property('comment');
  const comments = (comment?.name === 'ArrayExpression' ? valuesOf(comment) : [comment]).map((each) =>
    stringOf(each, source),
  );
  return message === undefined || comments.includes(undefined)
    ? undefined
    : { message, comment: comments.filter((each) => each !== undefined) };
}

/** Calls of a log, which is English. */
const ofLog = /(?:^|[.#])log\.(?:trace|debug|info|warn|error)$/;

/** Three words or more, and a full stop or the like. */
const sentence = /^\S+ \S+ .*[.!…]$/s;

/** The sentences of a source that it hands to no `l10n.t`, and that no log gets; `{}` stands for what is filled in. */
export function untranslatedSentences(source: string): readonly string[] {
  const found: string[] = [];
  const translated = new Set<number>();
  parser.parse(source).iterate({
    enter: ({ name, node, from, to }) => {
      if (translated.has(from) && name !== 'CallExpression') return false;
      if (name === 'CallExpression') {
        const [first] = isL10nCall(node, source) ? valuesOf(node.getChild('ArgList')) : [];
        if (first) translated.add(first.from);
        return !isCallOf(ofLog, node, source);
      }
      if (name !== 'String' && name !== 'TemplateString') return true;
      const text = source.slice(from + 1, to - 1).replace(/\$\{[^}]*\}/g, '{}');
      if (sentence.test(text)) found.push(text);
      return true;
    },
  });
  return found;
}

/** What stands between the brackets of arguments or of a list. */
function valuesOf(list: SyntaxNode | null): SyntaxNode[] {
  const values: SyntaxNode[] = [];
  for (let child = list?.firstChild ?? null; child; child = child.nextSibling) {
    if (!/^[[\](),]$|Comment$/.test(child.name)) values.push(child);
  }
  return values;
}

function stringOf(node: SyntaxNode | undefined, source: string): string | undefined {
  if (node?.name !== 'String') return undefined;
  const inner = source.slice(node.from + 1, node.to - 1);
  return JSON.parse(`"${inner.replace(/\\'/g, "'").replace(/(?<!\\)"/g, '\\"')}"`);
}

function sorted(bundle: L10nBundle): L10nBundle {
  return Object.fromEntries(Object.entries(bundle).sort(([one], [other]) => (one < other ? -1 : 1)));
}

export function bundleText(bundle: L10nBundle): string {
  return `${JSON.stringify(bundle, undefined, 2)}\n`;
}

/** Updates the English bundle from the sources. */
export async function writeEnglishBundle(): Promise<void> {
  const file = join(root, englishBundle);
  const current = bundleText(await textsOfSources());
  if (current === (await readFile(file, 'utf8').catch(() => ''))) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, current);
  console.log(`${englishBundle}: texts written anew`);
}
