import type { Reference } from '../../code/reference.ts';
import type { ImageSummary } from '../../core/image.ts';
import { type LifecycleFlag, lifecycleOf, timeOf } from '../../core/lifecycle.ts';
import type { Finding } from '../finding.ts';
import type { ImageFacts } from './imageFacts.ts';
import { replaceId } from './replaceId.ts';

const day = 24 * 60 * 60_000;

/** An image that cannot be launched, or that is deprecated or soon will be. The most important alone. */
export function lifecycle(reference: Reference, image: ImageSummary, { now, newer }: ImageFacts): readonly Finding[] {
  const [flag] = lifecycleOf(image, now);
  if (!flag) return [];
  const base = { reference, span: reference.span, image, fixes: replaceId(reference, newer(image)) };
  return findingOf(flag, base, now);
}

type Base = Pick<Finding, 'reference' | 'span' | 'fixes'> & { readonly image: ImageSummary };

function findingOf(flag: LifecycleFlag, base: Base, now: number): readonly Finding[] {
  switch (flag.kind) {
    case 'disabled':
      return [{ ...base, rule: 'disabled', severity: 'error' }];
    case 'pending':
      return [{ ...base, rule: 'unusable', state: 'pending', severity: 'information' }];
    case 'failed':
      return [{ ...base, rule: 'unusable', state: 'failed', severity: 'error' }];
    case 'unusable':
      return flag.state === 'deregistered'
        ? [{ ...base, rule: 'deregistered', severity: 'error' }]
        : [{ ...base, rule: 'unusable', state: flag.state, severity: 'error' }];
    case 'deprecated':
    case 'deprecating-soon': {
      const days = Math.floor(((timeOf(flag.at) ?? now) - now) / day);
      const severity = flag.kind === 'deprecated' ? 'warning' : 'information';
      return [{ ...base, rule: 'deprecated', at: flag.at, days, severity }];
    }
    case 'stale':
      return [];
  }
}
