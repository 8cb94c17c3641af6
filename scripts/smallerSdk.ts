import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Lets the bundler drop the SDK's unused shapes. A client's `schemas_0.js` uses constants as object keys (`[_eQN]: …`),
 * which the bundler treats as side effects, so one command would bring all shapes of the service (550 kB). This
 * replaces the constants by their values, and fails the build where there are none.
 */
export function literalSchemaKeys(): Plugin {
  return {
    name: 'literal-schema-keys',
    setup(build) {
      build.onLoad({ filter: /[\\/]@aws-sdk[\\/].*[\\/]dist-es[\\/].*schemas_0\.js$/ }, async ({ path }) => {
        const { source, replaced } = withLiteralKeys(await readFile(path, 'utf8'));
        const changed = `No schema keys were replaced in ${path}: the form of the SDK's files has changed.`;
        return replaced === 0 ? { errors: [{ text: changed }] } : { contents: source, loader: 'js' };
      });
    },
  };
}

/**
 * Leaves out the Parameter Store's error classes, 60 kB with their shapes. The SDK falls back to the service's base
 * class with the same name and message, and this extension identifies errors by name.
 */
export function namedErrorsOnly(): Plugin {
  return {
    name: 'named-errors-only',
    setup(build) {
      build.onLoad({ filter: /[\\/]client-ssm[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/ }, async ({ path }) => {
        const { source, removed } = withoutErrorClasses(withLiteralKeys(await readFile(path, 'utf8')).source);
        const changed = `No class of an error was found in ${path}: the form of the SDK's files has changed.`;
        return removed === 0 ? { errors: [{ text: changed }] } : { contents: source, loader: 'js' };
      });
    },
  };
}

/**
 * Leaves out `bowser` (34 kB), a reader of user agents that the SDK calls in browsers only. Fails the build where
 * another module imports it.
 */
export function noBrowserAgents(): Plugin {
  return {
    name: 'no-browser-agents',
    setup(build) {
      build.onResolve({ filter: /^bowser$/ }, ({ path, importer }) =>
        /[\\/]util-user-agent-browser[\\/]/.test(importer)
          ? { path, external: true }
          : { errors: [{ text: `${importer} imports bowser, which is left out of the bundle.` }] },
      );
    },
  };
}

export function withoutErrorClasses(source: string): { readonly source: string; readonly removed: number } {
  let removed = 0;
  const rest = source.replace(/^n0_registry\.registerError\(.*\);$/gm, () => {
    removed += 1;
    return '';
  });
  return { source: rest, removed };
}

export function withLiteralKeys(source: string): { readonly source: string; readonly replaced: number } {
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of source.matchAll(/^const (_\w+) = ("(?:[^"\\]|\\.)*");$/gm)) {
    values.set(name, value);
  }
  let replaced = 0;
  const literal = source.replace(/\[(_\w+)\]:/g, (whole, name: string) => {
    const value = values.get(name);
    if (value === undefined) {
      return whole;
    }
    replaced += 1;
    return `${value}:`;
  });
  return { source: literal, replaced };
}
