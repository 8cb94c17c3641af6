import { contextKeys } from './contextKeys.ts';
import type { ViewName } from './views.ts';
import { all, hasFolder, keyIs, not, type When } from './when.ts';

interface WelcomeRow {
  /** package.nls.json has the text as `welcome.NAME`. */
  readonly name: string;
  readonly view: ViewName;
  readonly when: When;
}

/** What prevents a connection; the text says what to do. The view's message says what is wrong, with names. */
const obstacles = contextKeys.connection.filter((state) => state !== 'opening' && state !== 'open');

/** The welcome contents of views without items. */
export const welcomeRows: readonly WelcomeRow[] = [
  ...obstacles.map((name) => ({ name, view: 'images' as const, when: keyIs('connection', name) })),
  {
    name: 'instances',
    view: 'instances',
    when: all(not(keyIs('connection', 'opening')), not(keyIs('connection', 'open'))),
  },
  { name: 'workspaceWithoutFolder', view: 'workspace', when: not(hasFolder) },
];
