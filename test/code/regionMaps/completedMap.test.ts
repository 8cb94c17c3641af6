import { describe, expect, it, test } from 'vitest';
import { loadRegionMaps } from '../../../src/code/regionMaps/loadRegionMaps.ts';
import { cfnLintFindings, hasCfnLint, hasTerraform, terraformFormatted } from '../../core/snippets/judges.ts';
import { completeText } from './completeText.ts';

const a = 'ami-0aaa1bbb2ccc3ddd4';
const b = 'ami-0bbb2ccc3ddd4eee5';
const c = 'ami-0ccc3ddd4eee5fff6';
const d = 'ami-0ddd4eee5fff60007';

describe('Terraform', () => {
  const variable = `variable "amis" {
  type = map(string)
  default = {
    us-east-1 = "${a}" # N. Virginia
    eu-west-1 = ""                      # Ireland
    # us-west-2 is not ours any more
    sa-east-1 = var.other
  }
}
`;

  it('fills what is empty, appends what is new, and leaves comments and variables', async () => {
    const ids = { 'eu-west-1': b, 'ap-southeast-2': c, 'sa-east-1': d };
    expect(await completeText('main.tf', variable, ids)).toBe(`variable "amis" {
  type = map(string)
  default = {
    us-east-1 = "${a}" # N. Virginia
    eu-west-1 = "${b}" # Ireland
    # us-west-2 is not ours any more
    sa-east-1      = var.other
    ap-southeast-2 = "${c}"
  }
}
`);
  });

  it('aligns equal signs alone where comments are not', async () => {
    const text = `amis = {\n  us-east-1 = "${a}" # x\n  eu-west-1 = "" # y\n}\n`;
    expect(await completeText('x.tfvars', text, { 'ap-southeast-2': b })).toBe(
      `amis = {\n  us-east-1      = "${a}" # x\n  eu-west-1      = "" # y\n  ap-southeast-2 = "${b}"\n}\n`,
    );
  });

  it('keeps the order of regions where the map has it, and commas on lines', async () => {
    const text = `amis = {\n  "eu-west-1" : "${a}",\n  "us-east-1" : "${a}"\n}\n`;
    expect(await completeText('x.tfvars', text, { 'ap-south-1': b, 'eu-west-2': c, 'us-west-2': d })).toBe(
      `amis = {\n  "ap-south-1" : "${b}",\n  "eu-west-1" : "${a}",\n  "eu-west-2" : "${c}",\n  "us-east-1" : "${a}",\n  "us-west-2" : "${d}"\n}\n`,
    );
  });

  it('writes maps in maps, without what differs between regions', async () => {
    const text = `locals {
  images = {
    us-east-1 = {
      x86_64 = "${a}"
      arm64  = "${b}" # Graviton
      user   = "ubuntu"
      subnet = "subnet-0123456789abcdef0"
      zones  = 3
    }
    eu-west-1 = {
      x86_64 = "ami-xxxxxxxx"
      user   = "ubuntu"
      zones  = 2
    }
  }
}
`;
    const ids = { 'eu-west-1': { x86_64: c, arm64: d }, 'us-west-2': { arm64: c } };
    expect(await completeText('main.tf', text, ids)).toBe(`locals {
  images = {
    us-east-1 = {
      x86_64 = "${a}"
      arm64  = "${b}" # Graviton
      user   = "ubuntu"
      subnet = "subnet-0123456789abcdef0"
      zones  = 3
    }
    eu-west-1 = {
      x86_64 = "${c}"
      user   = "ubuntu"
      zones  = 2
      arm64  = "${d}"
    }
    us-west-2 = {
      arm64 = "${c}"
      user  = "ubuntu"
    }
  }
}
`);
  });

  it('stays in one line where the map is', async () => {
    const text = `locals { amis = { us-east-1 = "${a}", eu-west-1 = "" } }`;
    expect(await completeText('main.tf', text, { 'eu-west-1': b, 'eu-west-2': c })).toBe(
      `locals { amis = { us-east-1 = "${a}", eu-west-1 = "${b}", eu-west-2 = "${c}" } }`,
    );
  });

  it('leaves a map as it is that is not formatted', async () => {
    const text = `amis = {\n  us-east-1="${a}"\n  ap-southeast-1="${a}"\n}\n`;
    expect(await completeText('x.tfvars', text, { 'eu-west-1': b })).toBe(
      `amis = {\n  us-east-1="${a}"\n  ap-southeast-1="${a}"\n  eu-west-1="${b}"\n}\n`,
    );
  });

  test.skipIf(!hasTerraform())('terraform fmt has nothing to add', async () => {
    for (const ids of [{ 'ap-southeast-2': c }, { 'eu-west-1': b, 'us-gov-west-1': d }]) {
      const completed = await completeText('main.tf', variable.replace('# N. Virginia', '// a\u00e9'), ids);
      expect(terraformFormatted(completed)).toBe(completed);
    }
  });
});

describe('CloudFormation', () => {
  it('leaves no blanks in JSON that has none', async () => {
    const text = `{"Mappings":{"M":{"us-east-1":{"HVM64":"${a}","HVMG2":"${b}"},"eu-west-1":{"HVM64":"${a}"}}}}`;
    expect(await completeText('x.json', text, { 'eu-west-1': { HVMG2: c }, 'sa-east-1': { HVM64: d } })).toBe(
      `{"Mappings":{"M":{"us-east-1":{"HVM64":"${a}","HVMG2":"${b}"},"eu-west-1":{"HVM64":"${a}","HVMG2":"${c}"},"sa-east-1":{"HVM64":"${d}"}}}}`,
    );
  });

  const template = `Mappings:
  RegionMap:
    us-east-1: # N. Virginia
      HVM64: ${a}
      HVMG2: ${b}
    eu-west-1:
      HVM64: ${a}
      HVMG2: NOT_SUPPORTED
    sa-east-1:

Resources:
  Instance:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: !FindInMap [RegionMap, !Ref AWS::Region, HVM64]
      KeyName: !FindInMap [RegionMap, !Ref AWS::Region, HVMG2]
`;
  const ids = {
    'eu-west-1': { HVM64: c, HVMG2: d },
    'sa-east-1': { HVM64: c },
    'eu-west-2': { HVM64: c, HVMG2: d },
  };

  it('fills what is not supported, corrects what is another image, and writes whole entries', async () => {
    expect(await completeText('template.yaml', template, ids)).toBe(
      template
        .replace(`eu-west-1:\n      HVM64: ${a}`, `eu-west-1:\n      HVM64: ${c}`)
        .replace('NOT_SUPPORTED', d)
        .replace('sa-east-1:', `sa-east-1:\n      HVM64: ${c}\n    eu-west-2:\n      HVM64: ${c}\n      HVMG2: ${d}`),
    );
  });

  it('takes neither comments, empty lines nor an anchor over, and leaves an alias', async () => {
    const text = `Map:\n  us-east-1: &virginia # home\n\n    # newest\n    HVM64: ${a}\n\n  eu-west-1: *virginia\n`;
    expect(await completeText('template.yaml', text, { 'eu-west-1': { HVM64: b }, 'sa-east-1': { HVM64: c } })).toBe(
      `${text}  sa-east-1:\n    HVM64: ${c}\n`,
    );
  });

  it('keeps line ends of Windows, and quotes', async () => {
    const text = template
      .replaceAll('\n', '\r\n')
      .replaceAll(/(ami-\w+)/g, "'$1'")
      .replaceAll('us-east-1', '"us-east-1"');
    const completed = await completeText('template.yml', text, ids);
    expect(completed).not.toMatch(/[^\r]\n/);
    expect(completed).toContain(`    "eu-west-2":\r\n      HVM64: '${c}'\r\n      HVMG2: '${d}'\r\n`);
  });

  it('writes JSON as it is aligned', async () => {
    const text = `{
  "Mappings" : {
    "AMIs" : {
      "us-east-1"      : { "64" : "${a}" },
      "ap-northeast-1" : { "64" : "${b}" }
    }
  }
}
`;
    expect(await completeText('template.json', text, { 'eu-west-1': { 64: c }, 'us-gov-east-1': { 64: d } })).toBe(`{
  "Mappings" : {
    "AMIs" : {
      "us-east-1"      : { "64" : "${a}" },
      "ap-northeast-1" : { "64" : "${b}" },
      "eu-west-1"      : { "64" : "${c}" },
      "us-gov-east-1"  : { "64" : "${d}" }
    }
  }
}
`);
  });

  test.skipIf(!hasCfnLint())('cfn-lint has nothing to say', async () => {
    const whole = await completeText('template.yaml', template, {
      ...ids,
      'sa-east-1': { HVM64: c, HVMG2: d },
      'eu-west-2': { HVM64: c, HVMG2: d },
    });
    expect(
      cfnLintFindings(
        whole.replace(/ {6}KeyName.*\n/, '      KeyName: !FindInMap [RegionMap, !Ref AWS::Region, HVMG2]\n'),
      ),
    ).toBe('');
  });
});

describe('code', () => {
  it('completes the map of the CDK in TypeScript', async () => {
    const text = `new ec2.Instance(this, 'web', {
  machineImage: ec2.MachineImage.genericLinux({
    'us-east-1': '${a}',
    'eu-west-1': undefined, // not yet
    [Aws.REGION]: '${a}',
  }),
});
`;
    expect(await completeText('stack.ts', text, { 'eu-west-1': b, 'ap-southeast-2': c })).toBe(
      text.replace('undefined', `'${b}'`).replace('// not yet\n', `// not yet\n    'ap-southeast-2': '${c}',\n`),
    );
  });

  it('completes it in JavaScript, where the bracket closes behind the last entry', async () => {
    const text = `genericWindows({'us-east-1': "${a}",\n  'eu-west-1': "${a}"})`;
    expect(await completeText('stack.js', text, { 'eu-west-2': b })).toBe(
      `genericWindows({'us-east-1': "${a}",\n  'eu-west-1': "${a}",\n  'eu-west-2': "${b}"})`,
    );
  });

  it('completes dictionaries of Python', async () => {
    const text = `AMIS = {
    "us-east-1":      "${a}",
    "ap-southeast-1": None,
}
`;
    expect(await completeText('app.py', text, { 'ap-southeast-1': b, 'us-gov-west-1': c })).toBe(`AMIS = {
    "us-east-1":      "${a}",
    "ap-southeast-1": "${b}",
    "us-gov-west-1":  "${c}",
}
`);
  });

  it('completes variables of Ansible, in a list and with keys of other forms', async () => {
    const text = `- hosts: all\n  vars:\n    amis:\n      us_east_1: ${a}\n      eu_west_1: ~ # Ireland`;
    expect(await completeText('play.yml', text, { 'eu-west-1': b, 'eu-west-2': c })).toBe(
      `- hosts: all\n  vars:\n    amis:\n      us_east_1: ${a}\n      eu_west_1: ${b} # Ireland\n      eu_west_2: ${c}`,
    );
  });

  it('completes each kind of key', async () => {
    const text = `amis = {\n  us-east-1.docker = "${a}"\n  us-east-1.plain  = "${b}"\n}\n`;
    expect(
      await completeText('x.tfvars', text.replace(/(us-east-1\.\w+)/g, '"$1"'), {
        'eu-west-1': { '*.docker': c, '*.plain': d },
      }),
    ).toBe(
      `amis = {\n  "us-east-1.docker" = "${a}"\n  "eu-west-1.docker" = "${c}"\n  "us-east-1.plain"  = "${b}"\n  "eu-west-1.plain"  = "${d}"\n}\n`,
    );
  });

  it('completes maps of languages without a parser of their own', async () => {
    const text = `var amis = map[string]string{\n\t"us-east-1":    "${a}",\n\t"us-gov-west-1": "",\n}\n`;
    expect(await completeText('ami.go', text, { 'us-gov-west-1': b })).toBe(text.replace('""', `"${b}"`));
  });
});

describe('maps', () => {
  it('are found by their names, the innermost around each place', async () => {
    const text = `variable "linux" {\n  default = {\n    x86 = { us-east-1 = "${a}" }\n    arm = { us-east-1 = "${b}" }\n  }\n}\n`;
    const maps = await loadRegionMaps({ path: 'main.tf', text });
    expect(maps.map(({ path }) => path.join('.'))).toEqual([
      'variable.linux.default.x86',
      'variable.linux.default.arm',
    ]);
  });

  it.each([
    ['zones', `x = { us-east-1a = "${a}" }`],
    ['regions without an id', 'x = { us-east-1 = "t3.micro" }'],
    ['ids in longer texts', `x = { us-east-1 = "${a},${b}" }`],
    ['keys that a template chooses among', `us-east-1: ${a}\n{% if x %}\nus-east-1: ${b}\n`],
  ])('are none: %s', async (_, text) => {
    expect(await loadRegionMaps({ path: text.includes('{%') ? 'x.yaml' : 'x.tf', text })).toEqual([]);
  });
});
