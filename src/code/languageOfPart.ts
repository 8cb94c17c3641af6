const command = /(?:^|[\s`$("'])aws\s+(?:--?\w[\w-]*(?:[ =]\S+)?\s+)*(?:ec2|ssm|autoscaling|cloudformation)\s+[a-z]/;

type PartLanguage = 'hcl' | 'ini' | 'json' | 'markdown' | 'python' | 'shell' | 'yaml';

/** The language of a text within another one, by what it says; undefined for words. */
export function languageOfPart(text: string): PartLanguage | undefined {
  const lines = text.split(/\r\n|[\r\n]/).filter((line) => line.trim() !== '');
  const share = (form: RegExp) => lines.filter((line) => form.test(line)).length / Math.max(1, lines.length);
  if (/^\s*#!/.test(text)) return /^\s*#!.*python/.test(text) ? 'python' : 'shell';
  if (/^\s*(?:```|~~~)/m.test(text) || /::\s*(?:\r\n|[\r\n])\s*(?:\r\n|[\r\n])\s+\S/.test(text)) return 'markdown';
  if (/^\s*[$#%>]\s+\S/.test(text) && command.test(text)) return 'shell';
  if (/^\s*[{[]\s*(?:["{[]|\r?\n)/.test(text) && /["\]}]\s*,?\s*$/.test(text)) return 'json';
  if (/^\s*(?:resource|data|provider|variable|module|source|locals|terraform|build|packer)\b[^\n=:(]*\{/m.test(text))
    return 'hcl';
  if (
    lines.length >= 2 &&
    share(/^\s*(?:#|-\s|(?:- )?["']?[\w. /-]+["']?:(?:\s|$)|---)/) >= 0.6 &&
    share(/,\s*$/) < 0.3
  )
    return 'yaml';
  if (
    lines.length >= 2 &&
    share(/^\s*(?:\[[^\]]+\]\s*$|[#;]|[\w.-]+\s*=\s*\S)/) >= 0.8 &&
    /^\s*\[[^\]=]+\]\s*$/m.test(text)
  )
    return 'ini';
  if (command.test(text) || /^\s*export\s+\w+=/m.test(text)) return 'shell';
  return undefined;
}
