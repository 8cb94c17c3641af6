import * as v from 'valibot';
import * as vscode from 'vscode';
import { isReadOnlyBy } from '../../actions/readOnly.ts';
import { sampleProfile, settings, settingTable } from '../../contributions/settings.ts';
import type { Event } from '../../core/emitter.ts';
import { listOf, read } from '../../core/schemas.ts';
import type { ConnectionChoice } from '../../ec2/port.ts';

const lowerCaseName = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.nonEmpty());

export function connectionChoice(): ConnectionChoice {
  const profile = text(settings.profile);
  if (profile === sampleProfile) {
    return { kind: 'sample' };
  }
  return { kind: 'aws', profile: profile || undefined, endpointUrl: text(settings.endpointUrl) || undefined };
}

/** The chosen regions; empty for the connection's default. */
export function chosenRegions(): readonly string[] {
  return [...new Set(read(listOf(lowerCaseName), configured(settings.regions)))];
}

/** As the user wrote it, to be checked by `readPublishers`. */
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

/** Whether the Images view selects the image whose details are the active editor. */
export function autoReveal(): boolean {
  return configured(settings.autoReveal) !== false;
}

/** What is shown of images in code, by the names of its settings. */
export type CodeFeature = 'hover' | 'inlayHints' | 'codeLens' | 'completion' | 'diagnostics' | 'drop' | 'paste';

/** Whether a document has it: the setting may differ by its language and its folder. */
export function showsInCode(feature: CodeFeature, document: vscode.TextDocument): boolean {
  const value = vscode.workspace.getConfiguration(undefined, document).get(settings[feature]);
  return (read(v.boolean(), value) ?? settingTable[feature].schema.default) === true;
}

/** Fires when one of these settings has changed. */
export function settingsEvent(names: readonly string[]): Event {
  return (listener) =>
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (names.some((name) => event.affectsConfiguration(name))) {
        listener();
      }
    });
}

/** Whether catalogs include deprecated images. */
export function catalogIncludeDeprecated(): boolean {
  return configured(settings.catalogIncludeDeprecated) === true;
}

/** The most bytes that the catalogs of a partition may take. */
export function catalogMaxSize(): number {
  const size = v.pipe(v.number(), v.gtValue(0));
  return (read(size, configured(settings.catalogMaxSize)) ?? settingTable.catalogMaxSize.schema.default) * 1_000_000;
}

/** Whether changes of AWS are refused. */
export function isReadOnly(): boolean {
  const users = vscode.workspace.getConfiguration().inspect(settings.readOnly)?.globalValue;
  return isReadOnlyBy(configured(settings.readOnly), users, vscode.workspace.isTrusted);
}

/** Writes to the workspace if it has a value, which would override the user's, else to the user's settings. */
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
