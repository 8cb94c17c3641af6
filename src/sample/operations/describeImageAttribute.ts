import type { SampleImage } from '../model.ts';
import { SAMPLE_ACCOUNT_ID } from '../model.ts';
import { ServiceError } from '../wire/errors.ts';
import { element, itemSet } from '../wire/xml.ts';
import { type OperationContext, stopDryRun } from './context.ts';
import { findImages } from './findImages.ts';

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

/** EC2 answers only the image's owner. `blockDeviceMapping` is answered with AuthFailure, as the API reference says. */
export function describeImageAttribute({ params, region, now }: OperationContext): string {
  const id = params.required('ImageId');
  const attribute = params.required('Attribute');
  const [image] = findImages(region, [id], now);
  if (!image) {
    throw new ServiceError('InvalidAMIID.Unavailable', `The image ID '${id}' is no longer available`);
  }
  if (attribute === 'blockDeviceMapping') {
    throw new ServiceError('AuthFailure', 'Unauthorized attempt to access restricted resource', 401);
  }
  const xml = Object.hasOwn(VALUE_ATTRIBUTES, attribute) ? VALUE_ATTRIBUTES[attribute] : undefined;
  if (!xml) {
    throw new ServiceError('InvalidRequest', 'The request received was invalid.');
  }
  if (image.ownerId !== SAMPLE_ACCOUNT_ID) {
    throw new ServiceError('AuthFailure', `Not authorized for image:${id}`);
  }
  stopDryRun(params);
  return element('imageId', id) + xml(image);
}
