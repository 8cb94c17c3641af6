/** View ids by name. */
export const views = {
  images: 'amiExplorer.images',
  instances: 'amiExplorer.instances',
  workspace: 'amiExplorer.workspace',
} as const satisfies Readonly<Record<string, `amiExplorer.${string}`>>;

export type ViewName = keyof typeof views;
