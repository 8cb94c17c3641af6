import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { builtCheck, type Check, folderWith } from './runCheck.ts';

const template = `Mappings:
  Images:
    us-east-1: {AMI: ami-0b1f2e3d4c5b6a798}
    eu-west-1: {AMI: ami-0b1f2e3d4c5b6a7}
`;
const safe = `Mappings: {Images: {us-east-1: {AMI: ami-0b1f2e3d4c5b6a798}}}\n`;
const script = `aws ec2 describe-images --region us-east-1 --filters "Name=name,Values=ubuntu/images/*" --query 'sort_by(Images, &CreationDate)[-1].ImageId'\n`;
const malformed = '“ami-0b1f2e3d4c5b6a7” is not a valid AMI ID: “ami-” must be followed by 8 or 17 hexadecimal digits.';
const unsafe =
  'This lookup can pick an image that anyone has published: it filters by name, but not by owner. Add an owner.';

/** The exit code where there are warnings or errors. */
const findings = 1;

let check: Check;
beforeAll(async () => {
  check = await builtCheck();
});
afterAll(() => check?.remove());

async function folder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const made = await folderWith(files);
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

interface Row {
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  readonly value: string;
  readonly rule?: string;
}

function rowsOf(out: string): readonly Row[] {
  return JSON.parse(out);
}

describe('the text report', () => {
  it('has a line for each finding, a summary beside it, and the exit code 1', async () => {
    const cwd = await folder({ 'a/template.yaml': template, 'build.sh': script, 'notes.txt': 'nothing here' });
    expect(await check.run(cwd, ['.'])).toEqual({
      code: findings,
      out: `a/template.yaml:4:22: error: ${malformed} [malformed-id]\nbuild.sh:1:1: warning: ${unsafe} [unsafe-lookup]\n`,
      err: '1 error, 1 warning in 3 references of 2 files.\n',
    });
  });

  it('is empty where nothing is wrong, with the exit code 0', async () => {
    const cwd = await folder({ 'template.yaml': safe });
    expect(await check.run(cwd, [])).toEqual({ code: 0, out: '', err: 'Nothing is wrong in 1 reference of 1 file.\n' });
  });

  it('shows what nobody sees in names of files', async () => {
    const cwd = await folder({ 'a\u001b[31m\nb\u202e.yaml': template });
    const { out } = await check.run(cwd, []);
    expect(out).toBe(`a‹U+001B›[31m b‹U+202E›.yaml:4:22: error: ${malformed} [malformed-id]\n`);
  });
});

describe('the JSON report', () => {
  it('has all references, and what is wrong with them, and no other words', async () => {
    const cwd = await folder({ 'template.yaml': template });
    const { out, code } = await check.run(cwd, ['--format', 'json', 'template.yaml']);
    expect(JSON.parse(out)).toEqual([
      {
        ...{ file: 'template.yaml', line: 3, column: 22, endLine: 3, endColumn: 43 },
        ...{ kind: 'id', value: 'ami-0b1f2e3d4c5b6a798', region: ['us-east-1'], regionFrom: 'mapKey' },
      },
      {
        ...{ file: 'template.yaml', line: 4, column: 22, endLine: 4, endColumn: 41 },
        ...{ kind: 'id', value: 'ami-0b1f2e3d4c5b6a7', region: ['eu-west-1'], regionFrom: 'mapKey' },
        ...{ rule: 'malformed-id', severity: 'error', message: malformed },
      },
    ]);
    expect(code).toBe(findings);
  });

  it('is an empty array where there are no references', async () => {
    const cwd = await folder({ 'a.txt': 'nothing' });
    expect(await check.run(cwd, ['--format=json'])).toMatchObject({ code: 0, out: '[]\n' });
  });

  it('goes into a file where one is named', async () => {
    const cwd = await folder({ 'template.yaml': template });
    expect(await check.run(cwd, ['--format', 'json', '--output', 'out.json'])).toMatchObject({
      code: findings,
      out: '',
    });
    expect(rowsOf(await readFile(join(cwd, 'out.json'), 'utf8'))).toHaveLength(2);
  });
});

describe('the SARIF report', () => {
  it('has the findings with their places and fixes, and all rules', async () => {
    const cwd = await folder({ 'sub dir#1/ü %.sh': script });
    const { out, code } = await check.run(cwd, ['--format', 'sarif']);
    const { version, runs } = JSON.parse(out);
    const [{ tool, results, columnKind, invocations }] = runs;
    const artifactLocation = { uri: 'sub%20dir%231/%C3%BC%20%25.sh', uriBaseId: '%SRCROOT%' };
    const region = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 24 };
    expect([code, version, columnKind, invocations]).toEqual([
      findings,
      '2.1.0',
      'utf16CodeUnits',
      [{ executionSuccessful: true }],
    ]);
    expect(results).toEqual([
      {
        ruleId: 'unsafe-lookup',
        ruleIndex: 0,
        level: 'warning',
        message: { text: unsafe },
        locations: [{ physicalLocation: { artifactLocation, region } }],
        fixes: [
          {
            description: { text: 'Add owner Canonical (Ubuntu), 099720109477' },
            artifactChanges: [
              {
                artifactLocation,
                replacements: [
                  {
                    deletedRegion: { ...region, startColumn: 24 },
                    insertedContent: { text: ' --owners 099720109477' },
                  },
                ],
              },
            ],
          },
        ],
        partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{10,16}:1$/) },
      },
    ]);
    const { rules } = tool.driver;
    expect(rules[0].id).toBe('unsafe-lookup');
    expect(rules.map(({ id }: { readonly id: string }) => id)).toHaveLength(10);
    for (const rule of rules) {
      expect(rule.help.text).not.toBe('');
      expect(rule.shortDescription.text).toMatch(/\.$/);
      expect(['error', 'warning', 'note']).toContain(rule.defaultConfiguration.level);
    }
  });

  it('has places relative to the root of the repository, wherever it was started', async () => {
    const cwd = await folder({ '.git/HEAD': '', 'infra/web/build.sh': script });
    const { out } = await check.run(join(cwd, 'infra'), ['--format', 'sarif', 'web']);
    const [{ results, originalUriBaseIds }] = JSON.parse(out).runs;
    expect(results[0].locations[0].physicalLocation.artifactLocation).toEqual({
      uri: 'infra/web/build.sh',
      uriBaseId: '%SRCROOT%',
    });
    expect(Object.keys(originalUriBaseIds)).toEqual(['%SRCROOT%']);
  });

  it('says what could not be checked', async () => {
    const cwd = await folder({ 'template.yaml': safe });
    const { out, code } = await check.run(cwd, ['--format', 'sarif', '.', 'nowhere']);
    expect(code).toBe(2);
    expect(JSON.parse(out).runs[0].invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          { level: 'error', message: { text: 'nowhere: there is no such file or folder.' } },
        ],
      },
    ]);
  });
});

describe('what fails the check', () => {
  it.each([
    [['--fail-on', 'error'], 'build.sh', 0],
    [['--fail-on', 'warning'], 'build.sh', findings],
    [['--fail-on', 'information'], 'build.sh', findings],
    [['--fail-on', 'error'], 'template.yaml', findings],
    [['--fail-on', 'never'], '.', 0],
    [['--ignore', 'unsafe-lookup'], 'build.sh', 0],
    [['--ignore', 'unsafe-lookup,malformed-id'], '.', 0],
    [['--ignore', 'unsafe-lookup'], '.', findings],
  ])('is with %j of %s: exit code %i', async (args, path, expected) => {
    const cwd = await folder({ 'template.yaml': template, 'build.sh': script });
    expect((await check.run(cwd, [...args, path])).code).toBe(expected);
  });

  it('is nothing that a comment beside it ignores', async () => {
    const ignoring = (rules: string) => ({ 'build.sh': `# ami-explorer: ignore${rules}\n${script}` });
    expect((await check.run(await folder(ignoring('')), [])).code).toBe(0);
    expect((await check.run(await folder(ignoring(' unsafe-lookup')), [])).code).toBe(0);
    expect((await check.run(await folder(ignoring(' newer-image')), [])).code).toBe(findings);
  });

  it('is nothing of a rule that is ignored, in any report', async () => {
    const cwd = await folder({ 'template.yaml': template, 'build.sh': script });
    const args = ['--ignore', 'unsafe-lookup', '--ignore', 'malformed-id'];
    const { out, err } = await check.run(cwd, [...args, '--format', 'json']);
    expect(rowsOf(out).map(({ rule }) => rule)).toEqual([undefined, undefined, undefined]);
    expect(err).toBe('Nothing is wrong in 3 references of 2 files.\n');
    expect(JSON.parse((await check.run(cwd, [...args, '--format', 'sarif'])).out).runs[0].results).toEqual([]);
  });
});

describe('what is checked', () => {
  it('is neither what others have made nor what is no text, nor a link in a folder', async () => {
    const cwd = await folder({
      'main.yaml': safe,
      'node_modules/x/template.yaml': template,
      '.git/template.yaml': template,
      '.terraform/modules/m/template.yaml': template,
      'image.bin': Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(template)]),
    });
    await symlink('node_modules', join(cwd, 'linked'));
    await symlink('..', join(cwd, 'node_modules', 'loop'));
    const { out } = await check.run(cwd, ['--format', 'json']);
    expect(rowsOf(out).map(({ file }) => file)).toEqual(['main.yaml']);
  });

  it('is each file once, also a file or a linked one that is named', async () => {
    const cwd = await folder({ 'a/main.yaml': safe, 'b/other.yaml': safe });
    await symlink('a/main.yaml', join(cwd, 'link.yaml'));
    const { out } = await check.run(cwd, ['--format', 'json', 'a/main.yaml', 'a', './a/main.yaml', 'link.yaml']);
    expect(rowsOf(out).map(({ file }) => file)).toEqual(['a/main.yaml', 'link.yaml']);
  });

  it('is outside of the folder, too, with the folders of a repository that name a region', async () => {
    const cwd = await folder({
      '.git/HEAD': '',
      'live/eu-west-1/web/config.txt': 'image ami-0b1f2e3d4c5b6a798\n',
      'docs/x.txt': '',
    });
    const { out } = await check.run(join(cwd, 'live/eu-west-1/web'), ['--format', 'json', '.', '../../../docs']);
    expect(rowsOf(out)).toMatchObject([{ file: 'config.txt', region: ['eu-west-1'] }]);
    const outside = await check.run(join(cwd, 'docs'), ['--format', 'json', '../live']);
    expect(rowsOf(outside.out).map(({ file }) => file)).toEqual(['../live/eu-west-1/web/config.txt']);
  });

  it.each([
    ['a folder', 'docs', ['main.yaml', 'src/test.yaml', 'src/docs.yaml']],
    ['a folder with its slash', './docs/', ['main.yaml', 'src/test.yaml', 'src/docs.yaml']],
    ['a name anywhere', '*.yaml', []],
    ['a glob', 'src/**/test.*', ['docs/a.yaml', 'main.yaml', 'src/docs.yaml']],
  ])('is not %s that is excluded', async (_, glob, expected) => {
    const cwd = await folder({ 'docs/a.yaml': safe, 'main.yaml': safe, 'src/test.yaml': safe, 'src/docs.yaml': safe });
    const { out } = await check.run(cwd, ['--format', 'json', '--exclude', glob]);
    expect(
      rowsOf(out)
        .map(({ file }) => file)
        .sort(),
    ).toEqual([...expected].sort());
  });

  it('goes on after what is broken', async () => {
    const cwd = await folder({
      'broken.json': '{"a": [{"ImageId": "ami-0b1f2e3d4c5b6a798", ',
      'broken.yaml': 'a: [\n\t- {b: &x *x\nImageId: ami-0b1f2e3d4c5b6a798\n',
      'broken.tf': 'resource "aws_instance" "a" {\n ami = "ami-0b1f2e3d4c5b6a798',
      'broken.py': 'x = {"us-east-1": "ami-0b1f2e3d4c5b6a798"',
      'deep.json': `${'['.repeat(20_000)}"ami-0b1f2e3d4c5b6a798"`,
      'whole.yaml': template,
    });
    const { out, code } = await check.run(cwd, ['--format', 'json']);
    expect(code).toBe(findings);
    expect(rowsOf(out).filter(({ value }) => value === 'ami-0b1f2e3d4c5b6a798').length).toBeGreaterThanOrEqual(5);
    expect(rowsOf(out).filter(({ rule }) => rule === 'malformed-id')).toHaveLength(1);
  });

  it('is quick for 10,000 files', async () => {
    const cwd = await folder({ 'template.yaml': template });
    for (let index = 0; index < 100; index += 1) {
      await mkdir(join(cwd, `folder${index}`));
      const files = Array.from({ length: 100 }, (_, file) => join(cwd, `folder${index}`, `${file}.txt`));
      await Promise.all(files.map((file) => writeFile(file, 'name: web\nsize: 3\n'.repeat(50))));
    }
    const begun = Date.now();
    const { out } = await check.run(cwd, ['--format', 'json']);
    expect(rowsOf(out)).toHaveLength(2);
    // 0.5 s on a machine that does nothing else.
    expect(Date.now() - begun).toBeLessThan(10_000);
  });
});

describe('what cannot be checked', () => {
  it.each([
    [['--no-such-option'], "Unknown option '--no-such-option'"],
    [['--format', 'xml'], "--format takes text, json, sarif, not 'xml'."],
    [['--format'], "Option '--format <value>' argument missing"],
    [['--regions', 'us-east-1'], '--regions requires --aws.'],
    [['--aws', '--regions', 'us east'], "--regions: 'us east' is not the name of a region."],
    [['--ignore', 'unsafe-lookups'], '--ignore takes unsafe-lookup, malformed-id, not-found'],
    [['--fail-on', 'errors'], "--fail-on takes error, warning, information, never, not 'errors'."],
    [['--publisher', '12345'], "--publisher: '12345' is not a 12-digit AWS account ID."],
    [['--settings', 'nowhere.json'], 'no such file or directory'],
    [['--settings', 'template.yaml'], 'template.yaml is not a VS Code settings file.'],
    [['--settings', 'settings.json'], 'amiExplorer.publishers: Entry 1 has no name.'],
    [[''], 'A path is empty'],
  ])('%j is told in words, with the exit code 2', async (args, said) => {
    const cwd = await folder({
      'template.yaml': template,
      'settings.json': '{"amiExplorer.publishers": [{"ownerIds": ["111122223333"]}]}',
    });
    const { code, out, err } = await check.run(cwd, args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(said);
    expect(err).toContain('--help shows all options.');
    expect(err).not.toContain('    at ');
  });

  it('is a path that does not exist; the others are checked', async () => {
    const cwd = await folder({ 'template.yaml': template });
    const { code, out, err } = await check.run(cwd, ['nowhere/main.tf', 'template.yaml']);
    expect(code).toBe(2);
    expect(err).toContain('nowhere/main.tf: there is no such file or folder.\n');
    expect(out).toContain('template.yaml:4:22');
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('is a file that may not be read', async () => {
    const cwd = await folder({ 'template.yaml': template });
    await chmod(join(cwd, 'template.yaml'), 0);
    const { code, err } = await check.run(cwd, []);
    expect(code).toBe(2);
    expect(err).toContain('template.yaml: it may not be read.\n');
  });

  it.skipIf(process.platform === 'win32')('is a pipe, which nobody waits for', async () => {
    const cwd = await folder({ 'template.yaml': safe });
    spawnSync('mkfifo', [join(cwd, 'pipe.tf')]);
    expect(await check.run(cwd, ['--format', 'json', '.'])).toMatchObject({ code: 0 });
    const { code, err } = await check.run(cwd, ['pipe.tf']);
    expect([code, err.split('\n')[0]]).toEqual([2, 'pipe.tf: it is neither a file nor a folder.']);
  });

  it.each<[string, readonly string[], number, string]>([
    ['found in a folder, and does not fail the check', ['.'], 0, ''],
    ['named, and fails it', ['large.log'], 2, ' Not everything could be checked.'],
    ['named after its folder, and told once', ['.', './large.log'], 2, ' Not everything could be checked.'],
  ])('is a text of more than 20 MB that is %s', async (_, paths, expected, more) => {
    const cwd = await folder({ 'large.log': 'x'.repeat(20_000_001), 'template.yaml': safe });
    const { code, err } = await check.run(cwd, [...paths, 'template.yaml']);
    expect(err.split('\n')).toEqual([
      'large.log: it is left out, since it is larger than 20 MB.',
      `Nothing is wrong in 1 reference of 1 file.${more}`,
      '',
    ]);
    expect(code).toBe(expected);
  });

  it('is a link to nowhere, or to itself', async () => {
    const cwd = await folder({ 'template.yaml': safe });
    await symlink('itself', join(cwd, 'itself'));
    const { code, err } = await check.run(cwd, ['itself']);
    expect([code, err.split('\n')[0]]).toEqual([2, 'itself: it is a link to itself.']);
  });

  it('is told where the report cannot be written', async () => {
    const cwd = await folder({ 'template.yaml': safe });
    const { code, err } = await check.run(cwd, ['--output', 'no/folder/out.json']);
    expect(code).toBe(2);
    expect(err).toContain('The report could not be written.');
  });

  it('is nothing for --help', async () => {
    const cwd = await folder({});
    const { code, out, err } = await check.run(cwd, ['--help']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Exit code: 0');
  });
});

describe('the script', () => {
  const path = fileURLToPath(new URL('../../scripts/check.ts', import.meta.url));

  it('checks what stands where the user stands, whatever folder npm runs it in', async () => {
    const cwd = await folder({ 'template.yaml': template });
    const env = { ...process.env, INIT_CWD: cwd };
    const child = spawnSync(process.execPath, [path, 'template.yaml', '--format', 'json'], { env, encoding: 'utf8' });
    expect(child.status).toBe(findings);
    expect(rowsOf(child.stdout).map(({ file }) => file)).toEqual(['template.yaml', 'template.yaml']);
  });

  it('ends where nobody reads its report', async () => {
    const cwd = await folder({ 'template.yaml': template.repeat(300) });
    const child = spawn(process.execPath, [path, '--format', 'json'], { env: { ...process.env, INIT_CWD: cwd } });
    child.stdout.destroy();
    const [code] = await once(child, 'close');
    expect(code).toBe(2);
  });
});
