import { languageOfPart } from './languageOfPart.ts';

/** What a text is read as; `other` is read line by line, with brackets and indentation. */
export type Language = 'hcl' | 'json' | 'yaml' | 'script' | 'python' | 'shell' | 'ini' | 'markdown' | 'other';

const byLanguageId: Readonly<Record<string, Language>> = {
  terraform: 'hcl',
  'terraform-vars': 'hcl',
  'terraform-stack': 'hcl',
  opentofu: 'hcl',
  terragrunt: 'hcl',
  hcl: 'hcl',
  packer: 'hcl',
  json: 'json',
  jsonc: 'json',
  jsonl: 'json',
  yaml: 'yaml',
  dockercompose: 'yaml',
  helm: 'yaml',
  ansible: 'yaml',
  'github-actions-workflow': 'yaml',
  javascript: 'script',
  javascriptreact: 'script',
  typescript: 'script',
  typescriptreact: 'script',
  python: 'python',
  shellscript: 'shell',
  makefile: 'shell',
  dockerfile: 'shell',
  bat: 'shell',
  powershell: 'shell',
  markdown: 'markdown',
  mdx: 'markdown',
  restructuredtext: 'markdown',
  ini: 'ini',
  properties: 'ini',
  toml: 'ini',
  dotenv: 'shell',
};

const byExtension: Readonly<Record<string, Language>> = {
  tf: 'hcl',
  tofu: 'hcl',
  tfvars: 'hcl',
  hcl: 'hcl',
  json: 'json',
  jsonc: 'json',
  tfstate: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  sls: 'yaml',
  js: 'script',
  jsx: 'script',
  mjs: 'script',
  cjs: 'script',
  ts: 'script',
  tsx: 'script',
  mts: 'script',
  cts: 'script',
  py: 'python',
  pyi: 'python',
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
  ksh: 'shell',
  mk: 'shell',
  bat: 'shell',
  cmd: 'shell',
  ps1: 'shell',
  psm1: 'shell',
  envrc: 'shell',
  ini: 'ini',
  cfg: 'ini',
  properties: 'ini',
  toml: 'ini',
  md: 'markdown',
  mdx: 'markdown',
  markdown: 'markdown',
  rst: 'markdown',
  rest: 'markdown',
  adoc: 'markdown',
  asciidoc: 'markdown',
  textile: 'markdown',
  org: 'markdown',
  log: 'markdown',
  html: 'markdown',
  htm: 'markdown',
  wiki: 'markdown',
};

/** Languages that have no reader of their own, whose texts are not looked at for another language. */
const knownCode =
  /^(?:rb|rake|go|java|cs|kts?|scala|swift|php|p[lm]|rs|[ch](?:pp|c)?|lua|r|exs?|erl|cljs?|groovy|gradle|pp|vue|svelte|xml|svg|css|s[ac]ss|less|sql|proto|dart|jl|hs|ml|fs|vb|tex|csv|tsv|lock|sum|mod|nix|rego|cue|jsonnet|libsonnet)$/;

/** A name's endings that say nothing of the language. */
const neutralEnding = /\.(?:template|tpl|tmpl|tftpl|j2|jinja2?|erb|in|dist|example|sample|default|bak|orig|snap|txt)$/i;

/**
 * By the content where that is plain, since names mislead (YAML in `.py`, JSON in `.txt`), else by the editor's language
 * and the name.
 */
export function languageOf(path: string, text: string, languageId?: string): Language {
  const name = (path.split('/').at(-1) ?? '').replace(neutralEnding, '');
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const named = byLanguageId[languageId ?? ''] ?? byExtension[extension] ?? languageOfName(name);
  const plain = languageOfContent(text);
  if (named === undefined && extension === 'vars') return plain ?? languageOfPart(text.slice(0, 8_000)) ?? 'ini';
  if (named === undefined)
    return plain ?? (knownCode.test(extension) ? 'other' : (languageOfPart(text.slice(0, 8_000)) ?? 'other'));
  // JavaScript, YAML and HCL begin with a brace, too.
  return plain !== undefined && isCertainOver(plain, named) ? plain : named;
}

function isCertainOver(content: Language, named: Language): boolean {
  return (
    (content === 'hcl' && named === 'json') ||
    (content === 'json' && named === 'yaml') ||
    (content === 'yaml' && named === 'python')
  );
}

function languageOfName(name: string): Language | undefined {
  if (/^(?:GNU)?makefile$/i.test(name) || /^(?:Docker|Container)file/i.test(name)) return 'shell';
  if (/^(?:\.env|\.envrc|\.bash_profile|\.bashrc|\.profile|\.zshrc)/.test(name)) return 'shell';
  if (/^README/i.test(name)) return 'markdown';
  // Programs, with commands in their texts.
  if (/^(?:Jenkins|Vagrant|Rake|Gem|Berks|Thor|Cap|Guard|Fast)file/.test(name)) return 'other';
  return undefined;
}

/** By its content, where that is plain. */
export function languageOfContent(text: string): Language | undefined {
  const beginning = text.slice(0, 4_000).replace(/^\uFEFF/, '');
  if (/^#!.*\b(?:ba|z|k|da)?sh\b/.test(beginning)) return 'shell';
  if (/^#!.*\bpython/.test(beginning)) return 'python';
  if (/^#!.*\bnode\b/.test(beginning)) return 'script';
  if (/^#!.*\b(?:ruby|perl|php|lua|groovy|elixir|Rscript|swift)\b/.test(beginning)) return 'other';
  if (/^#!.*\byaml\b/.test(beginning)) return 'yaml';
  if (/^\s*\{\s*(?:"|\})/.test(beginning)) return 'json';
  if (/^(?:%YAML|---\s*$|AWSTemplateFormatVersion\s*:)/m.test(beginning) && /^[\w'"-]+\s*:/m.test(beginning))
    return 'yaml';
  if (/^(?:resource|data|provider|variable|module|source|locals|terraform)\b[^\n=:]*\{\s*$/m.test(beginning))
    return 'hcl';
  return undefined;
}
