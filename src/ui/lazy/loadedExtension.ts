import type * as vscode from 'vscode';
import type { CommandId } from '../../contributions/commands.ts';
import type { PanelId } from '../../contributions/panels.ts';
import type { ImagesNode, InstancesNode } from '../trees/nodes.ts';

/** Gives whether what the page has kept tells what the panel is to show, and no other panel shows it. */
export type RestorePanel = (panel: vscode.WebviewPanel, kept: unknown) => boolean;

/** What the editor asks of the extension by an id, once all of it is loaded. */
export interface LoadedExtension {
  readonly runCommand: (id: CommandId, args: readonly unknown[]) => Promise<unknown>;
  readonly images: vscode.TreeDataProvider<ImagesNode>;
  readonly instances: vscode.TreeDataProvider<InstancesNode>;
  readonly restorePanel: Readonly<Record<PanelId, RestorePanel>>;
}
