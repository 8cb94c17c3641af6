import type { LatestParameter } from './latestParameter.ts';
import { type CodeInJson, resolvedInJson, ssmParametersInJson, terraformSsmInJson } from './snippets/codeInJson.ts';
import {
  ansibleSsmTasks,
  awsCliParameters,
  cdkSsmParameters,
  cloudFormationReferences,
  cloudFormationSsmParameters,
  type ParameterInput,
  packerParameters,
  pulumiSsmParameters,
  resolveReferences,
  terraformSsmParameters,
} from './snippets/parameter.ts';
import type { SnippetKind } from './snippets.ts';

export type ParameterSnippetId =
  | 'resolve-ssm'
  | 'cloudformation-ssm-parameter'
  | 'cloudformation-ssm-reference'
  | 'terraform-ssm-parameter'
  | 'cdk-ssm-parameter'
  | 'pulumi-ssm-parameter'
  | 'packer-parameterstore'
  | 'ansible-ssm-lookup'
  | 'aws-cli-ssm';

export interface ParameterSnippetKind extends Omit<SnippetKind, 'id' | 'keeps'> {
  readonly id: ParameterSnippetId;
}

const writers: Readonly<Record<ParameterSnippetId, (parameters: readonly ParameterInput[]) => string>> = {
  'resolve-ssm': resolveReferences,
  'cloudformation-ssm-parameter': cloudFormationSsmParameters,
  'cloudformation-ssm-reference': cloudFormationReferences,
  'terraform-ssm-parameter': terraformSsmParameters,
  'cdk-ssm-parameter': cdkSsmParameters,
  'pulumi-ssm-parameter': pulumiSsmParameters,
  'packer-parameterstore': packerParameters,
  'ansible-ssm-lookup': ansibleSsmTasks,
  'aws-cli-ssm': awsCliParameters,
};

/** Ways to write a public SSM parameter in code. All of them find new images as they are published. */
export const parameterSnippetKinds: readonly ParameterSnippetKind[] = [
  { id: 'resolve-ssm', tool: 'EC2', form: 'resolve:ssm:', languageId: 'plaintext' },
  {
    id: 'cloudformation-ssm-parameter',
    tool: 'CloudFormation',
    form: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
    languageId: 'yaml',
  },
  {
    id: 'cloudformation-ssm-reference',
    tool: 'CloudFormation',
    form: '{{resolve:ssm:…}}',
    languageId: 'yaml',
  },
  { id: 'terraform-ssm-parameter', tool: 'Terraform', form: 'data "aws_ssm_parameter"', languageId: 'terraform' },
  { id: 'cdk-ssm-parameter', tool: 'AWS CDK', form: 'MachineImage.fromSsmParameter', languageId: 'typescript' },
  { id: 'pulumi-ssm-parameter', tool: 'Pulumi', form: 'aws.ssm.getParameterOutput', languageId: 'typescript' },
  { id: 'packer-parameterstore', tool: 'Packer', form: 'data "amazon-parameterstore"', languageId: 'hcl' },
  { id: 'ansible-ssm-lookup', tool: 'Ansible', form: 'amazon.aws.ssm_parameter', languageId: 'yaml' },
  { id: 'aws-cli-ssm', tool: 'AWS CLI', form: 'aws ssm get-parameter', languageId: 'shellscript' },
];

/** Code for one or several parameters, each name once, with a line break at its end; empty for none. */
export function renderParameterSnippet(id: ParameterSnippetId, parameters: readonly LatestParameter[]): string {
  if (parameters.length === 0) return '';
  return writers[id](inputsOf(id, parameters));
}

/** The same for files of JSON; undefined for tools that read none. */
export function renderParameterSnippetInJson(
  id: ParameterSnippetId,
  parameters: readonly LatestParameter[],
): CodeInJson | undefined {
  const inputs = inputsOf(id, parameters);
  switch (id) {
    case 'resolve-ssm':
      return resolvedInJson(inputs, (name) => `resolve:ssm:${name}`);
    case 'cloudformation-ssm-reference':
      return resolvedInJson(inputs, (name) => `{{resolve:ssm:${name}}}`);
    case 'cloudformation-ssm-parameter':
      return ssmParametersInJson(inputs);
    case 'terraform-ssm-parameter':
      return terraformSsmInJson(inputs);
    default:
      return undefined;
  }
}

function inputsOf(id: ParameterSnippetId, parameters: readonly LatestParameter[]): readonly ParameterInput[] {
  const inputs = parameters.map(({ name, region, label }) => ({
    name,
    region,
    label,
    windows: name.startsWith('/aws/service/ami-windows-latest/'),
  }));
  // Other kinds do not mention the region, so each name is needed once only.
  const regional = id === 'packer-parameterstore' || id === 'ansible-ssm-lookup' || id === 'aws-cli-ssm';
  const once = new Map(inputs.map((input) => [regional ? `${input.region}${input.name}` : input.name, input]));
  return [...once.values()];
}
