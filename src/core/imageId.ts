/**
 * The grammar of EC2's ids: a prefix and 8 or, since 2016, 17 hexadecimal digits in lower case (EC2 User Guide,
 * "Resource IDs").
 */
const imageId = /^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const instanceId = /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/**
 * The ids of any endpoint: parts of letters and digits with hyphens between them. Compatible endpoints have other ids
 * than EC2: `ami-000001` (LocalStack), `emi-3F2A1B0C` (Eucalyptus), 32 digits (Zadara).
 */
const resourceId = /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+$/;
const maxResourceIdLength = 128;

/** An id in EC2's own form, as found in code and other text. For ids of other endpoints, see `isResourceId`. */
export function isImageId(text: string): boolean {
  return imageId.test(text);
}

export function isInstanceId(text: string): boolean {
  return instanceId.test(text);
}

/**
 * Whether a text can be the id of an endpoint's resource. Such a text is one word without a special meaning in code, a
 * shell or a URL.
 */
export function isResourceId(text: string): boolean {
  return text.length <= maxResourceIdLength && resourceId.test(text);
}
