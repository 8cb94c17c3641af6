import { describe, expect, it } from 'vitest';
import { type BlockPlace, placedBlock } from '../../../src/code/insertion/placedBlock.ts';
import type { Language } from '../../../src/code/language.ts';

const task = '# why\n- name: List\n  ec2_ami_info:\n    region: x\n\n- name: Choose\n  set_fact:\n    a: b\n';
const data = 'data "aws_ami" "web" {\n  owners = ["self"]\n\n  filter {\n    name = "name"\n  }\n}\n';

/** The text with the code at `|`. */
function inserted(marked: string, code: string, language: Language, options: Partial<BlockPlace> = {}): string {
  const start = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = { text, span: { start, end: start }, language, indentUnit: '  ', ...options };
  const { span, newText } = placedBlock(code, place);
  return text.slice(0, span.start) + newText + text.slice(span.end);
}

function shifted(code: string, by: string): string {
  return code.replace(/^(?=.)/gm, by);
}

describe('a block of HCL', () => {
  it.each([
    ['an empty file', '|', data],
    ['an empty line between blocks', 'a {\n}\n|\nb {\n}\n', `a {\n}\n${data}b {\n}\n`],
    ['the beginning of a block', 'a {\n}\n|b {\n}\n', `a {\n}\n${data}b {\n}\n`],
    ['the end of a file without a last line break', 'a = 1|', `a = 1\n${data.trimEnd()}`],
    ['the end of a line of several', 'a = 1|\nb = 2\n', `a = 1\n${data}b = 2\n`],
  ])('stays at column 0 at the top level: %s', (_, marked, expected) => {
    expect(inserted(marked, data, 'hcl')).toBe(expected);
  });

  it('has the indentation of the cursor, or of the lines around an empty line', () => {
    const expected = `a {\n${shifted(data, '  ')}}\n`;
    expect(inserted('a {\n  |\n}\n', data, 'hcl')).toBe(expected);
    expect(inserted('a {\n|\n}\n', data, 'hcl')).toBe(expected);
    expect(inserted('a {|\n}\n', data, 'hcl')).toBe(expected);
    expect(inserted('a { # because\n|\n}\n', data, 'hcl')).toBe(`a { # because\n${shifted(data, '  ')}}\n`);
    expect(inserted('a {\n  b = 1\n|  c = 1\n}\n', data, 'hcl')).toBe(
      `a {\n  b = 1\n${shifted(data, '  ')}  c = 1\n}\n`,
    );
    expect(inserted('a {\n  |b = 1\n}\n', data, 'hcl')).toBe(`a {\n${shifted(data, '  ')}  b = 1\n}\n`);
  });

  it('is indented by tabs where the editor does so, but not by four spaces, which its formatter does not leave', () => {
    expect(inserted('|', data, 'hcl', { indentUnit: '\t' })).toBe(data.replaceAll('  ', '\t'));
    expect(inserted('|', data, 'hcl', { indentUnit: '    ' })).toBe(data);
    expect(inserted('a {\n\t|\n}\n', data, 'hcl', { indentUnit: '\t' })).toBe(
      `a {\n${shifted(data.replaceAll('  ', '\t'), '\t')}}\n`,
    );
  });

  it('takes the place of a selection, in files of any line breaks', () => {
    const text = 'a {\r\n}\r\nold\r\nb {\r\n}\r\n';
    const span = { start: text.indexOf('old'), end: text.indexOf('old') + 3 };
    const { span: replaced, newText } = placedBlock(data, { text, span, language: 'hcl', indentUnit: '  ' });
    expect(replaced).toEqual(span);
    expect(newText).toBe(data.trimEnd());
  });
});

describe('tasks of Ansible', () => {
  const play = '- hosts: all\n  tasks:\n';
  const first = '    - name: first\n      debug:\n        msg: x\n';
  it.each([
    ['column 4 below tasks', `${play}    |\n`, play + shifted(task, '    ')],
    ['an empty line below tasks', `${play}|\n`, play + shifted(task, '    ')],
    ['the end of the line of tasks', '- hosts: all\n  tasks:|\n', play + shifted(task, '    ')],
    ['an empty line behind a task', `${play}${first}|\n`, play + first + shifted(task, '    ')],
    ['the column of a module', `${play}${first}      |\n`, play + first + shifted(task, '    ')],
    ['before the first task', `${play}|\n${first}`, play + shifted(task, '    ') + first],
    [
      'lists at the column of their key',
      `- hosts: all\n  tasks:\n  - name: x\n    y:\n|\n`,
      `- hosts: all\n  tasks:\n  - name: x\n    y:\n${shifted(task, '  ')}`,
    ],
    ['a file of tasks', '---\n- name: x\n  y:\n    - z\n|\n', `---\n- name: x\n  y:\n    - z\n${task}`],
    ['an empty file', '|', task],
    [
      'behind a list of a module',
      `${play}${first}        of:\n          - a\n|\n`,
      `${play}${first}        of:\n          - a\n${shifted(task, '    ')}`,
    ],
    [
      'within a block',
      `${play}    - block:\n        - name: x\n          y:\n|\n`,
      `${play}    - block:\n        - name: x\n          y:\n${shifted(task, '        ')}`,
    ],
    [
      'behind a block',
      `${play}    - block:\n        - name: x\n          y:\n    |\n`,
      `${play}    - block:\n        - name: x\n          y:\n${shifted(task, '    ')}`,
    ],
    ['below the key of a block', `${play}    - block:\n|\n`, `${play}    - block:\n${shifted(task, '        ')}`],
    ['handlers below tasks', `${play}${first}  handlers:\n|\n`, `${play}${first}  handlers:\n${shifted(task, '    ')}`],
    ['comments among them', `${play}${first}# note\n|\n`, `${play}${first}# note\n${shifted(task, '    ')}`],
  ])('join the list that they are in: %s', (_, marked, expected) => {
    expect(inserted(marked, task, 'yaml')).toBe(expected);
  });

  it('are never indented by tabs or four spaces', () => {
    expect(inserted(`${play}|\n`, task, 'yaml', { indentUnit: '\t' })).toBe(play + shifted(task, '    '));
  });
});

describe('other code', () => {
  const code = 'const a = b({\n  c: 1,\n});\n';
  it('is indented as the editor does', () => {
    expect(inserted('f() {\n    |\n}\n', code, 'script', { indentUnit: '    ' })).toBe(
      'f() {\n    const a = b({\n        c: 1,\n    });\n}\n',
    );
    expect(inserted('f() {\n|\n}\n', code, 'script', { indentUnit: '\t' })).toBe(
      'f() {\n\tconst a = b({\n\t\tc: 1,\n\t});\n}\n',
    );
    expect(inserted('class A {\n  f() {\n    x();|\n  }\n}\n', code, 'script')).toBe(
      'class A {\n  f() {\n    x();\n    const a = b({\n      c: 1,\n    });\n  }\n}\n',
    );
  });

  it('begins in the middle of a line where something follows', () => {
    expect(inserted('  x(|)\n', code, 'script')).toBe('  x(const a = b({\n    c: 1,\n  });)\n');
  });

  it('of one line is a value where one is missing', () => {
    expect(inserted('ImageId: |\n', 'resolve:ssm:x\n', 'yaml')).toBe('ImageId: resolve:ssm:x\n');
    expect(inserted('image_id = "|"\n', 'resolve:ssm:x\n', 'hcl')).toBe('image_id = "resolve:ssm:x"\n');
    expect(inserted('  Properties:|\n', 'ImageId: x\n', 'yaml')).toBe('  Properties:\n    ImageId: x\n');
  });

  it('of a section of a template stays at its top', () => {
    expect(inserted('Description: x|\n', 'Parameters:\n  A: 1\n', 'yaml')).toBe(
      'Description: x\nParameters:\n  A: 1\n',
    );
    expect(inserted('Resources:\n|\n', '# Use\nMappings:\n  A: 1\n', 'yaml')).toBe(
      'Resources:\n# Use\nMappings:\n  A: 1\n',
    );
  });

  it('stays where it is put in prose', () => {
    expect(inserted('1. step\n\n|\n', code, 'markdown')).toBe(`1. step\n\n${code}`);
  });
});
