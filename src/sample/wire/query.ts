import * as v from 'valibot';
import { readJson } from '../../core/schemas.ts';
import { ServiceError } from './errors.ts';

/** The parameters of a request in the EC2 query protocol: `Filter.1.Value.2=x`. */
export class QueryParameters {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  /** The members of a JSON object; those of inner lists and objects have their names in the query protocol. */
  static ofJson(text: string): QueryParameters {
    return new QueryParameters(new Map(flatten(readJson(v.unknown(), text), '')));
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** @throws ServiceError MissingParameter */
  required(name: string): string {
    const value = this.#values.get(name);
    if (value === undefined || value === '') {
      throw new ServiceError('MissingParameter', `The request must contain the parameter ${name}`);
    }
    return value;
  }

  boolean(name: string): boolean | undefined {
    const value = this.#values.get(name);
    if (value === undefined) {
      return undefined;
    }
    if (!/^(true|false)$/i.test(value)) {
      throw new ServiceError('InvalidParameterValue', `Value (${value}) for parameter ${name} is invalid.`);
    }
    return value.toLowerCase() === 'true';
  }

  /** The values of `name.1`, `name.2` … in the order of their numbers. */
  list(name: string): string[] {
    return this.structs(name)
      .map((item) => item.get(''))
      .filter((value) => value !== undefined);
  }

  /** The structures `name.1.…`, `name.2.…`, each with its inner names (`''` for a plain value). */
  structs(name: string): QueryParameters[] {
    const prefix = `${name}.`;
    const items = new Map<number, Map<string, string>>();
    for (const [key, value] of this.#values) {
      const match = key.startsWith(prefix) ? /^(\d+)(?:\.(.+))?$/.exec(key.slice(prefix.length)) : null;
      if (match) {
        const number = Number(match[1]);
        const item = items.get(number) ?? new Map<string, string>();
        items.set(number, item.set(match[2] ?? '', value));
      }
    }
    return [...items].sort(([a], [b]) => a - b).map(([, item]) => new QueryParameters(item));
  }

  get names(): Iterable<string> {
    return this.#values.keys();
  }

  entries(): [string, string][] {
    return [...this.#values].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  }
}

function flatten(value: unknown, name: string): [string, string][] {
  if (typeof value !== 'object' || value === null) {
    return name === '' || value === null ? [] : [[name, String(value)]];
  }
  const members = Array.isArray(value)
    ? value.map((item, at) => [String(at + 1), item] as const)
    : Object.entries(value);
  return members.flatMap(([key, member]) => flatten(member, name === '' ? key : `${name}.${key}`));
}
