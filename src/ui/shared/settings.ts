import * as v from 'valibot';
import * as vscode from 'vscode';
import { isReadOnlyBy } from '../../actions/readOnly.ts';
import { sampleProfile, settings, settingTable } from '../../contributions/settings.ts';
import type { Event } from '../../core/emitter.ts';
import { listOf, read } from '../../core/schemas.ts';
import type { ConnectionChoice } from '../../ec2/port.ts';

const someName = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.nonEmpty());

export function connectionChoice(): ConnectionChoice {
  const profile = text(settings.profile);
  if (profile === sampleProfile) {
    return { kind: 'sample' };
  }
  return { kind: 'aws', profile: profile || undefined, endpointUrl: text(settings.endpointUrl) || undefined };
}

/** The regions that the user chose; empty where the connection's own default counts. */
export function chosenRegions(): readonly string[] {
  return [...new Set(read(listOf(someName), configured(settings.regions)))];
}

/** As the user wrote it: `parsePublishers` of src/core/publishers.ts says what is wrong with it. */
export function customPublishers(): unknown {
  return configured(settings.publishers);
}

export function groupByFamily(): boolean {
  return text(settings.groupBy) !== 'none';
}

export function sortByName(): boolean {
  return text(settings.sortBy) === 'name';
}

export function pageSize(): number {
  const { minimum, maximum, default: usual } = settingTable.pageSize.schema;
  const size = v.pipe(v.number(), v.integer(), v.toMinValue(minimum), v.toMaxValue(maximum));
  return read(size, configured(settings.pageSize)) ?? usual;
}

/** An event for when one of these settings has changed. */
export function settingsEvent(names: readonly string[]): Event {
  return (listener) =>
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (names.some((name) => event.affectsConfiguration(name))) {
        listener();
      }
    });
}

/** Whether the catalogs have deprecated images, too. */
export function catalogIncludeDeprecated(): boolean {
  return configured(settings.catalogIncludeDeprecated) === true;
}

/** Bytes that the catalogs of a partition may take. */
export function catalogMaxSize(): number {
  const size = v.pipe(v.number(), v.gtValue(0));
  return (read(size, configured(settings.catalogMaxSize)) ?? settingTable.catalogMaxSize.schema.default) * 1_000_000;
}

/** Whether nothing in AWS may be changed. */
export function isReadOnly(): boolean {
  const users = vscode.workspace.getConfiguration().inspect(settings.readOnly)?.globalValue;
  return isReadOnlyBy(configured(settings.readOnly), users, vscode.workspace.isTrusted);
}

/** Writes where the value in force comes from, so that what the user picks is what counts. */
export async function writeSetting(name: string, value: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const inspected = configuration.inspect(name);
  const target =
    inspected?.workspaceFolderValue !== undefined || inspected?.workspaceValue !== undefined
      ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.Global;
  await configuration.update(name, value, target);
}

function configured(name: string): unknown {
  return vscode.workspace.getConfiguration().get(name);
}

function text(name: string): string {
  return read(v.string(), configured(name))?.trim() ?? '';
}
