import type { ViewName } from './views.ts';
import { any, keyIs, type When } from './when.ts';

interface WelcomeRow {
  /** package.nls.json has the text as `welcome.NAME`. */
  readonly name: string;
  readonly view: ViewName;
  readonly when: When;
}

/** The welcome contents of views without items. */
export const welcomeRows: readonly WelcomeRow[] = [
  { name: 'noCredentials', view: 'images', when: keyIs('connection', 'noCredentials') },
  { name: 'signedOut', view: 'images', when: keyIs('connection', 'signedOut') },
  {
    name: 'instances',
    view: 'instances',
    when: any(keyIs('connection', 'noCredentials'), keyIs('connection', 'signedOut')),
  },
];
