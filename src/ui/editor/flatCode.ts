/** Code in one line, without the comments before it. */
export function flatCode(code: string, maxLength: number): string {
  const lines = code.split(/\r?\n/).map((line) => line.trim());
  const isRemark = (line: string) => line === '' || /^(?:#|\/\/|: ['"])/.test(line);
  const first = lines.findIndex((line) => !isRemark(line));
  const flat = (first < 0 ? lines : lines.slice(first))
    .join(' ')
    .replace(/\s*\\ /g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return [...flat].length <= maxLength ? flat : `${[...flat].slice(0, maxLength - 1).join('')}…`;
}
