import { setImmediate as pause } from 'node:timers/promises';
import type { SampleImage } from '../model.ts';
import { isPublic, isSharedWith, isSharedWithSampleAccount, REFERENCE_TIME, SAMPLE_ACCOUNT_ID } from '../model.ts';
import type { RegionState } from '../regionState.ts';
import { ServiceError } from '../wire/errors.ts';
import { type FilterField, readFilters } from '../wire/filters.ts';
import { QueryParameters } from '../wire/query.ts';
import { element, itemSet } from '../wire/xml.ts';
import type { XmlBytes } from '../wire/xmlBytes.ts';
import { type ActionContext, isResourceId, stopDryRun } from './context.ts';
import { type ImageQuery, listImages, meets } from './imageListing.ts';

/** EC2 documents no bounds for DescribeImages; 1,000 is the most that it answers in practice. */
const PAGE_LIMITS = { min: 1, max: 1000 };

/** Ids reckoned before other work gets its turn: a few milliseconds. */
const IDS_AT_ONCE = 10_000;

const IMAGE_FILTERS: Readonly<Record<string, FilterField<SampleImage>>> = {
  architecture: (image) => [image.architecture],
  'block-device-mapping.delete-on-termination': (image) => image.devices.map(({ ebs }) => ebs?.deleteOnTermination),
  'block-device-mapping.device-name': (image) => image.devices.map(({ deviceName }) => deviceName),
  'block-device-mapping.snapshot-id': (image) => image.devices.map(({ ebs }) => ebs?.snapshotId),
  'block-device-mapping.volume-size': (image) => image.devices.map(({ ebs }) => ebs?.size),
  'block-device-mapping.volume-type': (image) => image.devices.map(({ ebs }) => ebs?.type),
  'block-device-mapping.encrypted': (image) => image.devices.map(({ ebs }) => ebs?.encrypted),
  'boot-mode': (image) => [image.bootMode],
  'creation-date': (image) => [image.creationDate],
  description: (image) => [image.description],
  'ena-support': (image) => [image.enaSupport],
  'free-tier-eligible': (image) => [image.freeTierEligible],
  hypervisor: (image) => [image.hypervisor],
  'image-allowed': () => [true],
  'image-id': (image) => [image.id],
  'image-type': (image) => [image.imageType],
  'is-public': (image) => [isPublic(image)],
  'kernel-id': (image) => [image.kernelId],
  'manifest-location': (image) => [image.location],
  name: (image) => [image.name],
  'owner-alias': (image) => [image.ownerAlias],
  'owner-id': (image) => [image.ownerId],
  platform: (image) => [image.windows ? 'windows' : undefined],
  'product-code': (image) => image.productCodes.map(({ code }) => code),
  'product-code.type': (image) => image.productCodes.map(({ type }) => type),
  'ramdisk-id': (image) => [image.ramdiskId],
  'root-device-name': (image) => [image.rootDeviceName],
  'root-device-type': (image) => [image.rootDeviceType],
  'source-image-id': (image) => [image.sourceImageId],
  'source-image-region': (image) => [image.sourceImageRegion],
  'source-instance-id': (image) => [image.sourceInstanceId],
  state: (image) => [image.state],
  'state-reason-code': (image) => [image.stateReason?.code],
  'state-reason-message': (image) => [image.stateReason?.message],
  'sriov-net-support': (image) => [image.sriovNetSupport],
  'virtualization-type': (image) => [image.virtualizationType],
  // Filters of EC2 for what no image here has.
  ...Object.fromEntries(
    [
      'image-watermark.source-image-creation-time',
      'image-watermark.source-image-id',
      'image-watermark.source-image-region',
      'image-watermark.watermark-creation-time',
      'image-watermark.watermark-key',
      'instance-type-specification.supported-instance-type',
      'instance-type-specification.unsupported-instance-type',
      'public-ssm-parameter-name',
      'scan-result.finding-scan-date',
      'scan-result.highest-finding-severity-label',
    ].map((name) => [name, () => []]),
  ),
};

export async function describeImages(context: ActionContext): Promise<XmlBytes> {
  const { params, region, now, pages } = context;
  const ids = params.list('ImageId');
  if (ids.length > 0 && params.get('MaxResults') !== undefined) {
    throw new ServiceError(
      'InvalidParameterCombination',
      'The parameter imagesSet cannot be used with the parameter maxResults',
    );
  }
  const query = imageQuery(context, ids.length > 0);
  const found = ids.length > 0 ? findAll(region, ids, now) : undefined;
  stopDryRun(params);
  const page = await pages.page(region.name, params, PAGE_LIMITS, () =>
    found ? found.filter(meets(query)) : listImages(region, now, query),
  );
  const xml = region.imageWriter.write(page.items, ({ id }) => region.tags.get(id));
  xml.add(Buffer.from(element('nextToken', page.nextToken)));
  return xml;
}

/** The ids that a listing of all public images without a filter would give now. */
export async function publicImageIds(region: RegionState, now: number): Promise<string[]> {
  const params = QueryParameters.parse('ExecutableBy.1=all');
  const listing = await listImages(region, now, imageQuery({ params, region }, false));
  const ids: string[] = [];
  for (let at = 0; at < listing.length; at++) {
    if (at % IDS_AT_ONCE === 0) {
      await pause();
    }
    ids.push(listing.idAt(at));
  }
  return ids;
}

/** What of the request every image has to meet: filters, owners, executable users, deprecated and disabled ones. */
function imageQuery({ params, region }: Pick<ActionContext, 'params' | 'region'>, byId: boolean): ImageQuery {
  const filters = readFilters<SampleImage>(params, {
    fields: IMAGE_FILTERS,
    tags: (image) => region.tags.get(image.id),
  });
  const owners = params.list('Owner').map(ownerTest);
  const users = params.list('ExecutableBy');
  const userTests = users.map(executableTest);
  const includeDeprecated = params.boolean('IncludeDeprecated') ?? false;
  const includeDisabled = params.boolean('IncludeDisabled') ?? false;
  return {
    filters,
    everyPublic: owners.length === 0 && (users.length === 0 || users.includes('all')),
    inScope: (image) =>
      (owners.length === 0 || owners.some((test) => test(image))) &&
      isVisible(image) &&
      (users.length === 0 || userTests.some((test) => test(image))) &&
      (includeDisabled || image.state !== 'disabled') &&
      (includeDeprecated || byId || image.ownerId === SAMPLE_ACCOUNT_ID || !isDeprecated(image)),
  };
}

function isVisible(image: SampleImage): boolean {
  return image.ownerId === SAMPLE_ACCOUNT_ID || isPublic(image) || isSharedWithSampleAccount(image);
}

/** Judged on the day on which the data stands still, so that the same images are listed on every day. */
function isDeprecated({ deprecationTime }: SampleImage): boolean {
  return deprecationTime !== undefined && Date.parse(deprecationTime) <= REFERENCE_TIME;
}

function ownerTest(owner: string): (image: SampleImage) => boolean {
  if (owner === 'self') {
    return (image) => image.ownerId === SAMPLE_ACCOUNT_ID;
  }
  if (/^\d{12}$/.test(owner)) {
    return (image) => image.ownerId === owner;
  }
  if (owner === 'amazon' || owner === 'aws-marketplace' || owner === 'aws-backup-vault') {
    return (image) => image.ownerAlias === owner;
  }
  throw new ServiceError('InvalidUserID.Malformed', `Invalid user id: "${owner}"`);
}

/**
 * `self`: images that others share with the account or its organisation; `all`: public ones; an account: own images
 * shared with this account.
 */
function executableTest(user: string): (image: SampleImage) => boolean {
  if (user === 'all') {
    return isPublic;
  }
  if (user === 'self' || user === SAMPLE_ACCOUNT_ID) {
    return (image) => image.ownerId !== SAMPLE_ACCOUNT_ID && isSharedWithSampleAccount(image);
  }
  if (/^\d{12}$/.test(user)) {
    return (image) => image.ownerId === SAMPLE_ACCOUNT_ID && isSharedWith(image, user);
  }
  throw new ServiceError('InvalidUserID.Malformed', `Invalid user id: "${user}"`);
}

/** @throws ServiceError InvalidAMIID.Malformed, InvalidAMIID.Unavailable, InvalidAMIID.NotFound */
function findAll(region: RegionState, ids: readonly string[], now: number): SampleImage[] {
  for (const id of ids) {
    checkImageId(id);
  }
  const images = [...new Set(ids)].map((id) => ({ id, image: region.findImage(id, now) }));
  if (ids.includes(region.deregisteredImageId)) {
    throw new ServiceError(
      'InvalidAMIID.Unavailable',
      `The image ID '${region.deregisteredImageId}' is no longer available`,
    );
  }
  const missing = images.filter(({ image }) => image === undefined || !isVisible(image)).map(({ id }) => id);
  if (missing.length > 0) {
    throw imagesNotFound(missing);
  }
  return images.map(({ image }) => image).filter((image) => image !== undefined);
}

function checkImageId(id: string): void {
  if (!isResourceId(id, 'ami')) {
    throw new ServiceError('InvalidAMIID.Malformed', `Invalid id: "${id}" (expecting "ami-...")`);
  }
}

function imagesNotFound(ids: readonly string[]): ServiceError {
  const words = ids.length === 1 ? [`id`, 'does'] : ['ids', 'do'];
  return new ServiceError('InvalidAMIID.NotFound', `The image ${words[0]} '[${ids.join(', ')}]' ${words[1]} not exist`);
}

const VALUE_ATTRIBUTES: Readonly<Record<string, (image: SampleImage) => string>> = {
  description: (image) => valueXml('description', image.description),
  kernel: (image) => valueXml('kernel', image.kernelId),
  ramdisk: (image) => valueXml('ramdisk', image.ramdiskId),
  sriovNetSupport: (image) => valueXml('sriovNetSupport', image.sriovNetSupport),
  bootMode: (image) => valueXml('bootMode', image.bootMode),
  tpmSupport: (image) => valueXml('tpmSupport', image.tpmSupport),
  uefiData: () => valueXml('uefiData', undefined),
  lastLaunchedTime: (image) => valueXml('lastLaunchedTime', image.lastLaunchedTime),
  imdsSupport: (image) => valueXml('imdsSupport', image.imdsSupport),
  deregistrationProtection: (image) => valueXml('deregistrationProtection', image.deregistrationProtection),
  productCodes: (image) =>
    itemSet(
      'productCodes',
      image.productCodes.map(({ code, type }) => element('productCode', code) + element('type', type)),
    ),
  launchPermission: (image) =>
    itemSet(
      'launchPermission',
      image.permissions.map((permission) =>
        Object.entries(permission)
          .map(([name, value]) => element(name, String(value)))
          .join(''),
      ),
    ),
};

function valueXml(name: string, value: string | undefined): string {
  return value === undefined ? `<${name}/>` : `<${name}>${element('value', value)}</${name}>`;
}

/** Only the owner may ask. `blockDeviceMapping` is answered with AuthFailure, as the API's documentation says. */
export function describeImageAttribute({ params, region, now }: ActionContext): string {
  const id = params.required('ImageId');
  const attribute = params.required('Attribute');
  checkImageId(id);
  const image = region.findImage(id, now);
  if (!image || !isVisible(image)) {
    throw imagesNotFound([id]);
  }
  if (attribute === 'blockDeviceMapping') {
    throw new ServiceError('AuthFailure', 'Unauthorized attempt to access restricted resource');
  }
  const xml = Object.hasOwn(VALUE_ATTRIBUTES, attribute) ? VALUE_ATTRIBUTES[attribute] : undefined;
  if (!xml) {
    throw new ServiceError('InvalidParameterValue', `Value (${attribute}) for parameter attribute is invalid.`);
  }
  if (image.ownerId !== SAMPLE_ACCOUNT_ID) {
    throw new ServiceError('AuthFailure', `Not authorized for image:${id}`);
  }
  stopDryRun(params);
  return element('imageId', id) + xml(image);
}
