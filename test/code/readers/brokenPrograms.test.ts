import { describe, expect, it } from 'vitest';
import { referencesIn } from '../readFiles.ts';

const [a, b] = ['ami-095ffa7a2ada3d9ca', 'ami-0b1c2d3e4f5061728'];

const files: Readonly<Record<string, string>> = {
  'a.ts': `const amis = { 'us-east-1': '${a}' };\nfunction f() {\n  return MachineImage.lookup({ name: \`x-\${v}\`, filters: { 'architecture': ['arm64'] } });\n}\nconst x = <T,>(y: T) => y;\nnew Web(app, 'W', { env: { region: 'eu-west-1' } });\nrun({ region: 'eu-west-1', ami: '${b}' });\n`,
  'a.py': `AMIS = {"us-east-1": "${a}"}\n\ndef f(x):\n    """doc"""\n    return ec2.describe_images(Filters=[{'Name': 'name', 'Values': ['x']}])['Images'][0]\n\nrun(region="eu-west-1", image="${b}")\n`,
  'a.go': `var amis = map[string]string{"us-east-1": "${a}"}\n\nfunc f() {\n\tout, err := c.DescribeImages(ctx, &ec2.DescribeImagesInput{Filters: []types.Filter{{Name: aws.String("name")}}})\n\tswitch region {\n\tcase "eu-west-1":\n\t\treturn "${b}"\n\t}\n}\n`,
  Vagrantfile: `Vagrant.configure("2") do |config|\n  aws.region = "us-east-1"\n  aws.ami = "${a}"\n  aws.region_config "eu-west-1" do |r|\n    r.ami = "${b}"\n  end\nend\n`,
  'a.md': `# x\n\n| us-east-1 | ${a} |\n\n\`\`\`sh\naws ec2 describe-images --region eu-west-1\n\`\`\`\n\n- eu-west-1\n  - ${b}\n`,
};

describe.each(Object.keys(files))('%s, while it is being typed', (path) => {
  const text = files[path] ?? '';

  it('keeps all ids, wherever it ends', async () => {
    for (let end = 0; end <= text.length; end += 3) {
      const part = text.slice(0, end);
      const found = (await referencesIn(path, part))
        .filter(({ kind }) => kind === 'id')
        .map(({ span }) => part.slice(span.start, span.end));
      expect(found.filter((id) => id === a || id === b)).toEqual([a, b].filter((id) => part.includes(id)));
    }
  });

  it('keeps what stands before and behind a word that is not finished', async () => {
    for (const typed of ['"', "'", '`', '(', '{', '[', '}', ')', ' const x = "', '/*', '#{', '<<-EOF\n']) {
      for (let at = text.indexOf('\n') + 1; at > 0 && at < text.length; at = text.indexOf('\n', at) + 1) {
        const edited = `${text.slice(0, at)}${typed}\n${text.slice(at)}`;
        const places = (await referencesIn(path, edited)).filter(({ kind }) => kind === 'id');
        expect(places.map(({ span }) => edited.slice(span.start, span.end))).toEqual([a, b]);
        for (const { span, region } of places) {
          const wanted = edited.slice(span.start, span.end) === a ? 'us-east-1' : 'eu-west-1';
          // An open bracket or comment may hide a region. It never makes a wrong one of it.
          expect(region.regions.every((name) => name === wanted || path === 'Vagrantfile')).toBe(true);
        }
      }
    }
  });

  it('never fails, whatever is taken out or put in', async () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let round = 0; round < 150; round += 1) {
      let edited = text;
      for (let edit = 0; edit <= random(4); edit += 1) {
        const at = random(edited.length + 1);
        const put =
          ['', '{', '"', "'", '\\', '\n', '\u0000', '\uD800', '*/', '"""', '=>', 'ami-', ')'][random(13)] ?? '';
        edited = edited.slice(0, at) + put + edited.slice(at + random(20));
      }
      for (const { span } of await referencesIn(path, edited)) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeLessThanOrEqual(edited.length);
        expect(span.start).toBeLessThan(span.end);
      }
    }
  });
});

describe('texts beyond all measure', () => {
  const id = `"us-east-1": "${a}"`;

  it.each([
    ['nested brackets', (n: number) => `${'['.repeat(n)}${id}${']'.repeat(n)}`],
    ['open braces', (n: number) => `x = {${id}}\n${'{'.repeat(n)}`],
    ['nested calls', (n: number) => `${'f('.repeat(n)}${id}${')'.repeat(n)}`],
    ['a long chain', (n: number) => `x${'.f()'.repeat(n)}\n// ${id}`],
    ['a long sum', (n: number) => `x = ${'"a" + '.repeat(n)}"b"\n// ${id}`],
    ['open quotes', (n: number) => `${'"\n'.repeat(n)}\n${id}`],
    ['backslashes', (n: number) => `x = "${'\\'.repeat(n)}\n// ${id}`],
    ['one line', (n: number) => `x={${`a:1,`.repeat(n)}${id}}`],
    ['blanks', (n: number) => `${' '.repeat(n)}${id}`],
    ['bars', (n: number) => `${'|'.repeat(n)}${id}`],
    ['marks', (n: number) => `${'-*_`~#'.repeat(n)}\n${id}`],
    [
      'indentation',
      (n: number) => `${Array.from({ length: Math.min(n, 3_000) }, (_, i) => `${' '.repeat(i)}x\n`).join('')}\n# ${id}`,
    ],
    ['fences', (n: number) => `${'```\n'.repeat(n)}${id}`],
    ['items', (n: number) => `${'- us-east-1\n'.repeat(n)}${id}`],
    ['headings', (n: number) => `${'# us-east-1\n\n'.repeat(n)}${id}`],
    ['what only begins', (n: number) => `${'MachineImage.lookup({'.repeat(n)}\n// ${id}`],
    ['ids without end', (n: number) => `${`${id},\n`.repeat(n / 10)}`],
  ])('%s', { timeout: 120_000 }, async (_name, make) => {
    for (const path of ['a.ts', 'a.py', 'a.rb', 'a.go', 'a.md']) {
      const text = make(10_000);
      const started = performance.now();
      const found = (await referencesIn(path, text)).filter(({ kind }) => kind === 'id');
      expect([path, performance.now() - started < 15_000]).toEqual([path, true]);
      expect([path, found.length]).toEqual([path, text.split(a).length - 1]);
    }
  });
});
