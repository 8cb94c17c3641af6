import { describe, expect, it } from 'vitest';
import { fittingFirst, toolOf } from '../../../src/code/insertion/toolOf.ts';
import { languageOf } from '../../../src/code/language.ts';
import { snippetKinds } from '../../../src/core/snippets.ts';

describe('the tool of a file', () => {
  it.each([
    ['main.tf', '', 'Terraform'],
    ['terragrunt.hcl', 'inputs = {}', 'Terraform'],
    ['web.pkr.hcl', '', 'Packer'],
    ['image.hcl', 'source "amazon-ebs" "web" {\n}', 'Packer'],
    ['template.yaml', 'Resources:\n  A:\n    Type: AWS::EC2::Instance\n', 'CloudFormation'],
    ['sam.yml', 'Transform: AWS::Serverless-2016-10-31\n', 'CloudFormation'],
    ['site.yml', '', 'Ansible'],
    ['launch.yml', '- hosts: all\n  tasks:\n', 'Ansible'],
    ['roles/web/tasks/main.yml', '- name: x\n', 'Ansible'],
    ['x.yml', '- name: x\n  amazon.aws.ec2_instance:\n', 'Ansible'],
    ['deployment.yaml', 'kind: Pod\n', undefined],
    ['stack.ts', "import * as ec2 from 'aws-cdk-lib/aws-ec2';", 'AWS CDK'],
    ['index.ts', 'import * as aws from "@pulumi/aws";', 'Pulumi'],
    ['run.sh', '', 'AWS CLI'],
    ['main.tf.json', '{}', 'Terraform'],
    ['template.json', '{"Resources": {"A": {"Type": "AWS::EC2::Instance"}}}', 'CloudFormation'],
    ['packer.json', '{"builders": [{"type": "amazon-ebs"}]}', 'Packer'],
    ['package.json', '{"name": "x", "type": "module"}', undefined],
    ['.github/workflows/build.yml', 'on: push\n', 'AWS CLI'],
    ['.gitlab-ci.yml', 'a:\n  script:\n    - echo\n', 'AWS CLI'],
    ['buildspec.yml', 'version: 0.2\n', 'AWS CLI'],
    ['jobs.yml', 'jobs:\n  a:\n    steps:\n      - run: |\n          echo\n', 'AWS CLI'],
    ['play.yml', '- hosts: all\n  tasks:\n    - script: a.sh\n', 'Ansible'],
    ['notes.txt', '', undefined],
    ['app.py', '', undefined],
  ])('%s is told by its name and its text', (path, text, tool) => {
    expect(toolOf(path, text, languageOf(path, text))).toBe(tool);
  });

  it('has its forms before those of others, which stay', () => {
    expect(new Set(snippetKinds.map(({ tool }) => tool))).toContain('Ansible');
    const ordered = fittingFirst(snippetKinds, 'Ansible');
    expect(ordered[0]?.tool).toBe('Ansible');
    expect(ordered).toHaveLength(snippetKinds.length);
    expect(fittingFirst(snippetKinds, undefined)).toEqual(snippetKinds);
  });
});
