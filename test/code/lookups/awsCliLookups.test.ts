import { describe, expect, test } from 'vitest';
import { lookupsIn } from '../readFiles.ts';

const find = 'aws ec2 describe-images --filters "Name=name,Values=ubuntu-*"';
const newest = `--query 'sort_by(Images, &CreationDate)[-1].ImageId'`;

describe('unsafe: one is chosen by its name among all that are visible', () => {
  test.for([
    ['the last of what is sorted by date', `AMI=$(${find} ${newest} --output text)`, 'newest'],
    ['the first of what is reversed', `${find} --query 'reverse(sort_by(Images, &CreationDate))[0]'`, 'newest'],
    ['the first in a slice', `${find} --query "reverse(sort_by(Images,&CreationDate))[:1].ImageId"`, 'newest'],
    ['the last in a slice', `${find} --query 'sort_by(Images, &CreationDate)[-1:].[ImageId]'`, 'newest'],
    [
      'a pipe in the query',
      `${find} --query 'Images[*].[ImageId,CreationDate] | sort_by(@, &[1]) | [-1][0]'`,
      'newest',
    ],
    ['max_by', `${find} --query 'max_by(Images, &CreationDate).ImageId'`, 'newest'],
    ['the first, in whatever order', `${find} --query 'Images[0].ImageId'`, 'first'],
    ['the first of ids', `${find} --query 'Images[*].ImageId | [0]'`, 'first'],
    [
      'sort and head',
      `${find} --query 'Images[*].[CreationDate,ImageId]' --output text | sort -k2 -r | head -n1`,
      'newest',
    ],
    [
      'sort and tail',
      `${find} | jq -r '.Images[] | [.CreationDate, .ImageId] | @tsv' | sort | tail -1 | cut -f2`,
      'newest',
    ],
    ['jq', `${find} | jq -r '.Images | sort_by(.CreationDate) | last | .ImageId'`, 'newest'],
    ['jq with an index', `${find} | jq -r '.Images[0].ImageId'`, 'first'],
    ['the first line of awk', `${find} --output text | awk 'NR==1 {print $6}'`, 'first'],
    ['the first match', `${find} --output text | grep -m 1 IMAGES`, 'first'],
    ['no more than one item', `${find} --max-items 1`, 'first'],
    [
      'later, of a variable',
      `IMAGES=$(${find})\nID=$(echo "$IMAGES" | jq -r '.Images | max_by(.CreationDate).ImageId')`,
      'newest',
    ],
    ['executable users', `${find} --executable-users all ${newest}`, 'newest'],
    ['a description', `aws ec2 describe-images --filter Name=description,Values=Debian* ${newest}`, 'newest'],
    ['JSON filters', `aws ec2 describe-images --filters '[{"Name":"name","Values":["x*"]}]' ${newest}`, 'newest'],
    ['filters of a variable', `F="Name=name,Values=x*"\naws ec2 describe-images --filters $F ${newest}`, 'newest'],
    [
      'an owner that is commented out',
      `aws ec2 describe-images \\\n  # --owners self \\\n  --filters Name=name,Values=x* \\\n  ${newest}`,
      'newest',
    ],
    ['any owner', `aws ec2 describe-images --filters Name=owner-id,Values=* Name=name,Values=x ${newest}`, 'newest'],
    [
      'options before the verb',
      `aws --profile x --region us-east-1 ec2 describe-images --filters Name=name,Values=x* ${newest}`,
      'newest',
    ],
    ['lines that go on', `aws ec2 describe-images \\\n --filters 'Name=name,Values=x*' \\ \n ${newest}`, 'newest'],
    ['backticks', `AMI=\`${find} ${newest}\``, 'newest'],
    ['in a string', `bash -c "aws ec2 describe-images --filters Name=name,Values=x* ${newest}"`, 'newest'],
    ['the older tools', `ec2-describe-images -F "name=ubuntu*" | sort -k 3 | tail -n 1`, 'newest'],
    ['a function in front', `run_aws ec2 describe-images --filters Name=name,Values=x* ${newest}`, 'newest'],
  ] as const)('%s', async ([, text, chooses]) => {
    expect(await lookupsIn('a.sh', text)).toEqual([
      expect.objectContaining({ isUnsafe: true, chooses, tool: 'awsCli' }),
    ]);
  });

  test.for([
    `$image = Get-EC2Image -Filter @{ Name = "name"; Values = "Windows*" } |\n  Sort-Object CreationDate -Descending | Select-Object -First 1`,
    '$id = (Get-EC2Image -Filter @{Name="name";Values="W*"} | sort CreationDate | select -Last 1).ImageId',
    '$id = (Get-EC2Image -Filter $filter | Sort-Object -Property CreationDate)[-1].ImageId',
    '$images = Get-EC2Image -Filters @(@{Name="name"; Values=@("W*")})\n$latest = $images | Sort-Object CreationDate -Descending | Select-Object -First 1',
    '$f = New-Object Amazon.EC2.Model.Filter -Property @{Name = "name"; Values = "W*"}\n(Get-EC2Image -Filter $f | sort CreationDate)[-1]',
    '$images = aws ec2 describe-images --filters Name=name,Values=W* | ConvertFrom-Json\n$id = ($images.Images | Sort-Object CreationDate)[-1].ImageId',
  ])('PowerShell: %s', async (text) => {
    const isOpen = text.includes('$filter ');
    expect(await lookupsIn('a.ps1', text)).toMatchObject([{ isUnsafe: !isOpen, chooses: 'newest' }]);
  });

  test('an array of the shell', async () => {
    const text = `IDS=($(${find} --query 'Images[].ImageId' --output text))\nAMI=\${IDS[0]}`;
    expect(await lookupsIn('a.sh', text)).toMatchObject([{ isUnsafe: true, chooses: 'first' }]);
  });
});

describe('safe', () => {
  test.for([
    ['owners', `aws ec2 describe-images --owners 099720109477 amazon --filters Name=name,Values=x* ${newest}`],
    ['one owner', `aws ec2 describe-images --owner amazon --filters Name=name,Values=x* ${newest}`],
    ['owners with an equals sign', `${find} --owners=self ${newest}`],
    ['an owner of a variable', `${find} --owners "$OWNER" ${newest}`],
    ['a filter on the owner', `${find} Name=owner-alias,Values=amazon ${newest}`],
    [
      'a filter on the owner in JSON',
      `aws ec2 describe-images --filters '[{"Name": "owner-id", "Values": ["1"]}]' ${newest}`,
    ],
    ['tags', `aws ec2 describe-images --filters "Name=tag:role,Values=web" ${newest}`],
    ['ids', `aws ec2 describe-images --image-ids "$AMI" --query 'Images[0].Name'`],
    ['ids by xargs', `cat ids | xargs aws ec2 describe-images --query 'Images[0].Name' --image-ids`],
    ['options by xargs', `cat x | xargs aws ec2 describe-images --query 'Images[0].Name'`],
    ['nothing chosen', `${find} --query 'Images[*].[ImageId,Name]' --output table`],
    ['a list in order', `${find} --query 'sort_by(Images, &CreationDate)[*].ImageId'`],
    ['some of a list', `${find} --output text | sort | tail -5`],
    ['a part of an image', `${find} --query 'Images[*].BlockDeviceMappings[0].Ebs.SnapshotId'`],
    ['a tag of an image', `${find} --query "Images[*].[ImageId, Tags[?Key=='Name'] | [0].Value]"`],
    ['a query by the owner', `${find} --query "Images[?OwnerId=='1'] | sort_by(@, &CreationDate)[-1]"`],
    ['jq by the owner', `${find} | jq '[.Images[] | select(.OwnerId == "1")] | last'`],
    [
      'PowerShell with an owner',
      `Get-EC2Image -Owner amazon -Filter @{Name="name";Values="x"} | Select-Object -First 1`,
    ],
    ['options of elsewhere', `${find} "\${ARGS[@]}" ${newest}`],
    [
      'options of a variable with owners',
      `OPTS="--owners self"\naws ec2 describe-images $OPTS --filters Name=name,Values=x ${newest}`,
    ],
    [
      'an array with owners',
      `args=(--owners amazon --filters "Name=name,Values=x")\naws ec2 describe-images "\${args[@]}" ${newest}`,
    ],
    ['a request in a file', `aws ec2 describe-images --cli-input-json file://x.json ${newest}`],
    ['the older tools with an owner', `ec2-describe-images -o amazon -F "name=ubuntu*" | tail -n 1`],
  ] as const)('%s', async ([, text]) => {
    expect(await lookupsIn(text.startsWith('Get-') ? 'a.ps1' : 'a.sh', text)).toEqual([
      expect.objectContaining({ isUnsafe: false }),
    ]);
  });

  test.for([`echo "Use aws ec2 describe-images to find one"`, `aws ecr describe-images --query 'imageDetails[0]'`])(
    '%s is no lookup of images',
    async (text) => {
      expect(await lookupsIn('a.sh', text)).toEqual([]);
    },
  );
});

test.for([
  [
    'a.sh',
    `ID=$(aws ec2 describe-images \\\n  --filters Name=name,Values=x ${newest})`,
    `ID=$(aws ec2 describe-images --owners 123 \\\n  --filters Name=name,Values=x ${newest})`,
  ],
  ['a.sh', `ec2-describe-images -F name=x | head -1`, `ec2-describe-images -o 123 -F name=x | head -1`],
  [
    'a.ps1',
    `Get-EC2Image -Filter $f | Select-Object -First 1`,
    `Get-EC2Image -Owner 123 -Filter $f | Select-Object -First 1`,
  ],
] as const)('the owner goes in behind the verb: %s %s', async ([path, text, wanted]) => {
  const [lookup] = await lookupsIn(path, text);
  const { offset = 0, before = '', after = '' } = lookup?.ownerInsertion ?? {};
  expect(`${text.slice(0, offset)}${before}123${after}${text.slice(offset)}`).toBe(wanted);
  const [fixed] = await lookupsIn(path, wanted);
  expect(fixed).toMatchObject({ isUnsafe: false, owners: { kind: 'literal', values: ['123'] } });
});

test('filters, ids and users are read', async () => {
  const text = `aws ec2 describe-images --filters Name=name,Values=a,b 'Name=state,Values="available"' --image-ids ami-0a1b2c3d4e5f60718 --executable-users self --include-deprecated`;
  expect(await lookupsIn('a.sh', text)).toMatchObject([
    {
      filters: [
        { name: 'name', values: ['a', 'b'] },
        { name: 'state', values: ['available'] },
      ],
      imageIds: ['ami-0a1b2c3d4e5f60718'],
      executableUsers: ['self'],
      includesDeprecated: true,
      chooses: 'all',
    },
  ]);
});

describe('PowerShell', () => {
  const sorted = '| Sort-Object CreationDate -Descending | Select-Object -First 1';
  const object = `[Amazon.EC2.Model.Filter]$Filter = New-Object -TypeName Amazon.EC2.Model.Filter`;

  test.for([
    [
      'a hashtable of a variable',
      `$Filter = @(\n  @{'Name' = 'name'; Values = $Name}\n)\n$image = Get-EC2Image -Filter $Filter ${sorted}`,
    ],
    [
      'an object of a variable',
      `${object}\n$Filter.Name = "name"\n$Filter.Value = $Name\n$id = Get-EC2Image -Filter @($Filter) ${sorted}`,
    ],
    [
      'several variables',
      `$f1 = @{Name='name';Values='x*'}\n$f2 = @{Name='state';Values='available'}\n$image = Get-EC2Image -Filter @($f1, $f2) ${sorted}`,
    ],
    [
      'a list that is made by and by',
      `$list = @()\n$list += @{Name="name"; Values="x*"}\n$image = Get-EC2Image -Filter $list | sort CreationDate | select -Last 1`,
    ],
    [
      'the first of a typed variable',
      `[Object[]]$found = Get-EC2Image -Filter @{ Name="name"; Values="x*" }\nNew-EC2Instance -ImageId $found[0].ImageId`,
    ],
    [
      'the last of a variable',
      `$found = Get-EC2Image -Filters @{Name = "name"; Values = "$prefix*"}\n$id = $found[$found.Length-1].ImageId`,
    ],
    [
      'the first of an array',
      `$found = @(Get-EC2Image -Filters @{Name = "name"; Values = $name} | Sort-Object -Descending CreationDate)\n$id = $found[0].ImageId`,
    ],
  ] as const)('unsafe: %s', async ([, text]) => {
    expect(await lookupsIn('a.ps1', text)).toMatchObject([{ isUnsafe: true }]);
  });

  test.for([
    [
      'an owner alias in an object',
      `${object}\n$Filter.Name = "owner-alias"\n$Filter.Value = "amazon"\n$id = Get-EC2Image -Filter $Filter ${sorted}`,
    ],
    [
      'an owner in one of several variables',
      `$f1 = @{Name='name';Values='x*'}\n$f2 = @{Name='owner-id';Values='801119661308'}\n$id = Get-EC2Image -Filter $f1, $f2 ${sorted}`,
    ],
    [
      'objects in a list',
      `$list = @()\n$f = [Amazon.EC2.Model.Filter]::new()\n$f.Name = 'owner-alias'\n$f.Value = 'amazon'\n$list += $f\n$f = [Amazon.EC2.Model.Filter]::new()\n$f.Name = 'name'\n$f.Value = 'x*'\n$list += $f\n$id = Get-EC2Image -Filter $list ${sorted}`,
    ],
    ['a filter from elsewhere', `param($Filter)\n$id = Get-EC2Image -Filter $Filter ${sorted}`],
    ['one of the filters from elsewhere', `$id = Get-EC2Image -Filter $f1, @{Name='name';Values='x*'} ${sorted}`],
    [
      'options from elsewhere',
      `$id = Get-EC2Image -Filter @{Name='name';Values='x*'} -Region $region @options ${sorted}`,
    ],
    [
      'a list that is gone through',
      `$found = @(Get-EC2Image -Filters @{Name="name"; Values="x*"} | Sort-Object CreationDate)\nFor ($i=3; $i -le ($found.Count - 1); $i++) {\n  Unregister-EC2Image $found[$i].ImageId\n}`,
    ],
  ] as const)('not unsafe: %s', async ([, text]) => {
    expect(await lookupsIn('a.ps1', text)).toMatchObject([{ isUnsafe: false }]);
  });
});
