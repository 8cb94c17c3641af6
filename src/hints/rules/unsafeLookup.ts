import type { LookupReference } from '../../code/reference.ts';
import { ownerOfPatterns } from '../../core/ownerOfPatterns.ts';
import { publisherOf } from '../../core/publishers.ts';
import { partitionOf } from '../../core/regions.ts';
import type { Finding, Fix } from '../finding.ts';
import type { LookupAnswer } from '../lookupAnswers.ts';
import type { ImageFacts } from './imageFacts.ts';

/** Filters by what a publisher chooses: anybody can publish an image that they find. */
const chosenByPublishers = /^(?:name|description|product-code|manifest-location|name[_-]regex)$/;

/**
 * A lookup that takes one image among all that the account can see, whoever has published it.
 *
 * @param answers what it finds now, where that has been asked for
 */
export function unsafeLookup(
  reference: LookupReference,
  answers: readonly LookupAnswer[] = [],
  facts?: Pick<ImageFacts, 'account' | 'publishers'>,
): readonly Finding[] {
  const { isUnsafe, filters, span } = reference;
  if (!isUnsafe) return [];
  const by = filters.map(({ name }) => name).filter((name) => chosenByPublishers.test(name));
  const fix = addKnownOwner(reference) ?? addOwnerOf(reference, answers, facts);
  return [{ rule: 'unsafe-lookup', by, reference, span, severity: 'warning', fixes: fix ? [fix] : [] }];
}

/** The owner of the well-known publisher whose names the lookup asks for; of what has a product code, the Marketplace. */
function addKnownOwner(reference: LookupReference): Fix | undefined {
  const { filters, region } = reference;
  if (filters.some(({ name, values = [] }) => name === 'product-code' && values.length > 0)) {
    return addOwner(reference, 'aws-marketplace', 'AWS Marketplace');
  }
  const patterns = filters.flatMap(({ name, values }) => (name === 'name' ? (values ?? ['*']) : []));
  const partitions = new Set((region.regions.length > 0 ? region.regions : ['us-east-1']).map(partitionOf));
  const [partition, ...others] = partitions;
  const known = partition && others.length === 0 ? ownerOfPatterns(patterns, partition) : undefined;
  return known && addOwner(reference, known.owner, known.publisher.name);
}

/**
 * The only owner of what the lookup finds that is the account itself or a known publisher. None of an answer that may have
 * others, and never a stranger: whose image is found now need not be whose was meant.
 */
function addOwnerOf(
  reference: LookupReference,
  answers: readonly LookupAnswer[],
  { account, publishers = [] }: Partial<Pick<ImageFacts, 'account' | 'publishers'>> = {},
): Fix | undefined {
  if (!answers.every(({ hasAllOwners }) => hasAllOwners)) return undefined;
  const owners = new Map(
    answers
      .flatMap(({ byOwner }) => byOwner)
      .map((image) => {
        const isOwn = image.ownerId !== '' && image.ownerId === account;
        const publisher = isOwn ? undefined : publisherOf(image, publishers);
        const alias =
          image.ownerAlias === 'amazon' || image.ownerAlias === 'aws-marketplace' ? image.ownerAlias : undefined;
        return [isOwn ? 'self' : (alias ?? image.ownerId), publisher] as const;
      }),
  );
  // What is left out of a question may leave other owners' images alone.
  if (owners.size > 1 && answers.some(({ leftOut }) => leftOut.length > 0)) return undefined;
  // While the account is not known, an owner that nobody knows may be the account itself.
  if (account === undefined && [...owners.values()].some((publisher) => !publisher)) return undefined;
  // In the Marketplace, any seller may have an image of this name.
  const [choice, ...others] = [...owners].filter(
    ([owner, publisher]) => owner === 'self' || (publisher && owner !== 'aws-marketplace'),
  );
  return choice && others.length === 0 ? addOwner(reference, choice[0], choice[1]?.name) : undefined;
}

function addOwner({ ownerInsertion }: LookupReference, owner: string, publisher: string | undefined): Fix | undefined {
  if (!ownerInsertion || owner === '') return undefined;
  const { offset, before, after } = ownerInsertion;
  const edit = { span: { start: offset, end: offset }, newText: before + owner + after };
  return { label: { kind: 'addOwner', owner, publisher }, edits: [edit] };
}
