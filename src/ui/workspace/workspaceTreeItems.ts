import * as vscode from 'vscode';
import { placeNameOf } from '../../core/regions.ts';
import type { Finding } from '../../hints/finding.ts';
import { findingText } from '../../hints/findingText.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import { describeError } from '../shared/presentError.ts';
import { statusText } from '../shared/wording.ts';
import { contextValueOf } from '../trees/contextValueOf.ts';
import type { CodeGroupNode, CodeNoteNode, CodePlaceNode, UsedImageNode, WorkspaceNode } from './workspaceNodes.ts';

export interface WorkspaceItemState {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Of the connection. */
  readonly account: string | undefined;
}

/** The item of a node of the view In This Workspace, with its text for screen readers. */
export function toWorkspaceTreeItem(node: WorkspaceNode, state: WorkspaceItemState): vscode.TreeItem {
  switch (node.kind) {
    case 'image':
      return imageItem(node, state);
    case 'codeGroup':
      return groupItem(node);
    case 'codePlace':
      return placeItem(node);
    case 'note':
      return noteItem(node);
  }
}

function imageItem(node: UsedImageNode, { now, account }: WorkspaceItemState): vscode.TreeItem {
  const { known, image, places, findings } = node;
  const label = plain(known?.name ?? '') || plain(image.id);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = node.id;
  const missing = findings[0]?.rule === 'not-found' ? missingText(findings) : undefined;
  const status = missing ?? (known && statusText(known, now)) ?? (findings[0] && ruleText(findings[0]));
  const region = known || !missing ? image.region : undefined;
  const facts = [status, known && image.id, region, countText(places.length)];
  item.description = plainFacts(...facts);
  // That of a known image is its card, made when it is asked for.
  if (!known && findings[0]) {
    item.tooltip = findingText(findings[0], vscode.l10n);
  }
  item.contextValue = contextValueOf(node, known !== undefined && known.ownerId === account);
  item.iconPath = iconOf(findings[0], 'server-environment');
  item.accessibilityInformation = { label: [label, ...facts].filter(Boolean).join(', ') };
  return item;
}

function groupItem(node: CodeGroupNode): vscode.TreeItem {
  const label = node.group === 'lookup' ? vscode.l10n.t('Lookups') : vscode.l10n.t('Public parameters');
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = node.id;
  item.description = countText(node.places.length);
  item.contextValue = contextValueOf(node);
  item.iconPath = iconOf(node.places[0]?.finding, node.group === 'lookup' ? 'search' : 'symbol-parameter');
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  return item;
}

function placeItem(node: CodePlaceNode): vscode.TreeItem {
  const { file, index, reference, finding } = node.place;
  const placed = file.references[index];
  const line = (placed?.start.line ?? 0) + 1;
  const isOwnLabel = node.parent.kind === 'codeGroup';
  const name = `${file.path.split('/').at(-1)}:${line}`;
  const folder = file.path.split('/').slice(0, -1).join('/');
  const label = isOwnLabel ? plain(reference.value) : plain(name);
  const item = new vscode.TreeItem(label);
  item.id = node.id;
  const region = reference.region.regions.join(', ');
  item.description = isOwnLabel ? plainFacts(name, folder, region) : plainFacts(folder, region);
  const problem = finding && findingText(finding, vscode.l10n);
  item.tooltip = [`${plain(file.path)}:${line}`, plain(placed?.line ?? ''), problem].filter(Boolean).join('\n');
  item.contextValue = contextValueOf(node);
  item.iconPath = iconOf(finding, 'go-to-file');
  if (placed) {
    const { start, end } = placed;
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    item.command = {
      command: 'vscode.open',
      title: vscode.l10n.t('Open'),
      arguments: [
        vscode.Uri.parse(file.uri, true),
        { selection: isOwnLabel ? new vscode.Range(selection.start, selection.start) : selection },
      ],
    };
  }
  const place = placeNameOf(reference.region.regions[0] ?? '');
  item.accessibilityInformation = { label: [label, item.description, place].filter(Boolean).join(', ') };
  return item;
}

/** Where an image is not, of all its places: the region beside it is one that has it. */
function missingText(findings: readonly Finding[]): string {
  const regions = new Set(findings.flatMap((finding) => (finding.rule === 'not-found' ? finding.regions : [])));
  return regions.size <= 2 ? vscode.l10n.t('not in {0}', plain([...regions].join(', '))) : vscode.l10n.t('not found');
}

/** Some words on what is wrong, where a state says nothing. */
function ruleText({ rule }: Finding): string | undefined {
  switch (rule) {
    case 'malformed-id':
      return vscode.l10n.t('not an AMI ID');
    case 'deregistered':
      return vscode.l10n.t('deregistered');
    case 'newer-image':
      return vscode.l10n.t('newer available');
    case 'wrong-architecture':
      return vscode.l10n.t('wrong architecture');
    case 'unverified-publisher':
      return vscode.l10n.t('unverified');
    default:
      return undefined;
  }
}

function noteItem(node: CodeNoteNode): vscode.TreeItem {
  const item = new vscode.TreeItem(noteText(node.note));
  item.id = node.id;
  item.contextValue = contextValueOf(node);
  item.iconPath = new vscode.ThemeIcon(node.note === 'searching' ? 'loading~spin' : 'info');
  if (node.note === 'untrusted') {
    item.command = { command: 'workbench.trust.manage', title: vscode.l10n.t('Manage Workspace Trust') };
  } else if (node.note === 'unconnected') {
    const { message, buttons } = describeError(node.error);
    item.tooltip = message;
    const [button] = buttons;
    if (button) {
      const { title, command, argument } = button;
      item.command = { title, command, arguments: argument === undefined ? [] : [argument] };
    }
  }
  return item;
}

function noteText(note: CodeNoteNode['note']): string {
  switch (note) {
    case 'searching':
      return vscode.l10n.t('Searching files…');
    case 'empty':
      return vscode.l10n.t('No file names an image');
    case 'partial':
      return vscode.l10n.t('The workspace has more files than are searched');
    case 'failed':
      return vscode.l10n.t('The files could not be searched');
    case 'untrusted':
      return vscode.l10n.t('AWS is not asked: the workspace is not trusted');
    case 'unconnected':
      return vscode.l10n.t('There is no connection to AWS');
  }
}

function countText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 place') : vscode.l10n.t('{0} places', count);
}

function iconOf(finding: Finding | undefined, otherwise: string): vscode.ThemeIcon {
  switch (finding?.severity) {
    case 'error':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    case 'warning':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    case 'information':
      return new vscode.ThemeIcon(finding.rule === 'newer-image' ? 'arrow-circle-up' : 'info');
    case undefined:
      return new vscode.ThemeIcon(otherwise);
  }
}
