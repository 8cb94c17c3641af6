interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export function withProgress<T>(
  what: string,
  howFar: () => string | Promise<string>,
  work: () => Promise<T>,
  output?: Output,
): Promise<T>;

interface Lock {
  readonly packages: Readonly<Record<string, { readonly optional?: boolean; readonly link?: boolean }>>;
}

export function installedPackages(root: string, lock: Lock): () => string;

export function bytesIn(folder: string): Promise<number>;
