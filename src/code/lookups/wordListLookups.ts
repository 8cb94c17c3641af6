import type { ShellCommand, ShellWord } from '../shell/shellCommands.ts';
import type { CodeNode } from '../tree/codeTree.ts';
import { awsCliLookups } from './awsCliLookups.ts';
import type { CallLookup } from './callLookups.ts';

/** A command of the AWS CLI as a list of its words: `["aws", "ec2", "describe-images", …]`, `exec.Command("aws", …)`. */
export function wordListLookups(
  items: readonly CodeNode[],
  span: CodeNode['span'],
  text: string,
): readonly CallLookup[] {
  const verb = items.find((item) => item.kind === 'text' && item.value === 'describe-images');
  if (!verb) return [];
  const command: ShellCommand = { span, words: items.map(wordOf), parent: undefined, end: 'line' };
  return awsCliLookups({ commands: [command], heredocs: [] }, []).map((lookup) => {
    const quote = text.charAt(verb.span.start);
    const before = `, ${quote}--owners${quote}, ${quote}`;
    return { ...lookup, whole: span, ownerInsertion: { offset: verb.span.end, before, after: quote } };
  });
}

function wordOf(node: CodeNode): ShellWord {
  const value = node.kind === 'text' || node.kind === 'name' ? node.value : '';
  const isTemplate = node.kind !== 'text' || node.isTemplate;
  return {
    span: node.span,
    inner: node.kind === 'text' ? node.inner : node.span,
    value: isTemplate && node.kind !== 'text' ? `$${value}` : value,
    isTemplate,
    items: [],
  };
}
