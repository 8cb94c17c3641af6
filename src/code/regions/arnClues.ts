import { oncePer } from '../oncePer.ts';
import type { RegionClue, StatedClue } from '../reading.ts';
import type { TextSpan } from '../textSpan.ts';
import { onlyText, valuesIn } from '../tree/besideNodes.ts';
import { type CodeNode, countParts } from '../tree/codeTree.ts';
import { regionNamed } from './regionNames.ts';

/** The region in the ARN of what a reference is a part of, as states and descriptions of resources have it. */
export function arnClues(around: readonly CodeNode[]): readonly RegionClue[] {
  return around.toReversed().flatMap(arnIn);
}

const arnIn = oncePer((node: CodeNode): readonly RegionClue[] => {
  const own = node.kind === 'map' ? node.entries.find(({ key }) => /^(?:image_?)?arn$/i.test(key))?.value : undefined;
  const found = regionOfArn(own, anyArn);
  return found ? [clueOf(found)] : [];
}, countParts);

/** The region in the ARNs of other resources beside a reference: of what runs where its images are. */
export function arnHints(around: readonly CodeNode[]): readonly RegionClue[] {
  return around.toReversed().flatMap(hintsIn);
}

const hintsIn = oncePer((node: CodeNode): readonly RegionClue[] => {
  const found = valuesIn(node).flatMap(({ value }) => regionOfArn(onlyText(value), arnOfCompute) ?? []);
  const [first] = found;
  return first && found.every(({ region }) => region === first.region) ? [{ ...clueOf(first), isHint: true }] : [];
}, countParts);

const anyArn = /^arn:aws[\w-]*:[\w-]+:([\w-]+):/;
/** Certificates, keys and functions may be elsewhere. */
const arnOfCompute =
  /^arn:aws[\w-]*:(?:ec2|autoscaling|eks|ecs|elasticloadbalancing|imagebuilder|elasticfilesystem):([\w-]+):/;

interface FoundArn {
  readonly region: string;
  readonly span: TextSpan;
}

function regionOfArn(text: CodeNode | undefined, form: RegExp): FoundArn | undefined {
  const region = text?.kind === 'text' ? regionNamed(form.exec(text.value)?.[1] ?? '') : undefined;
  return text && region !== undefined ? { region, span: text.span } : undefined;
}

function clueOf({ region, span }: FoundArn): StatedClue {
  return { kind: 'stated', regions: [region], from: 'arn', span };
}
