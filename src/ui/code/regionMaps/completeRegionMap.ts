import * as vscode from 'vscode';
import { completedMap } from '../../../code/regionMaps/completedMap.ts';
import type { RegionMap } from '../../../code/regionMaps/regionMap.ts';
import { commands } from '../../../contributions/commands.ts';
import { partitionOf } from '../../../core/regions.ts';
import type { Connection } from '../../../ec2/port.ts';
import {
  type Candidate,
  type CellChange,
  type CellImage,
  candidateElsewhere,
  candidatesIn,
  cellImages,
  type MapChanges,
  mapChanges,
  unsettledRegions,
} from '../../../hints/regionMapImages.ts';
import type { ConnectionImages } from '../../../images/connectionImages.ts';
import { sameImagesIn } from '../../../images/sameImages.ts';
import type { RegionMapFinder } from '../../../scan/port.ts';
import { regionsToChoose } from '../../session/regionsToChoose.ts';
import type { Session } from '../../session/session.ts';
import type { CommandHandlers } from '../../shared/runCommand.ts';
import { isTrustedOrTold } from '../../shared/trust.ts';
import { whileShown } from '../../shared/whileShown.ts';
import { counted, sentencesText } from '../../shared/wording.ts';
import { documentPath } from '../documentPath.ts';
import { chooseMap, type Place, placeOf, titleText } from './mapAtPlace.ts';
import { chooseLead, missingTexts, reviewChanges } from './mapReview.ts';
import { chooseNewRegions } from './regionChoice.ts';

export interface RegionMapDeps {
  readonly session: Session;
  readonly images: ConnectionImages;
  readonly finder: RegionMapFinder;
}

export function regionMapCommands(deps: RegionMapDeps) {
  return {
    [commands.completeRegionMap]: async (uri, offset) => {
      const place = await placeOf(uri, offset);
      if (place && (await isTrustedOrTold())) {
        await completeRegionMap(deps, place);
      }
    },
  } satisfies Partial<CommandHandlers>;
}

async function completeRegionMap(deps: RegionMapDeps, { document, offset }: Place): Promise<void> {
  const connection = await deps.session.connection();
  const { version } = document;
  const text = document.getText();
  const source = { path: documentPath(document.uri), text, languageId: document.languageId };
  const map = await chooseMap(await deps.finder.regionMaps(source), document, offset);
  if (!map) {
    return;
  }
  const found = await whileShown(vscode.l10n.t('Checking the images in the map…'), (signal) =>
    leadsIn(deps, connection, map, signal),
  );
  const leads = found && (await chooseLeads(map, found.candidates));
  if (!found || !leads) {
    return;
  }
  const { cells } = found;
  const added = await chooseRegions(deps, connection, { map, cells });
  if (!added) {
    return;
  }
  const regions = [...unsettledRegions(cells, leads), ...added].filter(isAskedOn(connection));
  const leadImages = leads.map(({ image }) => image);
  const answers = await whileShown(searchingText(regions.length), (signal) =>
    sameImagesIn(regions, leadImages, connection.ec2, signal),
  );
  const changes = answers && (await reviewed(map, mapChanges(cells, leads, answers), leads));
  if (changes && changes.length > 0) {
    await apply({ document, version, text, map, changes });
  }
}

function searchingText(regions: number): string {
  return counted(
    [vscode.l10n.t('Looking for the image in 1 region…'), vscode.l10n.t('Looking for the image in {0} regions…')],
    regions,
  );
}

interface LeadsInMap {
  readonly cells: readonly CellImage[];
  /** One list for each slot with an image. */
  readonly candidates: readonly (readonly Candidate[])[];
}

/** @throws AmiError where no image of the map could be asked for */
async function leadsIn(
  { session, images }: RegionMapDeps,
  connection: Connection,
  map: RegionMap,
  signal: AbortSignal,
): Promise<LeadsInMap> {
  const byId = images.of(connection);
  const cells = await cellImages(map, byId, isAskedOn(connection), signal);
  const known = candidatesIn(cells);
  const slots = [...new Set(cells.map(({ slot }) => slot))];
  const regions = session.regions(connection);
  const candidates = await Promise.all(
    slots.map(async (slot) => {
      const elsewhere = known.has(slot) ? undefined : await candidateElsewhere(cells, slot, regions, byId, signal);
      return known.get(slot) ?? (elsewhere ? [elsewhere] : []);
    }),
  );
  const failed = cells.find(({ error }) => error !== undefined);
  if (failed && candidates.every(({ length }) => length === 0)) {
    throw failed.error;
  }
  return { cells, candidates: candidates.filter(({ length }) => length > 0) };
}

async function chooseLeads(
  map: RegionMap,
  candidates: LeadsInMap['candidates'],
): Promise<readonly Candidate[] | undefined> {
  if (candidates.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'None of the images in the map were found in their regions, or they are not shared with this account.',
      ),
    );
    return undefined;
  }
  const leads: Candidate[] = [];
  for (const ofSlot of candidates) {
    const [only, ...others] = ofSlot;
    const lead = others.length === 0 ? only : await chooseLead(titleText(map), ofSlot);
    if (!lead) {
      return undefined;
    }
    leads.push(lead);
  }
  return leads;
}

async function chooseRegions(
  { session }: RegionMapDeps,
  connection: Connection,
  { map, cells }: { readonly map: RegionMap; readonly cells: readonly CellImage[] },
): Promise<readonly string[] | undefined> {
  const listed = await whileShown(vscode.l10n.t('Loading the regions of the account…'), (signal) =>
    regionsToChoose(session, connection, signal),
  );
  if (!listed) {
    return undefined;
  }
  const inMap = new Set(cells.map(({ region }) => region));
  const enabled = listed.regions.filter(({ name, optIn }) => optIn !== 'not-opted-in' && !inMap.has(name));
  const chosen = session.regions(connection).filter((region) => !inMap.has(region));
  const others = enabled.map(({ name }) => name).filter((name) => !chosen.includes(name));
  return chooseNewRegions(titleText(map), chosen, others);
}

async function reviewed(
  map: RegionMap,
  changes: MapChanges,
  leads: readonly Candidate[],
): Promise<readonly CellChange[] | undefined> {
  if (changes.changes.length > 0) {
    return reviewChanges(titleText(map), changes, leads);
  }
  const texts = [vscode.l10n.t('There is nothing to change in the map.'), ...missingTexts(changes.missing)];
  void vscode.window.showInformationMessage(sentencesText(texts));
  return undefined;
}

interface MapEdit {
  readonly document: vscode.TextDocument;
  /** Of the text in which the map was found. */
  readonly version: number;
  readonly text: string;
  readonly map: RegionMap;
  readonly changes: readonly CellChange[];
}

async function apply({ document, version, text, map, changes }: MapEdit): Promise<void> {
  const wanted = changes.map(({ region, slot, to }) => ({ region, slot, id: to.image.id }));
  const edit = completedMap(text, map, wanted);
  const isUnchanged = !document.isClosed && document.version === version;
  const workspaceEdit = new vscode.WorkspaceEdit();
  if (edit && isUnchanged) {
    const range = new vscode.Range(document.positionAt(edit.span.start), document.positionAt(edit.span.end));
    workspaceEdit.replace(document.uri, range, edit.newText);
  }
  if (!isUnchanged || !(await vscode.workspace.applyEdit(workspaceEdit))) {
    const again = vscode.l10n.t('Try Again');
    const pressed = await vscode.window.showWarningMessage(
      vscode.l10n.t('The file has changed in the meantime and was not edited.'),
      again,
    );
    if (pressed === again) {
      await vscode.commands.executeCommand(commands.completeRegionMap);
    }
  }
}

/** Credentials mean nothing in another partition. */
function isAskedOn(connection: Connection): (region: string) => boolean {
  const partition = partitionOf(connection.defaultRegion);
  return (region) => partitionOf(region) === partition;
}
