import { describe, expect, it } from 'vitest';
import { parametersOf, pinsOfNodes, regionOf } from '../../../src/ui/commands/nodeArguments.ts';

const parameter = (name: string) => ({
  id: name,
  region: 'eu-west-1',
  name,
  label: 'Amazon Linux',
  imageId: 'ami-0123456789abcdef0',
});
const parameterNode = (name: string) => ({ kind: 'parameter', id: name, parameter: parameter(name), parent: {} });
const [first, second] = [parameterNode('/aws/service/a'), parameterNode('/aws/service/b')];

describe('the parameters that a command is given', () => {
  it.each([
    ['a node', [first], ['/aws/service/a']],
    ['a node and the selection that it is part of', [first, [first, second]], ['/aws/service/a', '/aws/service/b']],
    ['a node beside the selection', [first, [second]], ['/aws/service/a']],
    ['a selection of other nodes, too', [first, [first, { kind: 'region', region: 'eu-west-1' }]], ['/aws/service/a']],
    ['a node that is none', [{ kind: 'parameter' }], []],
    ['a node without an image', [{ ...first, parameter: { ...parameter('x'), imageId: 7 } }], []],
    ['nothing', [], []],
    ['null', [null], []],
    ['something else', ['/aws/service/a', 7], []],
  ])('%s', (_, args, names) => {
    expect(parametersOf(args).map(({ name }) => name)).toEqual(names);
  });
});

describe('the pins that a command is given', () => {
  const pin = { kind: 'image', region: 'eu-west-1', id: 'ami-0123456789abcdef0', name: 'once-there' };
  const other = { ...pin, id: 'ami-0123456789abcdef1' };
  const missing = { kind: 'missingPin', id: 'a', pin };
  const image = { kind: 'image', id: 'b', pins: [pin, other] };

  it.each([
    ['of an image that is gone', [missing], [pin]],
    ['of an image', [image], [pin, other]],
    ['of a selection', [missing, [missing, { ...missing, pin: other }]], [pin, other]],
    ['of which some are unreadable', [{ pins: [pin, { kind: 'image' }, null] }], [pin]],
    ['of a node that has none', [{ kind: 'region', id: 'eu-west-1' }], []],
    ['of null', [null], []],
    ['of a text', ['ami-0123456789abcdef0'], []],
    ['of nothing: all are meant', [], undefined],
  ])('%s', (_, args, pins) => {
    expect(pinsOfNodes(args)).toEqual(pins);
  });
});

describe('the region that a command is given', () => {
  it.each([
    ['its name', ['eu-west-1'], 'eu-west-1'],
    ['a node', [{ kind: 'region', region: 'eu-west-1' }], 'eu-west-1'],
    ['a name that is none', ['eu west; rm'], undefined],
    ['a node with a name that is none', [{ region: '../x' }], undefined],
    ['a node without one', [{ kind: 'image' }], undefined],
    ['null', [null], undefined],
    ['a number', [7], undefined],
    ['nothing', [], undefined],
  ])('%s', (_, args, region) => {
    expect(regionOf(args)).toBe(region);
  });
});
