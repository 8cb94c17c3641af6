type Values = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

export interface NastyFile {
  readonly name: string;
  readonly config?: string;
  readonly credentials?: string;
  /** The config file's sections as the AWS CLI reads them. */
  readonly sections?: Readonly<Record<string, Values>>;
  /** The profiles that the AWS CLI lists, in alphabetical order. */
  readonly profiles: readonly string[];
}

/** Files that the AWS CLI accepts, and how it reads them. */
export const nastyFiles: readonly NastyFile[] = [
  {
    name: 'a comment right behind a header',
    config: '[profile two]# prod\nregion = eu-west-1\n[profile three];x\n',
    sections: { 'profile two': { region: 'eu-west-1' }, 'profile three': {} },
    profiles: ['three', 'two'],
  },
  {
    name: 'a value that goes on in indented lines, with comments and blank lines between',
    config:
      '[profile a]\ncredential_process = helper\n    --one\n  # no\n\n\t--two # yes\nregion = us-east-2\n\n[profile b]\n',
    sections: {
      'profile a': { credential_process: 'helper\n--one\n\n--two # yes', region: 'us-east-2' },
      'profile b': {},
    },
    profiles: ['a', 'b'],
  },
  {
    name: 'a header that is indented below a setting, and goes on with its value',
    config: '[profile a]\nregion = us-east-1\n  [profile b]\n  region = eu-west-1\n',
    sections: { 'profile a': { region: 'us-east-1\n[profile b]\nregion = eu-west-1' } },
    profiles: ['a'],
  },
  {
    name: 'everything indented alike',
    config: '  [profile a]\n  region = us-east-1\n  [profile b]\n  region = eu-west-1\n',
    sections: { 'profile a': { region: 'us-east-1' }, 'profile b': { region: 'eu-west-1' } },
    profiles: ['a', 'b'],
  },
  {
    name: 'names in quotes, with signs, in other scripts',
    config:
      '[profile "My Laptop"]\n[profile \'it\'\']\n[profile a(b)]\n[profile 東京]\n[profile a\\ b]\n[profile x@y.z/w+1%]\n[profile "a]b"]\n[profile "team #1"]\n',
    sections: {
      'profile "My Laptop"': {},
      "profile 'it''": {},
      'profile a(b)': {},
      'profile 東京': {},
      'profile a\\ b': {},
      'profile x@y.z/w+1%': {},
      'profile "a]b"': {},
      'profile "team #1"': {},
    },
    profiles: ['My Laptop', 'a b', 'a(b)', 'a]b', 'team #1', 'x@y.z/w+1%', '東京'],
  },
  {
    name: 'names of settings in capitals, with colons, without spaces',
    config: '[default]\nRegion=eu-west-1\nOUTPUT: json\nsso_start_url:https://x.example/#/\n',
    sections: { default: { region: 'eu-west-1', output: 'json', sso_start_url: 'https://x.example/#/' } },
    profiles: ['default'],
  },
  {
    name: 'comment signs within values',
    config: '[default]\ncredential_process = x --arg "team #1" ;y --json\nregion = us-west-2 # prod\n',
    sections: { default: { credential_process: 'x --arg "team #1" ;y --json', region: 'us-west-2 # prod' } },
    profiles: ['default'],
  },
  {
    name: 'equals signs and colons within values',
    config: '[default]\naws_session_token = a==b:c=\nendpoint_url=http://127.0.0.1:4566/?a=b\n',
    sections: { default: { aws_session_token: 'a==b:c=', endpoint_url: 'http://127.0.0.1:4566/?a=b' } },
    profiles: ['default'],
  },
  {
    name: 'nested settings, empty ones, tabs',
    config:
      '[services local]\nec2 =\n\tendpoint_url = http://127.0.0.1:1\n  Max = 1 # 2\ns3 =\n[default]\n\tregion\t=\tus-east-1\nsts=\n',
    sections: {
      'services local': { ec2: { endpoint_url: 'http://127.0.0.1:1', Max: '1 # 2' }, s3: '' },
      default: { region: 'us-east-1', sts: '' },
    },
    profiles: ['default'],
  },
  {
    name: 'carriage returns alone and before line feeds',
    config: '[default]\rregion = us-east-1\r\r[profile b]\r\nregion = eu-west-1\r\n',
    sections: { default: { region: 'us-east-1' }, 'profile b': { region: 'eu-west-1' } },
    profiles: ['b', 'default'],
  },
  {
    name: 'comments of both kinds, before and between',
    config: '; one\n  # two\n[default]\n# region = x\n;region = y\nregion = us-east-1\n',
    sections: { default: { region: 'us-east-1' } },
    profiles: ['default'],
  },
  {
    name: 'sections that are no profiles, and what counts as one',
    config:
      '[plugins]\ncli_legacy_plugin_path = /x\n[preview]\n[sso-session corp]\nsso_region = us-east-1\n[services s]\n[profiles odd]\n[ default ]\n[work]\n',
    sections: {
      plugins: { cli_legacy_plugin_path: '/x' },
      preview: {},
      'sso-session corp': { sso_region: 'us-east-1' },
      'services s': {},
      'profiles odd': {},
      ' default ': {},
      work: {},
    },
    profiles: ['odd'],
  },
  {
    name: 'settings that count everywhere',
    config: '[DEFAULT]\nregion = us-west-2\noutput = json\n[profile a]\nregion = eu-west-1\n[profile b]\n',
    sections: {
      'profile a': { region: 'eu-west-1', output: 'json' },
      'profile b': { region: 'us-west-2', output: 'json' },
    },
    profiles: ['a', 'b'],
  },
  {
    name: 'default written both ways',
    config: '[default]\nregion = us-east-1\noutput = json\n[profile default]\nregion = eu-west-1\n',
    sections: { default: { region: 'us-east-1', output: 'json' }, 'profile default': { region: 'eu-west-1' } },
    profiles: ['default'],
  },
  {
    name: 'a credentials file, where headers are names',
    credentials: '[profile x]\naws_access_key_id = A\n[y z]\n[w]# old\nAWS_ACCESS_KEY_ID=B\n',
    profiles: ['profile x', 'w', 'y z'],
  },
  {
    name: 'nothing but blank lines and comments',
    config: '\n\n# nothing\n   \n',
    sections: {},
    profiles: [],
  },
];

/** Config files that the AWS CLI refuses as a whole, each with one usable profile, `good`. */
export const brokenFiles: readonly {
  readonly name: string;
  readonly config: string;
  /** The profile with the problem; undefined if it belongs to no profile. */
  readonly profile: string | undefined;
  readonly line: number;
}[] = [
  {
    name: 'a line without a value',
    config: '[profile good]\n[profile bad]\nregion us-east-1\n',
    profile: 'bad',
    line: 3,
  },
  { name: 'a header that is open', config: '[profile good]\n[profile bad\nregion = x\n', profile: 'bad', line: 2 },
  {
    name: 'a setting twice',
    config: '[profile bad]\nregion = a\nRegion = b\n[profile good]\n',
    profile: 'bad',
    line: 3,
  },
  { name: 'a section twice', config: '[profile bad]\n[profile good]\n[profile bad]\n', profile: 'bad', line: 3 },
  { name: 'a setting without a name', config: '[profile bad]\n= x\n[profile good]\n', profile: 'bad', line: 2 },
  {
    name: 'nested lines that are no settings',
    config: '[profile bad]\ns3 =\n  x\n[profile good]\n',
    profile: 'bad',
    line: 2,
  },
  { name: 'a setting before any section', config: 'region = x\n[profile good]\n', profile: undefined, line: 1 },
  { name: 'a section of something else', config: '[plugins]\nx\n[profile good]\n', profile: undefined, line: 2 },
];
