import type { IdReference, ParameterReference } from '../../code/reference.ts';
import type { ImageSummary } from '../../core/image.ts';
import { architecturesOf } from '../../core/instanceArchitecture.ts';
import type { Finding } from '../finding.ts';

/** An image that the instance type beside it cannot run. */
export function wrongArchitecture(
  reference: IdReference | ParameterReference,
  image: ImageSummary,
): readonly Finding[] {
  const { span, instanceType } = reference;
  const fitting = instanceType && architecturesOf(instanceType.value);
  if (!fitting || !image.architecture || fitting.includes(image.architecture)) return [];
  return [
    {
      rule: 'wrong-architecture',
      image,
      instanceType: instanceType.value,
      reference,
      span,
      severity: 'error',
      fixes: [],
    },
  ];
}
