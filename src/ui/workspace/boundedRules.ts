/** Lines of one file, and characters of one line, that may be rules: nobody writes more. */
const maxRules = 2_000;
const maxRuleLength = 1_000;

/** In one rule: the time that it takes for a path has the number of the path's folders to that power. */
const maxAnyFolders = 2;

/** Rules of one file that have any of them. */
const maxRulesWithAnyFolders = 100;

/**
 * What a file such as `.gitignore` says, without what would take long to match: strangers write such files, and each line
 * becomes a regular expression.
 */
export function boundedRules(text: string): string {
  let withAnyFolders = 0;
  const rules = text.split(/\r?\n/, maxRules).filter((line) => {
    const anyFolders = line.split('**').length - 1;
    if (line.length > maxRuleLength || anyFolders > maxAnyFolders) return false;
    if (anyFolders > 0) withAnyFolders += 1;
    return anyFolders === 0 || withAnyFolders <= maxRulesWithAnyFolders;
  });
  return rules.join('\n');
}
