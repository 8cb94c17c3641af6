import type { Language } from '../language.ts';
import type { KeyAround } from './keysAround.ts';

/** How the CDK takes an image where it wants an object and no id. */
export type MachineImageForm = 'script' | 'python';

/** The form of a place that is the value of `machineImage`; undefined for others, and where `ec2` is not imported. */
export function machineImageForm(
  [key]: readonly KeyAround[],
  language: Language,
  text: string,
): MachineImageForm | undefined {
  if (key?.isCall || !/^(?:machineImage|machine_image)$/.test(key?.name ?? '')) return undefined;
  return importedForm(language, text);
}

/** Of a program that has the CDK's module of EC2 under its usual name, `ec2`. */
export function importedForm(language: Language, text: string): MachineImageForm | undefined {
  if (language === 'script' && /aws-cdk/.test(text) && scriptImport.test(text)) return 'script';
  return language === 'python' && /aws_cdk/.test(text) && /\bas\s+ec2\b/.test(text) ? 'python' : undefined;
}

const scriptImport = /(?:\*|\baws_ec2)\s+as\s+ec2\b|\bec2\s*=\s*require\(/;

export interface PlacedImage {
  readonly id: string;
  readonly region: string;
  readonly platform?: 'windows' | 'linux' | undefined;
}

/** The CDK's image of an id. */
export function machineImage(form: MachineImageForm, { id, region, platform }: PlacedImage): string {
  const isWindows = platform === 'windows';
  return form === 'python'
    ? `ec2.MachineImage.generic_${isWindows ? 'windows' : 'linux'}({"${region}": "${id}"})`
    : `ec2.MachineImage.generic${isWindows ? 'Windows' : 'Linux'}({ '${region}': '${id}' })`;
}

/** The CDK's image of a public parameter. */
export function machineImageOfParameter(form: MachineImageForm, name: string): string {
  return form === 'python'
    ? `ec2.MachineImage.from_ssm_parameter("${name}")`
    : `ec2.MachineImage.fromSsmParameter('${name}')`;
}
