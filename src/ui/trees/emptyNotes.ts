import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { ImagesContainer, NoteNode, RegionNode } from './nodes.ts';

/** Why there are no rows, and what to do next: a click does it. */
interface EmptyText {
  readonly label: string;
  readonly next: vscode.Command;
}

/** What stands in the place of the rows below a node. */
export function emptyText({ parent }: NoteNode<ImagesContainer | RegionNode>): EmptyText {
  switch (parent.kind) {
    case 'region':
      return { label: vscode.l10n.t('No instances'), next: selectRegions() };
    case 'scope':
      return textOfScope(parent);
    default:
      return { label: vscode.l10n.t('No images'), next: browseCatalog(parent) };
  }
}

function textOfScope(parent: Extract<ImagesContainer, { kind: 'scope' }>): EmptyText {
  switch (parent.scope) {
    case 'owned':
      return {
        label: vscode.l10n.t('No images yet'),
        next: { command: commands.createImage, title: vscode.l10n.t('Create Image…') },
      };
    case 'shared':
      return { label: vscode.l10n.t('Nothing is shared with you'), next: browseCatalog(parent) };
    case 'pinned':
    case 'latest':
    case 'public':
      return { label: vscode.l10n.t('No images'), next: browseCatalog(parent) };
  }
}

function browseCatalog(parent: ImagesContainer): vscode.Command {
  return { command: commands.openCatalog, title: vscode.l10n.t('Browse Public Catalog'), arguments: [parent] };
}

function selectRegions(): vscode.Command {
  return { command: commands.selectRegions, title: vscode.l10n.t('Select Regions…') };
}
