import { describe, expect, it } from 'vitest';
import { type BlockPlace, placedBlock } from '../../../src/code/insertion/placedBlock.ts';
import { type Language, languageOf } from '../../../src/code/language.ts';
import { renderSnippet, snippetKinds } from '../../../src/core/snippets.ts';
import { anImage } from '../../core/anImage.ts';
import { hostileNames, hostileTexts, unseenIn } from '../../core/hostile.ts';

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

  it('stays where it is put in prose', () => {
    expect(inserted('1. step\n\n|\n', code, 'markdown')).toBe(`1. step\n\n${code}`);
  });
});

describe('code for images of strangers', () => {
  const context = { account: '111122223333', now: Date.UTC(2026, 10, 26) };
  const images = [...hostileNames, ...hostileTexts].map((name) => anImage({ name, description: name }));
  const trimmed = (text: string) => text.split('\n').map((line) => line.trim());

  it.each(snippetKinds.map(({ id, languageId }) => [id, languageId] as const))(
    'moves as a whole, and lets nothing out of its lines: %s',
    (id, languageId) => {
      const language = languageOf('', '', languageId);
      for (const image of images) {
        const code = renderSnippet(id, [image], context);
        // What would end a line for some reader of it, or hide or reorder what follows.
        expect(unseenIn(code)).toEqual([]);
        expect(code).not.toMatch(/[\r\u0085\u2028\u2029]/);
        for (const marked of ['x {\n    |\n}\n', 'x:\n\t\t|\n', 'x(|)\n']) {
          const [before = '', after = ''] = marked.split('|');
          const text = inserted(marked, code, language, { indentUnit: '\t' });
          const lines = trimmed(text).join('\n');
          expect(lines).toContain(trimmed(code.trimEnd()).join('\n'));
          expect(lines.length).toBe(trimmed(before + code.trimEnd() + after).join('\n').length);
        }
      }
    },
  );
});
