/** A file of a made-up workspace. */
export interface MadeFile {
  readonly path: string;
  readonly text: string;
}

const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-2', 'sa-east-1'] as const;

/** Infrastructure code of many tools, the same for the same count: about half of the files refer to images. */
export function mixedFiles(count: number): readonly MadeFile[] {
  return Array.from({ length: count }, (_, index) => {
    const write = writers[index % writers.length] ?? plainNotes;
    return write(index);
  });
}

export function idOf(index: number): string {
  const digits = Math.imul(index + 1, 0x9e3779b1) >>> 0;
  return `ami-0${digits.toString(16).padStart(8, '0')}${(index % 0xffff_ffff).toString(16).padStart(8, '0')}`;
}

function regionOf(index: number): string {
  return regions[index % regions.length] ?? 'us-east-1';
}

const folderOf = (index: number) => `stacks/team-${index % 40}/service-${index % 700}`;

function repeated(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

function terraform(index: number): MadeFile {
  const rules = repeated(
    25,
    (rule) => `  ingress {\n    from_port = ${8000 + rule}\n    to_port   = ${8000 + rule}\n    protocol  = "tcp"\n  }`,
  );
  return {
    path: `${folderOf(index)}/main-${index}.tf`,
    text: `data "aws_ami" "base" {\n  most_recent = true\n  owners      = ["amazon"]\n\n  filter {\n    name   = "name"\n    values = ["al2023-ami-*"]\n  }\n}\n\nresource "aws_security_group" "web" {\n${rules}\n}\n\nresource "aws_instance" "web" {\n  ami           = "${idOf(index)}"\n  instance_type = "t3.micro"\n}\n`,
  };
}

function provider(index: number): MadeFile {
  return {
    path: `${folderOf(index)}/provider-${index}.tf`,
    text: `provider "aws" {\n  region = var.region\n}\n\nvariable "region" {\n  default = "${regionOf(index)}"\n}\n${repeated(40, (line) => `\nvariable "setting_${line}" {\n  type    = string\n  default = "value ${line}"\n}`)}\n`,
  };
}

function cloudFormation(index: number): MadeFile {
  const resources = repeated(
    20,
    (line) =>
      `  Queue${line}:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !Sub "\${AWS::StackName}-${line}"`,
  );
  return {
    path: `${folderOf(index)}/template-${index}.yaml`,
    text: `AWSTemplateFormatVersion: "2010-09-09"\nMappings:\n  Images:\n${repeated(regions.length, (at) => `    ${regions[at]}:\n      HVM64: ${idOf(index * 10 + at)}`)}\nResources:\n${resources}\n`,
  };
}

function kubernetes(index: number): MadeFile {
  return {
    path: `${folderOf(index)}/deployment-${index}.yaml`,
    text: `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web-${index}\nspec:\n  template:\n    spec:\n      containers:\n${repeated(20, (line) => `        - name: app-${line}\n          image: registry.example.com/app:${line}\n          ports: [{ containerPort: ${line + 3000} }]`)}\n`,
  };
}

function packer(index: number): MadeFile {
  return {
    path: `images/packer-${index}.json`,
    text: `${JSON.stringify({ builders: [{ type: 'amazon-ebs', region: regionOf(index), source_ami: idOf(index), instance_type: 't3.small', ssh_username: 'ubuntu', ami_name: 'web {{timestamp}}' }], provisioners: Array.from({ length: 12 }, (_, step) => ({ type: 'shell', inline: [`echo step ${step}`] })) }, undefined, 2)}\n`,
  };
}

function cdk(index: number): MadeFile {
  return {
    path: `${folderOf(index)}/stack-${index}.ts`,
    text: `import * as ec2 from 'aws-cdk-lib/aws-ec2';\n\nexport const images = ec2.MachineImage.genericLinux({\n${repeated(regions.length, (at) => `  '${regions[at]}': '${idOf(index * 10 + at)}',`)}\n});\n\n${repeated(30, (line) => `export function make${line}(size: number): number {\n  return size * ${line};\n}`)}\n`,
  };
}

function application(index: number): MadeFile {
  return {
    path: `services/app-${index}/index.ts`,
    text: `${repeated(60, (line) => `export function handle${line}(event: { readonly id: string }): string {\n  return \`\${event.id}-${line}\`;\n}`)}\n`,
  };
}

function python(index: number): MadeFile {
  return {
    path: `tools/tool_${index}.py`,
    text: `import boto3\n\nec2 = boto3.client("ec2", region_name="${regionOf(index)}")\n\n\ndef start():\n    return ec2.run_instances(ImageId="${idOf(index)}", InstanceType="t3.micro", MinCount=1, MaxCount=1)\n${repeated(20, (line) => `\n\ndef step_${line}(value):\n    return value + ${line}`)}\n`,
  };
}

function shell(index: number): MadeFile {
  return {
    path: `scripts/deploy-${index}.sh`,
    text: `#!/usr/bin/env bash\nset -euo pipefail\nexport AWS_DEFAULT_REGION=${regionOf(index)}\n${repeated(30, (line) => `echo "step ${line}"`)}\naws ec2 run-instances \\\n  --image-id ${idOf(index)} \\\n  --instance-type t3.micro\n`,
  };
}

function plainNotes(index: number): MadeFile {
  return {
    path: `docs/notes-${index}.md`,
    text: `# Notes ${index}\n\n${repeated(60, (line) => `- Point ${line} of the meeting, with its decision and who does it.`)}\n`,
  };
}

const writers = [terraform, provider, cloudFormation, kubernetes, packer, cdk, application, python, shell, plainNotes];
