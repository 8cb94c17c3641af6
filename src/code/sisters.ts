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
  if (terraform.test(name)) return [{ folder, names: terraform }];
  if (packer.test(name)) return [{ folder, names: packer }];
  if (/\.hcl$/i.test(name)) {
    return folders
      .map((_, index) => ({ folder: folders.slice(0, folders.length - index).join('/'), names: terragrunt }))
      .concat({ folder: '', names: terragrunt })
      .slice(0, maxParents);
  }
  return [];
}

const terraform = /\.(?:tf|tofu|tfvars)(?:\.json)?$/i;
const packer = /\.(?:pkr|pkrvars)\.(?:hcl|json)$/i;
const terragrunt = /\.hcl$/i;

/** Terragrunt includes what stands in the folders above. */
const maxParents = 8;
