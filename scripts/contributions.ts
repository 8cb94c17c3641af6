import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CommandName, type CommandRow, commands, commandTable } from '../src/contributions/commands.ts';
import { keybindingTable } from '../src/contributions/keybindings.ts';
import {
  type ItemRow,
  itemMenus,
  type PageRow,
  pageMenus,
  type SubmenuRow,
  submenuTable,
  type TitleRow,
  titleMenus,
} from '../src/contributions/menus.ts';
import { type PanelId, panelIds } from '../src/contributions/panels.ts';
import { type SettingName, type SettingRow, settings, settingTable } from '../src/contributions/settings.ts';
import { type ViewName, views } from '../src/contributions/views.ts';
import { type ViewRow, viewTable } from '../src/contributions/viewTable.ts';
import { walkthroughId, walkthroughSteps } from '../src/contributions/walkthrough.ts';
import { welcomeRows } from '../src/contributions/welcome.ts';
import { all, inPage, inView } from '../src/contributions/when.ts';

const manifestFile = join(dirname(dirname(fileURLToPath(import.meta.url))), 'package.json');
const title = 'AMI Explorer';
const icon = 'media/icons/ami-explorer.svg';

/** The `contributes` of package.json, from the tables of `src/contributions`. */
function contributions() {
  return {
    commands: rowsOf<CommandName, CommandRow>(commandTable).map(([name, row]) => ({
      command: commands[name],
      title: `%command.${name}%`,
      category: title,
      ...(row.icon === undefined ? {} : { icon: `$(${row.icon})` }),
    })),
    keybindings: keybindingTable.map(({ command, ...row }) => ({ command: commands[command], ...row })),
    viewsContainers: { activitybar: [{ id: 'amiExplorer', title, icon }] },
    views: {
      amiExplorer: rowsOf<ViewName, ViewRow>(viewTable).map(([name, { initialSize, collapsed }]) => ({
        id: views[name],
        name: `%view.${name}%`,
        contextualTitle: title,
        icon,
        initialSize,
        ...(collapsed ? { visibility: 'collapsed' } : {}),
      })),
    },
    viewsWelcome: welcomeRows.map(({ name, view, when }) => ({
      view: views[view],
      contents: `%welcome.${name}%`,
      when,
    })),
    walkthroughs: [
      {
        id: walkthroughId,
        title: '%walkthrough.title%',
        description: '%walkthrough.description%',
        steps: walkthroughSteps.map(({ name, doneWhen }) => ({
          id: name,
          title: `%walkthrough.${name}.title%`,
          description: `%walkthrough.${name}.description%`,
          media: { svg: `media/walkthrough/${name}.svg`, altText: `%walkthrough.${name}.altText%` },
          completionEvents: [`onContext:${doneWhen}`],
        })),
      },
    ],
    menus: {
      commandPalette: rowsOf<CommandName, CommandRow>(commandTable).flatMap(([name, { palette }]) =>
        palette === undefined ? [] : [{ command: commands[name], when: palette }],
      ),
      'view/title': rowsOf<ViewName, readonly TitleRow[]>(titleMenus).flatMap(([view, rows]) =>
        rows.map(({ command, when, group }) => ({
          command: commands[command],
          when: when === undefined ? inView(view) : all(inView(view), when),
          group,
        })),
      ),
      ...itemMenuEntries(itemMenus, submenuTable),
      'webview/context': rowsOf<PanelId, Readonly<Record<string, readonly PageRow[]>>>(pageMenus).flatMap(
        ([panel, sections]) =>
          Object.entries(sections).flatMap(([section, rows]) =>
            rows.map(({ command, when, group }) => ({
              command: commands[command],
              when: when === undefined ? inPage(panel, section) : all(inPage(panel, section), when),
              group,
            })),
          ),
      ),
    },
    submenus: Object.keys(submenuTable).map((name) => ({ id: submenuId(name), label: `%submenu.${name}%` })),
    configuration: {
      title,
      properties: Object.fromEntries(
        rowsOf<SettingName, SettingRow>(settingTable).map(([name, { scope, schema }], index) => [
          settings[name],
          {
            ...schema,
            ...(schema.enum && { enumDescriptions: schema.enum.map((value) => `%setting.${name}.${value}%`) }),
            scope,
            order: index + 1,
            markdownDescription: `%setting.${name}%`,
          },
        ]),
      ),
    },
  };
}

interface MenuEntry {
  readonly command?: string;
  readonly submenu?: string;
  readonly when: string;
  readonly group: string;
}

/**
 * The menu of the views' items and its submenus, by the ids of package.json. Each clause names the view, since other
 * extensions' trees may have items of the same kinds.
 */
export function itemMenuEntries<Submenu extends string>(
  menus: Readonly<Record<ViewName, readonly ItemRow<Submenu>[]>>,
  submenus: Readonly<Record<Submenu, SubmenuRow>>,
): Readonly<Record<string, readonly MenuEntry[]>> {
  const entries: Record<string, MenuEntry[]> = { 'view/item/context': [] };
  const add = (menu: string, entry: MenuEntry) => {
    entries[menu] = [...(entries[menu] ?? []), entry];
  };
  for (const [view, rows] of rowsOf<ViewName, readonly ItemRow<Submenu>[]>(menus)) {
    for (const [name, { group }] of rowsOf<Submenu, SubmenuRow>(submenus)) {
      if (rows.some(({ submenu }) => submenu === name)) {
        add('view/item/context', { submenu: submenuId(name), when: inView(view), group });
      }
    }
    for (const { command, when, inline, group, submenu } of rows) {
      const entry = { command: commands[command], when: all(inView(view), when) };
      if (inline !== undefined) {
        add('view/item/context', { ...entry, group: `inline@${inline}` });
      }
      if (group !== undefined) {
        add(submenu === undefined ? 'view/item/context' : submenuId(submenu), { ...entry, group });
      }
    }
  }
  return entries;
}

function submenuId(name: string): string {
  return `amiExplorer.${name}`;
}

/** The settings that an untrusted workspace cannot set. */
function restrictedConfigurations(): readonly string[] {
  return rowsOf<SettingName, SettingRow>(settingTable).flatMap(([name, { restricted }]) =>
    restricted ? [settings[name]] : [],
  );
}

/** The text of package.json, with everything that the tables define replaced. */
export function withContributions(text: string): string {
  const manifest = JSON.parse(text);
  manifest.contributes = contributions();
  const others = manifest.activationEvents.filter((event: string) => !event.startsWith('onWebviewPanel:'));
  manifest.activationEvents = [...panelIds.map((id) => `onWebviewPanel:${id}`), ...others];
  manifest.capabilities.untrustedWorkspaces.restrictedConfigurations = restrictedConfigurations();
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Updates package.json from the tables. */
export async function writeContributions(): Promise<void> {
  const text = await readFile(manifestFile, 'utf8');
  const current = withContributions(text);
  if (current !== text) {
    await writeFile(manifestFile, current);
    console.log('package.json: contributions written anew');
  }
}

function rowsOf<Name extends string, Row>(table: Readonly<Record<Name, Row>>): [Name, Row][] {
  return Object.entries(table) as [Name, Row][];
}
