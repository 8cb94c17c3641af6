import { describe, expect, it } from 'vitest';
import { namedImages } from '../../../src/ui/commands/imageArguments.ts';
import { anImage } from '../../core/anImage.ts';

const image = anImage();
const { id, region } = image;
const another = anImage({ id: 'ami-00000000000000002' });
const node = { kind: 'image', id: `us-east-1/owned/${id}`, image };
const anotherNode = { kind: 'image', id: 'x', image: another };
const parameter = { kind: 'parameter', id: 'y', parameter: { region: 'eu-west-1', imageId: id, name: '/aws/x' } };

describe('what a command is given', () => {
  it.each([
    ['a node', [node], [{ id, region }]],
    ['a node and the selection that it is part of', [node, [node, anotherNode]], [image.id, another.id]],
    ['a node beside the selection', [node, [anotherNode]], [image.id]],
    ['an image', [image], [{ id, region }]],
    ['a parameter', [parameter], [{ id, region: 'eu-west-1' }]],
    ['parameters', [parameter, [parameter, node]], [id, id]],
    ['an id', [id], [{ id, region: undefined }]],
    ['an id and a region', [id, 'eu-west-1'], [{ id, region: 'eu-west-1' }]],
    ['a place', [{ id, region: 'eu-west-1' }], [{ id, region: 'eu-west-1' }]],
    ['an id of an endpoint of its own', ['ami-000001'], ['ami-000001']],
    ['nothing', [], []],
    ['what is no id', ['i-0123; rm -rf', 7], []],
    ['another node', [{ kind: 'region', id: 'us-east-1', region: 'us-east-1' }], []],
    ['something else', [{ id: 7 }, [null, undefined, 'x']], []],
    ['null', [null], []],
  ])('%s', (_, args, expected) => {
    const named = namedImages(args);
    expect(expected.every((one) => typeof one === 'string') ? named.map((one) => one.id) : named).toEqual(expected);
  });
});
