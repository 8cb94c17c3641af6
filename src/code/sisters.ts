/** Files whose statements about regions count for another file. */
export interface SisterFiles {
  /** With `/`; empty for the root. */
  readonly folder: string;
  /** Whether a file of the folder, by its name, may state a region. */
  readonly names: RegExp;
}

/** The closest first. The file itself is among them. */
export function sistersOf(path: string): readonly SisterFiles[] {
  const folders = path.split('/').slice(0, -1);
  const folder = folders.join('/');
  const name = path.split('/').at(-1) ?? '';
  if (terraform.test(name)) {
    return [{ folder, names: terraform }, ...(values.test(name) ? above(folders, terraform).slice(0, 3) : [])];
  }
  if (packer.test(name)) return [{ folder, names: packer }];
  if (/\.json$/i.test(name)) return packerSisters(folders);
  if (/^Vagrantfile/.test(name))
    return [
      { folder, names: data },
      { folder: within(folder, 'config'), names: data },
    ];
  if (/\.hcl$/i.test(name)) return [{ folder, names: terragrunt }, ...above(folders, terragrunt)];
  if (program.test(name)) return programSisters(folders);
  if (salt.test(path)) return saltSisters(folders);
  if (/\.ya?ml(?:\.\w+)?$/i.test(name) || folders.includes('group_vars')) return ansibleSisters(folders);
  if (script.test(name)) return [{ folder, names: settings }];
  return [];
}

/** Files of variables, one of which a template of Packer is built with. */
function packerSisters(folders: readonly string[]): readonly SisterFiles[] {
  const [folder, parent] = [folders.join('/'), folders.slice(0, -1).join('/')];
  return [
    { folder, names: variables },
    ...['variables', 'vars'].flatMap((part) => [
      { folder: within(folder, part), names: /\.json$/i },
      ...(folders.length > 0 ? [{ folder: within(parent, part), names: /\.json$/i }] : []),
    ]),
  ];
}

function within(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** What Terragrunt includes stands in the folders above, and so does the module that a file of values is for. */
function above(folders: readonly string[], names: RegExp): readonly SisterFiles[] {
  return folders
    .map((_, index) => ({ folder: folders.slice(0, index).join('/'), names }))
    .reverse()
    .slice(0, maxParents);
}

/** A Pulumi project's configuration, and the file in which a CDK app makes its stacks, here and in the folders above. */
function programSisters(folders: readonly string[]): readonly SisterFiles[] {
  const parents = Array.from({ length: Math.min(programParents, folders.length + 1) }, (_, up) =>
    folders.slice(0, folders.length - up).join('/'),
  );
  return parents.flatMap((folder) => [
    { folder, names: pulumi },
    { folder, names: cdkApp },
    { folder, names: programSettings },
    { folder: folder === '' ? 'bin' : `${folder}/bin`, names: /\.[jt]s$/ },
  ]);
}

/** Of Salt Cloud: the providers that profiles name. */
function saltSisters(folders: readonly string[]): readonly SisterFiles[] {
  const [folder, parent] = [folders.join('/'), folders.slice(0, -1).join('/')];
  return [
    { folder, names: /providers/ },
    { folder: parent, names: /providers/ },
    { folder: within(parent, 'cloud.providers.d'), names: /\.conf$/ },
  ];
}

/** Variables of the role, and those of all hosts beside the roles and beside the playbook. */
function ansibleSisters(folders: readonly string[]): readonly SisterFiles[] {
  const path = (parts: readonly string[], ...more: readonly string[]) => [...parts, ...more].join('/');
  const roles = folders.lastIndexOf('roles');
  const role = roles >= 0 && folders.length > roles + 1 ? folders.slice(0, roles + 2) : undefined;
  const ofRole = role ? ['vars', 'defaults'].map((part) => ({ folder: path(role, part), names: yaml })) : [];
  const vars = folders.findIndex((part) => /^(?:group_vars|host_vars|vars|tasks|playbooks)$/.test(part));
  const play = role ? folders.slice(0, roles) : vars >= 0 ? folders.slice(0, vars) : folders;
  return [
    ...ofRole,
    { folder: path(play, 'group_vars'), names: /^all(?:\.ya?ml)?$/ },
    { folder: path(play, 'group_vars', 'all'), names: /^[\w-]+(?:\.ya?ml)?$/ },
    { folder: path(play, 'inventory', 'group_vars'), names: /^all(?:\.ya?ml)?$/ },
    { folder: path(play, 'vars'), names: yaml },
    { folder: path(play), names: playVariables },
  ];
}

const yaml = /\.ya?ml$/i;
/** What `vars_files` names beside a playbook. */
const playVariables = /\.vars$|^(?:[\w-]*[-_.])?(?:vars?|variables?|secrets?|config|settings)(?:[-_.][\w-]*)?\.ya?ml$/i;
const data = /\.(?:ya?ml|json)$/i;
const variables = /(?:^|[-_.])(?:variables?|vars?|params?|values?)(?:[-_.][\w-]*)?\.json$/i;
const salt = /(?:^|\/)cloud\.(?:profiles|maps)(?:\.d\/|$)|(?:^|\/)cloud\.profiles/;
const script = /\.(?:sh|bash|zsh|ksh|ps1|bat|cmd)$|^(?:GNU)?makefile$/i;
/** What scripts source. */
const settings = /^\.?env(?:\.\w+)?$|^[\w-]*(?:config|settings|vars|variables|env|common)\.(?:sh|env|mk|conf|bash)$/i;

const program = /\.(?:[mc]?[jt]sx?|py|go|cs|fs|java|kt|scala)$/i;
const pulumi = /^Pulumi\.(?:[\w-]+\.)?ya?ml$/;
const cdkApp = /^(?:app|main|cdk)\.(?:py|[jt]s)$/i;
/** What a program reads its settings from. */
const programSettings = /^(?:[\w-]*[-_.])?(?:config|settings|aws|ec2)\.(?:ya?ml|json|ini|toml)$/i;
const programParents = 3;

const maxParents = 8;
/** Templates and examples of them, too: `terraform.tfvars.example`. */
const terraform = /\.(?:tf|tofu|tfvars)(?:\.(?:json|example|sample|template|tmpl|tpl|dist|j2|erb))?$/i;
const values = /\.tfvars(?:\.\w+)?$/i;
const packer = /\.(?:pkr|pkrvars)\.(?:hcl|json)(?:\.(?:example|sample|template|dist))?$/i;
const terragrunt = /\.hcl$|(?:region|env|account|common|global|vars?|values|inputs)[^/]*\.ya?ml$|\.tfvars$/i;
