/**
 * The grammar of EC2's ids: a prefix and 8 or, since 2016, 17 hexadecimal digits in lower case (EC2 User Guide, "Resource
 * IDs").
 */
const imageId = /^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
const instanceId = /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/**
 * What an endpoint may call what it has: parts of letters and digits with hyphens in between. EC2 itself is stricter, but
 * compatible endpoints have ids of their own: `ami-000001` (LocalStack), `emi-3F2A1B0C` (Eucalyptus), 32 digits (Zadara).
 */
const resourceId = /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+$/;
const maxResourceIdLength = 128;

/** An id as EC2 itself gives them: for what stands in code and other text. Endpoints may have others, see `isResourceId`. */
export function isImageId(text: string): boolean {
  return imageId.test(text);
}

export function isInstanceId(text: string): boolean {
  return instanceId.test(text);
}

/**
 * Whether a text can be the id of something that an endpoint has: one word, which means nothing in code, to a shell or in an
 * URL. Whether it is there, the endpoint says.
 */
export function isResourceId(text: string): boolean {
  return text.length <= maxResourceIdLength && resourceId.test(text);
}
