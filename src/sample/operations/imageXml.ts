import type { SampleDevice, SampleImage } from '../model.ts';
import { isPublic } from '../model.ts';
import { element, itemSet } from '../wire/xml.ts';
import { XmlBytes } from '../wire/xmlBytes.ts';
import { tagSet } from './tagXml.ts';

function deviceXml({ deviceName, virtualName, ebs }: SampleDevice): string {
  const name = element('deviceName', deviceName);
  if (virtualName !== undefined) {
    return name + element('virtualName', virtualName);
  }
  if (ebs === undefined) {
    return `${name}<noDevice/>`;
  }
  return (
    `${name}<ebs>${element('snapshotId', ebs.snapshotId)}${element('volumeSize', ebs.size)}` +
    `${element('deleteOnTermination', ebs.deleteOnTermination)}${element('volumeType', ebs.type)}` +
    `${element('iops', ebs.iops)}${element('throughput', ebs.throughput)}` +
    `${element('encrypted', ebs.encrypted)}${element('kmsKeyId', ebs.kmsKeyId)}</ebs>`
  );
}

function deviceMappingXml(devices: readonly SampleDevice[]): string {
  return itemSet('blockDeviceMapping', devices.map(deviceXml));
}

/** One item of `imagesSet`, with its elements in EC2's order. Elements without a value are left out, as EC2 does. */
export function imageXml(image: SampleImage, tags: ReadonlyMap<string, string> | undefined): string {
  const reason = image.stateReason;
  return [
    element('imageId', image.id),
    element('imageLocation', image.location),
    element('imageState', image.state),
    element('imageOwnerId', image.ownerId),
    element('creationDate', image.creationDate),
    element('isPublic', isPublic(image)),
    image.productCodes.length === 0
      ? ''
      : itemSet(
          'productCodes',
          image.productCodes.map(({ code, type }) => element('productCode', code) + element('type', type)),
        ),
    element('architecture', image.architecture),
    element('imageType', image.imageType),
    element('kernelId', image.kernelId),
    element('ramdiskId', image.ramdiskId),
    // EC2 answers `windows`, although the API model says `Windows`.
    image.windows ? element('platform', 'windows') : '',
    element('sriovNetSupport', image.sriovNetSupport),
    reason ? `<stateReason>${element('code', reason.code)}${element('message', reason.message)}</stateReason>` : '',
    element('imageOwnerAlias', image.ownerAlias),
    element('name', image.name),
    element('description', image.description),
    element('rootDeviceType', image.rootDeviceType),
    element('rootDeviceName', image.rootDeviceName),
    deviceMappingXml(image.devices),
    element('virtualizationType', image.virtualizationType),
    tagSet(tags),
    element('hypervisor', image.hypervisor),
    element('enaSupport', image.enaSupport || undefined),
    element('bootMode', image.bootMode),
    element('tpmSupport', image.tpmSupport),
    element('deprecationTime', image.deprecationTime),
    element('imdsSupport', image.imdsSupport),
    element('platformDetails', image.platformDetails),
    element('usageOperation', image.usageOperation),
    element('sourceInstanceId', image.sourceInstanceId),
    element('deregistrationProtection', image.deregistrationProtection),
    element('lastLaunchedTime', image.lastLaunchedTime),
    element('sourceImageId', image.sourceImageId),
    element('sourceImageRegion', image.sourceImageRegion),
    element('freeTierEligible', image.freeTierEligible || undefined),
    element('imageAllowed', true),
  ].join('');
}

/** The elements that differ between images of one kind, with their values. */
const VARYING: Readonly<Record<string, (image: SampleImage) => string | undefined>> = {
  imageId: ({ id }) => id,
  imageLocation: ({ location }) => location,
  creationDate: ({ creationDate }) => creationDate,
  name: ({ name }) => name,
  description: ({ description }) => description,
  deprecationTime: ({ deprecationTime }) => deprecationTime,
};

/** Enough for most pages: 1,000 images take less than 1.2 MB. */
const BYTES_PER_IMAGE = 1300;

/** A placeholder for a varying text: a character that no image has and that needs no escaping. */
const MARK = '\ue000';
const MARKED = new RegExp(`<(\\w+)>${MARK}</\\1>`);

/** An item of `imagesSet`: fixed XML, then varying elements, each with the fixed XML after it. */
interface Template {
  readonly start: Uint8Array;
  readonly holes: readonly Hole[];
}

interface Hole {
  readonly value: (image: SampleImage) => string | undefined;
  readonly open: Uint8Array;
  /** The fixed XML after a value, that for an empty value, and that for a missing one. */
  readonly afterValue: Uint8Array;
  readonly afterEmpty: Uint8Array;
  readonly afterNone: Uint8Array;
}

/**
 * Writes thousands of images. The XML that images of one kind share is cached, which takes an eighth of the time of
 * `imageXml` for the same result.
 */
export class ImageWriter {
  readonly #templates = new WeakMap<object, Template>();

  /** `imagesSet`. */
  write(
    images: readonly SampleImage[],
    tags: (image: SampleImage) => ReadonlyMap<string, string> | undefined,
  ): XmlBytes {
    const xml = new XmlBytes(BYTES_PER_IMAGE * (images.length + 1));
    if (images.length === 0) {
      xml.add(Buffer.from('<imagesSet/>'));
      return xml;
    }
    xml.add(Buffer.from('<imagesSet>'));
    for (const image of images) {
      const imageTags = tags(image);
      if (image.kind === undefined || (imageTags && imageTags.size > 0)) {
        xml.add(Buffer.from(`<item>${imageXml(image, imageTags)}</item>`));
      } else {
        fill(xml, this.#template(image, image.kind), image);
      }
    }
    xml.add(Buffer.from('</imagesSet>'));
    return xml;
  }

  #template(image: SampleImage, kind: object): Template {
    const template = this.#templates.get(kind) ?? templateOf(image);
    this.#templates.set(kind, template);
    return template;
  }
}

function fill(xml: XmlBytes, { start, holes }: Template, image: SampleImage): void {
  xml.add(start);
  for (const { value, open, afterValue, afterEmpty, afterNone } of holes) {
    const text = value(image);
    if (text === undefined) {
      xml.add(afterNone);
    } else if (text === '') {
      xml.add(afterEmpty);
    } else {
      xml.add(open);
      xml.addText(text);
      xml.add(afterValue);
    }
  }
}

/** Cuts a template from an image's XML at placeholders, so only `imageXml` defines the XML. */
function templateOf(image: SampleImage): Template {
  const marked = {
    id: MARK,
    location: MARK,
    creationDate: MARK,
    name: MARK,
    description: MARK,
    deprecationTime: MARK,
    devices: image.devices.map((device) =>
      device.ebs?.snapshotId === undefined ? device : { ...device, ebs: { ...device.ebs, snapshotId: MARK } },
    ),
  };
  const probe = new Proxy(image, {
    get: (target, field) => (Object.hasOwn(marked, field) ? Reflect.get(marked, field) : Reflect.get(target, field)),
  });
  const snapshots = image.devices.flatMap(({ ebs }, number) => (ebs?.snapshotId === undefined ? [] : [number]));
  // Fixed XML and the names of the varying elements, in turns.
  const [start = '', ...parts] = `<item>${imageXml(probe, undefined)}</item>`.split(MARKED);
  const holes: Hole[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const [name = '', text = ''] = parts.slice(at, at + 2);
    holes.push({
      value: (name === 'snapshotId' ? snapshotOf(snapshots.shift() ?? 0) : VARYING[name]) ?? (() => undefined),
      open: Buffer.from(`<${name}>`),
      afterValue: Buffer.from(`</${name}>${text}`),
      afterEmpty: Buffer.from(`<${name}/>${text}`),
      afterNone: Buffer.from(text),
    });
  }
  return { start: Buffer.from(start), holes };
}

function snapshotOf(device: number): (image: SampleImage) => string | undefined {
  return ({ devices }) => devices[device]?.ebs?.snapshotId;
}
