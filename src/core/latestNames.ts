import { latestNameRules, type Order, rank } from './latestNameRules.ts';

/** What the name of a public parameter says of its images, in the words of the public families. */
export interface LatestName {
  /** `Ubuntu 24.04 LTS minimal · arm64` */
  readonly label: string;
  /** For `compareOrders`: what is newest and default comes first. */
  readonly order: Order;
}

const collator = new Intl.Collator('en', { numeric: true });

export function compareOrders(a: Order, b: Order): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [one = '', other = ''] = [a[index], b[index]];
    if (one === other) continue;
    if (typeof one === 'number' && typeof other === 'number') return one < other ? -1 : 1;
    const compared = collator.compare(String(one), String(other));
    if (compared !== 0) return compared;
  }
  return 0;
}

/** `/aws/service/…`; undefined for a name of another form than those that are known. */
export function readLatestName(name: string): LatestName | undefined {
  const path = name.replace(/^\/aws\/service\//, '');
  for (const { expression, read } of latestNameRules) {
    const groups = expression.exec(path)?.groups;
    if (!groups) continue;
    const { words, apart = [], order } = read((part) => groups[part] ?? '');
    const stated = groups['arch'] ?? groups['other'];
    const arch = stated === 'aarch64' ? 'arm64' : stated?.replace('_mac', '');
    const facts = [...apart, arch].filter((fact): fact is string => fact !== undefined && fact !== '');
    return { label: [words, ...facts].join(' · '), order: [...order, rank(arch === 'arm64'), words] };
  }
  return undefined;
}
