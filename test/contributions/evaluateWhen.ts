/**
 * The part of VS Code's `when` clauses that is used here (src/vs/platform/contextkey/common): `||` binds weaker than
 * `&&`, values are texts with or without quotes, and a bare key is true where it has a value. Throws for an invalid
 * clause and for a key that the context lacks, which the editor would evaluate to false.
 */
export function evaluateWhen(clause: string, context: Readonly<Record<string, string | boolean>>): boolean {
  const tokens = tokensOf(clause);
  const next = () => tokens.shift() ?? fail('more is expected');
  const taken = (token: string) => tokens[0] === token && tokens.shift() !== undefined;
  const fail = (reason: string): never => {
    throw new Error(`${reason}: ${clause}`);
  };
  const contextValue = (key: string) =>
    /^[\w.]+$/.test(key) ? (context[key] ?? fail(`unknown key ${key}`)) : fail(`no key: ${key}`);

  // Both sides are always read, so that errors in either are found.
  const either = (): boolean => {
    let value = both();
    while (taken('||')) {
      value = both() || value;
    }
    return value;
  };
  const both = (): boolean => {
    let value = term();
    while (taken('&&')) {
      value = term() && value;
    }
    return value;
  };
  const term = (): boolean => {
    if (taken('!')) {
      return !(tokens[0] === '(' ? term() : constantOr(next(), (key) => Boolean(contextValue(key))));
    }
    if (taken('(')) {
      const value = either();
      return taken(')') ? value : fail('a parenthesis is not closed');
    }
    return constantOr(next(), (key) => {
      const value = String(contextValue(key));
      if (taken('==')) {
        return value === textOf(next());
      }
      if (taken('!=')) {
        return value !== textOf(next());
      }
      return taken('=~') ? regexOf(next()).test(value) : Boolean(contextValue(key));
    });
  };
  const textOf = (token: string) =>
    /^'|^[\w.-]+$/.test(token) ? token.replaceAll("'", '') : fail(`no value: ${token}`);
  const regexOf = (token: string) => {
    const [, source = fail(`no pattern: ${token}`), flags] = /^\/(.*)\/(\w*)$/.exec(token) ?? [];
    return new RegExp(source, flags);
  };

  const value = either();
  return tokens.length === 0 ? value : fail(`${tokens[0]} is not expected`);
}

function constantOr(token: string, value: (key: string) => boolean): boolean {
  return token === 'true' || (token !== 'false' && value(token));
}

const token = /\s*([()]|!=|!|==|=~|&&|\|\||'[^']*'|\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/[igsmyu]*|[\w.-]+)/y;

function tokensOf(clause: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < clause.trimEnd().length) {
    const at = token.lastIndex;
    const [, found] = token.exec(clause) ?? [];
    if (found === undefined) {
      throw new Error(`not known at ${at}: ${clause}`);
    }
    tokens.push(found);
  }
  return tokens;
}
