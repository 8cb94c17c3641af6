import type { Image } from './image.ts';
import { fixedImageOf, lookupsOf, regionMapsOf, type SnippetContext } from './snippetLookups.ts';
import { ansibleTasks } from './snippets/ansible.ts';
import { awsCliAbilities, awsCliCommands } from './snippets/awsCli.ts';
import { cdkLookups, cdkMaps } from './snippets/cdk.ts';
import { cloudFormationMapping, cloudFormationParameters } from './snippets/cloudFormation.ts';
import {
  awsCliInputInJson,
  type CodeInJson,
  cloudFormationMappingInJson,
  cloudFormationParametersInJson,
  packerFilterInJson,
  terraformDataInJson,
  terraformMapsInJson,
} from './snippets/codeInJson.ts';
import { filterValue, packerAbilities, packerFilters } from './snippets/packer.ts';
import { pulumiLookups } from './snippets/pulumi.ts';
import { terraformDataSources, terraformMaps } from './snippets/terraform.ts';

export type SnippetId =
  | 'terraform-data-source'
  | 'terraform-map'
  | 'cloudformation-parameter'
  | 'cloudformation-mapping'
  | 'cdk-lookup'
  | 'cdk-map'
  | 'packer-source-filter'
  | 'pulumi-lookup'
  | 'ansible-tasks'
  | 'aws-cli';

/** A way to write images in code. */
export interface SnippetKind {
  readonly id: SnippetId;
  /** The tool's proper name; not translated. */
  readonly tool: string;
  /** The tool's own name for this form. */
  readonly form: string;
  /** VS Code's language identifier of the code. */
  readonly languageId: string;
  /** A lookup finds new images as they are published; an id never changes. */
  readonly keeps: 'lookup' | 'id';
}

export const snippetKinds: readonly SnippetKind[] = [
  {
    id: 'terraform-data-source',
    tool: 'Terraform',
    form: 'data "aws_ami"',
    languageId: 'terraform',
    keeps: 'lookup',
  },
  { id: 'terraform-map', tool: 'Terraform', form: 'variable, map(string)', languageId: 'terraform', keeps: 'id' },
  { id: 'cloudformation-parameter', tool: 'CloudFormation', form: 'Parameters', languageId: 'yaml', keeps: 'id' },
  { id: 'cloudformation-mapping', tool: 'CloudFormation', form: 'Mappings', languageId: 'yaml', keeps: 'id' },
  { id: 'cdk-lookup', tool: 'AWS CDK', form: 'MachineImage.lookup', languageId: 'typescript', keeps: 'lookup' },
  {
    id: 'cdk-map',
    tool: 'AWS CDK',
    form: 'MachineImage.genericLinux, genericWindows',
    languageId: 'typescript',
    keeps: 'id',
  },
  { id: 'packer-source-filter', tool: 'Packer', form: 'source_ami_filter', languageId: 'hcl', keeps: 'lookup' },
  { id: 'pulumi-lookup', tool: 'Pulumi', form: 'aws.ec2.getAmiOutput', languageId: 'typescript', keeps: 'lookup' },
  { id: 'ansible-tasks', tool: 'Ansible', form: 'amazon.aws.ec2_ami_info', languageId: 'yaml', keeps: 'lookup' },
  { id: 'aws-cli', tool: 'AWS CLI', form: 'aws ec2 describe-images', languageId: 'shellscript', keeps: 'lookup' },
];

/**
 * Code for one or several images, as the tool's formatter would format it, with a line break at its end; empty for no
 * images. An image's name never leaves the string or comment that contains it.
 */
export function renderSnippet(id: SnippetId, images: readonly Image[], context: SnippetContext): string {
  if (images.length === 0) return '';
  switch (id) {
    case 'terraform-data-source':
      return terraformDataSources(lookupsOf(images, context));
    case 'terraform-map':
      return terraformMaps(regionMapsOf(images));
    case 'cloudformation-parameter':
      return cloudFormationParameters(images.map(fixedImageOf));
    case 'cloudformation-mapping':
      return cloudFormationMapping(regionMapsOf(images));
    case 'cdk-lookup':
      return cdkLookups(lookupsOf(images, context));
    case 'cdk-map':
      return cdkMaps(regionMapsOf(images));
    case 'packer-source-filter':
      return packerFilters(lookupsOf(images, context));
    case 'pulumi-lookup':
      return pulumiLookups(lookupsOf(images, context));
    case 'ansible-tasks':
      return ansibleTasks(lookupsOf(images, context, true));
    case 'aws-cli':
      return awsCliCommands(lookupsOf(images, context, true));
  }
}

/** The same for files of JSON; undefined for tools that read none. */
export function renderSnippetInJson(
  id: SnippetId,
  images: readonly Image[],
  context: SnippetContext,
): CodeInJson | undefined {
  switch (id) {
    case 'terraform-data-source':
      return terraformDataInJson(lookupsOf(images, context));
    case 'terraform-map':
      return terraformMapsInJson(regionMapsOf(images));
    case 'cloudformation-parameter':
      return cloudFormationParametersInJson(images.map(fixedImageOf));
    case 'cloudformation-mapping':
      return cloudFormationMappingInJson(regionMapsOf(images));
    case 'packer-source-filter':
      return packerFilterInJson(lookupsOf(images, context), packerAbilities, filterValue);
    case 'aws-cli':
      return awsCliInputInJson(lookupsOf(images, context, true), awsCliAbilities);
    default:
      return undefined;
  }
}
