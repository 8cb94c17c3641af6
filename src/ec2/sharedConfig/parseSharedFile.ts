import type { ConfigProblemReason } from '../../core/configProblem.ts';

/** A line that AWS tools refuse; `line` counts from 1. */
export interface LineProblem {
  readonly line: number;
  readonly reason: ConfigProblemReason;
}

export interface Setting {
  /** As written, with continued lines joined by line breaks. */
  readonly value: string;
  /** The indented `name = value` lines below a setting that has no value itself. */
  readonly nested: ReadonlyMap<string, string> | undefined;
  readonly line: number;
}

export interface FileSection {
  /** The text between the brackets. */
  readonly header: string;
  readonly line: number;
  /** By their names in lower case. */
  readonly settings: ReadonlyMap<string, Setting>;
  readonly problems: readonly LineProblem[];
}

export interface ParsedFile {
  readonly sections: readonly FileSection[];
  /** Problems outside of any section. */
  readonly problems: readonly LineProblem[];
}

interface OpenSetting {
  readonly name: string;
  readonly lines: string[];
  readonly line: number;
}

interface OpenSection {
  readonly header: string;
  readonly line: number;
  readonly settings: Map<string, OpenSetting>;
  readonly problems: LineProblem[];
}

const notUtf8: ConfigProblemReason = { kind: 'not-utf8' };

/** The section whose settings count in every other section too. */
const defaultsHeader = 'DEFAULT';

/**
 * Reads a shared config or credentials file as the AWS CLI does with Python's `RawConfigParser`: names of settings are
 * case-insensitive, `=` or `:` follows them, deeper indented lines continue a value, and comments have their own lines.
 * Where that parser refuses the whole file, only the section has a problem here.
 */
export function parseSharedFile(content: string): ParsedFile {
  const problems: LineProblem[] = [];
  const defaults: OpenSection = { header: defaultsHeader, line: 0, settings: new Map(), problems: problems };
  const sections = new Map<string, OpenSection>();
  let section: OpenSection | undefined;
  let setting: OpenSetting | undefined;
  let settingIndent = 0;
  let outside: LineProblem | undefined;
  for (const [index, raw] of content
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const line = index + 1;
    const text = raw.trim();
    if (text.startsWith('#') || text.startsWith(';')) {
      continue;
    }
    if (text === '') {
      setting?.lines.push('');
      continue;
    }
    const isNotUtf8 = /[\0\uFFFD]/.test(text);
    const indent = raw.search(/\S/);
    if (setting && indent > settingIndent) {
      setting.lines.push(text);
    } else {
      settingIndent = indent;
      if (text.startsWith('[')) {
        section = openSection(text, line, sections, defaults);
        setting = undefined;
      } else if (section) {
        setting = openSetting(text, line, section) ?? setting;
      } else {
        outside ??= { line, reason: isNotUtf8 ? notUtf8 : { kind: 'outside-section' } };
      }
    }
    if (isNotUtf8) {
      section?.problems.push({ line, reason: notUtf8 });
    }
  }
  const inherited = closeSettings(defaults);
  return {
    sections: [...sections.values()].map((open) => ({
      header: open.header,
      line: open.line,
      settings: new Map([...inherited, ...closeSettings(open)]),
      problems: open.problems,
    })),
    problems: outside ? [outside, ...problems] : problems,
  };
}

function openSection(
  text: string,
  line: number,
  sections: Map<string, OpenSection>,
  defaults: OpenSection,
): OpenSection {
  // The AWS CLI takes all up to the last bracket; a bracket in a comment behind the header does not count.
  const header = /^\[(.+?)\]\s+[#;]/.exec(text)?.[1] ?? /^\[(.+)\]/.exec(text)?.[1];
  if (header === defaultsHeader) {
    return defaults;
  }
  const name = header ?? text.slice(1).replace(/\s+[#;].*$/, '');
  const first = sections.get(name);
  const section: OpenSection = first ?? { header: name, line, settings: new Map(), problems: [] };
  if (header === undefined) {
    section.problems.push({ line, reason: { kind: 'open-header' } });
  } else if (first) {
    section.problems.push({ line, reason: { kind: 'repeated-section', line: first.line } });
  }
  sections.set(name, section);
  return section;
}

function openSetting(text: string, line: number, section: OpenSection): OpenSetting | undefined {
  const delimiter = text.search(/[=:]/);
  if (delimiter <= 0) {
    section.problems.push({ line, reason: { kind: delimiter === 0 ? 'unnamed-setting' : 'malformed-line' } });
    return undefined;
  }
  const name = text.slice(0, delimiter).trim().toLowerCase();
  const setting = { name, lines: [text.slice(delimiter + 1).trim()], line };
  const first = section.settings.get(name);
  if (first) {
    section.problems.push({ line, reason: { kind: 'repeated-setting', line: first.line } });
  } else {
    section.settings.set(name, setting);
  }
  return setting;
}

function closeSettings({ settings, problems }: OpenSection): ReadonlyMap<string, Setting> {
  return new Map(
    [...settings.values()].map(({ name, lines, line }) => {
      const value = lines.join('\n').trimEnd();
      return [
        name,
        { value, nested: value.startsWith('\n') ? nestedSettings(value, line, problems) : undefined, line },
      ];
    }),
  );
}

function nestedSettings(value: string, line: number, problems: LineProblem[]): ReadonlyMap<string, string> {
  const nested = new Map<string, string>();
  for (const text of value.split('\n').map((part) => part.trim())) {
    const delimiter = text.indexOf('=');
    if (delimiter >= 0) {
      nested.set(text.slice(0, delimiter).trim(), text.slice(delimiter + 1).trim());
    } else if (text !== '') {
      problems.push({ line, reason: { kind: 'malformed-nested' } });
      break;
    }
  }
  return nested;
}
