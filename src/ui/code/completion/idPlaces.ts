import type * as vscode from 'vscode';
import { findImageIds } from '../../../code/imageIds.ts';
import { type IdPlace, idPlaceAt } from '../../../code/insertion/idPlace.ts';
import { type MachineImageForm, machineImageForm } from '../../../code/insertion/machineImage.ts';
import { type ExpressionForm, expressionFormOf } from '../../../code/insertion/parameterExpressions.ts';
import { type ParameterForm, parameterFormOf } from '../../../code/insertion/parameterForms.ts';
import { languageAt } from '../../../code/insertion/placeLanguage.ts';
import { languageOf } from '../../../code/language.ts';
import { type RegionInForce, unknownRegion } from '../../../code/reference.ts';
import { documentPath } from '../documentPath.ts';
import type { OpenReferences } from '../openReferences.ts';

/** A place of a document in which an id belongs, with what items for it are made of. */
export interface DocumentPlace extends IdPlace {
  /** What stands before the cursor of what an id takes the place of. */
  readonly typed: string;
  /** What of an id or a name is asked for there: what is typed, unless it is to be replaced. */
  readonly wanted: string;
  /** Put before and behind what is inserted. */
  readonly before: string;
  readonly after: string;
  readonly form: ParameterForm | undefined;
  /** How a public parameter is written there where it has no form. */
  readonly expression: ExpressionForm | undefined;
  /** Where the CDK wants an object instead of an id. */
  readonly machineImage: MachineImageForm | undefined;
  /** The other ids of the document, the closest first. */
  readonly used: readonly string[];
}

/** The place of a document at an offset; undefined where no id belongs. */
export function placeIn(document: vscode.TextDocument, offset: number): DocumentPlace | undefined {
  const text = document.getText();
  const path = documentPath(document.uri);
  const language = languageAt(text, offset, languageOf(path, text, document.languageId));
  const place = idPlaceAt(text, offset, language);
  if (!place) return undefined;
  const { span, isWhole, missingBlank, missingQuote, closingQuote, keys } = place;
  const ids = findImageIds(text).filter(({ isMalformed, isPlaceholder }) => !isMalformed && !isPlaceholder);
  const distance = (id: { readonly span: { readonly start: number } }) => Math.abs(id.span.start - offset);
  const used = ids
    .filter((id) => id.span.end < span.start || id.span.start > span.end)
    .sort((a, b) => distance(a) - distance(b));
  const keyed = place.because === 'key' ? { text, path, language, offset: span.start, keys } : undefined;
  const form = keyed && parameterFormOf(keyed);
  const typed = text.slice(span.start, offset);
  return {
    ...place,
    typed,
    wanted: isWhole ? '' : typed,
    before: missingBlank + (missingQuote ?? ''),
    after: missingQuote ?? closingQuote ?? '',
    form,
    machineImage: place.because === 'machineImage' ? machineImageForm(keys, language, text) : undefined,
    expression: keyed && !form && place.openQuote === undefined ? expressionFormOf(keyed) : undefined,
    used: [...new Set(used.map(({ value }) => value))],
  };
}

/** An id that no image has: it stands for the one that is not written yet. */
const probe = 'ami-0d7b3c91e5a2f8640';

/** Larger texts take the scanner longer than a completion may. */
const maxLength = 1_500_000;

export interface Surroundings {
  readonly region: RegionInForce;
  readonly instanceType: string | undefined;
}

const nothing: Surroundings = { region: unknownRegion, instanceType: undefined };

/** The region in force at a place and the instance type beside it, as the document would have them with an id there. */
export async function surroundingsOf(
  document: vscode.TextDocument,
  { span, wordEnd, before, after }: DocumentPlace,
  references: OpenReferences,
): Promise<Surroundings> {
  const text = document.getText();
  if (text.length > maxLength) return nothing;
  const probed = `${text.slice(0, span.start)}${before}${probe}${after}${text.slice(wordEnd)}`;
  const found = await references.inText(document, probed).catch(() => []);
  const own = found.find((reference) => reference.kind === 'id' && reference.value === probe);
  return own?.kind === 'id' ? { region: own.region, instanceType: own.instanceType?.value } : nothing;
}
