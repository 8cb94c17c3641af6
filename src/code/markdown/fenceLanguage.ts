import type { Language } from '../language.ts';
import { languageOfPart } from '../languageOfPart.ts';

const byInfo: Readonly<Record<string, Language>> = {
  hcl: 'hcl',
  terraform: 'hcl',
  tf: 'hcl',
  tofu: 'hcl',
  packer: 'hcl',
  hcl2: 'hcl',
  terragrunt: 'hcl',
  json: 'json',
  jsonc: 'json',
  json5: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  ansible: 'yaml',
  cloudformation: 'yaml',
  'yaml+jinja': 'yaml',
  'docker-compose': 'yaml',
  js: 'script',
  javascript: 'script',
  jsx: 'script',
  ts: 'script',
  typescript: 'script',
  tsx: 'script',
  node: 'script',
  mjs: 'script',
  py: 'python',
  python: 'python',
  python3: 'python',
  py3: 'python',
  pycon: 'python',
  sh: 'shell',
  bash: 'shell',
  shell: 'shell',
  zsh: 'shell',
  console: 'shell',
  'shell-session': 'shell',
  'sh-session': 'shell',
  powershell: 'shell',
  ps1: 'shell',
  bat: 'shell',
  cmd: 'shell',
  dockerfile: 'shell',
  make: 'shell',
  makefile: 'shell',
  terminal: 'shell',
  fish: 'shell',
  go: 'other',
  golang: 'other',
  java: 'other',
  kotlin: 'other',
  csharp: 'other',
  cs: 'other',
  'c#': 'other',
  ruby: 'other',
  rb: 'other',
  php: 'other',
  perl: 'other',
  rust: 'other',
  scala: 'other',
  groovy: 'other',
  puppet: 'other',
  elixir: 'other',
  clojure: 'other',
  ini: 'other',
  toml: 'other',
  fsharp: 'other',
  swift: 'other',
  vagrant: 'other',
};

const script =
  /^\s*(?:import\s.*\bfrom\s+['"]|(?:export\s+)?(?:const|let|var)\s+[\w${}, ]+\s*(?::[^=]+)?=|new\s+[\w.]+\(|await\s|\/\/\s|class\s+\w+\s+extends\s)/m;
const python =
  /^\s*(?:>>>\s|import\s+\w+\s*$|from\s+[\w.]+\s+import\s|def\s+\w+\(|with\s.*:$|\w+\s*=\s*\w+(?:\.\w+)*\()/m;
const ruby = /\bdo\s*\|\w+\||^\s*(?:require\s+['"]|end\s*$)|=>\s/m;

/** What a block of code in a document is read as; undefined where it is words, such as the output of a command. */
export function fenceLanguage(info: string | undefined, code: string): Language | undefined {
  const named = byInfo[info?.toLowerCase() ?? ''];
  if (named !== undefined) {
    // A template is often called by the other of its two languages, and HCL by the name of one that looks like it.
    const plain = /^(?:json|yaml|other)$/.test(named) ? languageOfPart(code) : undefined;
    return plain === 'json' || plain === 'hcl' ? plain : named;
  }
  const plain = languageOfPart(code);
  if (plain !== undefined) return plain === 'markdown' ? undefined : plain;
  if (info !== undefined && /^(?:text|txt|plain|plaintext|output|log|none|diff|markdown|md|html|xml)$/i.test(info))
    return undefined;
  if (python.test(code) && !/[;{]\s*$/m.test(code)) return 'python';
  if (script.test(code)) return 'script';
  return ruby.test(code) ? 'other' : undefined;
}
