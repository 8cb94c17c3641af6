import { logicalName, snakeCase, unique, variableName, wordsOf } from './identifier.ts';
import { hclString, scriptString, shellWord, yamlQuoted } from './quote.ts';
import { declaration } from './script.ts';

/** A public SSM parameter in code. Its name follows SSM's grammar, see src/core/latestParameter.ts. */
export interface ParameterInput {
  readonly name: string;
  readonly region: string;
  readonly label: string;
  readonly windows: boolean;
}

type Inputs = readonly ParameterInput[];

/** For launch templates, RunInstances and Auto Scaling groups, which take these instead of an id. One per line. */
export function resolveReferences(parameters: Inputs): string {
  return parameters.map(({ name }) => `resolve:ssm:${name}\n`).join('');
}

/** CloudFormation reads the parameter whenever a stack is created or updated. */
export function cloudFormationSsmParameters(parameters: Inputs): string {
  const names = new Set<string>();
  const written = parameters.map(
    ({ name, label }) => `  ${unique(names, `${logicalName(wordsOf(label))}Id`, '')}:
    Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>
    Default: ${yamlQuoted(name)}
`,
  );
  return `Parameters:\n${written.join('')}`;
}

export function cloudFormationReferences(parameters: Inputs): string {
  return parameters.map(({ name }) => `ImageId: ${yamlQuoted(`{{resolve:ssm:${name}}}`)}\n`).join('');
}

/** Uses `insecure_value`: the id of a public image is no secret, and `value` would hide it in every plan. */
export function terraformSsmParameters(parameters: Inputs): string {
  const names = new Set<string>();
  return parameters
    .map(({ name, label }) => {
      const resource = unique(names, snakeCase(wordsOf(label)), '_');
      return `# ami = data.aws_ssm_parameter.${resource}.insecure_value
data "aws_ssm_parameter" "${resource}" {
  name = ${hclString(name)}
}
`;
    })
    .join('\n');
}

/** For Packer's Amazon plugin: the data source `amazon-parameterstore`. */
export function packerParameters(parameters: Inputs): string {
  const names = new Set<string>();
  return parameters
    .map(({ name, region, label }) => {
      const resource = unique(names, snakeCase(wordsOf(label)), '_');
      return `# source_ami = data.amazon-parameterstore.${resource}.value
data "amazon-parameterstore" "${resource}" {
  name   = ${hclString(name)}
  region = ${hclString(region)}
}
`;
    })
    .join('\n');
}

export function cdkSsmParameters(parameters: Inputs): string {
  const names = new Set<string>();
  return parameters
    .map(({ name, label, windows }) => {
      const variable = unique(names, variableName(wordsOf(label)), '');
      const lines = [
        `  ${scriptString(name, "'")},\n`,
        ...(windows ? ['  { os: ec2.OperatingSystemType.WINDOWS },\n'] : []),
      ];
      return `const ${variable} = ec2.MachineImage.fromSsmParameter(\n${lines.join('')});\n`;
    })
    .join('\n');
}

export function pulumiSsmParameters(parameters: Inputs): string {
  const names = new Set<string>();
  return parameters
    .map(({ name, label }) =>
      declaration(
        unique(names, variableName(wordsOf(label)), ''),
        'aws.ssm.getParameterOutput',
        (indent) => `${indent}name: ${scriptString(name, '"')},\n`,
      ),
    )
    .join('\n');
}

export function ansibleSsmTasks(parameters: Inputs): string {
  const names = new Set<string>();
  return parameters
    .map(({ name, region, label }) => {
      const fact = unique(names, snakeCase(wordsOf(label)), '_');
      return `- name: Read the image id of ${fact.replaceAll('_', ' ')}
  ansible.builtin.set_fact:
    ${fact}_image_id: "{{ lookup('amazon.aws.ssm_parameter', '${name}', region='${region}') }}"
`;
    })
    .join('\n');
}

export function awsCliParameters(parameters: Inputs): string {
  return parameters
    .map(
      ({ name, region }) => `aws ssm get-parameter \\
  --region ${shellWord(region)} \\
  --name ${shellWord(name)} \\
  --query Parameter.Value \\
  --output text
`,
    )
    .join('\n');
}
