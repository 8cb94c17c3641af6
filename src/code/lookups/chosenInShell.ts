import type { LookupChoice } from '../reference.ts';
import type { ShellCommand } from '../shell/shellCommands.ts';

/** The parts of an image that are lists: an index of one of these chooses no image. */
const innerList =
  /(?:Tags|BlockDeviceMappings|ProductCodes|tags)\[[^[\]]*(?:\[[^\]]*\][^[\]]*)*\](?:\.\w+)*(?:\s*\|\s*\[-?\d+\])?(?:\.\w+)*/g;
const oneOfImages =
  /(?:\bImages|\bImageIds?|[)\]}@|])\s*\.?\s*\[\s*-?\d+\s*\]|\[\s*-1\s*:\s*\]|\[\s*0?\s*:\s*1\s*\]|\bmax_by\(|\bmin_by\(/;

/** What a JMESPath expression of `--query` takes of the images: `sort_by(Images, &CreationDate)[-1]`. */
export function chosenByJmesPath(query: string): LookupChoice {
  const images = query.replace(innerList, '');
  if (!oneOfImages.test(images)) return 'all';
  return /\bsort_by\(|\bmax_by\(|\bsort\(|\breverse\(/.test(images) ? 'newest' : 'first';
}

const order = 'order';

/** What a command in a pipe takes of the lines or the JSON that it is given; `order` for one that sorts alone. */
export function chosenByPipe({ words }: ShellCommand): LookupChoice | typeof order {
  const [command, ...args] = words.map(({ value }) => value);
  const all = args.join(' ');
  switch (command?.replace(/^.*\//, '').toLowerCase()) {
    case 'sort':
    case 'sort-object':
      return order;
    case 'head':
    case 'tail':
      return /(?:^|\s)(?:-n\s*|-|--lines=|-n\s*-)1(?:\s|$)/.test(` ${all} `) ? 'first' : 'all';
    case 'select-object':
    case 'select':
      return /-(?:f\w*|l\w*|i\w*)\s+(?:1|0|-1)\b/i.test(all) ? 'first' : 'all';
    case 'sed':
      return /(?:^|\s)["']?(?:1\s*p|1\s*q|\$\s*p|\$!d)/.test(all) ? 'first' : 'all';
    case 'awk':
      return /NR\s*==\s*1\b|\bEND\b|\bexit\b/.test(all) ? 'first' : 'all';
    case 'grep':
    case 'egrep':
      return /(?:^|\s)-m\s*1\b|--max-count=1\b/.test(all) ? 'first' : 'all';
    case 'jq':
      return chosenByJq(all);
    case 'python':
    case 'python3':
      return /\[\s*-?\d+\s*\]/.test(all) ? (/sort/.test(all) ? 'newest' : 'first') : 'all';
    default:
      return 'all';
  }
}

function chosenByJq(filter: string): LookupChoice | typeof order {
  const images = filter.replace(/\.(?:Tags|BlockDeviceMappings|ProductCodes)(?:\[[^\]]*\])+/g, '');
  const sorts = /\bsort(?:_by)?\b|\bmax_by\b/.test(images);
  const takesOne =
    /\blast\b|\bfirst\b|\bmax_by\b|\bmin_by\b|\[\s*-?\d+\s*\]|\[\s*-1\s*:\s*\]|\[\s*0?\s*:\s*1\s*\]|\blimit\(1;/.test(
      images,
    );
  if (takesOne) return sorts ? 'newest' : 'first';
  return sorts ? order : 'all';
}

/** Whether an expression looks at the owners of what was found: who chooses by that has pinned them. */
export function looksAtOwner(expression: string): boolean {
  return /\b(?:OwnerId|ImageOwnerAlias)\b["'`]?\s*\)?\s*(?:==|\|\s*(?:test|startswith)|-eq)/i.test(expression);
}

/** What several steps, one after the other, take: the first of what was sorted is the newest. */
export function strongestChoice(steps: readonly (LookupChoice | typeof order)[]): LookupChoice {
  const choice = steps.find((step) => step === 'newest') ?? steps.find((step) => step === 'first') ?? 'all';
  return choice === 'first' && steps.includes(order) ? 'newest' : choice;
}
