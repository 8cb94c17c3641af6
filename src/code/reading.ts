import type { FoundId } from './imageIds.ts';
import type { Language } from './language.ts';
import type { LiteralText, LookupReference, ParameterReference, RegionSource } from './reference.ts';
import type { TextSpan } from './textSpan.ts';

/** What one text says about images, before the other files of its folder are looked at. */
export interface Reading {
  readonly ids: readonly IdReading[];
  readonly lookups: readonly Unplaced<LookupReference>[];
  readonly parameters: readonly Unplaced<ParameterReference>[];
  /** What it states about regions under a name that other places refer to. */
  readonly statements: readonly RegionStatement[];
  /** Texts of other languages in it. */
  readonly embedded: readonly EmbeddedText[];
}

export interface IdReading {
  readonly found: FoundId;
  readonly clues: readonly RegionClue[];
  readonly instanceType: LiteralText | undefined;
}

/** A reference with clues instead of its region. */
export type Unplaced<R> = Omit<R, 'region'> & { readonly clues: readonly RegionClue[] };

/** A lookup of which the clues are not gathered yet. */
export type FoundLookup = Omit<LookupReference, 'region'>;

export interface StatedClue {
  readonly kind: 'stated';
  readonly regions: readonly string[];
  readonly from: RegionSource;
  readonly span: TextSpan;
  /** A hint is taken only where no other clue tells a region. */
  readonly isHint?: boolean;
}

/** A name that a statement of this file or of another one of the folder explains: `var.region`, `provider:aws.west`. */
export interface NamedClue {
  readonly kind: 'named';
  readonly name: string;
  readonly from: RegionSource;
  readonly isHint?: boolean;
  /** What counts where no statement tells the name: `{{ region | default('us-east-1') }}`. */
  readonly preset?: StatedClue | NamedClue;
}

/**
 * A place that may tell the region of a reference. A reference's clues are ordered from the closest and most certain to
 * the farthest: the first one that tells regions wins.
 */
export type RegionClue =
  | StatedClue
  | NamedClue
  /** The region is stated here, but not told: clues behind it do not count. */
  | { readonly kind: 'untold' };

/** `region = var.region` of a provider is `{ name: 'provider:aws', refersTo: 'var.region' }`. */
export interface RegionStatement {
  readonly name: string;
  readonly regions: readonly string[];
  readonly refersTo: string | undefined;
  readonly span: TextSpan;
  /**
   * `assigned` is stronger than what is stated elsewhere, which is a default. `ownFile` is the strongest for references
   * of its file; for others it counts where nothing else tells, since the file may be one of many to choose from.
   */
  readonly strength?: 'assigned' | 'ownFile';
  /** Whether all statements of the name count together: each place where a variable is used. */
  readonly isOneOfMany?: boolean;
}

export interface EmbeddedText {
  readonly span: TextSpan;
  /**
   * What is read instead of the characters of the span, of the same length and with each character at its place: without
   * escapes (`\n` is U+0000 and the line break), signs of comments or breaks of folded lines. U+0000 stands for nothing.
   */
  readonly text?: string;
  readonly language: Language;
  /** Of what stands around it, for references in it. */
  readonly clues: readonly RegionClue[];
}

export interface SourceText {
  readonly text: string;
  /** With `/` between its parts, from the workspace's or the repository's root. */
  readonly path: string;
  readonly language: Language;
  /** Found when they are asked for. */
  readonly ids: readonly FoundId[];
}

/** Reads one language. Never throws: of a broken text it tells what can be told. */
export type Reader = (source: SourceText) => Reading;
