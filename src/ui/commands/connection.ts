import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import { sampleProfile, settings } from '../../contributions/settings.ts';
import { views } from '../../contributions/views.ts';
import { placedProblemText } from '../../core/configProblem.ts';
import { AmiError, type ConfigFilePlace, isCancelled } from '../../core/errors.ts';
import { partitionOf, placeNameOf, type Region } from '../../core/regions.ts';
import type { ConfigProblem, ConnectionPort, Profile } from '../../ec2/port.ts';
import { regionsToChoose } from '../session/regionsToChoose.ts';
import type { Session } from '../session/session.ts';
import { editorL10n } from '../shared/editorL10n.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import type { CommandHandlers } from '../shared/runCommand.ts';
import { chosenRegions, connectionChoice, writeSetting } from '../shared/settings.ts';

export interface ConnectionCommandsDeps {
  readonly session: Session;
  readonly connections: ConnectionPort;
}

export function connectionCommands(deps: ConnectionCommandsDeps) {
  return {
    [commands.selectProfile]: () => selectProfile(deps),
    [commands.useSampleAccount]: async () => {
      await choose(deps.session, sampleProfile);
      // It may be run where no view is seen, as in the walkthrough.
      await vscode.commands.executeCommand(`${views.images}.focus`);
    },
    [commands.openConfigFile]: () => openConfigFile(deps.session),
    [commands.selectRegions]: () => selectRegions(deps),
  } satisfies Partial<CommandHandlers>;
}

interface ProfileItem extends vscode.QuickPickItem {
  /** The setting's value, or a problem to show in its file. */
  readonly value: string | ConfigProblem;
}

async function selectProfile({ connections, session }: ConnectionCommandsDeps): Promise<void> {
  const choice = connectionChoice();
  const current = choice.kind === 'sample' ? sampleProfile : (choice.profile ?? '');
  const item = (value: string, label: string, icon: string, description: string, detail?: string): ProfileItem => ({
    value,
    label: `$(${value === current ? 'check' : icon}) ${label}`,
    description,
    ...(detail ? { detail: plain(detail) } : {}),
  });
  const separator = (label: string): ProfileItem => ({
    value: current,
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  const items = async (): Promise<ProfileItem[]> => {
    const { profiles, problems } = await connections.listProfiles();
    return [
      item(
        '',
        vscode.l10n.t('Standard chain'),
        'link',
        vscode.l10n.t('environment, AWS_PROFILE, default profile, SSO, container or instance role'),
      ),
      item(
        sampleProfile,
        vscode.l10n.t('Sample account'),
        'beaker',
        vscode.l10n.t('sample data, no credentials needed, nothing leaves this computer'),
      ),
      separator(vscode.l10n.t('Profiles')),
      ...profiles.map(({ name, kind, region, detail, problem }) =>
        problem
          ? item(
              name,
              plain(name),
              'warning',
              vscode.l10n.t('cannot be used'),
              placedProblemText(problem.problem, editorL10n),
            )
          : item(name, plain(name), 'account', plainFacts(kindText(kind), region), detail),
      ),
      ...(problems.length > 0 ? [separator(vscode.l10n.t('Problems in the Config Files'))] : []),
      ...problems.map((problem) => ({
        value: problem,
        label: `$(warning) ${plain(placedProblemText(problem.problem, editorL10n))}`,
      })),
    ];
  };
  const picked = await vscode.window.showQuickPick(items(), {
    title: vscode.l10n.t('Select AWS Profile'),
    placeHolder: vscode.l10n.t('Select a profile of the shared AWS config and credentials files'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (typeof picked?.value === 'string') {
    await choose(session, picked.value);
  } else if (picked) {
    await showProblem(picked.value);
  }
}

/** Opens the AWS file that prevents a connection, at the line. */
async function openConfigFile(session: Session): Promise<void> {
  const state = await session.settled();
  const file = state.kind === 'failed' && state.error instanceof AmiError ? state.error.file : undefined;
  if (file) {
    await showProblem(file);
  } else {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The AWS config files have no problem that prevents a connection.'),
    );
  }
}

async function showProblem({ path, line }: ConfigFilePlace): Promise<void> {
  const start = new vscode.Position((line ?? 1) - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(path), { selection: new vscode.Range(start, start) });
}

/** Picking the current profile again reconnects, since its files may have changed. */
async function choose(session: Session, profile: string): Promise<void> {
  const choice = connectionChoice();
  const current = choice.kind === 'sample' ? sampleProfile : (choice.profile ?? '');
  if (profile === current) {
    session.reopen();
  } else {
    await writeSetting(settings.profile, profile);
  }
}

function kindText(kind: Profile['kind']): string {
  switch (kind) {
    case 'sso':
      return vscode.l10n.t('IAM Identity Center (SSO)');
    case 'login':
      return vscode.l10n.t('console sign-in');
    case 'assume-role':
      return vscode.l10n.t('assumes a role');
    case 'web-identity':
      return vscode.l10n.t('web identity');
    case 'process':
      return vscode.l10n.t('credential process');
    case 'keys':
      return vscode.l10n.t('access keys');
    case 'none':
      return vscode.l10n.t('no credentials of its own');
  }
}

interface RegionItem extends vscode.QuickPickItem {
  readonly region: Region;
}

async function selectRegions({ session }: ConnectionCommandsDeps): Promise<void> {
  const connection = await session.connection();
  const shown = session.regions(connection);
  const abort = new AbortController();
  const pick = vscode.window.createQuickPick<RegionItem>();
  pick.title = vscode.l10n.t('Select Regions');
  pick.placeholder = vscode.l10n.t('Select the regions to show, or none for the default region');
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.busy = true;
  pick.show();
  try {
    const closed = new Promise<undefined>((resolve) => pick.onDidHide(() => resolve(undefined)));
    const accepted = new Promise<readonly RegionItem[]>((resolve) =>
      pick.onDidAccept(() => {
        if (!pick.busy) {
          resolve(pick.selectedItems);
        }
      }),
    );
    closed.then(() => abort.abort());
    const { regions, problem } = await regionsToChoose(session, connection, abort.signal);
    pick.items = [...regions].sort(byOptIn).map((region) => regionItem(region));
    pick.selectedItems = pick.items.filter((item) => shown.includes(item.region.name));
    pick.placeholder = problem ?? pick.placeholder;
    pick.busy = false;
    const picked = await Promise.race([accepted, closed]);
    if (!picked) {
      return;
    }
    const before = chosenRegions();
    const partition = session.partition(connection);
    // Regions of other partitions are not in this list, but stay chosen for other profiles.
    const otherPartitions = before.filter((name) => partitionOf(name) !== partition);
    const names = [...picked.map((item) => item.region.name), ...otherPartitions];
    if (names.length !== before.length || names.some((name) => !before.includes(name))) {
      await writeSetting(settings.regions, names);
    }
  } catch (error) {
    if (!isCancelled(error)) {
      throw error;
    }
  } finally {
    pick.dispose();
  }
}

function regionItem(region: Region): RegionItem {
  const notOptedIn = region.optIn === 'not-opted-in';
  return {
    region,
    label: region.name,
    description: [placeNameOf(region.name), notOptedIn ? vscode.l10n.t('$(lock) not enabled') : undefined]
      .filter(Boolean)
      .join(' · '),
  };
}

function byOptIn(a: Region, b: Region): number {
  return Number(a.optIn === 'not-opted-in') - Number(b.optIn === 'not-opted-in') || a.name.localeCompare(b.name, 'en');
}
