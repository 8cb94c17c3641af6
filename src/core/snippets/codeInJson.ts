import { literalText } from './cloudFormation.ts';
import { logicalName, snakeCase, unique, wordsOf } from './identifier.ts';
import type { FixedImage, ImageLookup, LookupFilter, RegionMap } from './input.ts';
import type { ParameterInput } from './parameter.ts';
import { commentText } from './quote.ts';
import { expressionOf, filtersFor, type LookupAbilities, reasonForId, remarksOn } from './remarks.ts';

export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** Code for files of JSON: its members, and what refers to each of them where a value is missing. */
export type CodeInJson = readonly JsonMember[];

export interface JsonMember {
  /** From the top of the file. A name at its end that is taken gets a number. */
  readonly path: readonly string[];
  readonly value: Json;
  /** Undefined where nothing refers to the member. */
  readonly reference?: ((name: string) => Json) | undefined;
  /** The path begins at the object around the place, or at the one of this list that the place is in. */
  readonly from?: 'object' | 'builders';
}

export function cloudFormationParametersInJson(images: readonly FixedImage[]): CodeInJson {
  return images.map(({ id, name, label, region }) => ({
    path: ['Parameters', `${logicalName(wordsOf(label))}Id`],
    value: {
      Type: 'AWS::EC2::Image::Id',
      Description: literalText(commentText(`${name} (${region})`)),
      Default: id,
    },
    reference: (own) => ({ Ref: own }),
  }));
}

export function cloudFormationMappingInJson(maps: readonly RegionMap[]): CodeInJson {
  const names = new Set<string>();
  const regions: Record<string, Record<string, string>> = {};
  const named = maps.map(({ label, images }) => {
    const name = unique(names, logicalName(wordsOf(label)), '');
    for (const { region, id } of images) regions[region] = { ...regions[region], [name]: id };
    return name;
  });
  const [first = ''] = named;
  return [
    {
      path: ['Mappings', 'RegionMap'],
      value: regions,
      reference: (own) => ({ 'Fn::FindInMap': [own, { Ref: 'AWS::Region' }, first] }),
    },
  ];
}

const terraform: LookupAbilities = { expressions: true, deprecated: true };

/** Texts are templates, in JSON too. */
function templateText(text: string): string {
  return text.replace(/([$%])(?=\{)/g, '$1$1');
}

export function terraformDataInJson(lookups: readonly ImageLookup[]): CodeInJson {
  return lookups.map((lookup) => {
    const name = snakeCase(wordsOf(lookup.label));
    if (reasonForId(lookup, terraform) !== undefined) {
      return {
        path: ['locals', `${name}_ami_id`],
        value: lookup.image.id,
        reference: (own) => `\${local.${own}}`,
      };
    }
    const expression = expressionOf(lookup, terraform);
    const remarks = remarksOn(lookup, terraform);
    return {
      path: ['data', 'aws_ami', name],
      value: {
        ...(remarks.length > 0 ? { '//': remarks.join(' ') } : {}),
        most_recent: true,
        ...(lookup.deprecated ? { include_deprecated: true } : {}),
        owners: [lookup.owner ?? ''],
        ...(expression === undefined ? {} : { name_regex: templateText(expression) }),
        filter: filtersFor(lookup, terraform).map((filter) => ({
          name: filter.name,
          values: filter.values.map(templateText),
        })),
      },
      reference: (own) => `\${data.aws_ami.${own}.id}`,
    };
  });
}

export function terraformMapsInJson(maps: readonly RegionMap[]): CodeInJson {
  return maps.map(({ label, images }) => ({
    path: ['variable', `${snakeCase(wordsOf(label))}_ami_ids`],
    value: { type: 'map(string)', default: Object.fromEntries(images.map(({ region, id }) => [region, id])) },
  }));
}

/** Packer's templates of JSON: a builder has one filter. */
export function packerFilterInJson(
  lookups: readonly ImageLookup[],
  abilities: LookupAbilities,
  written: (value: string) => string,
): CodeInJson {
  return lookups.slice(0, 1).map((lookup) => {
    if (reasonForId(lookup, abilities) !== undefined) {
      return { path: ['source_ami'], value: lookup.image.id, from: 'builders' };
    }
    const filters = filtersFor(lookup, abilities).map(({ name, values }) => [name, values.map(written).join(',')]);
    return {
      path: ['source_ami_filter'],
      from: 'builders',
      value: {
        filters: Object.fromEntries(filters),
        owners: [lookup.owner ?? ''],
        most_recent: true,
        ...(lookup.deprecated ? { include_deprecated: true } : {}),
      },
    };
  });
}

/** For `aws ec2 describe-images --cli-input-json`, which takes one question. */
export function awsCliInputInJson(lookups: readonly ImageLookup[], abilities: LookupAbilities): CodeInJson {
  const filter = ({ name, values }: LookupFilter): Json => ({ Name: name, Values: values });
  return lookups.slice(0, 1).flatMap((lookup): CodeInJson => {
    if (reasonForId(lookup, abilities) !== undefined) {
      return [{ path: ['ImageIds'], value: [lookup.image.id], from: 'object' }];
    }
    return [
      { path: ['Owners'], value: [lookup.owner ?? ''], from: 'object' },
      { path: ['Filters'], value: filtersFor(lookup, abilities).map(filter), from: 'object' },
      ...(lookup.deprecated ? [{ path: ['IncludeDeprecated'], value: true, from: 'object' } as const] : []),
    ];
  });
}

type Inputs = readonly ParameterInput[];

export function ssmParametersInJson(parameters: Inputs): CodeInJson {
  return parameters.map(({ name, label }) => ({
    path: ['Parameters', `${logicalName(wordsOf(label))}Id`],
    value: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: name },
    reference: (own) => ({ Ref: own }),
  }));
}

/** `ImageId`, or its value alone. */
export function resolvedInJson(parameters: Inputs, written: (name: string) => string): CodeInJson {
  return parameters.map(({ name }) => ({
    path: ['ImageId'],
    value: written(name),
    reference: () => written(name),
    from: 'object',
  }));
}

export function terraformSsmInJson(parameters: Inputs): CodeInJson {
  return parameters.map(({ name, label }) => ({
    path: ['data', 'aws_ssm_parameter', snakeCase(wordsOf(label))],
    value: { name },
    reference: (own) => `\${data.aws_ssm_parameter.${own}.insecure_value}`,
  }));
}
