import * as vscode from 'vscode';
import { isReadOnlyBy } from '../../actions/readOnly.ts';
import { sampleProfile, settings, settingTable } from '../../contributions/settings.ts';
import type { ConnectionChoice } from '../../ec2/port.ts';
import type { Event } from './emitter.ts';

export function connectionChoice(): ConnectionChoice {
  const profile = text(settings.profile);
  if (profile === sampleProfile) {
    return { kind: 'sample' };
  }
  return { kind: 'aws', profile: profile || undefined, endpointUrl: text(settings.endpointUrl) || undefined };
}

/** The regions that the user chose; empty where the connection's own default counts. */
export function chosenRegions(): readonly string[] {
  const value: unknown = read(settings.regions);
  const names = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  return [...new Set(names.map((name) => name.trim().toLowerCase()).filter(Boolean))];
}

/** As the user wrote it: `parsePublishers` of src/core/publishers.ts says what is wrong with it. */
export function customPublishers(): unknown {
  return read(settings.publishers);
}

export function groupByFamily(): boolean {
  return text(settings.groupBy) !== 'none';
}

export function sortByName(): boolean {
  return text(settings.sortBy) === 'name';
}

export function pageSize(): number {
  const value: unknown = read(settings.pageSize);
  const { minimum, maximum, default: usual } = settingTable.pageSize.schema;
  return typeof value === 'number' && Number.isInteger(value) ? Math.min(Math.max(value, minimum), maximum) : usual;
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
  return read(settings.catalogIncludeDeprecated) === true;
}

/** Bytes that the catalogs of a partition may take. */
export function catalogMaxSize(): number {
  const value: unknown = read(settings.catalogMaxSize);
  const { default: usual } = settingTable.catalogMaxSize.schema;
  return (typeof value === 'number' && value > 0 ? value : usual) * 1_000_000;
}

/** Whether nothing in AWS may be changed. */
export function isReadOnly(): boolean {
  const users = vscode.workspace.getConfiguration().inspect(settings.readOnly)?.globalValue;
  return isReadOnlyBy(read(settings.readOnly), users, vscode.workspace.isTrusted);
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

function read(name: string): unknown {
  return vscode.workspace.getConfiguration().get(name);
}

function text(name: string): string {
  const value = read(name);
  return typeof value === 'string' ? value.trim() : '';
}
