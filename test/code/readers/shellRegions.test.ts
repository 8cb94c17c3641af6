import { expect, test } from 'vitest';
import { placesIn } from '../readFiles.ts';

const [a, b] = ['ami-0a1b2c3d4e5f60718', 'ami-0b1c2d3e4f5061728'];

test.for([
  ['an option of the command', `aws ec2 run-instances --image-id ${a} --region eu-west-1`, ['eu-west-1 (option)']],
  [
    'an option before the verb',
    `aws --region=eu-west-1 --output json ec2 run-instances --image-id "${a}"`,
    ['eu-west-1 (option)'],
  ],
  [
    'an option on the last of several lines, one with a blank behind its backslash',
    `aws ec2 run-instances \\\n  --image-id ${a} \\ \n  --count 1 \\\n  --region 'eu-west-1'\n`,
    ['eu-west-1 (option)'],
  ],
  [
    'lines that are commented out in the middle of a command',
    `aws ec2 run-instances \\\n  --image-id ${a} \\\n  # --region us-west-2 \\\n  --region eu-west-1\n`,
    ['eu-west-1 (option)'],
  ],
  [
    'a variable',
    `R=eu-west-1\nREGION="$R"\naws ec2 run-instances --region "$REGION" --image-id ${a}`,
    ['eu-west-1 (variable)'],
  ],
  ['a default', `aws ec2 run-instances --region \${REGION:-eu-west-1} --image-id ${a}`, ['eu-west-1 (default)']],
  ['a default of a parameter', `REGION=\${1:-eu-west-1}\nAMI=${a}\n`, ['eu-west-1 (default)']],
  [
    'an environment',
    `export AWS_DEFAULT_REGION=eu-west-1\naws ec2 run-instances --image-id ${a}`,
    ['eu-west-1 (environment)'],
  ],
  [
    'an assignment before the command',
    `AWS_REGION=eu-west-1 aws ec2 run-instances --image-id ${a}`,
    ['eu-west-1 (environment)'],
  ],
  [
    'a setting',
    `aws configure set default.region eu-west-1\naws ec2 run-instances --image-id ${a}`,
    ['eu-west-1 (environment)'],
  ],
  [
    'a command that uses the variable',
    `AMI_ID=${a}\naws s3 ls --region us-east-1\naws ec2 run-instances --image-id $AMI_ID --region eu-west-1`,
    ['eu-west-1 (option)'],
  ],
  [
    'a loop over regions',
    `for region in us-east-1 eu-west-1; do\n  aws ec2 copy-image --image-id ${a} --region $region\ndone`,
    ['us-east-1+eu-west-1 (loop)'],
  ],
  [
    'a loop over a list',
    `REGIONS="us-east-1 eu-west-1"\nfor r in $REGIONS; do aws ec2 delete-image --image-id ${a} --region "$r"; done`,
    ['us-east-1+eu-west-1 (loop)'],
  ],
  [
    'branches of a case',
    `case $REGION in\n  us-east-1)\n    AMI=${a} ;;\n  eu-west-1|eu-west-2) AMI=${b};;\n  *) exit 1\nesac`,
    ['us-east-1 (block)', 'eu-west-1+eu-west-2 (block)'],
  ],
  [
    'branches of an if',
    `if [ "$REGION" = "us-east-1" ]; then\n  AMI=${a}\nelif [[ $REGION == eu-west-1 ]]; then\n  AMI=${b}\nfi`,
    ['us-east-1 (block)', 'eu-west-1 (block)'],
  ],
  [
    'an array by region',
    `declare -A AMIS=(\n  [us-east-1]="${a}"\n  ["eu-west-1"]=${b}\n)`,
    ['us-east-1 (mapKey)', 'eu-west-1 (mapKey)'],
  ],
  ['a list', `us-east-1 ${a}\neu-west-1 ${b}\n`, ['us-east-1 (mapKey)', 'eu-west-1 (mapKey)']],
  ['a list with ids first', `${a},us-east-1\n${b}\teu-west-1\n`, ['us-east-1 (mapKey)', 'eu-west-1 (mapKey)']],
  [
    'the region that an image is copied from',
    `aws ec2 copy-image --region us-west-2 --source-region eu-west-1 --source-image-id ${a}`,
    ['eu-west-1 (option)'],
  ],
  [
    'a zone alone',
    `aws ec2 run-instances --image-id ${a} --placement AvailabilityZone=eu-west-1a`,
    ['eu-west-1 (zone?)'],
  ],
  ['a comment alone', `AMI=${a} # eu-west-1\n`, ['eu-west-1 (comment?)']],
  ['a name alone', `AMI_EU_WEST_1=${a}\n`, ['eu-west-1 (name?)']],
  ['nothing', `REGION=$1\naws ec2 run-instances --region $REGION --image-id ${a}`, ['-']],
] as const)('ids of a script have the region in which they are used: %s', async ([, text, regions]) => {
  const ids = [a, b];
  expect(await placesIn('run.sh', text)).toEqual(regions.map((region, index) => `${ids[index]} ${region}`));
});

test.for([
  [
    'Makefile',
    `AWS_REGION ?= eu-west-1\nAMI := ${a}\nrun:\n\taws ec2 run-instances --region $(AWS_REGION) --image-id $(AMI)\n`,
  ],
  ['Dockerfile', `FROM x\nENV AWS_REGION eu-west-1\nARG AMI=${a}\n`],
  ['Dockerfile', `FROM x\nENV AWS_REGION=eu-west-1 AMI=${a}\n`],
  ['run.bat', `set AWS_DEFAULT_REGION=eu-west-1\r\naws ec2 run-instances ^\r\n  --image-id ${a}\r\n`],
  [
    'run.ps1',
    `$region = "eu-west-1"\nNew-EC2Instance -ImageId ${a} \`\n  -InstanceType t3.micro \`\n  -Region $region\n`,
  ],
  ['run.ps1', `Set-DefaultAWSRegion -Region eu-west-1\nNew-EC2Instance -ImageId ${a}\n`],
  ['.env', `AWS_REGION=eu-west-1\nAMI_ID=${a}\n`],
  ['app.properties', `aws.region = eu-west-1\nami: ${a}\n`],
  ['aws.ini', `[default]\nregion = eu-west-1\n[west]\nregion=us-west-2\n[default]\nami = ${a}\nregion = eu-west-1\n`],
  ['aws.toml', `[aws]\nregion = "eu-west-1"\nami = "${a}"\n`],
  ['settings', `[a]\nami = ${a}\nregion = eu-west-1\n[b]\nregion = us-east-1\n`],
] as const)('an id has the region that is stated in a %s', async ([path, text]) => {
  expect(await placesIn(path, text)).toEqual([expect.stringMatching(`^${a} eu-west-1 \\((?!.*\\?)`)]);
});

test('a heredoc of another language, with the region of the script', async () => {
  const text = `REGION=eu-west-1\ncat > a.json <<'EOF'\n{"us-east-1": "${a}", "other": "${b}"}\nEOF\necho done\n`;
  expect(await placesIn('run.sh', text)).toEqual([`${a} us-east-1 (mapKey)`, `${b} eu-west-1 (variable)`]);
});

test('an open quote takes no more than its line', async () => {
  const text = `NAME="open\naws ec2 run-instances --image-id ${a} --region eu-west-1\necho "done"\nREGION=us-east-1\naws ec2 x --image-id ${b} --region "us-west-2`;
  expect(await placesIn('run.sh', text)).toEqual([`${a} eu-west-1 (option)`, `${b} us-west-2 (option)`]);
});

test('any beginning and any part of a script is read', async () => {
  const text = `declare -A A=([us-east-1]="${a}")\ncase $R in\n a) x=$(aws ec2 describe-images --owners "self" | head -1);;\nesac\ncat <<EOF\n\${b}\nEOF\nfor r in a b; do echo \`date\`; done\n`;
  for (let start = 0; start < text.length; start += 3) {
    for (const length of [1, 4, 40, text.length]) {
      const broken = text.slice(0, start) + text.slice(start + length);
      const found = await placesIn('run.sh', broken);
      expect(found.length).toBe(broken.includes(a) && !/[\w-]ami-|ami-\w{18}/.test(broken) ? 1 : found.length);
    }
  }
});
