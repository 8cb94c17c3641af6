import type { RegionClue } from '../reading.ts';
import type { RegionSource } from '../reference.ts';
import type { TextSpan } from '../textSpan.ts';
import { type CallNode, type CodeNode, lastNameOf } from '../tree/codeTree.ts';
import type { Definitions } from '../tree/definitions.ts';
import { isRegionKey } from './keyClues.ts';
import { regionValue } from './regionValues.ts';

/** The name of what is stated, but not told: behind it only the path counts. */
export const computedRegion = 'region:computed';

export const regionMethod = /^(?:(?:with|set|add)_?)?(?:(?:aws_?)?region(?:_?(?:name|config|endpoint))?|endpoint)$/i;

/** Whether a name is one under which code holds a region, .NET's `RegionEndpoint` among them. */
export function isRegionName(path: string): boolean {
  return isRegionKey(lastNameOf(path)) || /(?:^|\.)RegionEndpoint$/.test(path);
}

/** Chef's `with_driver "aws::eu-west-1"`, with a profile between the colons. */
export function isDriver({ callee, args: [driver] }: CallNode): boolean {
  return callee === 'with_driver' && driver?.kind === 'text' && driver.value.startsWith('aws:');
}

/** What a value tells that is given as a region. */
export function clueOf(value: CodeNode, from: RegionSource, definitions: Definitions): RegionClue {
  const known = regionValue(value, definitions);
  if (known) return stated(known.region, from, known.span);
  const name = value.kind === 'name' || value.kind === 'call' ? pulumiConfig(value) : undefined;
  const computed = { kind: 'named', name: name ?? computedRegion, from } as const;
  const setting = value.kind === 'name' ? settingOf(value.value) : undefined;
  return name === undefined && setting !== undefined ? { ...computed, name: setting, preset: computed } : computed;
}

/** `settings["aws"]["region"]`, `config.region`: what a file of settings says under the last names, by its statements. */
export function settingOf(path: string): string | undefined {
  const [key = '', section] = (path.slice(-200).match(/\w+/g) ?? []).reverse();
  if (section === undefined || !isRegionKey(key)) return undefined;
  const isOfFile = /(?:config|settings|conf|cfg|params|vars|opts|options|yaml|json|data|env)\w*$/i.test(section);
  return `value:${isOfFile ? '' : `${section}.`}${key}`;
}

function pulumiConfig(value: CodeNode): string | undefined {
  if (value.kind === 'name')
    return /(?:^|\.)aws\.config\.region$/.test(value.value) ? 'value:config.aws:region' : undefined;
  const [key] = value.kind === 'call' && /\.(?:require|get|Require|Get)$/.test(value.callee) ? value.args : [];
  return key?.kind === 'text' && /^(?:aws:)?region$/.test(key.value) ? 'value:config.aws:region' : undefined;
}

export function stated(region: string, from: RegionSource, span: TextSpan): RegionClue {
  return { kind: 'stated', regions: [region], from, span };
}
