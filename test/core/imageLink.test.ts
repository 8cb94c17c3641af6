import { expect, it } from 'vitest';
import { imageLink, readImageLink } from '../../src/core/imageLink.ts';

const ref = { region: 'eu-west-1', id: 'ami-0123456789abcdef0' };
const uri = (path: string, query = '', fragment = '') => ({ path, query, fragment });

it('names the region and the id alone, and is read as what it names', () => {
  const link = imageLink('vscode', 'ami-explorer.ami-explorer', ref);
  expect(link).toBe('vscode://ami-explorer.ami-explorer/image/eu-west-1/ami-0123456789abcdef0');
  expect(readImageLink(uri(new URL(link).pathname))).toEqual(ref);
});

it('can name an image of any endpoint', () => {
  expect(readImageLink(uri('/image/us-east-1/emi-3F2A1B0C'))).toEqual({ region: 'us-east-1', id: 'emi-3F2A1B0C' });
});

it.each([
  ['nothing', uri('')],
  ['the extension alone', uri('/')],
  ['another kind', uri('/command/eu-west-1/ami-0123456789abcdef0')],
  ['a kind in capitals', uri('/Image/eu-west-1/ami-0123456789abcdef0')],
  ['no id', uri('/image/eu-west-1')],
  ['an empty id', uri('/image/eu-west-1/')],
  ['more than an id', uri('/image/eu-west-1/ami-0123456789abcdef0/delete')],
  ['a slash at its end', uri('/image/eu-west-1/ami-0123456789abcdef0/')],
  ['no region', uri('/image//ami-0123456789abcdef0')],
  ['a host as the region', uri('/image/evil.example/ami-0123456789abcdef0')],
  ['a region with a host', uri('/image/eu-west-1.evil.example/ami-0123456789abcdef0')],
  ['a region in capitals', uri('/image/EU-WEST-1/ami-0123456789abcdef0')],
  ['a region with a break', uri('/image/eu-west-1\n/ami-0123456789abcdef0')],
  ['a path', uri('/image/../../etc/passwd')],
  ['an id with Markdown', uri('/image/eu-west-1/ami-[x](command:x)')],
  ['an id that is very long', uri(`/image/eu-west-1/ami-${'0'.repeat(200)}`)],
  ['a query', uri('/image/eu-west-1/ami-0123456789abcdef0', 'profile=admin')],
  ['a fragment', uri('/image/eu-west-1/ami-0123456789abcdef0', '', 'x')],
])('refuses %s', (_, given) => {
  expect(readImageLink(given)).toBeUndefined();
});
