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
  if (/\.(?:tf|tofu|tfvars|tf\.json|tfvars\.json)$/i.test(path)) {
    return [{ folder, names: /\.(?:tf|tofu|tfvars|tf\.json|tfvars\.json)$|^terragrunt\.hcl$/i }];
  }
  return [];
}
