import * as vscode from 'vscode';
import type { FamilyCount } from '../../core/familyState.ts';
import { plain } from '../shared/plainText.ts';
import type { FamilyNode, PublicFamilyNode } from './nodes.ts';

export function familyLabel(node: FamilyNode | PublicFamilyNode): string {
  if (node.kind === 'family') {
    return plain(node.label) || vscode.l10n.t('Unnamed images');
  }
  return node.family.kind === 'other' ? vscode.l10n.t('Other images') : plain(node.family.label);
}

/** `2 failed` */
export function flagText({ flag, count }: FamilyCount): string {
  switch (flag) {
    case 'failed':
      return vscode.l10n.t({
        message: '{0} failed',
        args: [count],
        comment: ['A number of images of a family, by their state'],
      });
    case 'public':
      return vscode.l10n.t({
        message: '{0} public',
        args: [count],
        comment: ['A number of images of a family that everybody can launch'],
      });
    case 'pending':
      return vscode.l10n.t({
        message: '{0} pending',
        args: [count],
        comment: ['A number of images of a family, by their state'],
      });
    case 'disabled':
      return vscode.l10n.t({
        message: '{0} disabled',
        args: [count],
        comment: ['A number of images of a family, by their state'],
      });
    case 'deprecated':
      return vscode.l10n.t('deprecated');
  }
}

/** The icon of what is most important among the images: that of an image of which the same is to be said. */
export function familyIcon([first]: readonly FamilyCount[], count: number): vscode.ThemeIcon {
  switch (first?.flag) {
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    case 'public':
    case 'deprecated':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    case 'pending':
      return new vscode.ThemeIcon('loading~spin');
    case 'disabled':
      return first.count === count
        ? new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground'))
        : new vscode.ThemeIcon('versions');
    case undefined:
      return new vscode.ThemeIcon('versions');
  }
}
