/** A region as the account sees it. */
export interface Region {
  readonly name: string;
  readonly optIn: 'opt-in-not-required' | 'opted-in' | 'not-opted-in' | (string & {});
  readonly endpoint: string | undefined;
}
