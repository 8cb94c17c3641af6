import { describe, expect, it } from 'vitest';
import { flatCode } from '../../../src/ui/editor/flatCode.ts';

describe('code in one line', () => {
  it.each([
    ['# note\n\ndata "aws_ami" "web" {\n  most_recent = true\n}\n', 'data "aws_ami" "web" { most_recent = true }'],
    ['// note\r\nconst web = f({\r\n\ta: 1,\r\n});\r\n', 'const web = f({ a: 1, });'],
    [": 'note'\naws ec2 describe-images \\\n  --region x\n", 'aws ec2 describe-images --region x'],
    ['# only a note\n', '# only a note'],
    ['', ''],
  ])('begins behind its comments: %j', (code, flat) => {
    expect(flatCode(code, 100)).toBe(flat);
  });

  it('is cut by characters, not by their halves', () => {
    expect(flatCode('a😀b😀c😀', 4)).toBe('a😀b…');
    expect(flatCode('abcd', 4)).toBe('abcd');
  });
});
