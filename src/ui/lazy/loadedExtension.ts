import type * as vscode from 'vscode';
import type { CommandId } from '../../contributions/commands.ts';
import type { PanelId } from '../../contributions/panels.ts';
import type { ImagesNode, InstancesNode } from '../trees/nodes.ts';
import type { WorkspaceNode } from '../workspace/workspaceNodes.ts';

/** Returns false where the saved state does not name the panel's content, or another panel shows it. */
export type RestorePanel = (panel: vscode.WebviewPanel, saved: unknown) => boolean;

export type PasteProvider = Required<Pick<vscode.DocumentPasteEditProvider, 'provideDocumentPasteEdits'>>;

/** What commands, views and panels need of the loaded extension. */
export interface LoadedExtension {
  readonly runCommand: (id: CommandId, args: readonly unknown[]) => Promise<boolean>;
  readonly images: vscode.TreeDataProvider<ImagesNode>;
  readonly instances: vscode.TreeDataProvider<InstancesNode>;
  readonly workspace: vscode.TreeDataProvider<WorkspaceNode>;
  /** Gives a drag what its nodes name. */
  readonly dragImages: (nodes: readonly unknown[], transfer: vscode.DataTransfer) => void;
  readonly pastedLinks: PasteProvider;
  /** Opens a URI of the extension, which anybody may have written. */
  readonly openLink: (uri: vscode.Uri) => void;
  readonly completion: vscode.CompletionItemProvider;
  readonly restorePanel: Readonly<Record<PanelId, RestorePanel>>;
}
