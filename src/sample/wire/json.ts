import * as v from 'valibot';
import { read, type Schema } from '../../core/schemas.ts';
import { ServiceError } from './errors.ts';

/**
 * The members of an object in a request of the JSON protocol. One that is null is none; one of another type than the
 * operation has for it is refused, as is a request that is no object. Methods throw ServiceError
 * SerializationException.
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
    return this.#member(name, v.string());
  }

  boolean(name: string): boolean | undefined {
    return this.#member(name, v.boolean());
  }

  integer(name: string): number | undefined {
    return this.#member(name, v.pipe(v.number(), v.integer()));
  }

  strings(name: string): readonly string[] | undefined {
    return this.#member(name, v.array(v.string()));
  }

  structs(name: string): readonly JsonMembers[] | undefined {
    return this.#member(name, v.array(v.unknown()))?.map((item) => new JsonMembers(item));
  }

  #member<T>(name: string, schema: Schema<T>): T | undefined {
    const value = Object.hasOwn(this.#members, name) ? (this.#members[name] ?? undefined) : undefined;
    const member = value === undefined ? undefined : read(schema, value);
    if (value !== undefined && member === undefined) {
      throw unreadable();
    }
    return member;
  }
}

function unreadable(): ServiceError {
  return new ServiceError('SerializationException', '');
}
