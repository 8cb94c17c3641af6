import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import { placeNameOf } from '../../core/regions.ts';
import type { Finding } from '../../hints/finding.ts';
import { findingText } from '../../hints/findingText.ts';
import { editorL10n } from '../shared/editorL10n.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import { describeError, regionFailureText } from '../shared/presentError.ts';
import { listText, statusText } from '../shared/wording.ts';
import { contextValueOf } from '../trees/contextValueOf.ts';
import { withNextStep } from '../trees/trailingTreeItems.ts';
import type {
  CodeGroupNode,
  CodeMoreNode,
  CodeNoteNode,
  CodePlaceNode,
  UsedImageNode,
  WorkspaceNode,
} from './workspaceNodes.ts';

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
    case 'codeMore':
      return moreItem(node);
    case 'note':
      return noteItem(node);
  }
}

function imageItem(node: UsedImageNode, { now, account }: WorkspaceItemState): vscode.TreeItem {
  const { known, image, places, findings } = node;
  const label = plain(node.name) || plain(image.id);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = node.id;
  const isMissing = findings[0]?.rule === 'not-found';
  const status = (isMissing ? undefined : known && statusText(known, now)) ?? problemText(findings);
  const region = known || !isMissing ? image.region : undefined;
  const facts = [status, known && image.id, region, countText(places.length)];
  item.description = plainFacts(...facts);
  // That of a known image is its card, made when it is asked for.
  if (!known && findings[0]) {
    item.tooltip = findingText(findings[0], editorL10n);
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
  item.iconPath = iconOf(node.places[0]?.findings[0], node.group === 'lookup' ? 'search' : 'symbol-parameter');
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  return item;
}

function placeItem(node: CodePlaceNode): vscode.TreeItem {
  const { file, index, reference, findings } = node.place;
  const placed = file.references[index];
  const line = (placed?.start.line ?? 0) + 1;
  const isOwnLabel = node.parent.kind === 'codeGroup';
  const name = `${file.path.split('/').at(-1)}:${line}`;
  const folder = file.path.split('/').slice(0, -1).join('/');
  const label = isOwnLabel ? plain(reference.value) : plain(name);
  const item = new vscode.TreeItem(label);
  item.id = node.id;
  const region = reference.region.regions.join(', ');
  const problem = problemText(findings);
  item.description = isOwnLabel ? plainFacts(problem, name, folder, region) : plainFacts(problem, folder, region);
  const problems = findings.map((finding) => findingText(finding, editorL10n));
  item.tooltip = [`${plain(file.path)}:${line}`, plain(placed?.line ?? ''), ...problems].filter(Boolean).join('\n');
  item.contextValue = contextValueOf(node);
  item.iconPath = iconOf(findings[0], 'go-to-file');
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

/** Some words on the most severe of the findings of an image or a place; undefined where there is none. */
function problemText(findings: readonly Finding[]): string | undefined {
  const [finding] = findings;
  switch (finding?.rule) {
    case undefined:
      return undefined;
    case 'not-found':
      return missingText(findings);
    case 'malformed-id':
      return vscode.l10n.t('not an AMI ID');
    case 'deregistered':
      return vscode.l10n.t('deregistered');
    case 'deprecated':
      return statusText(finding.image, Date.now());
    case 'disabled':
      return vscode.l10n.t('disabled');
    case 'unusable':
      return plain(finding.state);
    case 'unsafe-lookup':
      return vscode.l10n.t({ message: 'no owner', comment: ['A lookup that does not filter by owner'] });
    case 'newer-image':
      return vscode.l10n.t('newer available');
    case 'wrong-architecture':
      return vscode.l10n.t('wrong architecture');
    case 'unverified-publisher':
      return vscode.l10n.t({ message: 'unverified', comment: ['Of the publisher of an image'] });
  }
}

/** Where an image is not, of all its places: the region beside it is one that has it. */
function missingText(findings: readonly Finding[]): string {
  const regions = new Set(findings.flatMap((finding) => (finding.rule === 'not-found' ? finding.regions : [])));
  return regions.size <= 2
    ? vscode.l10n.t('not in {0}', listText([...regions].map(plain)))
    : vscode.l10n.t('not found');
}

function moreItem(node: CodeMoreNode): vscode.TreeItem {
  const label = vscode.l10n.t('Load more… ({0} not shown)', node.hidden);
  const item = new vscode.TreeItem(label);
  item.id = node.id;
  item.contextValue = contextValueOf(node);
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: commands.loadMore, title: label, arguments: [node] };
  if (!node.parent) {
    item.tooltip = vscode.l10n.t('These images have not been looked up in AWS yet.');
  }
  return item;
}

function noteItem(node: CodeNoteNode): vscode.TreeItem {
  const label = noteText(node);
  const item = new vscode.TreeItem(label);
  item.id = node.id;
  item.contextValue = contextValueOf(node);
  item.iconPath = noteIcon(node.note);
  if (node.note === 'unconnected' || node.note === 'unasked') {
    item.tooltip = describeError(node.error).message;
  }
  const next = nextStepOf(node);
  if (next) {
    item.command = next;
    withNextStep(item, label, next);
  }
  return item;
}

function nextStepOf({ note, error }: CodeNoteNode): vscode.Command | undefined {
  switch (note) {
    case 'searching':
      return undefined;
    case 'empty':
      return { command: commands.findImage, title: vscode.l10n.t('Find Image…') };
    case 'partial':
      return {
        command: 'workbench.action.openSettings',
        title: vscode.l10n.t('Exclude Files'),
        arguments: ['search.exclude'],
      };
    case 'failed':
      return { command: commands.showLog, title: vscode.l10n.t('Show Log') };
    case 'untrusted':
      return { command: 'workbench.trust.manage', title: vscode.l10n.t('Manage Workspace Trust') };
    case 'unconnected':
    case 'unasked': {
      const [button] = describeError(error).buttons;
      return button && { ...button, arguments: button.argument === undefined ? [] : [button.argument] };
    }
  }
}

function noteIcon(note: CodeNoteNode['note']): vscode.ThemeIcon {
  switch (note) {
    case 'searching':
      return new vscode.ThemeIcon('loading~spin');
    case 'failed':
    case 'unasked':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    default:
      return new vscode.ThemeIcon('info');
  }
}

function noteText({ note, region, error }: CodeNoteNode): string {
  switch (note) {
    case 'searching':
      return vscode.l10n.t('Searching files…');
    case 'empty':
      return vscode.l10n.t('No images found in the files');
    case 'partial':
      return vscode.l10n.t('Too many files: some were not searched');
    case 'failed':
      return vscode.l10n.t('The files could not be searched');
    case 'untrusted':
      return vscode.l10n.t('AWS is not queried: the workspace is not trusted');
    case 'unconnected':
      return vscode.l10n.t('Not connected to AWS');
    case 'unasked':
      return regionFailureText(region ?? '', error);
  }
}

function countText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 reference') : vscode.l10n.t('{0} references', count);
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
