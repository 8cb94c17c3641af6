import { describe, expect, it } from 'vitest';
import { namedInstances } from '../../../src/ui/commands/instanceArguments.ts';
import { anInstance } from '../../core/anInstance.ts';

const node = (id: string) => ({ kind: 'instance', id: `instances/us-east-1/${id}`, instance: anInstance({ id }) });
const [first, second] = [node('i-0000000000000000a'), node('i-0000000000000000b')];
const named = ({ instance: { region, id, name } }: typeof first) => ({ region, id, name });

describe('the instances that arguments name', () => {
  it('are the clicked one, or the selected ones where it is among them', () => {
    expect(namedInstances([first])).toEqual([named(first)]);
    expect(namedInstances([first, [first, second]])).toEqual([named(first), named(second)]);
    expect(namedInstances([first, [second]])).toEqual([named(first)]);
  });

  it('are what the details of an instance pass, and no other field of it', () => {
    const ref = { region: 'us-east-1', id: 'i-0123456789abcdef0' };
    expect(namedInstances([{ ...ref, webviewSection: 'instance' }])).toEqual([ref]);
  });

  it.each([
    undefined,
    'i-0123456789abcdef0',
    { kind: 'image', image: { region: 'us-east-1', id: 'ami-1' } },
    { kind: 'instance', instance: { region: 'nowhere', id: 'i-0123456789abcdef0' } },
    { region: 'us-east-1', id: 'i-0123 456789' },
    [first],
  ])('are none in %j', (argument) => {
    expect(namedInstances([argument])).toEqual([]);
  });
});
