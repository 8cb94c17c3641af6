import { describe, expect, it } from 'vitest';
import { familiesOf as familiesIn } from '../../../src/core/publicFamilies.ts';
import { publishersIn } from '../../../src/core/publishers.ts';
import {
  catalogSearchOf,
  familiesOf,
  parametersOf,
  pinsOfNodes,
  regionOf,
  selectedIn,
} from '../../../src/ui/commands/nodeArguments.ts';
import { anImage } from '../../core/anImage.ts';

const publisher = publishersIn('aws').find(({ id }) => id === 'debian');
const debian = publisher && familiesIn(publisher, 'aws')[0];

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

describe('the families that a command is given', () => {
  const scope = { kind: 'scope', id: 's', region: 'eu-west-1', scope: 'public' };
  const family = { kind: 'family', id: 'a', region: 'eu-west-1', label: 'web', images: [anImage()], parent: scope };
  const publicFamily = {
    kind: 'publicFamily',
    id: 'b',
    region: 'eu-west-1',
    family: debian,
    parent: { kind: 'publisher', id: 'p', region: 'eu-west-1', publisher, ownerId: 'debian', parent: scope },
  };

  it.each([
    ['a node', [family], [family]],
    ['the selection that the node is part of', [family, [family, publicFamily, first]], [family, publicFamily]],
    ['a node beside the selection', [publicFamily, [family]], [publicFamily]],
    ['a node of another kind', [first, [first]], []],
    ['a family without images', [{ kind: 'family', id: 'a', region: 'eu-west-1' }], []],
    ['a family of something else', [{ ...family, images: [{ id: 'ami-0123456789abcdef0' }] }], []],
    ['a public family without a publisher', [{ ...publicFamily, parent: scope }], []],
    ['nothing', [], []],
    ['something else', ['family', 7], []],
  ])('%s', (_, args, expected) => {
    expect(familiesOf(args)).toEqual(expected);
  });

  it('have a search in the catalog where they are whole', () => {
    expect(catalogSearchOf([family])?.text).toBe('owner:099720109477 family:"Ubuntu 24.04 amd64"');
    expect(catalogSearchOf([publicFamily])?.text).toContain('owner:Debian');
    expect(catalogSearchOf([publicFamily.parent])?.text).toBe('owner:Debian');
    const parts = [
      { kind: 'family', id: 'a', region: 'eu-west-1' },
      { kind: 'publisher', region: 'eu-west-1', ownerId: '111122223333', publisher: 'Acme' },
    ];
    expect(parts.map((part) => catalogSearchOf([part]))).toEqual([undefined, undefined]);
  });
});

it('the view whose selection a command is about is one of the extension’s', () => {
  expect(selectedIn([{ selectedIn: 'images' }])).toBe('images');
  expect([[{ selectedIn: 'explorer' }], ['images'], [undefined], []].map(selectedIn)).toEqual(
    Array.from({ length: 4 }, () => undefined),
  );
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
