type Scope = 'window' | 'machine' | 'machine-overridable';

export interface SettingRow {
  /** The id behind `amiExplorer.`, where it is not the name. */
  readonly id?: string;
  readonly scope: Scope;
  /** Whether a workspace that is not trusted may not set it. */
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
 * Every setting by its name, in the order of the settings editor; package.nls.json describes it as `setting.NAME`, and its
 * values, where it lists them, as `setting.NAME.VALUE`.
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
  /** Not restricted: `isReadOnlyBy` of src/actions/readOnly.ts takes care of a workspace that is not trusted. */
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

/** The ids of the settings by their names. */
export const settings = Object.fromEntries(
  Object.entries<SettingRow>(settingTable).map(([name, { id }]) => [name, `amiExplorer.${id ?? name}`]),
) as { readonly [Name in SettingName]: string };

/** What the setting `amiExplorer.profile` holds when the sample account is chosen. */
export const sampleProfile = '@sample';
