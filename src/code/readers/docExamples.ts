const codeInComment = /(?:LookupMachineImage|MachineImage\.lookup|getAmi(?:Output)?|describe_?images|DataAwsAmi)\s*\(/i;

/**
 * The examples in a file's comments that document it, at their places; everything else is blank. Undefined where none
 * looks images up.
 */
export function docExamples(text: string): string | undefined {
  if (!text.includes('/**')) return undefined;
  let examples = '';
  let hasCode = false;
  for (const { index, 0: whole } of text.matchAll(/\/\*\*[\s\S]{0,20000}?\*\//g)) {
    if (!codeInComment.test(whole)) continue;
    examples += blank(text.slice(examples.length, index)) + codeOf(whole);
    hasCode = true;
  }
  return hasCode ? examples + blank(text.slice(examples.length)) : undefined;
}

/** The lines of fences, or behind `@example`, without the comment's own marks. */
function codeOf(comment: string): string {
  let isCode = false;
  let isFence = false;
  return comment.replace(/[^\r\n]+/g, (line) => {
    const inner = line.replace(/^\s*(?:\/\*\*|\*(?!\/))/, blank).replace(/\*\/$/, blank);
    if (/^\s*(?:```|~~~|<pre)/.test(inner)) {
      isFence = !isFence;
      isCode = isFence;
      return blank(line);
    }
    const tag = /^\s*@(\w+)/.exec(inner)?.[1];
    if (tag !== undefined && !isFence) {
      isCode = tag === 'example';
      return isCode ? inner.replace(/@example/, blank) : blank(line);
    }
    return isCode ? inner : blank(line);
  });
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
