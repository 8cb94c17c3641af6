import * as l10n from '@vscode/l10n';
import { familyOf } from '../../src/core/family.ts';
import type { Image } from '../../src/core/image.ts';

/** A value of an image with its name, in EC2's own words; undefined or empty where EC2 gives none. */
function field<Id extends string>(id: Id, label: string, value: string | undefined) {
  return { id, label, value };
}

function yesNo(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? l10n.t('Yes') : l10n.t('No');
}

export type IdentityField = ReturnType<typeof identityFields>[number];

export type DateField = ReturnType<typeof dateFields>[number];

/** The values of an image but its dates, devices and tags. All but Yes and No may be written by others. */
export function identityFields(image: Image) {
  return [
    field('name', l10n.t('Name'), image.name),
    field('description', l10n.t('Description'), image.description),
    field('family', l10n.t('Family'), familyOf(image).label),
    field('location', l10n.t('Location'), image.location),
    field('ownerAlias', l10n.t('Owner alias'), image.ownerAlias),
    field('platform', l10n.t('Platform'), image.platformDetails ?? image.platform),
    field('architecture', l10n.t('Architecture'), image.architecture),
    field('imageType', l10n.t('Image type'), image.imageType),
    field('virtualizationType', l10n.t('Virtualization'), image.virtualizationType),
    field('hypervisor', l10n.t('Hypervisor'), image.hypervisor),
    field('bootMode', l10n.t('Boot mode'), image.bootMode),
    field('tpmSupport', l10n.t('TPM'), image.tpmSupport),
    field('imdsSupport', l10n.t('IMDS'), image.imdsSupport),
    field('enaSupport', l10n.t('Enhanced networking (ENA)'), yesNo(image.enaSupport)),
    field('sriovNetSupport', l10n.t('SR-IOV'), image.sriovNetSupport),
    field('usageOperation', l10n.t('Usage operation'), image.usageOperation),
    field('productCodes', l10n.t('Product codes'), image.productCodes.join(', ')),
    field('kernelId', l10n.t('Kernel'), image.kernelId),
    field('ramdiskId', l10n.t('RAM disk'), image.ramdiskId),
    field('freeTierEligible', l10n.t('Free tier'), yesNo(image.freeTierEligible)),
    field('deregistrationProtection', l10n.t('Deregistration protection'), image.deregistrationProtection),
    field('sourceInstanceId', l10n.t('Source instance'), image.sourceInstanceId),
    field('sourceImageId', l10n.t('Source image'), image.sourceImageId),
  ];
}

/** The dates of an image, as EC2 writes them. */
export function dateFields(image: Image) {
  return [
    field('creationDate', l10n.t('Created'), image.creationDate),
    field('deprecationTime', l10n.t('Deprecation'), image.deprecationTime),
    field('lastLaunchedTime', l10n.t('Last launched'), image.lastLaunchedTime),
  ];
}
