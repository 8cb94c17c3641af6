import { beforeEach, describe, expect, it } from 'vitest';
import type { ActionTypes, Target } from '../../../src/actions/action.ts';
import type { AccountScope } from '../../../src/core/accountScope.ts';
import { LeftWizards } from '../../../src/ui/actions/leftWizards.ts';

interface Types extends ActionTypes {
  readonly choices: { readonly text: string };
  readonly step: 'name';
}

const account: AccountScope = {
  kind: 'aws',
  partition: 'aws',
  endpoint: undefined,
  account: '123456789012',
  profile: 'web',
};
const other: AccountScope = { ...account, account: '999999999999' };
const target = (id: string): Target => ({ region: 'us-east-1', id });
const [one, two] = [target('i-1'), target('i-2')];
const left = (text: string, ...targets: readonly Target[]) =>
  ({ step: 'name', returning: false, draft: { text, targets } }) as const;

let wizards: LeftWizards<Types>;
const found = (scope: AccountScope, ...targets: readonly Target[]) => wizards.find(scope, targets)?.draft.text;

beforeEach(() => {
  wizards = new LeftWizards();
});

describe('a wizard that was left', () => {
  it('is found by the same targets in any order, and by no others', () => {
    wizards.keep(account, left('both', one, two));
    expect(found(account, two, one)).toBe('both');
    expect(found(account, one)).toBeUndefined();
    expect(found(account, { ...one, region: 'eu-west-1' }, two)).toBeUndefined();
  });

  it('is the last one where no targets are given', () => {
    expect(found(account)).toBeUndefined();
    wizards.keep(account, left('first', one));
    wizards.keep(account, left('second', two));
    expect(found(account)).toBe('second');
    wizards.keep(account, left('first again', one));
    expect(found(account)).toBe('first again');
    expect(found(account, two)).toBe('second');
  });

  it('is found in its own account alone, also through another connection to it', () => {
    wizards.keep(account, left('mine', one));
    expect(found(other, one)).toBeUndefined();
    expect(found(other)).toBeUndefined();
    expect(found({ ...account, profile: 'another' }, one)).toBe('mine');
    // A connection whose account is not known yet.
    expect(found({ ...account, account: undefined }, one)).toBe('mine');
    wizards.forget(other, [one]);
    expect(found(account, one)).toBe('mine');
    wizards.forget(account, [one]);
    expect(found(account, one)).toBeUndefined();
  });

  it('takes back what has told of it once it is continued, and that of no other', () => {
    const ended: string[] = [];
    const notice = (name: string) => ({ dispose: () => ended.push(name) });
    wizards.keep(account, left('first', one), notice('first'));
    wizards.keep(account, left('second', two), notice('second'));
    wizards.keep(account, left('first again', one), notice('first again'));
    expect(ended).toEqual(['first']);
    wizards.forget(account, [two]);
    expect(ended).toEqual(['first', 'second']);
  });

  it('gives way to later ones', () => {
    for (let index = 0; index < 30; index += 1) {
      wizards.keep(account, left(String(index), target(`i-${index}`)));
    }
    expect(found(account, target('i-29'))).toBe('29');
    expect(found(account, target('i-20'))).toBe('20');
    expect(found(account, target('i-19'))).toBeUndefined();
  });
});
