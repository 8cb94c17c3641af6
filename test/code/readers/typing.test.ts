import { describe, expect, it } from 'vitest';
import { referencesIn } from '../readFiles.ts';

const [before, within, after] = ['ami-095ffa7a2ada3d9ca', 'ami-0b1c2d3e4f5061728', 'ami-0c7d3b91e5a2f8640'];

interface Language {
  /** One part: its id has its region by what stands around it. */
  readonly part: (name: string, id: string, region: string) => string;
  /** Typed at the end of lines: what is not finished yet. */
  readonly typed: readonly string[];
}

const languages: Readonly<Record<string, Language>> = {
  'main.tf': {
    part: (name, id, region) =>
      `resource "aws_instance" "${name}" {\n  amis = {\n    "${region}" = "${id}"\n  }\n  tags = {\n    Name = "${name}-\${var.env}"\n  }\n}\n\n`,
    typed: ['"', '{', '[', '(', '}', ' x = "', ' x = "${', ' x = {', '/*', ' x = <<EOF', '"${var.'],
  },
  'a.json': {
    part: (name, id, region) =>
      `  "${name}": {\n    "region": "${region}",\n    "image": "${id}",\n    "n": [1, 2]\n  },\n`,
    typed: ['"', '{', '[', ']', ',', '"x": "', '"x": {', '"x": ['],
  },
  'a.yml': {
    part: (name, id, region) => `- name: ${name}\n  region: ${region}\n  image: ${id}\n  tags: {a: "b", c: [d]}\n`,
    typed: ['"', "'", '{', '[', '  x: "', '  x: {', '  x: [', '  x: |', '{{'],
  },
  'a.ts': {
    part: (name, id, region) =>
      `export function ${name}() {\n  return run({ region: '${region}', ami: '${id}', name: \`x-\${y}\` });\n}\n\n`,
    typed: ['"', "'", '(', '{', '[', ' const x = "', ' const x = {', ' f(', '.'],
  },
  'a.py': {
    part: (name, id, region) =>
      `def ${name}(count):\n    return run(region="${region}", image="${id}", tags=["a", {"b": "c"}])\n\n`,
    typed: ['"', "'", '(', '{', '[', ' x = "', ' x = {', ' f(', '.'],
  },
  'a.go': {
    part: (name, id, region) => `func ${name}() {\n\trun(map[string]string{\n\t\t"${region}": "${id}",\n\t})\n}\n\n`,
    typed: ['"', '(', '{', '[', ' x := "', ' x := f(', '.'],
  },
  'a.rb': {
    part: (name, id, region) =>
      `def ${name}\n  ec2.run(region: '${region}', image_id: '${id}', tags: ['a', { b: 'c' }])\nend\n\n`,
    typed: ['"', "'", '(', '{', '[', ' x = "', ' x = {', ' x = [', ' f(', '.'],
  },
  'a.tfvars': {
    part: (name, id, region) => `${name} = {\n  "${region}" = "${id}"\n  n = ["x", "y"]\n}\n\n`,
    typed: ['"', '{', '[', '}', ' x = "', ' x = {', ' x = [', ' x = <<EOF'],
  },
  'a.java': {
    part: (name, id, region) => `  void ${name}() {\n    run(Map.of("${region}", "${id}"), List.of("a"));\n  }\n\n`,
    typed: ['"', '(', '{', '[', ' String x = "', ' var x = f(', '.', '/*'],
  },
  'a.sh': {
    part: (name, id, region) =>
      `${name}=$(aws ec2 run-instances --region ${region} \\\n  --image-id ${id} --query "Instances[0].Id")\n\n`,
    typed: ['"', "'", '(', '{', '$(', '`', 'x="', "x='", 'cat <<EOF', '|'],
  },
  'a.md': {
    part: (name, id, region) => `## ${name} in ${region}\n\nThe image is \`${id}\`, see [there](https://x.y).\n\n`,
    typed: ['`', '```', '[', '(', '|', '*', '<!--', '> '],
  },
  'a.ini': {
    part: (name, id, region) => `[${name}]\nregion = ${region}\nami = ${id}\nlist = ["a", "b"]\n\n`,
    typed: ['"', "'", '[', '{', 'x = "', 'x = ['],
  },
};

describe.each(Object.entries(languages))('%s, in which something is typed', (path, { part, typed }) => {
  const parts = [
    part('first', before, 'us-east-1'),
    part('middle', within, 'us-west-2'),
    part('last', after, 'eu-west-1'),
  ];
  const start = path === 'a.json' ? '{\n' : '';
  const end = path === 'a.json' ? '  "end": {}\n}\n' : '';
  const text = `${start}${parts.join('')}${end}`;
  const [from, to] = [start.length + (parts[0]?.length ?? 0), text.length - end.length - (parts[2]?.length ?? 0)];

  it('has all regions as it stands', async () => {
    expect(await regions(path, text)).toEqual(['us-east-1', 'us-west-2', 'eu-west-1']);
  });

  it.each(typed)('keeps ids and their regions before and behind %s', async (token) => {
    const lost: string[] = [];
    for (let at = from; at < to; at = text.indexOf('\n', at + 1)) {
      const place = text[at] === '\n' ? at : text.indexOf('\n', at);
      const found = await regions(path, `${text.slice(0, place)}${token}${text.slice(place)}`);
      if (found[0] !== 'us-east-1' || found.at(-1) !== 'eu-west-1' || found.length !== 3)
        lost.push(`${place}: ${found}`);
    }
    expect(lost).toEqual([]);
  });

  it('keeps them where a token is missing', async () => {
    const lost: string[] = [];
    for (const { index, 0: token } of text.slice(from, to).matchAll(/["'`{}()[\]=:,$|]|<<|EOF/g)) {
      const at = from + index;
      const found = await regions(path, text.slice(0, at) + text.slice(at + token.length));
      if (found[0] !== 'us-east-1' || found.at(-1) !== 'eu-west-1') lost.push(`${at} ${token}: ${found}`);
    }
    expect(lost).toEqual([]);
  });
});

async function regions(path: string, text: string): Promise<readonly string[]> {
  const references = await referencesIn(path, text);
  return references.flatMap(({ kind, region }) => (kind === 'id' ? [region.regions.join('+') || '-'] : []));
}
