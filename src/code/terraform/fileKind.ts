/** What a file's name says of what the attributes of its top level are. */
export type TerraformFile =
  /** Blocks of Terraform, OpenTofu or Packer. */
  | 'module'
  /** Values of variables that are always read: `terraform.tfvars`, `*.auto.tfvars`. */
  | 'values'
  /** Values of variables that a command may name: `prod.tfvars`. */
  | 'chosenValues'
  /** Terragrunt, and whatever else is HCL. */
  | 'other'
  /** A part of a block, which says nothing of regions by itself. */
  | 'part';

export function terraformFileOf(path: string): TerraformFile {
  const name = path.split('/').at(-1)?.toLowerCase() ?? '';
  const values = /\.(?:tfvars|pkrvars\.hcl|pkrvars)(?:\.json)?(?:\.\w+)?$/.exec(name);
  if (values) return /^terraform\.tfvars|\.auto\.(?:tfvars|pkrvars)/.test(name) ? 'values' : 'chosenValues';
  return /\.(?:tf|tofu|pkr\.hcl|pkr)(?:\.json)?(?:\.\w+)?$/.test(name) ? 'module' : 'other';
}
