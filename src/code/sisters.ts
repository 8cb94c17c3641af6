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
  if (/\.hcl$/i.test(name)) return [{ folder, names: terragrunt }, ...above(folders, terragrunt)];
  if (program.test(name)) return programSisters(folders);
  return [];
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
    { folder: folder === '' ? 'bin' : `${folder}/bin`, names: /\.[jt]s$/ },
  ]);
}

const program = /\.(?:[mc]?[jt]sx?|py|go|cs|fs|java|kt|scala)$/i;
const pulumi = /^Pulumi\.(?:[\w-]+\.)?ya?ml$/;
const cdkApp = /^(?:app|main|cdk)\.(?:py|[jt]s)$/i;
const programParents = 3;

const maxParents = 8;
/** Templates and examples of them, too: `terraform.tfvars.example`. */
const terraform = /\.(?:tf|tofu|tfvars)(?:\.(?:json|example|sample|template|tmpl|tpl|dist|j2|erb))?$/i;
const values = /\.tfvars(?:\.\w+)?$/i;
const packer = /\.(?:pkr|pkrvars)\.(?:hcl|json)(?:\.(?:example|sample|template|dist))?$/i;
const terragrunt = /\.hcl$|(?:region|env|account|common|global|vars?|values|inputs)[^/]*\.ya?ml$|\.tfvars$/i;
