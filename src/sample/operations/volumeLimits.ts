import type { SampleEbs } from '../model.ts';
import { ServiceError } from '../wire/errors.ts';

interface Range {
  readonly min: number;
  readonly max: number;
}

interface VolumeLimits {
  /** GiB */
  readonly size: Range;
  /** Provisioned IOPS; undefined for types without them. */
  readonly iops?: Range & { readonly perGiB: number; readonly required: boolean };
  /** Provisioned MiB/s; undefined for types without them. */
  readonly throughput?: Range & { readonly perIops: number };
}

/** API reference, EbsBlockDevice; the ratios are from "Amazon EBS volume types" in the EBS user guide. */
const LIMITS: Readonly<Record<string, VolumeLimits>> = {
  standard: { size: { min: 1, max: 1024 } },
  gp2: { size: { min: 1, max: 16_384 } },
  gp3: {
    size: { min: 1, max: 65_536 },
    iops: { min: 3000, max: 80_000, perGiB: 500, required: false },
    throughput: { min: 125, max: 2000, perIops: 0.25 },
  },
  io1: { size: { min: 4, max: 16_384 }, iops: { min: 100, max: 64_000, perGiB: 50, required: true } },
  io2: { size: { min: 4, max: 65_536 }, iops: { min: 100, max: 256_000, perGiB: 1000, required: true } },
  st1: { size: { min: 125, max: 16_384 } },
  sc1: { size: { min: 125, max: 16_384 } },
};

/** The IOPS that gp3 has by default. */
const GP3_IOPS = 3000;

type Volume = Pick<SampleEbs, 'size' | 'type' | 'iops' | 'throughput'>;

/**
 * Refuses volumes that EC2 cannot create. The known messages are from rocicorp/mono pull 4410, runs-on/runs-on issues
 * 260 and 426, velero-io/velero-plugin-for-aws pull 119.
 *
 * @throws ServiceError InvalidParameterValue, InvalidParameterCombination
 */
export function checkVolume({ size, type, iops, throughput }: Volume): void {
  const limits = Object.hasOwn(LIMITS, type) ? LIMITS[type] : undefined;
  if (!limits) {
    throw new ServiceError('InvalidParameterValue', `Value (${type}) for parameter volumeType is invalid.`);
  }
  checkRange(`Volume of ${size}GiB`, size, limits.size, `GiB for ${type} volumes`);
  checkIops(size, type, iops, limits);
  checkThroughput(throughput, iops ?? GP3_IOPS, limits);
}

function checkIops(size: number, type: string, iops: number | undefined, { iops: limits }: VolumeLimits): void {
  if (iops === undefined) {
    if (limits?.required) {
      throw new ServiceError(
        'InvalidParameterCombination',
        `The parameter iops must be specified for ${type} volumes.`,
      );
    }
    return;
  }
  if (!limits) {
    throw new ServiceError('InvalidParameterCombination', `The parameter iops is not supported for ${type} volumes.`);
  }
  checkRange(`Volume iops of ${iops}`, iops, limits, '');
  // The IOPS that each volume of the type has do not depend on its size.
  if ((limits.required || iops > limits.min) && iops > size * limits.perGiB) {
    throw new ServiceError(
      'InvalidParameterValue',
      `Iops to volume size ratio of ${(iops / size).toFixed(6)} is too high; maximum is ${limits.perGiB}`,
    );
  }
}

function checkThroughput(throughput: number | undefined, iops: number, { throughput: limits }: VolumeLimits): void {
  if (throughput === undefined) {
    return;
  }
  if (!limits) {
    throw new ServiceError('InvalidParameterCombination', 'throughput can only be specified for volumeType gp3.');
  }
  checkRange(`Throughput (MiBps) of ${throughput}`, throughput, limits, '');
  if (throughput > iops * limits.perIops) {
    throw new ServiceError(
      'InvalidParameterValue',
      `Throughput (MiBps) to iops ratio of ${(throughput / iops).toFixed(6)} is too high; ` +
        `maximum is ${limits.perIops.toFixed(6)} MiBps per iops`,
    );
  }
}

function checkRange(what: string, value: number, { min, max }: Range, unit: string): void {
  if (value < min) {
    throw new ServiceError('InvalidParameterValue', `${what} is too low; minimum is ${min}${unit}.`);
  }
  if (value > max) {
    throw new ServiceError('InvalidParameterValue', `${what} is too high; maximum is ${max}${unit}.`);
  }
}

/** The IOPS of a volume: provisioned, or by size for gp2. Magnetic and throughput-optimized volumes have none. */
export function iopsOf({ size, type, iops }: Volume): number | undefined {
  return iops ?? (type === 'gp2' ? Math.min(16_000, Math.max(100, 3 * size)) : undefined);
}
