import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { ToolCode } from '../../code/insertion/codePlace.ts';
import { toolOf } from '../../code/insertion/toolOf.ts';
import { documentPath } from '../code/documentPath.ts';
import { flatCode } from '../editor/flatCode.ts';
import { languageOfDocument } from '../editor/placedInDocument.ts';
import { plain } from '../shared/plainText.ts';

/** A form of code, of images or of parameters. */
export interface CodeKind {
  /** The tool's proper name; not translated. */
  readonly tool: string;
  readonly form: string;
}

interface KindGroup<Kind> {
  /** Undefined for kinds under no heading. */
  readonly title: string | undefined;
  readonly kinds: readonly Kind[];
}

export interface CodeChoice<Kind extends CodeKind> {
  readonly title: string;
  readonly placeHolder: string;
  readonly groups: readonly KindGroup<Kind>[];
  /** The code, as far as it is known. */
  render(kind: Kind): ToolCode;
  /** Resolves when nothing more is to be known about the code of a kind. */
  checked?(kind: Kind): Promise<void>;
  /** The file that the code is for: its tool comes first. */
  readonly document: vscode.TextDocument | undefined;
  /** Told of each code that the user looks at. */
  onLookAt?(code: ToolCode): void;
}

/** So much of the code is in a row. */
const maxDetail = 160;

/** Lets the user choose a form of code, of which each row shows the beginning. */
export async function chooseCode<Kind extends CodeKind>(choice: CodeChoice<Kind>): Promise<Kind | undefined> {
  interface KindItem extends vscode.QuickPickItem {
    readonly code?: Kind;
  }
  const isJson = choice.document !== undefined && languageOfDocument(choice.document) === 'json';
  const item = (code: Kind): KindItem => ({
    code,
    label: code.tool,
    description: code.form,
    detail: plain(flatCode(written(choice.render(code), isJson), maxDetail)),
  });
  const items = (): readonly KindItem[] =>
    groupsFor(choice).flatMap(({ title, kinds }) => [
      ...(title === undefined ? [] : [{ label: title, kind: vscode.QuickPickItemKind.Separator }]),
      ...kinds.map(item),
    ]);
  const pick = vscode.window.createQuickPick<KindItem>();
  Object.assign(pick, {
    title: choice.title,
    placeholder: choice.placeHolder,
    items: items(),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  let isOpen = true;
  const lookAt = () => {
    const code = pick.activeItems[0]?.code;
    if (isOpen && code) choice.onLookAt?.(choice.render(code));
  };
  const kinds = choice.groups.flatMap((group) => group.kinds);
  void Promise.all(kinds.map((kind) => choice.checked?.(kind))).then(() => {
    const shown = items();
    // A row that is drawn anew loses the click that it is just getting.
    if (!isOpen || shown.every(({ detail }, index) => detail === pick.items[index]?.detail)) return;
    const active = pick.activeItems[0]?.code;
    pick.items = shown;
    pick.activeItems = shown.filter(({ code }) => code !== undefined && code === active);
    lookAt();
  });
  try {
    return await new Promise<Kind | undefined>((resolve) => {
      pick.onDidChangeActive(lookAt);
      pick.onDidAccept(() => {
        const code = pick.activeItems[0]?.code;
        if (code) resolve(code);
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    isOpen = false;
    pick.dispose();
  }
}

function written({ text, json }: ToolCode, isJson: boolean): string {
  return isJson && json ? json.map(({ path, value }) => `"${path.at(-1)}": ${JSON.stringify(value)}`).join(', ') : text;
}

/** The kinds of the file's tool in a group of their own, which says so. */
function groupsFor<Kind extends CodeKind>({ groups, document }: CodeChoice<Kind>): readonly KindGroup<Kind>[] {
  const tool = document && toolOf(documentPath(document.uri), document.getText(), languageOfDocument(document));
  const own = groups.flatMap(({ kinds }) => kinds.filter((kind) => kind.tool === tool));
  if (!document || own.length === 0) return groups;
  const others = groups.map(({ title = vscode.l10n.t('Other tools'), kinds }) => ({
    title,
    kinds: kinds.filter((kind) => kind.tool !== tool),
  }));
  return [
    {
      title: vscode.l10n.t({
        message: 'For {0}',
        args: [plain(basename(document.uri.path))],
        comment: ['A heading: code for the open file, {0}'],
      }),
      kinds: own,
    },
    ...others.filter(({ kinds }) => kinds.length > 0),
  ];
}
