import * as vscode from 'vscode';
import type { ImageSummary } from '../../core/image.ts';
import type { ParameterImages } from '../../hints/parameterImages.ts';
import type { ReferencedImages } from '../../hints/referencedImages.ts';
import { type CodeFeature, showsInCode } from '../shared/settings.ts';
import type { Wanted, WantedReference } from './askedImages.ts';
import type { OpenReferences } from './openReferences.ts';
import type { UnfinishedIds } from './unfinishedIds.ts';

/** So many different references are asked for by themselves, those of visible documents first. */
const maxReferences = 2_000;

/** What shows images without being asked to, and what shows newer ones. A hover asks for its own. */
export const imageFeatures: readonly CodeFeature[] = ['inlayHints', 'codeLens', 'diagnostics'];
export const newerFeatures: readonly CodeFeature[] = ['codeLens', 'diagnostics'];

/** The references of open documents whose images are asked for, by what is asked: the first of those that ask the same. */
export function wantedImages(references: OpenReferences, unfinished: UnfinishedIds): readonly Wanted[] {
  const visible = new Set(vscode.window.visibleTextEditors.map(({ document }) => document));
  const seenFirst = [...references.all].sort(
    (a, b) => Number(visible.has(b.document)) - Number(visible.has(a.document)),
  );
  const wanted = new Map<string, WantedReference>();
  for (const { document, references: found } of seenFirst) {
    if (!showsAny(imageFeatures, document)) continue;
    const isUnfinished = unfinished.testIn(document);
    for (const reference of found) {
      if (wanted.size === maxReferences) return [...wanted];
      if (reference.kind === 'lookup' || (reference.kind === 'parameter' && !reference.isWhole)) continue;
      const { kind, value, region } = reference;
      const key = [kind, value, ...region.regions].join(' ');
      if (wanted.has(key) || (kind === 'id' && isUnfinished(reference))) continue;
      wanted.set(key, reference);
    }
  }
  return [...wanted];
}

export function showsAny(features: readonly CodeFeature[], document: vscode.TextDocument): boolean {
  return features.some((feature) => showsInCode(feature, document));
}

interface KnownImages {
  readonly referenced: Pick<ReferencedImages, 'cachedNow'>;
  readonly parameters: Pick<ParameterImages, 'cachedNow'>;
}

/** Those that are known: in the regions in force, or what was last there. */
export function imagesBehind(
  { referenced, parameters }: KnownImages,
  reference: WantedReference,
): readonly ImageSummary[] {
  if (reference.kind === 'parameter') {
    return (parameters.cachedNow(reference)?.answers ?? []).flatMap(({ image }) => image ?? []);
  }
  const { images = [], was } = referenced.cachedNow(reference) ?? {};
  return [...images.flatMap(({ image }) => image ?? []), ...(was ? [was] : [])];
}
