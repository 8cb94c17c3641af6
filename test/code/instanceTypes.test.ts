import { describe, expect, it } from 'vitest';
import type { IdReference } from '../../src/code/reference.ts';
import { referencesIn } from './readFiles.ts';

const id = 'ami-0a1b2c3d4e5f60718';

async function typeIn(path: string, text: string): Promise<string | undefined> {
  const found = (await referencesIn(path, text)).find((each): each is IdReference => each.kind === 'id');
  expect(found?.value).toBe(id);
  const type = found?.instanceType;
  // Its place is that of the value, which is what a reader of it is shown.
  if (type) expect(text.slice(type.span.start, type.span.end).toLowerCase()).toContain(type.value.split('.')[0]);
  return type?.value;
}

describe('the instance type beside an id', () => {
  it.each([
    ['a.tf', `resource "aws_launch_template" "a" {\n  image_id      = "${id}"\n  instance_type = "t4g.micro"\n}\n`],
    ['a.pkr.hcl', `source "amazon-ebs" "a" {\n  source_ami    = "${id}"\n  instance_type = "t4g.micro"\n}\n`],
    ['a.yaml', `Resources:\n  A:\n    Properties:\n      ImageId: ${id}\n      InstanceType: t4g.micro\n`],
    ['a.json', `{"Properties": {"ImageId": "${id}", "InstanceType": "t4g.micro"}}`],
    ['a.sh', `aws ec2 run-instances --image-id ${id} --instance-type t4g.micro\n`],
    ['a.sh', `aws ec2 run-instances \\\n  --instance-type=t4g.micro \\\n  --image-id "${id}"\n`],
    ['a.sh', `ID=$(aws ec2 run-instances --image-id ${id} --instance-type 't4g.micro')\n`],
    ['a.ps1', `New-EC2Instance -ImageId ${id} -InstanceType t4g.micro\n`],
    ['README.md', `Run\n\n    aws ec2 run-instances --image-id ${id} --instance-type t4g.micro\n`],
    ['a.py', `ec2.run_instances(ImageId="${id}", InstanceType="t4g.micro")\n`],
    ['a.ts', `new aws.ec2.Instance("a", { ami: "${id}", instanceType: "t4g.micro" });\n`],
    ['a.ts', `new aws.ec2.Instance("a", { ami: "${id}", instanceType: aws.ec2.InstanceType.T4g_Micro });\n`],
    [
      'a.ts',
      `new ec2.Instance(this, "a", {\n  instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MICRO),\n  machineImage: ec2.MachineImage.genericLinux({ "us-east-1": "${id}" }),\n});\n`,
    ],
    [
      'a.go',
      `x := &ec2.RunInstancesInput{\n\tImageId: aws.String("${id}"),\n\tInstanceType: types.InstanceTypeT4gMicro,\n}\n`,
    ],
  ])('is found in %s: %s', async (path, text) => {
    expect(await typeIn(path, text)).toBe('t4g.micro');
  });

  it.each([
    ['M52xlarge', 'm5.2xlarge'],
    ['C59xlarge', 'c5.9xlarge'],
    ['M5dnMetal', 'm5dn.metal'],
    ['X2iednLarge', 'x2iedn.large'],
  ])("of Go's enumeration is told: %s", async (name, type) => {
    const text = `x := &ec2.RunInstancesInput{\n\tImageId: aws.String("${id}"),\n\tInstanceType: types.InstanceType${name},\n}\n`;
    expect(await typeIn('a.go', text)).toBe(type);
  });

  it('of a command with very many ids is looked for once', async () => {
    const ids = Array.from({ length: 8_000 }, (_, at) => `ami-0a1b2c3d4e5f6${String(at).padStart(4, '0')}`);
    const start = process.cpuUsage();
    const found = await referencesIn('a.sh', `aws ec2 describe-images --image-ids ${ids.join(' ')}\n`);
    expect(found.filter(({ kind }) => kind === 'id')).toHaveLength(8_000);
    expect(process.cpuUsage(start).user).toBeLessThan(5_000_000);
  });

  it('has the size of its class', async () => {
    const text = `new ec2.Instance({ i: { imageId: '${id}', instanceType: InstanceType.of(InstanceClass.M7I, InstanceSize.XLARGE24) } });\n`;
    expect(await typeIn('a.ts', text)).toBe('m7i.24xlarge');
    const go = `x{\n  ImageId: "${id}",\n  InstanceType: types.InstanceTypeC5n18xlarge,\n}\n`;
    expect(await typeIn('a.go', go)).toBe('c5n.18xlarge');
  });

  it.each([
    ['a.sh', `aws ec2 run-instances --image-id ${id}\naws ec2 run-instances --instance-type t4g.micro\n`],
    ['a.sh', `aws ec2 run-instances --image-id ${id} --instance-type $TYPE\n`],
    ['a.ts', `f({ imageId: '${id}', instanceType: types.micro });\n`],
    [
      'a.ts',
      `f({ imageId: '${id}', instanceType: InstanceType.of(InstanceClass.BURSTABLE4_GRAVITON, InstanceSize.MICRO) });\n`,
    ],
  ])('is unknown in %s: %s', async (path, text) => {
    expect(await typeIn(path, text)).toBeUndefined();
  });
});
