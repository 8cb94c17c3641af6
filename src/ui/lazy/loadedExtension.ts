import type * as vscode from 'vscode';
import type { CommandId } from '../../contributions/commands.ts';
import type { PanelId } from '../../contributions/panels.ts';
import type { ImagesNode, InstancesNode } from '../trees/nodes.ts';

/** False where the page's saved state does not say what the panel is to show, or another panel shows it. */
export type RestorePanel = (panel: vscode.WebviewPanel, saved: unknown) => boolean;

/** What the editor asks of the extension by an id, once all of it is loaded. */
export interface LoadedExtension {
  readonly runCommand: (id: CommandId, args: readonly unknown[]) => Promise<boolean>;
  readonly images: vscode.TreeDataProvider<ImagesNode>;
  readonly instances: vscode.TreeDataProvider<InstancesNode>;
  readonly restorePanel: Readonly<Record<PanelId, RestorePanel>>;
}
