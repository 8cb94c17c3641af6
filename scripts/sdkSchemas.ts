import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Lets the AWS SDK's shapes be shaken out of the bundle. A client's `schemas_0.js` writes object keys as constants of its
 * own (`[_eQN]: …`), which the bundler must take for side effects, so that every shape of the service stays: 550 kB for
 * one command. With the constants' values in their place only what is used stays. The build fails where there is nothing
 * to replace.
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
