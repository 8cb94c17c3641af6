import { amazonFamilies } from './publicFamiliesAmazon.ts';
import { distributionFamilies } from './publicFamiliesDistributions.ts';
import type { FamilyPattern } from './publicFamilyPattern.ts';
import { ownersOf, type Publisher, sharesOwner } from './publishers.ts';
import type { Partition } from './regions.ts';

/** A well-known series of public images, with what EC2 needs to list it. */
export interface PublicFamily {
  /**
   * Unique over all publishers: `canonical/ubuntu-24.04-arm64`, or `canonical/other` for a publisher's remaining
   * images.
   */
  readonly id: string;
  readonly publisherId: string;
  /** `Ubuntu 24.04 LTS (Noble) arm64`; not translated. Empty where `kind` is `other`. */
  readonly label: string;
  /** `other`: all images of the publisher. */
  readonly kind: 'series' | 'other';
  /** For DescribeImages' `Owners`. */
  readonly owners: readonly string[];
  /** Values of the filter `name`; empty for every name. */
  readonly namePatterns: readonly string[];
  /** Value of the filter `architecture`; undefined for every architecture. */
  readonly architecture: string | undefined;
}

const patterns: readonly FamilyPattern[] = [...amazonFamilies, ...distributionFamilies];

/**
 * A publisher's families in a partition, in the order of the view, `other` last. Empty where the publisher is unknown
 * in the partition.
 */
export function familiesOf(publisher: Publisher, partition: Partition): readonly PublicFamily[] {
  const owners = ownersOf(publisher, partition);
  if (owners.length === 0) return [];
  const series = patterns
    .filter((pattern) => pattern.publisherId === publisher.id)
    .map((pattern): PublicFamily => {
      return {
        id: `${publisher.id}/${pattern.slug}`,
        publisherId: publisher.id,
        label: pattern.label,
        kind: 'series',
        owners,
        namePatterns: pattern.namePatterns,
        architecture: pattern.architecture,
      };
    });
  const other: PublicFamily = {
    id: `${publisher.id}/other`,
    publisherId: publisher.id,
    label: '',
    kind: 'other',
    owners,
    // Name patterns exclude the images of publishers with the same owner.
    namePatterns: sharesOwner(publisher, partition) ? publisher.namePatterns : [],
    architecture: undefined,
  };
  return [...series, other];
}
