type Scope = 'window' | 'machine' | 'machine-overridable' | 'language-overridable';

export interface SettingRow {
  /** The id after `amiExplorer.`, where it differs from the name. */
  readonly id?: string;
  readonly scope: Scope;
  /** Whether the value from an untrusted workspace is ignored. */
  readonly restricted?: boolean;
  /** The JSON schema of its value, with the default. */
  readonly schema: {
    readonly type: string;
    readonly default: unknown;
    readonly enum?: readonly string[];
    readonly [keyword: string]: unknown;
  };
}

/**
 * All settings by name, in the order of the settings editor. package.nls.json describes a setting as `setting.NAME`,
 * and enumerated values as `setting.NAME.VALUE`.
 */
export const settingTable = {
  profile: { scope: 'machine-overridable', restricted: true, schema: { type: 'string', default: '' } },
  regions: {
    scope: 'window',
    restricted: true,
    schema: {
      type: 'array',
      items: { type: 'string', pattern: '^[a-z]{2,}(-[a-z]+)+-\\d+$' },
      uniqueItems: true,
      default: [],
    },
  },
  endpointUrl: { scope: 'machine-overridable', restricted: true, schema: { type: 'string', default: '' } },
  publishers: {
    scope: 'window',
    restricted: true,
    schema: {
      type: 'array',
      default: [],
      items: {
        type: 'object',
        required: ['name', 'ownerIds'],
        additionalProperties: false,
        properties: {
          name: { type: 'string', minLength: 1, description: '%setting.publishers.name%' },
          ownerIds: {
            type: 'array',
            minItems: 1,
            items: { type: 'string', pattern: '^\\d{12}$' },
            description: '%setting.publishers.ownerIds%',
          },
        },
      },
    },
  },
  groupBy: {
    id: 'images.groupBy',
    scope: 'window',
    schema: { type: 'string', enum: ['family', 'none'], default: 'family' },
  },
  sortBy: {
    id: 'images.sortBy',
    scope: 'window',
    schema: { type: 'string', enum: ['newest', 'name'], default: 'newest' },
  },
  pageSize: {
    id: 'images.pageSize',
    scope: 'window',
    schema: { type: 'integer', minimum: 5, maximum: 1_000, default: 50 },
  },
  autoReveal: { id: 'images.autoReveal', scope: 'window', schema: { type: 'boolean', default: true } },
  // What is shown in code can differ from language to language, and from folder to folder.
  hover: { id: 'hover.enabled', scope: 'language-overridable', schema: { type: 'boolean', default: true } },
  /** Off until asked for: a hint moves what stands behind it, in every line with an id. */
  inlayHints: {
    id: 'inlayHints.enabled',
    scope: 'language-overridable',
    schema: { type: 'boolean', default: false },
  },
  codeLens: { id: 'codeLens.enabled', scope: 'language-overridable', schema: { type: 'boolean', default: true } },
  completion: {
    id: 'completion.enabled',
    scope: 'language-overridable',
    schema: { type: 'boolean', default: true },
  },
  diagnostics: {
    id: 'diagnostics.enabled',
    scope: 'language-overridable',
    schema: { type: 'boolean', default: true },
  },
  drop: { id: 'drop.enabled', scope: 'language-overridable', schema: { type: 'boolean', default: true } },
  paste: { id: 'paste.enabled', scope: 'language-overridable', schema: { type: 'boolean', default: true } },
  /** Not restricted: `isReadOnlyBy` of src/actions/readOnly.ts handles untrusted workspaces. */
  readOnly: { scope: 'window', schema: { type: 'boolean', default: false } },
  catalogMaxSize: {
    id: 'catalog.maxSize',
    scope: 'machine',
    schema: { type: 'integer', minimum: 50, maximum: 100_000, default: 1_000 },
  },
  catalogIncludeDeprecated: {
    id: 'catalog.includeDeprecated',
    scope: 'machine',
    schema: { type: 'boolean', default: false },
  },
} as const satisfies Readonly<Record<string, SettingRow>>;

export type SettingName = keyof typeof settingTable;

/** Setting ids by name. */
export const settings = Object.fromEntries(
  Object.entries<SettingRow>(settingTable).map(([name, { id }]) => [name, `amiExplorer.${id ?? name}`]),
) as { readonly [Name in SettingName]: string };

/** The value of `amiExplorer.profile` for the sample account. */
export const sampleProfile = '@sample';
