import { expect, test } from 'vitest';
import { lookupsIn, placesIn } from '../readFiles.ts';

const [a, b, c] = ['ami-095ffa7a2ada3d9ca', 'ami-0b1c2d3e4f5061728', 'ami-bfbfd4be'];

test.for([
  [
    'rows of a table',
    `| Region | AMI |\n|---|---|\n| us-east-1 | \`${a}\` |\n| EU (Ireland) | ${b} |\n`,
    ['us-east-1', 'eu-west-1'],
  ],
  [
    'links in rows',
    `| us-east-1 | [${a}](https://console.aws.amazon.com/ec2/home?region=us-east-1#launchAmi=${a}) |`,
    ['us-east-1', 'us-east-1'],
  ],
  [
    'the region of the row before a slip in its link',
    `| us-west-2 | [launch](https://console.aws.amazon.com/ec2/home?region=us-east-1#launchAmi=${a}) |`,
    ['us-west-2'],
  ],
  [
    'a header row of regions',
    `| | us-east-1 | eu-west-1 |\n|---|---|---|\n| HVM | ${a} | ${b} |\n| PV | ${c} | |\n`,
    ['us-east-1', 'eu-west-1', 'us-east-1'],
  ],
  [
    'an HTML table',
    `<table><tr><th>Region</th></tr>\n<tr>\n<td>us-east-1</td>\n<td>x</td>\n<td><code>${a}</code></td></tr><tr><td>ap-south-1</td><td>${b}</td></tr></table>`,
    ['us-east-1', 'ap-south-1'],
  ],
  [
    'headings',
    `# AMIs of us-east-1 and eu-west-1\n\n## us-east-1\n\n${a}\n\n## eu-west-1\n\n### HVM\n\n${b}\n\n## Others\n\n${c}\n`,
    ['us-east-1', 'eu-west-1', '-'],
  ],
  ['underlined headings', `us-east-1\n---------\n\n${a}\n\neu-west-1\n---------\n\n${b}\n`, ['us-east-1', 'eu-west-1']],
  ['all regions at the top', `We support us-east-1, us-west-2 and eu-west-1.\n\nUse ${a}.\n`, ['-']],
  ['a region somewhere else', `Our bucket is in us-west-1.\n\n## Images\n\nUse ${a}.\n`, ['-']],
  ['a sentence', `In the us-west-2 region, use ${a} as the image.`, ['us-west-2']],
  ['a sentence on two lines', `The image ${a} is available in the\nOregon region.`, ['us-west-2']],
  [
    'a list',
    `- us-east-1: ${a}\n- eu-west-1 - \`${b}\`\n* **us-west-2**: ${c}\n`,
    ['us-east-1', 'eu-west-1', 'us-west-2'],
  ],
  [
    'a nested list',
    `- us-east-1\n  - HVM: ${a}\n  - PV: ${b}\n- eu-west-1\n  - HVM: ${c}\n`,
    ['us-east-1', 'us-east-1', 'eu-west-1'],
  ],
  [
    'items that are examples of other things',
    `- \`BuildRegion\` (for example \`eu-central-1\`)\n- \`SourceAMI\` (for example \`${a}\`)\n`,
    ['-'],
  ],
  ['behind the ids', `${a} (us-east-1), ${b} (eu-west-1)`, ['us-east-1', 'eu-west-1']],
  [
    'pairs on a line',
    `default = {'us-east-1': '${a}', 'us-west-2': '${b}', 'eu-west-1': '${c}'}`,
    ['us-east-1', 'us-west-2', 'eu-west-1'],
  ],
  [
    'a command in a fence',
    `\`\`\`console\n$ aws ec2 run-instances \\\n    --image-id ${a} \\\n    --region eu-west-3\n\`\`\`\n`,
    ['eu-west-3'],
  ],
  [
    'the output of a command',
    `\`\`\`\n$ aws --region us-east-2 ec2 describe-images --owners self\n{ "ImageId": "${a}" }\n\`\`\`\n`,
    ['us-east-2'],
  ],
  [
    'Terraform in a fence',
    `\`\`\`hcl\nprovider "aws" {\n  region = "us-west-1"\n}\nresource "aws_instance" "a" {\n  ami = "${a}"\n}\n\`\`\`\n`,
    ['us-west-1'],
  ],
  [
    'Terraform in a fence of another name',
    `\`\`\`ini\nprovider "aws" {\n  region = "us-west-1"\n}\nresource "aws_instance" "a" {\n  ami = "${a}"\n}\n\`\`\`\n`,
    ['us-west-1'],
  ],
  [
    'YAML in a fence without a name',
    `\`\`\`\nmetadata:\n  region: us-west-2\nnodeGroups:\n  - ami: ${a}\n\`\`\`\n`,
    ['us-west-2'],
  ],
  [
    'a sentence before a fence',
    `Launch it in eu-central-1:\n\n\`\`\`ts\nrun({ ami: '${a}' })\n\`\`\`\n`,
    ['eu-central-1'],
  ],
  [
    'a sentence behind a fence',
    `\`\`\`ruby\naws.ami = "${a}"\n\`\`\`\n\nThis starts an instance in us-east-1.\n`,
    ['us-east-1'],
  ],
  [
    'the summary of the same run',
    `\`\`\`\nFound Image ID: ${a}\n--> AMIs were created:\nus-west-2: ${a}\n\`\`\`\n`,
    ['us-west-2', 'us-west-2'],
  ],
  ['a log', `\`\`\`\n[i] using region us-west-2\n[i] nodegroup uses "${a}"\n\`\`\`\n`, ['us-west-2']],
  ['Windows line ends', `## us-east-1\r\n\r\n${a}\r\n\r\n| eu-west-1 | ${b} |`, ['us-east-1', 'eu-west-1']],
  ['line ends of old', `## us-east-1\r\r${a}\r\r## eu-west-1\r\r${b}`, ['us-east-1', 'eu-west-1']],
  ['a byte order mark', `\uFEFF# us-east-1\n\n${a}`, ['us-east-1']],
] as const)('ids have the region that a reader takes for theirs: %s', async ([, text, regions]) => {
  expect((await placesIn('docs/a.md', text)).map((place) => place.split(' ')[1])).toEqual(regions);
});

test.for([
  [
    'a code block',
    `In Ohio\n=======\n\n.. code-block:: yaml\n\n   region: us-west-2\n   image: ${a}\n\nThen ${b}.\n`,
    ['us-west-2', 'us-east-2'],
  ],
  [
    'a literal block',
    `Run this::\n\n    aws ec2 run-instances --region us-west-1 --image-id ${a}\n\nText ${b}\n`,
    ['us-west-1', '-'],
  ],
  [
    'a doctest',
    `::\n\n   >>> conn = boto.ec2.connect_to_region("us-west-2")\n   >>> conn.run_instances('${a}')\n`,
    ['us-west-2'],
  ],
  [
    'a grid',
    `+-----------+--------------+\n| us-east-1 | ${a} |\n+-----------+--------------+\n| eu-west-1 | ${b} |\n+-----------+--------------+\n`,
    ['us-east-1', 'eu-west-1'],
  ],
  [
    'columns of blanks',
    `=========  ============\nus-east-1  ${a}\neu-west-1  ${b}\n=========  ============\n`,
    ['us-east-1', 'eu-west-1'],
  ],
] as const)('reStructuredText: %s', async ([, text, regions]) => {
  expect((await placesIn('docs/a.rst', text)).map((place) => place.split(' ')[1])).toEqual(regions);
});

test('AsciiDoc', async () => {
  const text = `== us-east-1\n\n${a}\n\n[source,yaml]\n----\nregion: eu-west-1\nimage: ${b}\n----\n`;
  expect((await placesIn('docs/a.adoc', text)).map((place) => place.split(' ')[1])).toEqual(['us-east-1', 'eu-west-1']);
});

test('lookups in fences are some, names of them in words are none', async () => {
  const text = `\`LookupMachineImage\` and \`describe-images\` take the newest.\n\n\`\`\`python\nec2.MachineImage.lookup(name="x")\n\`\`\`\n\n\`\`\`sh\naws ec2 describe-images --owners amazon\n\`\`\`\n\n1. Item\n\n   \`\`\`hcl\n   data "aws_ami" "a" {\n     most_recent = true\n   }\n   \`\`\`\n`;
  const found = await lookupsIn('README.md', text);
  expect(found.map(({ tool, isUnsafe }) => `${tool} ${isUnsafe}`)).toEqual([
    'cdk true',
    'awsCli false',
    'terraform true',
  ]);
});

test.for([
  [
    'a client of an example above',
    `\`\`\`python\nec2 = boto3.client("ec2", region_name="us-west-2")\n\`\`\`\n\nThen:\n\n\`\`\`python\nec2.run_instances(ImageId="${a}")\n\`\`\`\n`,
    `${a} us-west-2 (client)`,
  ],
  [
    'another client above',
    `\`\`\`ruby\ns3 = Fog::Storage.new(region: 'eu-west-1')\n\`\`\`\n\n\`\`\`ruby\nec2.run_instances("${a}", 1, 1)\n\`\`\`\n`,
    `${a} -`,
  ],
  [
    'what commands above export, as a guess',
    `\`\`\`bash\nexport AWS_DEFAULT_REGION=us-west-2\n\`\`\`\n\n\`\`\`bash\naws ec2 run-instances --image-id ${a}\n\`\`\`\n`,
    `${a} us-west-2 (environment?)`,
  ],
  [
    'a heading before what is exported elsewhere',
    `\`\`\`bash\nexport AWS_REGION=us-west-2\n\`\`\`\n\n## In eu-west-1\n\n\`\`\`bash\naws ec2 run-instances --image-id ${a}\n\`\`\`\n`,
    `${a} eu-west-1 (heading)`,
  ],
] as const)('examples of one document: %s', async ([, text, place]) => {
  expect(await placesIn('README.md', text)).toEqual([place]);
});
