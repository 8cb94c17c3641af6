import { describe, expect, test } from 'vitest';
import { lookupsIn } from './readFiles.ts';

/** `tool name: filters; owners; what is chosen; unsafe` */
async function shown(path: string, text: string): Promise<readonly string[]> {
  return (await lookupsIn(path, text)).map(({ filters, owners, chooses, isUnsafe, imageIds }) =>
    [
      filters.map(({ name, values }) => `${name}=${values?.join('|') ?? '?'}`).join(' '),
      owners.kind === 'literal' ? owners.values.join('|') : owners.kind,
      ...imageIds,
      `${chooses}${isUnsafe ? ' UNSAFE' : ''}`,
    ].join('; '),
  );
}

describe('CDK', () => {
  test.for([
    ['a.ts', `ec2.MachineImage.lookup({ name: 'x-*' })`, 'name=x-*; none; newest UNSAFE'],
    ['a.ts', `new ec2.LookupMachineImage({ name: 'x-*', owners: ['amazon'] })`, 'name=x-*; amazon; newest'],
    ['a.ts', `new LookupMachineImage({ name, owners })`, 'name=?; computed; newest'],
    ['a.ts', `MachineImage.lookup({ name: 'x', owners: [] })`, 'name=x; none; newest UNSAFE'],
    [
      'a.ts',
      `MachineImage.lookup({ name: 'x', filters: { 'virtualization-type': ['hvm'] } })`,
      'name=x virtualization-type=hvm; none; newest UNSAFE',
    ],
    [
      'a.ts',
      `MachineImage.lookup({ name: 'x', filters: { 'owner-alias': ['amazon'] } })`,
      'name=x owner-alias=amazon; none; newest',
    ],
    [
      'a.ts',
      `MachineImage.lookup({ name: 'x', filters: { 'tag:Role': ['web'] } })`,
      'name=x tag:Role=web; none; newest',
    ],
    ['a.ts', `MachineImage.lookup({ name: 'x' /* owners: ['self'] */ })`, 'name=x; none; newest UNSAFE'],
    ['a.ts', `const props = { name: 'x', owners: ['self'] };\nMachineImage.lookup(props);`, 'name=x; self; newest'],
    ['a.ts', `MachineImage.lookup(props)`, '; computed; newest'],
    ['a.ts', `MachineImage.lookup({ ...base, name: 'x' })`, 'name=x; computed; newest'],
    ['a.py', `ec2.MachineImage.lookup(name="x-*")`, 'name=x-*; none; newest UNSAFE'],
    ['a.py', `ec2.LookupMachineImage(name="x-*", owners=["099720109477"])`, 'name=x-*; 099720109477; newest'],
    [
      'a.py',
      `_ec2.MachineImage.lookup(\n    name="x",\n    # owners=["amazon"],\n    windows=True)`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'A.java',
      `MachineImage.lookup(LookupMachineImageProps.builder().name("x").build())`,
      'name=x; none; newest UNSAFE',
    ],
    ['A.java', `LookupMachineImage.Builder.create().name("x")`, undefined],
    [
      'A.java',
      `MachineImage.lookup(LookupMachineImageProps.builder()\n  .name("x")\n  .owners(List.of("amazon"))\n  .build());`,
      'name=x; amazon; newest',
    ],
    ['A.cs', `MachineImage.Lookup(new LookupMachineImageProps { Name = "x" })`, 'name=x; none; newest UNSAFE'],
    [
      'A.cs',
      `MachineImage.Lookup(new LookupMachineImageProps { Name = "x", Owners = new[] { "amazon" } })`,
      'name=x; amazon; newest',
    ],
    [
      'a.go',
      `awsec2.MachineImage_Lookup(&awsec2.LookupMachineImageProps{Name: jsii.String("x")})`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.go',
      `awsec2.NewLookupMachineImage(&awsec2.LookupMachineImageProps{Name: jsii.String("x"), Owners: jsii.Strings("self")})`,
      'name=x; self; newest',
    ],
    [
      'a.ts',
      `new DataAwsAmi(this, 'a', { mostRecent: true, filter: [{ name: 'name', values: ['x'] }] })`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.py',
      `DataAwsAmi(self, "a", most_recent=True, owners=["amazon"], filter=[DataAwsAmiFilter(name="name", values=["x"])])`,
      'name=x; amazon; newest',
    ],
    [
      'a.ts',
      `MachineImage.latestAmazonLinux2023(); MachineImage.genericLinux({ 'us-east-1': 'ami-095ffa7a' })`,
      undefined,
    ],
    [
      'a.ts',
      `import { LookupMachineImage } from 'x'; // new LookupMachineImage({ name: 'x' })\nlet a: LookupMachineImage;`,
      undefined,
    ],
    [
      'a.ts',
      `/**\n * Uses\n * \`\`\`ts\n * machineImage: new LookupMachineImage({ name: 'x' }),\n * \`\`\`\n */\nexport class A {}`,
      'name=x; none; newest UNSAFE',
    ],
    ['a.md', `LookupMachineImage({ name }) takes the newest.\n\nMachineImage.lookup is for that.`, undefined],
    ['a.md', "```ts\nnew ec2.LookupMachineImage({\n  name: 'x',\n});\n```", 'name=x; none; newest UNSAFE'],
  ] as const)('%s %s', async ([path, text, expected]) => {
    expect(await shown(path, text)).toEqual(expected === undefined ? [] : [expected]);
  });
});

describe('Pulumi', () => {
  test.for([
    [
      'a.ts',
      `aws.ec2.getAmi({ mostRecent: true, filters: [{ name: "name", values: ["x-*"] }] })`,
      'name=x-*; none; newest UNSAFE',
    ],
    [
      'a.ts',
      `const ami = pulumi.output(aws.getAmi({ owners: ["amazon"], mostRecent: true, filters: [{ name: "name", values: ["x"] }] }, { provider }));`,
      'name=x; amazon; newest',
    ],
    ['a.ts', `aws.ec2.getAmiOutput({ filters: [{ name: "name", values: ["x"] }] })`, 'name=x; none; unknown'],
    ['a.ts', `aws.ec2.getAmiIds({ filters: [{ name: "name", values: ["x"] }] })`, 'name=x; none; all'],
    [
      'a.ts',
      `aws.ec2.getAmi({ mostRecent: true, filters: [{ name: "name", values: [\`x-\${v}\`] }] })`,
      'name=?; none; newest UNSAFE',
    ],
    ['a.ts', `aws.ec2.getAmi({ mostRecent: true, nameRegex: "^x", filters })`, '; none; unknown'],
    ['a.ts', `const ami = getAmi(); function getAmi() {}`, undefined],
    [
      'a.py',
      `aws.ec2.get_ami(most_recent=True, filters=[aws.ec2.GetAmiFilterArgs(name="name", values=["x"])])`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.py',
      `aws.get_ami(most_recent="true", owners=["137112412989"], filters=[{"name": "name", "values": ["x"]}])`,
      'name=x; 137112412989; newest',
    ],
    [
      'a.py',
      `ec2.get_ami(most_recent=True, owners=owner_ids, filters=[dict(name="name", values=["x"])])`,
      'name=x; computed; newest',
    ],
    [
      'a.go',
      `ami, err := ec2.LookupAmi(ctx, &ec2.LookupAmiArgs{\n\tMostRecent: pulumi.BoolRef(true),\n\tFilters: []ec2.GetAmiFilter{{Name: "name", Values: []string{"x"}}},\n})`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.go',
      `mostRecent := true\nami, err := aws.GetAmi(ctx, &aws.GetAmiArgs{\n\tFilters: []aws.GetAmiFilter{\n\t\t{Name: "name", Values: []string{"x"}},\n\t},\n\tOwners: []string{"137112412989"},\n\tMostRecent: &mostRecent,\n})`,
      'name=x; 137112412989; newest',
    ],
    [
      'A.cs',
      `var ami = GetAmi.Invoke(new GetAmiInvokeArgs { MostRecent = true, Filters = { new GetAmiFilterInputArgs { Name = "name", Values = { "x" } } } });`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'A.cs',
      `var ami = Output.Create(GetAmi.InvokeAsync(new GetAmiArgs { MostRecent = true, Owners = { "137112412989" }, Filters = { new GetAmiFilterArgs { Name = "name", Values = { "x" } } } }));`,
      'name=x; 137112412989; newest',
    ],
    [
      'A.java',
      `final var ami = Ec2Functions.getAmi(GetAmiArgs.builder().mostRecent(true).filters(GetAmiFilterArgs.builder().name("name").values("x").build()).build());`,
      'name=x; none; newest UNSAFE',
    ],
  ] as const)('%s %s', async ([path, text, expected]) => {
    expect(await shown(path, text)).toEqual(expected === undefined ? [] : [expected]);
  });
});

describe('SDKs', () => {
  test.for([
    [
      'a.py',
      `images = ec2.describe_images(Filters=[{'Name': 'name', 'Values': ['x']}])\namis = sorted(images['Images'], key=lambda i: i['CreationDate'], reverse=True)\nprint(amis[0]['ImageId'])`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.py',
      `def f():\n    images = ec2.describe_images(Filters=[{'Name': 'name', 'Values': ['x']}])\n    return max(images['Images'], key=lambda i: i['CreationDate'])`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.py',
      `r = ec2.describe_images(Owners=['self'], Filters=[{'Name': 'name', 'Values': ['x']}])['Images'][0]`,
      'name=x; self; first',
    ],
    [
      'a.py',
      `return ec2.describe_images(Filters=[{'Name': 'description', 'Values': ['x']}])['Images'][0]['ImageId']`,
      'description=x; none; first UNSAFE',
    ],
    [
      'a.py',
      `images = ec2.describe_images(Filters=[{'Name': 'name', 'Values': ['x']}])\nfor image in images['Images']:\n    print(image['ImageId'])`,
      'name=x; none; unknown',
    ],
    [
      'a.py',
      `latest = None\nfor image in ec2.describe_images(Filters=fs)['Images']:\n    if not latest or image['CreationDate'] > latest['CreationDate']:\n        latest = image`,
      '; none; unknown',
    ],
    [
      'a.py',
      `fs = [{'Name': 'name', 'Values': ['x']}]\nlatest = None\nfor image in ec2.describe_images(Filters=fs)['Images']:\n    if not latest or image['CreationDate'] > latest['CreationDate']:\n        latest = image`,
      'name=x; none; newest UNSAFE',
    ],
    ['a.py', `ec2.describe_images(ImageIds=['ami-095ffa7a'])['Images'][0]`, '; none; ami-095ffa7a; first'],
    ['a.py', `ec2.describe_images(ImageIds=[image_id])['Images'][0]`, '; none; unknown'],
    [
      'a.py',
      `x = ec2.describe_images(ExecutableUsers=['self'], Filters=[{'Name': 'name', 'Values': ['x']}])['Images'][-1]`,
      'name=x; none; first UNSAFE',
    ],
    [
      'a.py',
      `x = ec2.describe_images(Filters=[{'Name': 'owner-id', 'Values': ['1']}, {'Name': 'name', 'Values': ['x']}])['Images'][0]`,
      'owner-id=1 name=x; none; first',
    ],
    ['a.py', `x = ec2.describe_images(**kwargs)['Images'][0]`, '; computed; first'],
    [
      'a.py',
      `images = list(ec2.images.filter(Filters=[{'Name': 'name', 'Values': ['x']}]))\nimages.sort(key=lambda i: i.creation_date)\nreturn images[-1]`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.py',
      `images = conn.get_all_images(filters={'name': 'x', 'owner-alias': 'amazon'})\nreturn images[0]`,
      'name=x owner-alias=amazon; none; first',
    ],
    ['a.py', `images = conn.get_all_images(owners=['self'])\nprint(images)`, '; self; unknown'],
    ['a.py', `ecr.describe_images(repositoryName='x')['imageDetails'][0]`, undefined],
    ['a.py', `def describe_images(self): pass`, undefined],
    ['a.py', `pages = ec2.get_paginator('describe_images').paginate(Owners=['amazon'])`, '; amazon; unknown'],
    [
      'a.js',
      `ec2.describeImages({ Filters: [{ Name: 'name', Values: ['x'] }] }, (err, data) => {\n  data.Images.sort((a, b) => b.CreationDate.localeCompare(a.CreationDate));\n  use(data.Images[0]);\n});`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.js',
      `const params = { Filters: [{ Name: 'name', Values: ['x'] }], Owners: ['amazon'] };\nconst data = await ec2.describeImages(params).promise();\nreturn data.Images[0];`,
      'name=x; amazon; first',
    ],
    [
      'a.ts',
      `const { Images } = await client.send(new DescribeImagesCommand({ Filters: [{ Name: "name", Values: ["x"] }] }));\nreturn Images[0].ImageId;`,
      'name=x; none; first UNSAFE',
    ],
    [
      'a.ts',
      `const input: DescribeImagesCommandInput = { Filters: [{ Name: "name", Values: ["x"] }] };\nconst out = await client.send(new DescribeImagesCommand(input));\nconst [latest] = out.Images.sort(byDate);`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.go',
      `func f() {\n\tout, err := svc.DescribeImages(&ec2.DescribeImagesInput{\n\t\tFilters: []*ec2.Filter{{Name: aws.String("name"), Values: []*string{aws.String("x")}}},\n\t})\n\tsort.Slice(out.Images, func(i, j int) bool { return *out.Images[i].CreationDate > *out.Images[j].CreationDate })\n\treturn out.Images[0]\n}`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.go',
      `func f() {\n\tinput := &ec2.DescribeImagesInput{Owners: []string{"self"}}\n\tout, err := client.DescribeImages(ctx, input)\n\treturn out.Images[0]\n}`,
      '; self; first',
    ],
    [
      'a.go',
      `type API interface {\n\tDescribeImages(ctx context.Context, in *ec2.DescribeImagesInput) (*ec2.DescribeImagesOutput, error)\n}\nfunc (m *mock) DescribeImages(in *ec2.DescribeImagesInput) (*ec2.DescribeImagesOutput, error) { return nil, nil }`,
      undefined,
    ],
    [
      'A.java',
      `DescribeImagesResult r = ec2.describeImages(new DescribeImagesRequest().withFilters(new Filter("name").withValues("x")));\nreturn r.getImages().get(0);`,
      'name=x; none; first UNSAFE',
    ],
    [
      'A.java',
      `DescribeImagesRequest request = DescribeImagesRequest.builder().owners("amazon").filters(Filter.builder().name("name").values("x").build()).build();\nreturn ec2.describeImages(request).images().get(0);`,
      'name=x; amazon; first',
    ],
    [
      'A.cs',
      `var r = await client.DescribeImagesAsync(new DescribeImagesRequest { Filters = new List<Filter> { new Filter("name", new List<string> { "x" }) } });\nreturn r.Images.OrderByDescending(i => i.CreationDate).First();`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.rb',
      `ec2.describe_images(owners: ['self'], filters: [{ name: 'name', values: ['x'] }]).images.sort_by(&:creation_date).last`,
      'name=x; self; newest',
    ],
    [
      'a.rb',
      `images = ec2.describe_images(filters: [{ name: 'name', values: ['x'] }]).images\nimages.max_by(&:creation_date).image_id`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'bin/newest',
      `#!/usr/bin/env ruby\nresult = client.describe_images(filters: [{ name: 'name', values: ['x'] }])\nputs result.images.max_by(&:creation_date).image_id`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.pl',
      `my @found = $ec2->describe_images({ name => 'x', 'tag:Role' => 'web' });\nprint $found[0];`,
      'name=x tag:Role=web; none; first',
    ],
    [
      'a.pl',
      `my @found = $ec2->describe_images(-owner => 'self', -filter => { name => 'x' });\nprint $found[0];`,
      'name=x; self; first',
    ],
    [
      'a.pl',
      `my $found = Paws->service('EC2')->DescribeImages(Filters => [{ Name => 'name', Values => ['x'] }]);\nmy ($newest) = sort { $b->CreationDate cmp $a->CreationDate } @{ $found->Images };`,
      'name=x; none; newest UNSAFE',
    ],
    ['a.rb', `AWS.ec2.images.filter('name', 'x').first`, 'name=x; none; first UNSAFE'],
    ['a.rb', `AWS.ec2.images.with_owner('amazon').filter('name', 'x').first`, 'name=x; amazon; first'],
    [
      'a.php',
      `$r = $ec2->describeImages(['Filters' => [['Name' => 'name', 'Values' => ['x']]]]);\necho $r['Images'][0]['ImageId'];`,
      'name=x; none; first UNSAFE',
    ],
    [
      'a.rs',
      `let r = client.describe_images().owners("self").filters(Filter::builder().name("name").values("x").build()).send().await?;`,
      'name=x; self; unknown',
    ],
    [
      'a.py',
      `out = subprocess.check_output("aws ec2 describe-images --filters Name=name,Values=x --query 'sort_by(Images,&CreationDate)[-1].ImageId'", shell=True)`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.py',
      `out = subprocess.check_output(['aws', 'ec2', 'describe-images', '--owners', 'amazon', '--query', 'sort_by(Images,&CreationDate)[-1]'])`,
      '; amazon; newest',
    ],
    [
      'a.py',
      `out = subprocess.check_output(['aws', 'ec2', 'describe-images', '--filters', 'Name=name,Values=x', '--query', 'sort_by(Images,&CreationDate)[-1]'])`,
      'name=x; none; newest UNSAFE',
    ],
  ] as const)('%s %s', async ([path, text, expected]) => {
    expect(await shown(path, text)).toEqual(expected === undefined ? [] : [expected]);
  });
});

describe('what other lines and functions choose', () => {
  test.for([
    [
      'a.py',
      `def find(name):\n    answer = ec2.describe_images(Filters=[{'Name': 'name', 'Values': ['x']}])\n    return pick(answer['Images'])['ImageId']\n\ndef pick(images):\n    best = None\n    for image in images:\n        if not best:\n            best = image\n            continue\n        if parse(image['CreationDate']) > parse(best['CreationDate']):\n            best = image\n    return best`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.py',
      `def last_of(candidates):\n    return sorted(candidates, key=lambda i: i['CreationDate'])[-1]\n\ndef find():\n    answer = ec2.describe_images(Filters=[{'Name': 'name', 'Values': ['x']}])\n    image = last_of(answer['Images'])`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.py',
      `def all_images(name):\n    return ec2.describe_images(Filters=[{'Name': 'name', 'Values': ['x']}])['Images']\n\ndef newest(name):\n    images = all_images(name)\n    images.sort(key=lambda x: x['CreationDate'])\n    return images[-1]['ImageId']`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.js',
      `async function all() {\n  const data = await ec2.describeImages({ Filters: [{ Name: 'name', Values: ['x'] }] }).promise();\n  return data.Images;\n}\nasync function newest() {\n  const images = await all();\n  images.sort(byDate);\n  return images[0].ImageId;\n}`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.go',
      `func newest(images []*ec2.Image) *ec2.Image {\n\tsorted := images\n\tsort.Sort(byDate(sorted))\n\treturn sorted[len(sorted)-1]\n}\n\nfunc run(conn *ec2.EC2) {\n\tparams := &ec2.DescribeImagesInput{Filters: []*ec2.Filter{{Name: aws.String("name"), Values: aws.StringSlice([]string{"x"})}}}\n\tresp, err := conn.DescribeImages(params)\n\timage := newest(resp.Images)\n}`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.py',
      `def show(images):\n    for image in images:\n        print(image['CreationDate'])\n\ndef run():\n    show(ec2.describe_images(Filters=[{'Name': 'name', 'Values': ['x']}])['Images'])`,
      'name=x; none; all',
    ],
    [
      'a.py',
      `def find(x):\n    if x:\n        images = ec2.describe_images(Filters=[{'Name': 'name', 'Values': ['x']}])['Images']\n    else:\n        images = others()\n    return images[0]`,
      'name=x; none; first UNSAFE',
    ],
    [
      'a.py',
      `def find(x):\n    if x:\n        images = ec2.describe_images(Filters=[{'Name': 'name', 'Values': ['x']}])['Images']\n        images = others()\n    return images[0]`,
      'name=x; none; unknown',
    ],
    [
      'a.py',
      `def find(x):\n    if x:\n        images = ec2.describe_images(Filters=[{'Name': 'name', 'Values': ['x']}])['Images']\n        print(images)\n    if not x:\n        images = others()\n        return images[0]`,
      'name=x; none; unknown',
    ],
    [
      'a.pl',
      `sub find {\n    my @found;\n    if ($name) {\n\t@found = $ec2->describe_images({'name' => 'x',\n\t\t\t\t\t'image-type' => 'machine'});\n    }\n    unless (@found) {\n\t@found = others();\n    }\n    return $found[0];\n}`,
      'name=x image-type=machine; none; first UNSAFE',
    ],
    [
      'a.ts',
      `class Images {\n  async newest() {\n    const images = await this.find();\n    return images.reduce((a, b) => (a.CreationDate > b.CreationDate ? a : b)).ImageId;\n  }\n  private async find(): Promise<Image[]> {\n    const found = await this.ec2.send(new DescribeImagesCommand({ Filters: [{ Name: 'name', Values: ['x'] }] }));\n    return found.Images ?? [];\n  }\n}`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.js',
      `const { Images } = await ec2.describeImages({ Filters: [{ Name: 'name', Values: ['x'] }] }).promise();\nconst size = Images.reduce((sum, image) => sum + image.Size, 0);`,
      'name=x; none; unknown',
    ],
    ...[
      'r.Images.reduce<Record<string, string>>((byId, i) => ({ ...byId, [i.ImageId]: i.Name }), {})',
      'r.Images.reduce((n, image) => (image.Size > 5 ? n + 1 : n), 0)',
      'r.Images.reduce((m, i) => m.set(i.ImageId, i), new Map<string, Image>())',
    ].map(
      (use) =>
        [
          'a.ts',
          `const r = await ec2.describeImages({ Filters: [{ Name: 'name', Values: ['x'] }] });\nconst x = ${use};`,
          'name=x; none; unknown',
        ] as const,
    ),
    [
      'a.ts',
      'const script = `#!/bin/bash\nfunction log() {\n  echo "$1"\n}\nID=$(aws ec2 describe-images --filters Name=name,Values=x --query "sort_by(Images, &CreationDate)[-1].ImageId")`;',
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.py',
      `def all_images():\n    return ec2.describe_images(Filters=[{'Name': 'name', 'Values': ['x']}])['Images']\n\ndef clean():\n    for image in all_images():\n        if parse(image['CreationDate']) < limit:\n            ec2.deregister_image(ImageId=image['ImageId'])`,
      'name=x; none; unknown',
    ],
    [
      'a.py',
      `images = []\nfor page in ec2.get_paginator('describe_images').paginate(Filters=[{'Name': 'name', 'Values': ['x']}]):\n    images.extend(page['Images'])\nimages.sort(key=lambda i: i['CreationDate'])\nuse(images[-1])`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.py',
      `for page in ec2.get_paginator('describe_images').paginate(Filters=[{'Name': 'name', 'Values': ['x']}]):\n    for image in page['Images']:\n        created = parse(image['CreationDate'])\n        name = image['Name']\n        if name and created < limit:\n            old.append(image)`,
      'name=x; none; unknown',
    ],
    [
      'a.go',
      `func newest() (*ec2.Image, error) {\n\tresult, err := svc.DescribeImages(&ec2.DescribeImagesInput{\n\t\tFilters: []*ec2.Filter{{Name: aws.String("name"), Values: []*string{aws.String("x")}}},\n\t})\n\tvar best *ec2.Image\n\tvar at time.Time\n\tfor _, image := range result.Images {\n\t\tcreated, _ := time.Parse(time.RFC3339, *image.CreationDate)\n\t\tif best == nil || created.After(at) {\n\t\t\tbest = image\n\t\t\tat = created\n\t\t}\n\t}\n\treturn best, nil\n}`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.go',
      `func clean() error {\n\toutput, err := conn.DescribeImages(&ec2.DescribeImagesInput{\n\t\tFilters: []*ec2.Filter{{Name: aws.String("name"), Values: []*string{aws.String("x")}}},\n\t})\n\tfor i, image := range output.Images {\n\t\tif i < keep {\n\t\t\tcontinue\n\t\t}\n\t\tif _, err := conn.DeregisterImage(&ec2.DeregisterImageInput{ImageId: image.ImageId}); err != nil {\n\t\t\treturn err\n\t\t}\n\t}\n\treturn nil\n}`,
      'name=x; none; unknown',
    ],
    [
      'a.go',
      `func newest() types.Image {\n\tpages := ec2.NewDescribeImagesPaginator(client, &ec2.DescribeImagesInput{\n\t\tFilters: []types.Filter{{Name: aws.String("name"), Values: []string{"x"}}},\n\t})\n\tvar images []types.Image\n\tfor pages.HasMorePages() {\n\t\tpage, err := pages.NextPage(ctx)\n\t\timages = append(images, page.Images...)\n\t}\n\tslices.SortFunc(images, byDate)\n\treturn images[0]\n}`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.go',
      `func mine() types.Image {\n\tout, err := client.DescribeImages(ctx, &ec2.DescribeImagesInput{Filters: []types.Filter{{Name: aws.String("name"), Values: []string{"x"}}}})\n\tfor _, image := range out.Images {\n\t\tif *image.OwnerId == account {\n\t\t\treturn image\n\t\t}\n\t}\n}`,
      'name=x; none; unknown',
    ],
    [
      'A.java',
      `class A {\n  String newest() {\n    return ec2.describeImages(r -> r.filters(f -> f.name("name").values("x")))\n      .images().stream()\n      .max(Comparator.comparing(Image::creationDate))\n      .get().imageId();\n  }\n}`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'A.java',
      `class A {\n  String newest() {\n    return ec2.describeImages(r -> r.owners("amazon").filters(f -> f.name("name").values("x")))\n      .images().stream()\n      .max(Comparator.comparing(Image::creationDate))\n      .get().imageId();\n  }\n}`,
      'name=x; amazon; newest',
    ],
    [
      'A.java',
      `class A {\n  public List<Image> describeImages() {\n    return describeImages(null);\n  }\n  public List<Image> describeImages(List<Filter> filters) {\n    List<Image> images = connection().getEc2().describeImages(new DescribeImagesRequest().withOwners("self")).getImages();\n    return images;\n  }\n}`,
      '; self; unknown',
    ],
    [
      'a.kt',
      `suspend fun newest(): String? {\n    val response = ec2.describeImages {\n        filters = listOf(Filter { name = "name"; values = listOf("x") })\n    }\n    return response.images?.maxByOrNull { it.creationDate!! }?.imageId\n}`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.kt',
      `suspend fun newest(): String? {\n    val response = ec2.describeImages(DescribeImagesRequest {\n        owners = listOf("self")\n        filters = listOf(Filter { name = "name"; values = listOf("x") })\n    })\n    return response.images?.maxByOrNull { it.creationDate!! }?.imageId\n}`,
      'name=x; self; newest',
    ],
    [
      'A.cs',
      `class A {\n    string Newest() {\n        var answer = client.DescribeImages(new DescribeImagesRequest\n        {\n            Filters = new List<Filter> { new Filter("name", new List<string> { "x" }) }\n        });\n        Image latest = null;\n        foreach (var image in answer.Images)\n        {\n            if (latest == null || DateTime.Parse(image.CreationDate) > DateTime.Parse(latest.CreationDate))\n                latest = image;\n        }\n        return latest.ImageId;\n    }\n}`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'A.cs',
      `class A {\n    string Newest() {\n        var answer = client.DescribeImages(new DescribeImagesRequest\n        {\n            Owners = new List<string> { "amazon" }\n        });\n        return answer.Images.OrderBy(i => i.CreationDate).Last().ImageId;\n    }\n}`,
      '; amazon; newest',
    ],
    [
      'a.rs',
      `async fn newest(client: &Client) -> Option<String> {\n    let answer = client\n        .describe_images()\n        .filters(Filter::builder().name("name").values("x").build())\n        .send()\n        .await?;\n    answer.images?.into_iter().max_by_key(|i| i.creation_date.clone())?.image_id\n}`,
      'name=x; none; newest UNSAFE',
    ],
    [
      'a.scala',
      `def newest: String = {\n  val images = ec2.describeImages(new DescribeImagesRequest().withFilters(new Filter("name").withValues("x"))).getImages.asScala\n  images.maxBy(_.getCreationDate).getImageId\n}`,
      'name=x; none; newest UNSAFE',
    ],
    ['a.py', `ec2.MachineImage().lookup(name="x")`, 'name=x; none; newest UNSAFE'],
    ['a.py', `MachineImage().lookup(name="x", owners=["amazon"])`, 'name=x; amazon; newest'],
  ] as const)('%s %s', async ([path, text, expected]) => {
    expect(await shown(path, text)).toEqual([expected]);
  });
});

test.for([
  ['a.ts', `MachineImage.lookup({ name: 'x' })`, `MachineImage.lookup({ owners: ['1'], name: 'x' })`],
  [
    'a.ts',
    `new LookupMachineImage({\n  name: "x",\n})`,
    `new LookupMachineImage({\n  owners: ["1"],\n  name: "x",\n})`,
  ],
  [
    'a.js',
    `ec2.describeImages({Filters: [{ Name: 'name' }]})`,
    `ec2.describeImages({Owners: ['1'], Filters: [{ Name: 'name' }]})`,
  ],
  ['a.py', `ec2.MachineImage.lookup(name="x")`, `ec2.MachineImage.lookup(name="x", owners=["1"])`],
  ['a.py', `ec2.describe_images(\n    Filters=fs,\n)`, undefined],
  [
    'a.go',
    `ec2.LookupAmi(ctx, &ec2.LookupAmiArgs{\n\tFilters: []ec2.GetAmiFilter{{Name: "name", Values: []string{"x"}}},\n})`,
    `ec2.LookupAmi(ctx, &ec2.LookupAmiArgs{\n\tOwners: []string{"1"},\n\tFilters: []ec2.GetAmiFilter{{Name: "name", Values: []string{"x"}}},\n})`,
  ],
] as const)('an owner goes into %s %s', async ([path, text, expected]) => {
  const [lookup] = await lookupsIn(path, text);
  const insertion = lookup?.ownerInsertion;
  const edited =
    insertion &&
    `${text.slice(0, insertion.offset)}${insertion.before}1${insertion.after}${text.slice(insertion.offset)}`;
  expect(edited).toBe(expected ?? `ec2.describe_images(\n    Filters=fs, Owners=["1"],\n)`);
});
