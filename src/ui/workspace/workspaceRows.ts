import type { IdReference, Reference } from '../../code/reference.ts';
import type { ImageSummary } from '../../core/image.ts';
import { hasVerifiedName } from '../../core/verifiedName.ts';
import { type Finding, severities } from '../../hints/finding.ts';
import type { ResolvedReference } from '../../hints/referencedImages.ts';
import type { CodeGroupNode, CodePlaceNode, JudgedPlace, UsedImageNode } from './workspaceNodes.ts';
import type { Place, WorkspacePlaces } from './workspacePlaces.ts';

export interface WorkspaceKnowledge {
  /** What EC2 has answered about an id; undefined until then. */
  resolved(reference: IdReference): ResolvedReference | undefined;
  /** The most severe first. */
  findings(reference: Reference): readonly Finding[];
}

/** The images that files name, then lookups and parameters; those with problems before all others. */
export function workspaceRows(
  { images, lookups, parameters }: WorkspacePlaces,
  knowledge: WorkspaceKnowledge,
): readonly (UsedImageNode | CodeGroupNode)[] {
  const rows = Array.from(images, ([id, places]) => imageRow(id, places, knowledge));
  const group = (kind: CodeGroupNode['group'], places: readonly Place[]): readonly CodeGroupNode[] => {
    const found = judged(places, knowledge).sort((a, b) => rank(a.findings[0]) - rank(b.findings[0]));
    return found.length > 0 ? [{ kind: 'codeGroup', id: kind, group: kind, places: found }] : [];
  };
  const byName = rows.sort((a, b) => compare(a.name, b.name));
  return [...byName, ...group('lookup', lookups), ...group('parameter', parameters)].sort(
    (a, b) => rank(mostSevere(a)) - rank(mostSevere(b)),
  );
}

function mostSevere(row: UsedImageNode | CodeGroupNode): Finding | undefined {
  return row.kind === 'image' ? row.findings[0] : row.places[0]?.findings[0];
}

function imageRow(id: string, places: readonly Place<IdReference>[], knowledge: WorkspaceKnowledge): UsedImageNode {
  const known = firstKnown(places, knowledge);
  const regions = new Set(places.flatMap(({ reference }) => reference.region.regions));
  const [only] = regions.size === 1 ? regions : [];
  return {
    kind: 'image',
    id,
    image: { id, region: known?.region ?? only, state: known?.state },
    name: rowName(known) || id,
    known,
    findings: places.flatMap(({ reference }) => knowledge.findings(reference)).sort((a, b) => rank(a) - rank(b)),
    places: judged(places, knowledge),
  };
}

function judged(places: readonly Place[], knowledge: WorkspaceKnowledge): JudgedPlace[] {
  return places.map((place) => ({ ...place, findings: knowledge.findings(place.reference) }));
}

function firstKnown(places: readonly Place<IdReference>[], knowledge: WorkspaceKnowledge): ImageSummary | undefined {
  let elsewhere: ImageSummary | undefined;
  for (const { reference } of places) {
    const resolved = knowledge.resolved(reference);
    const found = resolved?.images.find(({ image }) => image)?.image;
    if (found) return found;
    elsewhere ??= resolved?.elsewhere[0];
  }
  return elsewhere;
}

/** The rows below an image or a group. */
export function placeNodesOf(parent: UsedImageNode | CodeGroupNode): readonly CodePlaceNode[] {
  const { places }: { readonly places: readonly JudgedPlace[] } = parent;
  return places.map((place) => ({
    kind: 'codePlace',
    id: `${parent.id}/${place.file.uri}/${place.index}`,
    place,
    parent,
  }));
}

/** How many rows and places have an error or a warning. */
export function problemsIn(rows: readonly (UsedImageNode | CodeGroupNode)[]): number {
  const isProblem = (finding: Finding | undefined) => finding !== undefined && finding.severity !== 'information';
  return rows
    .map((row) =>
      row.kind === 'image'
        ? Number(isProblem(row.findings[0]))
        : row.places.filter(({ findings: [finding] }) => isProblem(finding)).length,
    )
    .reduce((sum, count) => sum + count, 0);
}

function rank(finding: Finding | undefined): number {
  return finding ? severities.indexOf(finding.severity) : severities.length;
}

/** What stands before the last slash is the same for all images of a publisher, and there is no room for it. */
function rowName(image: ImageSummary | undefined): string | undefined {
  return (image && hasVerifiedName(image) && image.name.split('/').at(-1)) || image?.name;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
