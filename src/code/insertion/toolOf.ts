import type { SnippetKind } from '../../core/snippets.ts';
import type { Language } from '../language.ts';

/** So much of a text shows what it is for. */
const looked = 50_000;

/** The tool that a file is written for, by its name and its text; undefined for other tools than those of snippets. */
export function toolOf(path: string, text: string, language: Language): SnippetKind['tool'] | undefined {
  const beginning = text.slice(0, looked);
  switch (language) {
    case 'hcl':
      return /\.pkr\.hcl$/i.test(path) || /^(?:source\s+"amazon-|packer\s*\{|build\s*\{)/m.test(beginning)
        ? 'Packer'
        : 'Terraform';
    case 'yaml':
      return toolOfYaml(path, beginning);
    case 'script':
      return beginning.includes('@pulumi/') ? 'Pulumi' : 'AWS CDK';
    case 'json':
      return toolOfJson(path, beginning);
    case 'shell':
      return 'AWS CLI';
    default:
      return undefined;
  }
}

function toolOfYaml(path: string, beginning: string): SnippetKind['tool'] | undefined {
  if (/^AWSTemplateFormatVersion\b|^Transform:\s*['"]?AWS::|^\s+Type:\s*['"]?AWS::/m.test(beginning)) {
    return 'CloudFormation';
  }
  const isPlay =
    /^\s*(?:- )?(?:hosts|tasks|handlers|pre_tasks|post_tasks|roles|become|gather_facts)\s*:/m.test(beginning) ||
    /\b(?:ansible\.\w+|amazon\.aws|community\.aws)\.\w+\s*:/.test(beginning) ||
    /(?:^|\/)(?:roles|tasks|handlers|playbooks?|group_vars|host_vars)\/|(?:^|\/)(?:playbook|site)[\w-]*\.ya?ml$/i.test(
      path,
    );
  if (isPlay) return 'Ansible';
  // Files of commands: workflows, pipelines and builds.
  return /(?:^|\/)\.github\/|(?:^|\/)(?:\.gitlab-ci|buildspec|bitbucket-pipelines|azure-pipelines)[\w-]*\.ya?ml$/i.test(
    path,
  ) || /^\s*(?:- )?(?:run|script|commands|before_script)\s*:\s*(?:[|>][+-]?\s*)?$/m.test(beginning)
    ? 'AWS CLI'
    : undefined;
}

function toolOfJson(path: string, beginning: string): SnippetKind['tool'] | undefined {
  if (/\.(?:tf|tofu)\.json$/i.test(path)) return 'Terraform';
  if (/"AWSTemplateFormatVersion"\s*:|"Type"\s*:\s*"AWS::/.test(beginning)) return 'CloudFormation';
  return /\.pkr\.json$/i.test(path) || /"builders"\s*:\s*\[/.test(beginning) ? 'Packer' : undefined;
}

/** Those of the tool first, the others in their order. */
export function fittingFirst<T extends Pick<SnippetKind, 'tool'>>(
  kinds: readonly T[],
  tool: SnippetKind['tool'] | undefined,
): readonly T[] {
  return [...kinds.filter((kind) => kind.tool === tool), ...kinds.filter((kind) => kind.tool !== tool)];
}
