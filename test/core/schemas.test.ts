import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { imageRef } from '../../src/core/imageRefSchema.ts';
import { flag, ifKnown, listOf, membersOf, read, readJson, someText } from '../../src/core/schemas.ts';

/** Values that are neither an object nor a list. */
const strange: readonly unknown[] = [undefined, null, 7, 'text', true, Number.NaN];

describe('unknown data', () => {
  const schema = v.object({ id: someText, note: ifKnown(someText), isOpen: flag });

  it('is what is understood of it', () => {
    expect(read(schema, { id: 'a', note: 'b', isOpen: true, more: 1 })).toStrictEqual({
      id: 'a',
      note: 'b',
      isOpen: true,
    });
    expect(read(schema, { id: 'a', note: 7, isOpen: 'yes' })).toStrictEqual({
      id: 'a',
      note: undefined,
      isOpen: false,
    });
    expect(read(schema, { id: 'a' })).toStrictEqual({ id: 'a', note: undefined, isOpen: false });
    expect(read(schema, { id: 'a', note: '' })?.note).toBeUndefined();
  });

  it('is nothing where what it needs is missing', () => {
    for (const value of [...strange, [], {}, { id: '' }, { id: 7 }]) {
      expect(read(schema, value), JSON.stringify(value)).toBeUndefined();
    }
  });

  it('may be a text that is no JSON', () => {
    expect(readJson(schema, '{"id":"a"}')).toMatchObject({ id: 'a' });
    expect(readJson(schema, '{"id":')).toBeUndefined();
    expect(readJson(schema, 'null')).toBeUndefined();
  });

  it('is a list without the items that are not understood', () => {
    expect(read(listOf(someText), ['a', '', 7, null, ['b'], 'c'])).toEqual(['a', 'c']);
    expect(read(listOf(v.array(v.number())), [[1, 2], 'x', [3]])).toEqual([[1, 2], [3]]);
    for (const value of [...strange, { length: 1, 0: 'a' }]) {
      expect(read(listOf(someText), value), JSON.stringify(value)).toBeUndefined();
    }
  });

  it('is an object without the members that are not understood', () => {
    const members = membersOf(['a', 'b'], someText);
    expect(read(members, { a: 'x', b: 7, c: 'y' })).toStrictEqual({ a: 'x' });
    expect(read(members, JSON.parse('{"__proto__": {"a": "x"}}'))).toStrictEqual({});
    expect(read(members, null)).toBeUndefined();
  });

  it('is an image by where it is only where both parts have their form', () => {
    expect(read(imageRef, { region: 'eu-west-1', id: 'ami-000001', name: 'x' })).toStrictEqual({
      region: 'eu-west-1',
      id: 'ami-000001',
    });
    const wrong = [{ region: 'eu-west-1' }, { region: 'x', id: 'ami-000001' }, { region: 'eu-west-1', id: 'a b' }];
    for (const value of [...wrong, { region: ['eu-west-1'], id: 'ami-000001' }]) {
      expect(read(imageRef, value), JSON.stringify(value)).toBeUndefined();
    }
  });
});
