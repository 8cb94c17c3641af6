import { amazonFamilies } from './publicFamiliesAmazon.ts';
import { distributionFamilies } from './publicFamiliesDistributions.ts';
import type { FamilyPattern } from './publicFamilyPattern.ts';
import { ownersOf, type Publisher, sharesOwner } from './publishers.ts';
import type { Partition } from './regions.ts';

/** A well-known series of public images: what to ask EC2 for to list it, known without any call. */
export interface PublicFamily {
  /** Unique over all publishers: `canonical/ubuntu-24.04-arm64`; a publisher's remaining images: `canonical/other`. */
  readonly id: string;
  readonly publisherId: string;
  /** A proper name, `Ubuntu 24.04 LTS (Noble) arm64`; empty where `kind` is `other`. */
  readonly label: string;
  /** `other`: every image of the publisher, whatever its name. */
  readonly kind: 'series' | 'other';
  /** For DescribeImages' `Owners`. */
  readonly owners: readonly string[];
  /** Values of the filter `name`; none: every name. */
  readonly namePatterns: readonly string[];
  /** Value of the filter `architecture`; undefined: every architecture. */
  readonly architecture: string | undefined;
}

const patterns: readonly FamilyPattern[] = [...amazonFamilies, ...distributionFamilies];

/**
 * A publisher's families in a partition, in the order of the view, the one of all its other images last. Empty where the
 * publisher is not known in that partition.
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
    // Without its names it would list what others publish under the same owner.
    namePatterns: sharesOwner(publisher, partition) ? publisher.namePatterns : [],
    architecture: undefined,
  };
  return [...series, other];
}
