import { describe, expect, it } from 'vitest';
import { idPlaceAt } from '../../../src/code/insertion/idPlace.ts';
import { parameterFormOf, parameterText } from '../../../src/code/insertion/parameterForms.ts';
import { languageOf } from '../../../src/code/language.ts';

function formAt(path: string, marked: string): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const language = languageOf(path, text);
  const place = idPlaceAt(text, offset, language);
  return place && parameterFormOf({ text, path, language, offset, keys: place.keys });
}

describe('a public parameter', () => {
  it.each([
    [
      't.yaml',
      'Resources:\n  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: |\n',
      'resolveReference',
    ],
    [
      't.json',
      '{"Resources": {"A": {"Type": "AWS::EC2::Instance", "Properties": {"ImageId": "|"}}}}',
      'resolveReference',
    ],
    [
      't.yaml',
      'Parameters:\n  Ami:\n    Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>\n    Default: |\n',
      'name',
    ],
    [
      't.yaml',
      'Parameters:\n  Ami:\n    Default: |\n    Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>\n',
      'name',
    ],
    ['t.yaml', 'Parameters:\n  Ami:\n    Type: AWS::EC2::Image::Id\n    Default: |\n', undefined],
    ['t.yaml', 'Resources:\n  A:\n    Type: AWS::EC2::X\nMappings:\n  M:\n    us-east-1:\n      AMI: |\n', undefined],
    ['main.tf', 'resource "aws_launch_template" "a" {\n  image_id = "|"\n}\n', 'resolve'],
    ['main.tf', 'resource "aws_instance" "a" {\n  ami = "|"\n}\n', undefined],
    ['main.tf', 'resource "aws_launch_configuration" "a" {\n  image_id = "|"\n}\n', undefined],
    ['run.sh', 'aws ec2 run-instances --image-id |', 'resolve'],
    ['run.sh', 'aws ec2 run-instances \\\n  --count 1 \\\n  --image-id |', 'resolve'],
    ['run.sh', 'aws ec2 describe-images --image-ids |', undefined],
    ['run.sh', 'aws ec2 deregister-image --image-id |', undefined],
    ['a.py', "ec2.run_instances(\n    ImageId='|',\n", 'resolve'],
    ['a.py', "ec2.deregister_image(ImageId='|'", undefined],
    ['a.ts', "new RunInstancesCommand({ ImageId: '|'", 'resolve'],
    ['data.json', '{ "MinCount": 1, "ImageId": "|" }', 'resolve'],
    ['data.json', '{ "ImageId": "|" }', undefined],
    ['kops.yaml', 'apiVersion: kops.k8s.io/v1alpha2\nspec:\n  image: |\n', 'kops'],
    ['site.yml', '- hosts: all\n  tasks:\n    - ec2_instance:\n        image_id: |\n', 'ansible'],
    ['eks.yaml', 'kind: ClusterConfig\nnodeGroups:\n  - ami: |\n', undefined],
  ])('in %s has the form that is taken there: %s', (path, marked, form) => {
    expect(formAt(path, marked)).toBe(form);
  });

  it('is written as the form has it', () => {
    const name = '/aws/service/x/y';
    expect(parameterText('name', name, 'us-east-1')).toBe(name);
    expect(parameterText('resolve', name, 'us-east-1')).toBe('resolve:ssm:/aws/service/x/y');
    expect(parameterText('resolveReference', name, 'us-east-1')).toBe('{{resolve:ssm:/aws/service/x/y}}');
    expect(parameterText('kops', name, 'us-east-1')).toBe('ssm:/aws/service/x/y');
    expect(parameterText('ansible', name, 'us-east-1')).toBe(
      "{{ lookup('amazon.aws.ssm_parameter', '/aws/service/x/y', region='us-east-1') }}",
    );
  });
});
