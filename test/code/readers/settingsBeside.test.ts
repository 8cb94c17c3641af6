import { expect, test } from 'vitest';
import { sistersOf } from '../../../src/code/sisters.ts';
import { placesIn } from '../readFiles.ts';

const id = 'ami-095ffa7a2ada3d9ca';

/** The files of a folder that a file's regions are looked for in. */
function besideIt(path: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const sisters = sistersOf(path);
  return Object.fromEntries(
    Object.entries(files).filter(([file]) => {
      const [folder, name] = [file.split('/').slice(0, -1).join('/'), file.split('/').at(-1) ?? ''];
      return sisters.some((sister) => sister.folder === folder && sister.names.test(name));
    }),
  );
}

const template = `{"builders": [{"type": "amazon-ebs", "region": "{{user \`aws_region\`}}", "source_ami": "${id}"}]}`;
const vagrantfile = (value: string) =>
  `settings = YAML.load_file('settings.yml')\nVagrant.configure("2") do |config|\n  config.vm.provider :aws do |aws|\n    aws.region = ${value}\n    aws.ami = "${id}"\n  end\nend`;
const play = `- hosts: localhost\n  vars_files: [aws.vars]\n  tasks:\n    - ec2_instance: { image_id: ${id}, region: "{{ aws_region }}" }\n`;

test.for([
  [
    'variables of Packer',
    'packer/web.json',
    template,
    { 'packer/variables.json': '{"aws_region": "us-east-2"}' },
    'us-east-2',
  ],
  [
    'variables of Packer by a name',
    'web.json',
    template,
    { 'prod-vars.json': '{"aws_region": "us-east-2"}' },
    'us-east-2',
  ],
  [
    'variables of Packer in their folder',
    'web.json',
    template,
    { 'vars/web.json': '{"aws_region": "us-east-2"}' },
    'us-east-2',
  ],
  [
    'variables of Packer that differ',
    'web.json',
    template,
    { 'vars-a.json': '{"aws_region": "us-east-2"}', 'vars-b.json': '{"aws_region": "eu-west-1"}' },
    '-',
  ],
  [
    'settings of Vagrant',
    'Vagrantfile',
    vagrantfile("settings['region']"),
    { 'settings.yml': 'region: eu-west-2\n' },
    'eu-west-2',
  ],
  [
    'settings of Vagrant in a section',
    'Vagrantfile',
    vagrantfile("settings['aws']['region']"),
    { 'settings.yml': 'aws:\n  region: eu-west-2\ngcp:\n  region: us-east-1\n' },
    'eu-west-2',
  ],
  [
    'settings of Vagrant that nothing states',
    'Vagrantfile',
    vagrantfile("settings['region']"),
    { 'settings.yml': 'zone: a\n' },
    '-',
  ],
  [
    'variables of a play as keys and values',
    'site.yml',
    play,
    { 'aws.vars': 'aws_region=eu-west-2\nkey=me\n' },
    'eu-west-2',
  ],
  ['variables of a play as YAML', 'site.yml', play, { 'aws.vars': 'aws_region: eu-west-2\nkey: me\n' }, 'eu-west-2'],
  ['variables of a play in YAML', 'site.yml', play, { 'aws_vars.yml': 'aws_region: eu-west-2\n' }, 'eu-west-2'],
  [
    'settings of a program',
    'run.js',
    `const config = require('./config.json');\nconst ec2 = new AWS.EC2({ region: config.region });\nec2.runInstances({ ImageId: '${id}' });`,
    { 'config.json': '{"region": "eu-west-2"}' },
    'eu-west-2',
  ],
  [
    'settings of a program in a section',
    'run.py',
    `config = yaml.safe_load(open('config.yml'))\nec2 = boto3.resource('ec2', region_name=config['aws']['region'])\nec2.create_instances(ImageId='${id}')`,
    { 'config.yml': 'aws:\n  region: eu-west-2\n' },
    'eu-west-2',
  ],
] as const)('an id has the region that files beside its own agree on: %s', async ([, path, text, files, region]) => {
  const places = await placesIn(path, text, besideIt(path, files));
  expect(places.map((place) => place.split(' ')[1])).toEqual([region]);
});
