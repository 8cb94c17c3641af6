import { ServiceError } from './errors.ts';

/**
 * The members of an object in a request of the JSON protocol. One that is null is none; one of another type than the
 * operation has for it is refused, as is a request that is no object. Methods throw ServiceError SerializationException.
 */
export class JsonMembers {
  readonly #members: Readonly<Record<string, unknown>>;

  private constructor(value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw unreadable();
    }
    this.#members = { ...value };
  }

  /** @throws ServiceError SerializationException */
  static parse(body: string): JsonMembers {
    try {
      return new JsonMembers(JSON.parse(body === '' ? '{}' : body));
    } catch {
      throw unreadable();
    }
  }

  string(name: string): string | undefined {
    return this.#member(name, (value) => typeof value === 'string');
  }

  boolean(name: string): boolean | undefined {
    return this.#member(name, (value) => typeof value === 'boolean');
  }

  integer(name: string): number | undefined {
    return this.#member(name, (value): value is number => Number.isInteger(value));
  }

  strings(name: string): readonly string[] | undefined {
    return this.#member(
      name,
      (value): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string'),
    );
  }

  structs(name: string): readonly JsonMembers[] | undefined {
    return this.#member(name, (value): value is unknown[] => Array.isArray(value))?.map(
      (item) => new JsonMembers(item),
    );
  }

  #member<T>(name: string, isOfType: (value: unknown) => value is T): T | undefined {
    const value = Object.hasOwn(this.#members, name) ? (this.#members[name] ?? undefined) : undefined;
    if (value !== undefined && !isOfType(value)) {
      throw unreadable();
    }
    return value;
  }
}

function unreadable(): ServiceError {
  return new ServiceError('SerializationException', '');
}
