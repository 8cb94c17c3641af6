import type { IdReference, Reference } from '../../code/reference.ts';
import type { ImageSummary } from '../../core/image.ts';
import type { Finding, Severity } from '../../hints/finding.ts';
import type { ResolvedReference } from '../../hints/referencedImages.ts';
import type {
  CodeGroupNode,
  CodePlaceNode,
  Place,
  UsedImageNode,
  WorkspaceFile,
  WorkspaceNode,
} from './workspaceNodes.ts';

export interface WorkspaceKnowledge {
  /** What EC2 has answered about an id; undefined until then. */
  resolved(reference: IdReference): ResolvedReference | undefined;
  /** The most severe first. */
  findings(reference: Reference): readonly Finding[];
}

/** The images that files name: those with problems first, then by name; then lookups and parameters. */
export function workspaceRows(
  files: readonly WorkspaceFile[],
  knowledge: WorkspaceKnowledge,
): readonly (UsedImageNode | CodeGroupNode)[] {
  const places = files.flatMap((file) =>
    file.references.map(({ reference }, index): Place => {
      const [finding] = knowledge.findings(reference);
      return { file, index, reference, finding };
    }),
  );
  const group = (kind: CodeGroupNode['group']): readonly CodeGroupNode[] => {
    const ofKind = places.filter(({ reference }) => reference.kind === kind).sort(byFinding);
    return ofKind.length > 0 ? [{ kind: 'codeGroup', id: kind, group: kind, places: ofKind }] : [];
  };
  return [...imageRows(places, knowledge), ...group('lookup'), ...group('parameter')];
}

function imageRows(places: readonly Place[], knowledge: WorkspaceKnowledge): readonly UsedImageNode[] {
  const byId = new Map<string, { readonly place: Place; readonly reference: IdReference }[]>();
  for (const place of places) {
    const { reference } = place;
    if (reference.kind === 'id' && !reference.isPlaceholder) {
      const used = byId.get(reference.value) ?? [];
      used.push({ place, reference });
      byId.set(reference.value, used);
    }
  }
  const rows = Array.from(byId, ([id, used]): UsedImageNode => {
    const known = firstKnown(used.flatMap(({ reference }) => knowledge.resolved(reference) ?? []));
    const regions = new Set(used.flatMap(({ reference }) => reference.region.regions));
    const [only] = regions.size === 1 ? regions : [];
    const findings = used.flatMap(({ reference }) => knowledge.findings(reference)).sort(bySeverity);
    return {
      kind: 'image',
      id,
      image: { id, region: known?.region ?? only, state: known?.state },
      known,
      findings,
      places: used.map(({ place }) => place),
    };
  });
  return rows.sort((a, b) => rank(a.findings[0]) - rank(b.findings[0]) || compare(nameOf(a), nameOf(b)));
}

function firstKnown(resolved: readonly ResolvedReference[]): ImageSummary | undefined {
  const images = resolved.flatMap((each) => each.images.flatMap(({ image }) => image ?? []));
  return images[0] ?? resolved.flatMap(({ elsewhere }) => elsewhere)[0];
}

export function childrenOf(node: WorkspaceNode): readonly CodePlaceNode[] {
  return node.kind === 'image' || node.kind === 'codeGroup'
    ? node.places.map((place) => ({
        kind: 'codePlace',
        id: `${node.id}/${place.file.uri}/${place.index}`,
        place,
        parent: node,
      }))
    : [];
}

function byFinding(a: Place, b: Place): number {
  return rank(a.finding) - rank(b.finding);
}

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

function bySeverity(a: Finding, b: Finding): number {
  return rank(a) - rank(b);
}

function rank(finding: Finding | undefined): number {
  return finding ? ranks[finding.severity] : 3;
}

function nameOf({ known, id }: UsedImageNode): string {
  return known?.name || id;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
