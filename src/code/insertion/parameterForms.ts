import type { Language } from '../language.ts';
import { isImageKey } from './imageKeys.ts';
import type { KeyAround } from './keysAround.ts';
import { commandBefore, lineAt } from './lines.ts';
import { toolOf } from './toolOf.ts';

/**
 * How a public parameter can be written where an image's id belongs, as what reads the place takes it. `name` is the
 * parameter's name alone.
 */
export type ParameterForm = 'name' | 'resolve' | 'resolveReference' | 'kops' | 'ansible';

export interface ParameterPlace {
  readonly text: string;
  readonly path: string;
  readonly language: Language;
  /** Where the value begins. */
  readonly offset: number;
  /** See `keysAround`. */
  readonly keys: readonly KeyAround[];
}

/** The form of a place; undefined where only an id is taken. */
export function parameterFormOf(place: ParameterPlace): ParameterForm | undefined {
  const { text, path, language, keys } = place;
  const [key, ...outer] = keys;
  if (!key) return undefined;
  if (language === 'yaml' || language === 'json') {
    if (isSsmParameterType(place)) return 'name';
    if (/AWSTemplateFormatVersion|AWS::EC2::|AWS::AutoScaling::|AWS::Serverless/.test(text)) {
      return key.name === 'ImageId' && !outer.some(({ name }) => name === 'Mappings') ? 'resolveReference' : undefined;
    }
    if (key.name === 'image' && /\bkops\b/i.test(text)) return 'kops';
    // A skeleton of `run-instances` or a launch template; other operations take an id alone.
    if (key.name === 'ImageId') return /LaunchTemplate|MinCount/.test(text) ? 'resolve' : undefined;
    return language === 'yaml' && toolOf(path, text, language) === 'Ansible' && isImageKey(key.name)
      ? 'ansible'
      : undefined;
  }
  if (language === 'hcl') {
    const isOfLaunchTemplate = outer.some(({ labels }) => labels[0] === 'aws_launch_template');
    return key.name === 'image_id' && isOfLaunchTemplate ? 'resolve' : undefined;
  }
  if (language === 'shell' && key.name === '--image-id') {
    return /\brun-instances\b/.test(commandBefore(text, place.offset)) ? 'resolve' : undefined;
  }
  return key.name === 'ImageId' && /run_?instances|launch_?template/i.test(callBefore(place)) ? 'resolve' : undefined;
}

/** How a parameter is written in a form. */
export function parameterText(form: ParameterForm, name: string, region: string): string {
  switch (form) {
    case 'name':
      return name;
    case 'resolve':
      return `resolve:ssm:${name}`;
    case 'resolveReference':
      return `{{resolve:ssm:${name}}}`;
    case 'kops':
      return `ssm:${name}`;
    case 'ansible':
      return `{{ lookup('amazon.aws.ssm_parameter', '${name}', region='${region}') }}`;
  }
}

/** Whether a form begins like a map of YAML, and so needs quotes. */
export function needsQuotes(form: ParameterForm): boolean {
  return form === 'resolveReference' || form === 'ansible';
}

/** Whether the place is the default of a template's parameter whose value is looked up in SSM. */
export function isSsmParameterType({ text, offset, keys }: Pick<ParameterPlace, 'text' | 'offset' | 'keys'>): boolean {
  if (keys[0]?.name !== 'Default') return false;
  const { start, end } = lineAt(text, offset);
  const near = `${text
    .slice(Math.max(0, start - 200), start)
    .split('\n')
    .slice(-4)
    .join('\n')}\n${text
    .slice(start, end + 200)
    .split('\n')
    .slice(0, 4)
    .join('\n')}`;
  return /Type["']?\s*:\s*["']?AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>/.test(near);
}

const maxCallLines = 30;

/** What stands before the place in its call, and some lines more. */
function callBefore({ text, offset }: ParameterPlace): string {
  return text.slice(0, offset).split('\n').slice(-maxCallLines).join('\n');
}
