import { expect, test } from 'vitest';
import { placesIn } from '../readFiles.ts';

const [a, b, c] = ['ami-095ffa7a2ada3d9ca', 'ami-0b1c2d3e4f5061728', 'ami-bfbfd4be'];

test.for([
  [
    'a map of CDK',
    'lib/a.ts',
    `const i = ec2.MachineImage.genericLinux({ 'us-east-1': '${a}', "eu-west-1": '${b}' });`,
    ['us-east-1', 'eu-west-1'],
  ],
  [
    'a map in a variable',
    'lib/a.ts',
    `const amis: Record<string, string> = {\n  'us-east-1': '${a}',\n  ['eu-west-1']: \`${b}\`,\n};`,
    ['us-east-1', 'eu-west-1'],
  ],
  [
    'a client of EC2, where another service has one of the name in another function',
    'a.py',
    `def f():\n    client = boto3.client('s3', region_name='us-east-1')\n\ndef run(client):\n    client.run_instances(ImageId='${a}')\n\nec2 = boto3.client('ec2', region_name='eu-west-1')\nrun(ec2)`,
    ['eu-west-1'],
  ],
  [
    'maps in a map',
    'a.js',
    `module.exports = { prod: { us_west_2: { hvm: '${a}', pv: '${b}' } } }`,
    ['us-west-2', 'us-west-2'],
  ],
  ['region beside it', 'a.ts', `launch({ region: 'us-west-2', web: { imageId: '${a}' } })`, ['us-west-2']],
  [
    'a constant',
    'a.ts',
    `const REGION = 'us-west-2';\nconst client = new EC2Client({ region: REGION });\nawait client.send(new RunInstancesCommand({ ImageId: '${a}' }));`,
    ['us-west-2'],
  ],
  [
    'a default of the environment',
    'a.ts',
    `const client = new EC2Client({ region: process.env.AWS_REGION ?? 'eu-west-1' });\nrun({ ImageId: '${a}' });`,
    ['eu-west-1'],
  ],
  [
    'the SDK configured for all',
    'a.js',
    `AWS.config.update({ region: 'us-west-1' });\nconst ec2 = new AWS.EC2();\nec2.runInstances({ ImageId: '${a}' }, cb);`,
    ['us-west-1'],
  ],
  [
    'cases',
    'a.ts',
    `switch (region) {\n  case 'us-east-1':\n    return '${a}';\n  case 'us-west-2': return '${b}';\n  default: return '${c}';\n}`,
    ['us-east-1', 'us-west-2', '-'],
  ],
  [
    'conditions',
    'a.ts',
    `let ami;\nif (region === 'us-east-1') { ami = '${a}'; } else if ("us-west-2" == region) ami = '${b}'; else ami = '${c}';`,
    ['us-east-1', 'us-west-2', '-'],
  ],
  ['a conditional value', 'a.ts', `const ami = region === 'us-east-1' ? '${a}' : '${b}';`, ['us-east-1', '-']],
  [
    'pairs',
    'a.ts',
    `const amis = new Map([['us-east-1', '${a}'], ['eu-west-1', '${b}']]); amis.set('us-west-2', '${c}');`,
    ['us-east-1', 'eu-west-1', 'us-west-2'],
  ],
  [
    'the env of its stack',
    'bin/app.ts',
    `class Web extends cdk.Stack { constructor(s, i, p) { super(s, i, p); new ec2.Instance(this, 'I', { machineImage: image('${a}') }); } }\nnew Web(app, 'W', { env: { account: '1', region: 'ap-south-1' } });`,
    ['ap-south-1'],
  ],
  [
    'an env that others state',
    'bin/app.ts',
    `const env = { region: 'ap-south-1' };\nclass Web extends Stack { m() { return '${a}'; } }\nnew Web(app, 'W', { env });\nnew Web(app, 'V', { env: { region: 'us-east-1' } });`,
    ['ap-south-1+us-east-1'],
  ],
  [
    'the env that its stack gives itself',
    'lib/web.ts',
    `class Web extends cdk.Stack { constructor(s) { super(s, 'Web', { env: { account: '1', region: 'eu-west-1' } }); use('${a}'); } }\nclass Other extends cdk.Stack { constructor(s) { super(s, 'Other', { description: 'x' }); use('${b}'); } }`,
    ['eu-west-1', '-'],
  ],
  [
    'the env that its stack gives itself, in Python',
    'web/stack.py',
    `class Web(Stack):\n    def __init__(self, scope, id, **kwargs):\n        super().__init__(scope, id, env=Environment(account="1", region="eu-west-1"), **kwargs)\n        use("${a}")\n`,
    ['eu-west-1'],
  ],
  [
    'an env that is given before what its stack falls back to',
    'bin/app.ts',
    `class Web extends Stack { constructor(s, i, p) { super(s, i, { env: p?.env ?? { region: 'us-east-1' } }); use('${a}'); } }\nnew Web(app, 'W', { env: { region: 'ap-south-1' } });`,
    ['ap-south-1'],
  ],
  [
    'no env from the environment',
    'bin/app.ts',
    `class Web extends Stack { m() { return '${a}'; } }\nnew Web(app, 'W', { env: { region: process.env.CDK_DEFAULT_REGION } });`,
    ['-'],
  ],
  [
    'a provider of Pulumi',
    'index.ts',
    `const west = new aws.Provider("west", { region: "us-west-2" });\nnew aws.ec2.Instance("a", { ami: "${a}" }, { provider: west });`,
    ['us-west-2'],
  ],
  ['a command in a text', 'a.js', `exec('aws ec2 run-instances --region eu-west-3 --image-id ${a}')`, ['eu-west-3']],
  [
    'a computed region, and the path',
    'infra/us-east-2/a.ts',
    `run({ region: getRegion(), ami: '${a}' })`,
    ['us-east-2'],
  ],
  ['an attribute', 'a.tsx', `const x = <Launch region="sa-east-1" ami="${a}" />;`, ['sa-east-1']],
  [
    'a dict of Python',
    'a.py',
    `AMIS = {\n    "us-east-1": "${a}",  # Ubuntu\n    'eu-west-1': '${b}',\n}`,
    ['us-east-1', 'eu-west-1'],
  ],
  [
    'CDK in Python',
    'a.py',
    `ec2.MachineImage.generic_linux({"us-east-1": "${a}"})\nec2.GenericLinuxImage(ami_map={"eu-west-1": "${b}"})`,
    ['us-east-1', 'eu-west-1'],
  ],
  ['dict of names', 'a.py', `AMIS = dict(us_east_1="${a}", us_west_2="${b}")`, ['us-east-1', 'us-west-2']],
  [
    'a client of boto3',
    'a.py',
    `ec2 = boto3.client('ec2', region_name='us-west-2')\nec2.run_instances(ImageId='${a}')`,
    ['us-west-2'],
  ],
  [
    'two clients',
    'a.py',
    `east = boto3.resource('ec2', region_name='us-east-1')\nwest = boto3.resource('ec2', 'us-west-2')\neast.create_instances(ImageId='${a}')\nwest.create_instances(ImageId='${b}')`,
    ['us-east-1', 'us-west-2'],
  ],
  [
    'connections of boto',
    'a.py',
    `conn = boto.ec2.connect_to_region("us-west-1")\nconn.run_instances('${a}')`,
    ['us-west-1'],
  ],
  [
    'a client without a region beside another',
    'a.py',
    `a = EC2Connection()\nb = boto.ec2.connect_to_region("us-west-1")\na.run_instances('${a}')`,
    ['-'],
  ],
  ['a default of a parameter', 'a.py', `def run(region='eu-west-1', ami='${a}'):\n    pass`, ['eu-west-1']],
  ['os.environ.get', 'a.py', `region = os.environ.get('AWS_REGION', 'eu-west-1')\nami = '${a}'`, ['eu-west-1']],
  [
    'branches of Python',
    'a.py',
    `if region == 'us-east-1':\n    ami = '${a}'\nelif region == "us-west-2":\n    ami = '${b}'\nelse:\n    ami = '${c}'\n`,
    ['us-east-1', 'us-west-2', '-'],
  ],
  [
    'an assignment to a key',
    'a.py',
    `amis = {}\namis['us-east-1'] = '${a}'\namis['eu-west-1']['hvm'] = '${b}'`,
    ['us-east-1', 'eu-west-1'],
  ],
  ['tuples', 'a.py', `pairs = [('us-east-1', '${a}'), ('eu-west-1', '${b}')]`, ['us-east-1', 'eu-west-1']],
  ['a comment', 'a.py', `# us-east-1: ${a}\n# ${b} (eu-west-1)\n`, ['us-east-1', 'eu-west-1']],
  [
    'YAML in a docstring',
    'a.py',
    `EXAMPLES = '''\n- name: one\n  ec2:\n    image: ${a}\n    region: us-west-2\n- name: two\n  ec2:\n    image: ${b}\n    region: eu-west-1\n'''`,
    ['us-west-2', 'eu-west-1'],
  ],
  [
    'Go',
    'a.go',
    `var amis = map[string]string{\n\t"us-east-1": "${a}",\n\t"eu-west-1": \`${b}\`,\n}`,
    ['us-east-1', 'eu-west-1'],
  ],
  [
    'a session of Go',
    'a.go',
    `func main() {\n\tsvc := ec2.New(session.New(&aws.Config{Region: aws.String("us-west-2")}))\n\tsvc.RunInstances(&ec2.RunInstancesInput{ImageId: aws.String("${a}")})\n}`,
    ['us-west-2'],
  ],
  [
    'cases of Go',
    'a.go',
    `switch region {\ncase "us-east-1":\n\treturn "${a}"\ncase "eu-west-1":\n\treturn "${b}"\n}`,
    ['us-east-1', 'eu-west-1'],
  ],
  [
    'JSON in a raw string of Go',
    'a.go',
    `const t = \`{"builders": [{"type": "amazon-ebs", "region": "us-east-2", "source_ami": "${a}"}]}\``,
    ['us-east-2'],
  ],
  [
    'pairs in braces',
    'A.java',
    `String[][] a = {{"us-east-1", "${a}"}, {"eu-west-1", "${b}"}};`,
    ['us-east-1', 'eu-west-1'],
  ],
  ['put', 'A.java', `m.put("us-east-1", "${a}");\nm.put("eu-west-1", "${b}");`, ['us-east-1', 'eu-west-1']],
  [
    'Map.of',
    'A.java',
    `Map<String, String> m = Map.of(\n  "us-east-1", "${a}",\n  "eu-west-1", "${b}");`,
    ['us-east-1', 'eu-west-1'],
  ],
  [
    'a client of Java',
    'A.java',
    `Ec2Client ec2 = Ec2Client.builder().region(Region.US_WEST_2).build();\nec2.runInstances(RunInstancesRequest.builder().imageId("${a}").build());`,
    ['us-west-2'],
  ],
  [
    'an endpoint',
    'A.java',
    `AmazonEC2 ec2 = new AmazonEC2Client(c);\nec2.setEndpoint("ec2.us-west-2.amazonaws.com");\nrun(new RunInstancesRequest().withImageId("${a}"));`,
    ['us-west-2'],
  ],
  [
    'C#',
    'A.cs',
    `var m = new Dictionary<string, string> { { "us-east-1", "${a}" }, ["eu-west-1"] = "${b}" };\nvar c = new AmazonEC2Client(RegionEndpoint.USWest2);`,
    ['us-east-1', 'eu-west-1'],
  ],
  ['Kotlin', 'a.kt', `val amis = mapOf("us-east-1" to "${a}", "eu-west-1" to "${b}")`, ['us-east-1', 'eu-west-1']],
  [
    'Scala',
    'a.scala',
    `region match {\n  case "us-east-1" => "${a}"\n  case "eu-west-1" => "${b}"\n}`,
    ['us-east-1', 'eu-west-1'],
  ],
  [
    'Rust',
    'a.rs',
    `match region {\n    "us-east-1" => "${a}",\n    "eu-west-1" => "${b}",\n    _ => "${c}",\n}`,
    ['us-east-1', 'eu-west-1', '-'],
  ],
  [
    'PHP',
    'a.php',
    `<?php\n$ec2 = new Ec2Client(['region' => 'us-west-2', 'version' => 'latest']);\n$ec2->runInstances(['ImageId' => '${a}']);`,
    ['us-west-2'],
  ],
  ['Perl', 'a.pl', `my %ami = ('us-east-1' => '${a}', 'eu-west-1' => '${b}');`, ['us-east-1', 'eu-west-1']],
  ['Elixir', 'a.exs', `config :app, ami: "${a}", region: "us-west-2"`, ['us-west-2']],
  [
    'Vagrant',
    'Vagrantfile',
    `Vagrant.configure("2") do |config|\n  config.vm.provider :aws do |aws|\n    aws.region = "us-east-1"\n    aws.ami = "${a}"\n    aws.region_config "us-west-2" do |west|\n      west.ami = "${b}"\n    end\n    aws.region_config "eu-west-1", :ami => "${c}"\n  end\nend`,
    ['us-east-1', 'us-west-2', 'eu-west-1'],
  ],
  [
    'Ruby',
    'a.rb',
    `AMIS = {\n  'us-east-1' => '${a}',\n  :'eu-west-1' => '${b}'\n}\nami = case region\n      when 'us-west-2' then '${c}'\n      end`,
    ['us-east-1', 'eu-west-1', 'us-west-2'],
  ],
  [
    'Chef',
    'attributes/default.rb',
    `default['aws']['region'] = 'us-west-2'\ndefault['aws']['ami'] = '${a}'`,
    ['us-west-2'],
  ],
  [
    'Chef by regions',
    'attributes/default.rb',
    `default['ami']['us-east-1'] = '${a}'\ndefault['ami']['eu-west-1']['hvm'] = '${b}'`,
    ['us-east-1', 'eu-west-1'],
  ],
  ['knife', 'knife.rb', `knife[:region] = "eu-west-1"\nknife[:image] = "${a}"`, ['eu-west-1']],
  [
    'Puppet',
    'init.pp',
    `ec2_instance { 'web':\n  ensure   => present,\n  region   => 'us-east-1',\n  image_id => '${a}',\n}\n$ami = $region ? {\n  'eu-west-1' => '${b}',\n}`,
    ['us-east-1', 'eu-west-1'],
  ],
  ['Capistrano', 'config/deploy.rb', `set :aws_region, 'ap-south-1'\nset :ami, '${a}'`, ['ap-south-1']],
] as const)('ids have the regions that the code of a tool gives: %s', async ([, path, text, regions]) => {
  expect((await placesIn(path, text)).map((place) => place.split(' ')[1])).toEqual(regions);
});

test('the configuration of a Pulumi project beside a program', async () => {
  const program = { path: 'p/index.ts', text: `new aws.ec2.Instance("a", { ami: "${a}" });` };
  const dev = 'config:\n  aws:region: us-east-2\n';
  expect(await placesIn(program.path, program.text, { 'p/Pulumi.dev.yaml': dev })).toEqual([
    `${a} us-east-2 (default)`,
  ]);
  const other = { 'p/Pulumi.dev.yaml': dev, 'p/Pulumi.prod.yaml': 'config:\n  aws:region: eu-west-1\n' };
  expect(await placesIn(program.path, program.text, other)).toEqual([`${a} -`]);
});

test('the app that makes the stack of a CDK construct', async () => {
  const lib = `import * as cdk from 'aws-cdk-lib';\nexport class WebStack extends cdk.Stack { i() { return '${a}'; } }`;
  const app = `new WebStack(app, 'Web', { env: { account: '123', region: 'eu-north-1' } });`;
  expect(await placesIn('lib/web.ts', lib, { 'bin/app.ts': app })).toEqual([`${a} eu-north-1 (block)`]);
});

test.for([
  [
    `with_driver "aws::eu-west-1" do\n  aws_instance 'x' do\n    image 'ami-0abc4567'\n  end\nend`,
    'ami-0abc4567 eu-west-1 (block)',
  ],
  [
    `with_driver 'aws:web:us-west-2'\nmachine 'x' do\n  machine_options image_id: 'ami-0abc4567'\nend`,
    'ami-0abc4567 us-west-2 (variable)',
  ],
  [`with_driver 'aws'\nmachine 'x' do\n  machine_options image_id: 'ami-0abc4567'\nend`, 'ami-0abc4567 -'],
] as const)('a driver of Chef: %s', async ([text, expected]) => {
  expect(await placesIn('recipes/a.rb', text)).toEqual([expected]);
});

const providerOfGo = `func NewStack(scope constructs.Construct) {
	aws.NewAwsProvider(stack, jsii.String("aws"), &aws.AwsProviderConfig{Region: jsii.String("us-east-2")})
	instance.NewInstance(stack, jsii.String("web"), &instance.InstanceConfig{Ami: jsii.String("${a}")})
}`;

test.for([
  ['a provider of Terraform in Go', 'main.go', providerOfGo, 'us-east-2'],
  [
    'a provider of Terraform in C#',
    'Web.cs',
    `class Web : TerraformStack {\n  Web() {\n    new AwsProvider(this, "aws", new AwsProviderConfig { Region = "eu-west-3" });\n    new Instance(this, "web", new InstanceConfig { Ami = "${a}" });\n  }\n}`,
    'eu-west-3',
  ],
  [
    'a provider of Terraform in Java',
    'Web.java',
    `class Web { Web() {\n  AwsProvider.Builder.create(this, "aws").region("eu-north-1").build();\n  Instance.Builder.create(this, "web").ami("${a}").build();\n} }`,
    'eu-north-1',
  ],
  [
    'a provider of Terraform in Python, another one of it with an alias',
    'main.py',
    `AwsProvider(self, "aws", region="ca-central-1")\nAwsProvider(self, "east", region="us-east-1", alias="east")\nInstance(self, "web", ami="${a}")`,
    'ca-central-1',
  ],
  [
    'a provider that Go gives to a resource, declared with its error',
    'main.go',
    `func main() {\n\teast, err := aws.NewProvider(ctx, "east", &aws.ProviderArgs{Region: pulumi.String("us-east-2")})\n\tec2.NewInstance(ctx, "web", &ec2.InstanceArgs{Ami: pulumi.String("${a}")}, pulumi.Provider(east))\n}`,
    'us-east-2',
  ],
  [
    'the client that Go declares with its error',
    'main.go',
    `func main() {\n\tcfg, err := config.LoadDefaultConfig(ctx, config.WithRegion("eu-west-1"))\n\tclient := ec2.NewFromConfig(cfg)\n\tother, err := config.LoadDefaultConfig(ctx, config.WithRegion("us-east-1"))\n\tclient.RunInstances(ctx, &ec2.RunInstancesInput{ImageId: aws.String("${a}")})\n}`,
    'eu-west-1',
  ],
  [
    "Libcloud's driver",
    'node.py',
    `IMAGE = "${a}"\nDriver = get_driver(Provider.EC2)\nconn = Driver(KEY, SECRET, region="us-west-1")`,
    'us-west-1',
  ],
  [
    'a builder of a client',
    'Run.java',
    `class Run { void run() {\n  Ec2Client client = Ec2Client.builder().region(Region.US_EAST_1).build();\n  launch(client, RunInstancesRequest.builder().imageId("${a}").build());\n} }`,
    'us-east-1',
  ],
  [
    'a client in a file whose class is called like it',
    'EC2.java',
    `public class EC2 {\n  static AmazonEC2 ec2 = AmazonEC2ClientBuilder.standard().withCredentials(c()).withRegion("us-east-1").build();\n  void run() {\n    String image = "${a}";\n    send(image);\n  }\n}`,
    'us-east-1',
  ],
  [
    'the client of a chain in Rust',
    'main.rs',
    `let config = aws_config::from_env().region(Region::new("eu-central-1")).load().await;\nlet client = Client::new(&config);\nclient.run_instances().image_id("${a}").send().await;`,
    'eu-central-1',
  ],
  [
    'a constant given to a client of .NET',
    'Run.cs',
    `var client = new AmazonEC2Client(RegionEndpoint.APSoutheast2);\nvar request = new RunInstancesRequest { ImageId = "${a}" };`,
    'ap-southeast-2',
  ],
  [
    'the source of a copy in Python, whatever the client',
    'copy.py',
    `boto3.client("ec2", region_name="eu-west-1").copy_image(SourceRegion="us-west-2", SourceImageId="${a}", Name="x")`,
    'us-west-2',
  ],
  [
    'the source of a copy in Ruby',
    'copy.rb',
    `client.copy_image(source_region: "us-west-2", source_image_id: "${a}", name: "x")`,
    'us-west-2',
  ],
  [
    'the source of a copy in Java',
    'Copy.java',
    `ec2.copyImage(CopyImageRequest.builder().sourceRegion("us-west-2").sourceImageId("${a}").build());`,
    'us-west-2',
  ],
  [
    'the source of a copy in Elixir',
    'copy_test.exs',
    `query(:copy_image, %{\n  "SourceRegion" => "us-west-2",\n  "SourceImageId" => "${a}"\n})`,
    'us-west-2',
  ],
  [
    'a region of a source beside an image that is none',
    'a.py',
    `launch(SourceRegion="us-west-2", ImageId="${a}")`,
    '-',
  ],
] as const)('an id in a program has the region in which it is used: %s', async ([, path, text, region]) => {
  expect((await placesIn(path, text)).map((place) => place.split(' ')[1])).toEqual([region]);
});

test.for([
  [
    'cases by constants',
    'a.go',
    `switch region {\ncase endpoints.EuWest1RegionID:\n\treturn "${a}"\ncase "us-east-1":\n\treturn "${b}"\n}`,
    ['eu-west-1', 'us-east-1'],
  ],
  [
    'pairs with constants',
    'A.java',
    `static { AMIS.put(Regions.EU_WEST_1, "${a}"); AMIS.put("us-east-1", "${b}"); }`,
    ['eu-west-1', 'us-east-1'],
  ],
  [
    'members of an enumeration',
    'A.java',
    `enum Ami { EU_WEST_1("${a}"), US_EAST_1("${b}"); }`,
    ['eu-west-1', 'us-east-1'],
  ],
  ['a map without commas', 'a.clj', `(def amis {"us-east-1" "${a}" :eu-west-1 "${b}"})`, ['us-east-1', 'eu-west-1']],
  [
    'an element of XML',
    'config.xml',
    `<cloud>\n  <region>us-west-2</region>\n  <template><ami>${a}</ami></template>\n</cloud>`,
    ['us-west-2'],
  ],
  [
    'elements of XML that differ',
    'config.xml',
    `<a>\n  <region>us-west-2</region>\n  <x>\n    <ami>${a}</ami>\n  </x>\n</a>\n<b><region>eu-west-1</region></b>`,
    ['-'],
  ],
  [
    'what a bucket is in',
    'config.xml',
    `<a>\n  <bucketRegion>us-west-2</bucketRegion>\n  <x>\n    <ami>${a}</ami>\n  </x>\n</a>`,
    ['-'],
  ],
  [
    'keys without quotes',
    'a.nix',
    `{ us-east-1 = { hvm = "${a}"; }; eu-west-1.hvm = "${b}"; }`,
    ['us-east-1', 'eu-west-1'],
  ],
  [
    'the host of EC2 in a program',
    'a.nix',
    `{ deployment.ec2.controller = https://ec2.eu-west-1.amazonaws.com:443/; deployment.ec2.ami = "${a}"; }`,
    ['eu-west-1'],
  ],
  [
    'hosts of EC2 in several regions',
    'a.pl',
    `my $a = 'http://ec2.us-east-1.amazonaws.com';\nmy $b = 'http://ec2.eu-west-1.amazonaws.com';\nrun('${a}');`,
    ['-'],
  ],
] as const)('ids have the regions of what is around them: %s', async ([, path, text, regions]) => {
  expect((await placesIn(path, text)).map((place) => place.split(' ')[1])).toEqual(regions);
});

test('a region in one place of a document in a text is not that of all of it', async () => {
  const document = `arn:\n  type: str\n  sample: arn:aws:sns:us-east-1:123456789012:topic\nimage_id:\n  type: str\n  sample: ${a}\n`;
  expect(await placesIn('module.py', `RETURN = r"""\n${document}"""\n`)).toEqual([`${a} -`]);
  const told = `region: eu-west-1\nimage_id: ${a}\n`;
  expect(await placesIn('module.py', `EXAMPLE = """\n${told}"""\n`)).toEqual([`${a} eu-west-1 (argument)`]);
});
