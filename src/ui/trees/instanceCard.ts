import * as vscode from 'vscode';
import { unfitnessOf } from '../../core/createImageChoices.ts';
import type { Instance } from '../../core/instance.ts';
import { unfitnessText } from '../actions/createImage/chooseInstances.ts';
import { Card, datesText, listed } from '../shared/card.ts';
import { instanceStateText } from '../shared/wording.ts';

export function instanceCard(instance: Instance, now: number): vscode.MarkdownString {
  const card = new Card(instance.name || instance.id);
  const unfitness = unfitnessOf(instance);
  card.paragraph(
    unfitness && vscode.l10n.t('No image can be created from this instance. {0}', unfitnessText(unfitness)),
  );
  card.row(vscode.l10n.t('Instance ID'), instance.id);
  card.row(vscode.l10n.t('State'), instanceStateText(instance.state));
  card.row(vscode.l10n.t('Type'), [instance.instanceType, instance.architecture, instance.platform].join(', '));
  card.row(vscode.l10n.t('AMI ID'), instance.imageId);
  card.row(vscode.l10n.t({ message: 'Zone', comment: ['An Availability Zone'] }), instance.availabilityZone);
  card.row(vscode.l10n.t('Private address'), instance.privateIp);
  card.row(vscode.l10n.t('Public address'), instance.publicIp);
  card.row(vscode.l10n.t('Launched'), datesText(instance.launchTime, now));
  for (const volume of instance.volumes.slice(0, listed)) {
    const fate = volume.deleteOnTermination
      ? vscode.l10n.t('deleted on termination')
      : vscode.l10n.t('kept on termination');
    card.row(volume.deviceName, `${volume.volumeId}, ${fate}`);
  }
  card.rest(instance.volumes.length - listed);
  for (const tag of instance.tags.filter((candidate) => candidate.key !== 'Name').slice(0, listed)) {
    card.row(tag.key, tag.value);
  }
  return card.markdown;
}
