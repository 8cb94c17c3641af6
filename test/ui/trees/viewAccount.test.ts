import { describe, expect, it, vi } from 'vitest';
import { ViewAccount } from '../../../src/ui/trees/viewAccount.ts';
import { ends, startSession } from '../session/startSession.ts';

const timeout = 20_000;

async function start(given?: Parameters<typeof startSession>[0]) {
  const started = await startSession(given);
  const askAnew = vi.fn();
  const changed = vi.fn();
  const account = new ViewAccount(started.session, askAnew);
  ends.push(() => account.dispose());
  account.onDidChange(changed);
  return { ...started, account, askAnew, changed };
}

describe('whose rows a view shows', () => {
  it('is told once they are asked for, and once for each account', async () => {
    const { account, session, changed } = await start();
    expect(account.shown).toBeUndefined();
    const state = await account.state(timeout);
    expect(state).toEqual({ kind: 'open', connection: account.shown });
    expect(account.shown).toBe(await session.connection());
    changed.mockClear();
    expect(await account.state(timeout)).toEqual(state);
    expect(changed).not.toHaveBeenCalled();
  });

  it('is nobody while an account is opened, and no longer than so', async () => {
    const { account, askAnew } = await start({ profile: 'hung' });
    expect(await account.state(20)).toEqual({ kind: 'opening' });
    expect(account).toMatchObject({ shown: undefined, hasOldRows: false });
    expect(askAnew).not.toHaveBeenCalled();
  });

  it('is the next account only when the rows of the one before have gone', async () => {
    const { account, session, user, askAnew, changed } = await start();
    await account.state(timeout);
    user.profile = 'other';
    session.reopen();
    expect(account).toMatchObject({ shown: undefined, hasOldRows: true });
    const next = await session.connection();
    expect(account.shown).toBeUndefined();
    changed.mockClear();
    // The first answer empties the view, which asks again.
    expect(await account.state(timeout)).toEqual({ kind: 'opening' });
    expect(askAnew).toHaveBeenCalledTimes(1);
    expect(account).toMatchObject({ shown: undefined, hasOldRows: false });
    expect(changed).not.toHaveBeenCalled();
    expect(await account.state(timeout)).toEqual({ kind: 'open', connection: next });
    expect(account.shown).toBe(next);
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('empties the view, too, where the account goes while its rows are asked for', async () => {
    const { account, session, user, askAnew } = await start();
    await account.state(timeout);
    const asked = account.state(timeout);
    user.profile = 'missing';
    session.reopen();
    expect(await asked).toEqual({ kind: 'opening' });
    expect(askAnew).toHaveBeenCalledTimes(1);
    expect(await account.state(timeout)).toMatchObject({ kind: 'failed' });
    expect(account).toMatchObject({ shown: undefined, hasOldRows: false });
  });

  it('is heard of no more once the view is gone', async () => {
    const { account, session, changed } = await start();
    await account.state(timeout);
    account.dispose();
    changed.mockClear();
    session.reopen();
    await session.connection();
    expect(changed).not.toHaveBeenCalled();
    expect(account.hasOldRows).toBe(false);
  });
});
