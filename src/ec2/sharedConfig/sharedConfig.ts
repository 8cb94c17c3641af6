import type { ConfigProblemReason } from '../../core/configProblem.ts';
import { type FileSection, type ParsedFile, parseSharedFile, type Setting } from './parseSharedFile.ts';
import { shellWords } from './shellWords.ts';

/** Values by the names of their settings; nested names like `ec2.endpoint_url`. */
export type Section = Readonly<Record<string, string | undefined>>;

/** A line of a file; lines count from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

/** Something in a file that AWS tools refuse; without `line` if the file itself cannot be read. */
export interface FileProblem {
  readonly path: string;
  readonly line?: number | undefined;
  readonly reason: ConfigProblemReason;
}

export interface SharedSection {
  readonly values: Section;
  /** The line of its header. */
  readonly place: Place;
  readonly places: Readonly<Record<string, Place | undefined>>;
  readonly problems: readonly FileProblem[];
}

/** The shared config and credentials files. */
export interface SharedConfig {
  /** Both files merged; the credentials file wins, as in every AWS tool. */
  readonly profiles: ReadonlyMap<string, SharedSection>;
  readonly ssoSessions: ReadonlyMap<string, SharedSection>;
  /** The `[services NAME]` sections. */
  readonly services: ReadonlyMap<string, SharedSection>;
  /** The problems that belong to no profile, session or services section. */
  readonly problems: readonly FileProblem[];
}

/** `content` is undefined if the file does not exist, or cannot be read, for the reason in `problem`. */
export interface SharedFile {
  readonly path: string;
  readonly content?: string | undefined;
  readonly problem?: ConfigProblemReason | undefined;
}

/** @param paths the files that exist on the machine */
export function sharedConfig(
  configFile: SharedFile,
  credentialsFile: SharedFile,
  paths: Names = { has: () => false },
): SharedConfig {
  const config = parsed(configFile);
  const credentials = parsed(credentialsFile);
  const found: Found = {
    profiles: new Map(),
    misnamed: new Map(),
    ssoSessions: new Map(),
    services: new Map(),
    problems: [],
  };
  for (const file of [configFile, credentialsFile]) {
    if (file.problem) {
      found.problems.push({ path: file.path, reason: file.problem });
    }
  }
  found.problems.push(
    ...placed(configFile.path, config.problems),
    ...placed(credentialsFile.path, credentials.problems),
  );
  for (const section of config.sections) {
    addConfigSection(found, configFile.path, section);
  }
  const ofCredentials = new Map(
    credentials.sections.map((section) => [section.header.trim(), toShared(credentialsFile.path, section)]),
  );
  const names = new Set([...found.profiles.keys(), ...ofCredentials.keys()]);
  const profiles = new Map([...found.misnamed].filter(([name]) => !names.has(name)));
  for (const name of names) {
    const section = merged(found.profiles.get(name), ofCredentials.get(name));
    if (name && section) {
      profiles.set(name, withoutComments(section, { ...found, profiles: names, paths }));
    }
  }
  const uncommented = (sections: Found['services']) =>
    new Map([...sections].map(([name, section]) => [name, withoutComments(section)]));
  return {
    profiles,
    ssoSessions: uncommented(found.ssoSessions),
    services: uncommented(found.services),
    problems: found.problems,
  };
}

interface Found {
  readonly profiles: Map<string, SharedSection>;
  /** Sections with a malformed header that no tool takes for a profile, by the profile name that is meant. */
  readonly misnamed: Map<string, SharedSection>;
  readonly ssoSessions: Map<string, SharedSection>;
  readonly services: Map<string, SharedSection>;
  readonly problems: FileProblem[];
}

function parsed(file: SharedFile): ParsedFile {
  return file.content === undefined ? { sections: [], problems: [] } : parseSharedFile(file.content);
}

function addConfigSection(found: Found, path: string, section: FileSection): void {
  const shared = toShared(path, section);
  const { header } = section;
  const add = (sections: Map<string, SharedSection>, name: string) => {
    // Of two sections whose headers mean the same name, only the later one counts.
    sections.set(name, { ...shared, problems: [...(sections.get(name)?.problems ?? []), ...shared.problems] });
  };
  if (header === 'default') {
    add(found.profiles, header);
    return;
  }
  const words = shellWords(header);
  const name = words?.length === 2 ? words[1] : undefined;
  if (name && header.startsWith('profile')) {
    add(found.profiles, name);
  } else if (name && header.startsWith('sso-session')) {
    add(found.ssoSessions, name);
  } else if (name && header.startsWith('services')) {
    add(found.services, name);
  } else if (/^\s*profile\s+\S/.test(header)) {
    const kind = header.startsWith('profile') ? 'unquoted-profile' : 'space-in-header';
    const problem: FileProblem = { ...shared.place, reason: { kind } };
    found.misnamed.set(header.trim().slice('profile'.length).trim(), {
      ...shared,
      problems: [...shared.problems, problem],
    });
  } else {
    found.problems.push(...shared.problems);
  }
}

function toShared(path: string, section: FileSection): SharedSection {
  const values: [string, string][] = [];
  const places: [string, Place][] = [];
  for (const [name, setting] of section.settings) {
    values.push(...valuesOf(name, setting));
    places.push([name, { path, line: setting.line }]);
  }
  return {
    values: Object.fromEntries(values),
    place: { path, line: section.line },
    places: Object.fromEntries(places),
    problems: placed(path, section.problems),
  };
}

function valuesOf(name: string, { value, nested }: Setting): [string, string][] {
  return nested
    ? [...nested].map(([inner, text]): [string, string] => [`${name}.${inner}`, text])
    : [[name, value.replace(/\n+/g, ' ')]];
}

function placed(path: string, problems: ParsedFile['problems']): readonly FileProblem[] {
  return problems.map((problem) => ({ path, ...problem }));
}

const keyNames = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token', 'aws_security_token'];
const isKey = (name: string) => keyNames.includes(name);

/**
 * Merges a profile's sections; all keys come from the same file. As in the AWS CLI, a console sign-in or a process
 * comes after the keys of the credentials file, but before those of the config file.
 */
function merged(config: SharedSection | undefined, credentials: SharedSection | undefined): SharedSection | undefined {
  const first = config ?? credentials;
  if (!first) {
    return undefined;
  }
  const inConfig = config?.values ?? {};
  const inCredentials = credentials?.values ?? {};
  const values = { ...inConfig, ...inCredentials };
  const from = [inCredentials, inConfig].find((section) => section['aws_access_key_id']);
  const isOverruled = from === inConfig && (values['login_session'] || values['credential_process']);
  const keys = isOverruled ? {} : pick(from ?? values, isKey);
  // The AWS CLI's older name of the token, which the SDK does not know.
  const token = keys['aws_security_token'] || keys['aws_session_token'];
  return {
    values: {
      ...pick(values, (name) => !isKey(name)),
      ...keys,
      ...(token ? { aws_session_token: token } : {}),
    },
    place: first.place,
    places: { ...config?.places, ...credentials?.places },
    problems: [...(config?.problems ?? []), ...(credentials?.problems ?? [])],
  };
}

function pick(section: Section, chosen: (name: string) => boolean): Section {
  return Object.fromEntries(Object.entries(section).filter(([name]) => chosen(name)));
}

interface Names {
  has(name: string): boolean;
}

/**
 * Removes comments behind values, as AWS SDKs do; the AWS CLI takes them for a part of the value. Commands, and names
 * and paths that exist, stay as they are.
 */
function withoutComments(
  section: SharedSection,
  known?: {
    readonly profiles: Names;
    readonly ssoSessions: Names;
    readonly services: Names;
    readonly paths: Names;
  },
): SharedSection {
  const names = new Map([
    ['source_profile', known?.profiles],
    ['sso_session', known?.ssoSessions],
    ['services', known?.services],
    ['web_identity_token_file', known?.paths],
    ['ca_bundle', known?.paths],
  ]);
  const values = Object.entries(section.values).map(([name, value = '']) => [
    name,
    name === 'credential_process' || names.get(name)?.has(value)
      ? value
      : value.replace(/(?:^|\s)[#;].*$/, '').trimEnd(),
  ]);
  return { ...section, values: Object.fromEntries(values) };
}
