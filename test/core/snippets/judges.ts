import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Tools that judge generated code. The tests of a tool that is not installed are skipped. */

const environment = { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_CLI_CONFIG_FILE: '/dev/null' };

interface Verdict {
  readonly status: number | null;
  readonly output: string;
  readonly complaint: string;
}

function run(command: string, args: readonly string[], input: string, cwd = tmpdir()): Verdict {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    input,
    cwd,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status: error === undefined ? status : -1, output: stdout ?? '', complaint: stderr ?? String(error) };
}

function works(command: string, args: readonly string[]): boolean {
  return run(command, args, '').status === 0;
}

function inTemporaryFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'ami-snippets-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function hasTerraform(): boolean {
  return works('terraform', ['version']);
}

export function hasCfnLint(): boolean {
  return works('cfn-lint', ['--version']);
}

export function hasPyYaml(): boolean {
  return works('python3', ['-c', 'import yaml']);
}

/** A text as `terraform fmt` formats it; Packer uses the same library. */
export function terraformFormatted(text: string): string {
  const { status, output, complaint } = run('terraform', ['fmt', '-no-color', '-'], text);
  return status === 0 ? output : complaint;
}

/** The values of HCL string literals, by Terraform's console. */
export function evaluateHcl(literals: readonly string[]): readonly unknown[] {
  return inTemporaryFolder((folder) => {
    // One line in base64: the console takes brackets, even in strings, for the beginning of a longer expression, and
    // has its own way to print strings.
    const input = `jsonencode([${literals.map((literal) => `base64encode(${literal})`).join(', ')}])\n`;
    const { output, complaint } = run('terraform', ['console', '-no-color'], input, folder);
    if (!output.startsWith('"')) throw new Error(complaint);
    const encoded: unknown = JSON.parse(JSON.parse(output));
    if (!Array.isArray(encoded)) throw new Error(output);
    return encoded.map((text) => Buffer.from(String(text), 'base64').toString('utf8'));
  });
}

/** The value of a YAML text; unknown tags are ignored. */
export function evaluateYaml(text: string): unknown {
  const program = `
import json, sys, yaml
class Loader(yaml.SafeLoader): pass
Loader.add_multi_constructor('!', lambda loader, suffix, node: loader.construct_scalar(node))
json.dump(yaml.load(sys.stdin.buffer.read().decode('utf-8'), Loader), sys.stdout)
`;
  const { status, output, complaint } = run('python3', ['-c', program], text);
  if (status !== 0) throw new Error(complaint);
  return JSON.parse(output);
}

/** The findings of `cfn-lint` for templates, by their number; empty where all are valid. */
export function cfnLintFindings(...templates: readonly string[]): string {
  return inTemporaryFolder((folder) => {
    const files = templates.map((_, index) => join(folder, `template${index}.yaml`));
    for (const [index, file] of files.entries()) writeFileSync(file, templates[index] ?? '');
    const { output, complaint } = run('cfn-lint', ['--format', 'parseable', '--', ...files], '', folder);
    return output + complaint;
  });
}

/** TypeScript as Biome formats it, which equals Prettier, at the default width. */
export function scriptFormatted(text: string, quotes: 'single' | 'double'): string {
  return inTemporaryFolder((folder) => {
    const config = {
      root: true,
      formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 80 },
      javascript: { formatter: { quoteStyle: quotes } },
    };
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
    const biome = fileURLToPath(new URL('../../../node_modules/@biomejs/biome/bin/biome', import.meta.url));
    const args = [biome, 'format', `--config-path=${folder}`, '--stdin-file-path=snippet.ts'];
    const { status, output, complaint } = run(process.execPath, args, text, folder);
    return status === 0 ? output : complaint;
  });
}

/** The words that a shell passes to a command. A function of that name takes them, so the command does not run. */
export function shellWords(script: string, command: string): readonly string[] {
  const program = `${command}() { printf '%s\\0' "$@"; }\n${script}`;
  const { status, output, complaint } = run('bash', ['--noprofile', '--norc', '-eu', '-c', program], '');
  if (status !== 0) throw new Error(complaint);
  return output.split('\0').slice(0, -1);
}

/** What `bash` says about a script without running it; empty where it is valid. */
export function shellProblems(script: string): string {
  const { status, complaint } = run('bash', ['--noprofile', '--norc', '-n'], script);
  return status === 0 ? '' : complaint;
}

/** For each text what TypeScript says about it; empty where it is valid. */
export function scriptProblems(texts: readonly string[]): readonly string[] {
  return inTemporaryFolder((folder) => {
    const names = texts.map((_, index) => `text${index}.ts`);
    for (const [index, name] of names.entries()) writeFileSync(join(folder, name), texts[index] ?? '');
    const tsc = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));
    const options = [
      '--noEmit',
      '--ignoreConfig',
      '--module',
      'esnext',
      '--target',
      'es2022',
      '--strict',
      'false',
      '--types',
      '',
    ];
    const { output, complaint } = run(process.execPath, [tsc, ...options, ...names], '', folder);
    const lines = (output + complaint).split('\n').filter((line) => line !== '');
    if (lines.some((line) => !line.startsWith('text'))) throw new Error(lines.join('\n'));
    return names.map((name) => lines.filter((line) => line.startsWith(`${name}(`)).join('\n'));
  });
}
