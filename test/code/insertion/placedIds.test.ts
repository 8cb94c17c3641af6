import { describe, expect, it } from 'vitest';
import { placedIds } from '../../../src/code/insertion/placedIds.ts';
import type { Language } from '../../../src/code/language.ts';

const a = 'ami-0123456789abcdef0';
const b = 'ami-0fedcba987654321f';

function inserted(marked: string, ids: readonly string[], language: Language): string {
  const start = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { span, newText } = placedIds(ids, { text, span: { start, end: start }, language });
  return text.slice(0, span.start) + newText + text.slice(span.end);
}

describe('one id', () => {
  it.each<readonly [Language, string, string]>([
    ['hcl', 'ami = "|"', `ami = "${a}"`],
    ['hcl', 'ami = |', `ami = "${a}"`],
    ['hcl', 'a = [\n  |,\n]', `a = [\n  "${a}",\n]`],
    ['hcl', '# see |', `# see ${a}`],
    ['hcl', 'ami = "ami-00|000001"', `ami = "${a}"`],
    ['json', '{"ImageId": |}', `{"ImageId": "${a}"}`],
    ['yaml', 'ImageId: |', `ImageId: ${a}`],
    ['yaml', 'ids:\n  - |', `ids:\n  - ${a}`],
    ['yaml', `image_ids:\n  - ${b}\n|\n`, `image_ids:\n  - ${b}\n  - ${a}\n`],
    ['yaml', '|', a],
    ['shell', 'aws x --image-ids |', `aws x --image-ids ${a}`],
    ['script', 'const x = |;', `const x = "${a}";`],
    ['script', "f('x', |)", `f('x', '${a}')`],
    ['script', '// |', `// ${a}`],
    ['other', 'the ami: |', `the ami: ${a}`],
    ['markdown', 'Use | here', `Use ${a} here`],
  ])('in %s: %s', (language, marked, expected) => {
    expect(inserted(marked, [a], language)).toBe(expected);
  });
});

describe('several ids', () => {
  it.each<readonly [Language, string, string]>([
    ['hcl', 'amis = [|]', `amis = ["${a}", "${b}"]`],
    ['hcl', 'amis = ["|"]', `amis = ["${a}", "${b}"]`],
    ['hcl', 'amis = ["x", "|"]', `amis = ["x", "${a}", "${b}"]`],
    ['hcl', 'amis = [\n  "|",\n]', `amis = [\n  "${a}",\n  "${b}",\n]`],
    ['json', '{"ids": [\n    "|"\n]}', `{"ids": [\n    "${a}",\n    "${b}"\n]}`],
    ['python', 'f(ImageIds=[|])', `f(ImageIds=["${a}", "${b}"])`],
    ['yaml', 'ids:\n  - |\n', `ids:\n  - ${a}\n  - ${b}\n`],
    ['yaml', "ids:\n  - '|'\n", `ids:\n  - '${a}'\n  - '${b}'\n`],
    ['yaml', 'image_ids:\n|\n', `image_ids:\n  - ${a}\n  - ${b}\n`],
    ['yaml', 'ids: [|]', `ids: [${a}, ${b}]`],
    ['shell', 'aws x --image-ids |', `aws x --image-ids ${a} ${b}`],
    ['shell', 'aws x --image-ids "|"', `aws x --image-ids "${a}" "${b}"`],
    ['shell', 'amis=(|)', `amis=(${a} ${b})`],
    ['other', 'ids := []string{"|"}', `ids := []string{"${a}", "${b}"}`],
    ['hcl', 'amis = "|"', `amis = "${a},${b}"`],
    ['markdown', '  |', `  ${a}\n  ${b}`],
    ['other', '|', `${a}\n${b}`],
  ])('in %s: %s', (language, marked, expected) => {
    expect(inserted(marked, [a, b], language)).toBe(expected);
  });

  it('take the place of what is selected', () => {
    const text = 'x = ["old"]';
    const place = { text, span: { start: 6, end: 9 }, language: 'hcl' as const };
    expect(placedIds([a, b], place)).toEqual({ span: { start: 6, end: 9 }, newText: `${a}", "${b}` });
  });
});
