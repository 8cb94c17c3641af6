import type { CommandName } from './commands.ts';
import type { ViewName } from './views.ts';
import { all, inFocusedView, not, type When } from './when.ts';

export interface KeybindingRow {
  readonly command: CommandName;
  readonly key: string;
  readonly mac: string;
  readonly when: When;
  /** Given to the command as its only argument. */
  readonly args?: SelectedIn;
}

/** Says that a command is about what is selected in a view, and about nothing else where nothing is. */
export interface SelectedIn {
  readonly selectedIn: ViewName;
}

/** Keys that the editor uses for nothing else where they count. The README names them. */
export const keybindingTable: readonly KeybindingRow[] = [
  ...(['images', 'workspace'] as const).map(
    (view): KeybindingRow => ({
      command: 'copyImageId',
      key: 'ctrl+c',
      mac: 'cmd+c',
      when: inFocusedView(view),
      args: { selectedIn: view },
    }),
  ),
  {
    command: 'copyInstanceId',
    key: 'ctrl+c',
    mac: 'cmd+c',
    when: inFocusedView('instances'),
    args: { selectedIn: 'instances' },
  },
  {
    command: 'findImage',
    key: 'ctrl+k ctrl+a',
    mac: 'cmd+k cmd+a',
    // A terminal takes Cmd+K for itself, and the editor of keyboard shortcuts takes all of it.
    when: all(not('terminalFocus'), not('inKeybindings')),
  },
];
