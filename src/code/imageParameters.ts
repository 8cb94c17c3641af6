import type { TextSpan } from './textSpan.ts';

/** The name of a public SSM parameter whose value is an image, or tells of one. */
export interface FoundParameter {
  readonly kind: 'parameter';
  readonly span: TextSpan;
  /** As written. */
  readonly value: string;
  /** Whether nothing in it is filled in elsewhere. */
  readonly isWhole: boolean;
}

/** What is filled in: `${…}`, `{{ … }}`, `{name}`, `{}`, `<name>`, `$NAME`, `$(…)`, `\(…)`, `%s`, `%[1]s`, `%(name)s`, `#{…}`. */
const filledIn =
  /[$#]?\{\{?[^{}"'`\n]{0,200}\}?\}|<[\w. -]{1,60}>|\$\w+|[$\\]\([^()"'`\n]{1,200}\)|%(?:\[\d+\]|\(\w+\)|\d+\$)?[sdvq]|\*/
    .source;
const parameter = new RegExp(`/aws/service/(?:[\\w./:-]|${filledIn})+`, 'g');
const ofImages =
  /^\/aws\/service\/(?:ami-[\w-]+|canonical|eks\/optimized-ami|ecs\/optimized-ami|bottlerocket|debian|suse|freebsd|redhat|rhel|rocky|almalinux|fedora|marketplace|deeplearning\/ami|neuron|nvidia|windows|storagegateway|ec2-macos|.*(?:ami|image)s?[-_]?(?:id)?(?:\/|$))/i;

/** What the names of these end with. A shorter path of them is a folder, or the beginning of a name that is put together. */
const ends =
  /^\/aws\/service\/(?!(?:canonical|(?:eks|ecs)\/optimized-ami|bottlerocket)(?:\/|$))|\/(?:ami-id|recommended|(?:amzn|al2)[\w.-]+|\w*(?:image_id|image_name|image_version|release_version))$/;

/** All names of public parameters of images in a text, in their order. */
export function findImageParameters(text: string): readonly FoundParameter[] {
  if (!text.includes('/aws/service/')) return [];
  return Array.from(text.matchAll(parameter)).flatMap(({ index, 0: whole }): readonly FoundParameter[] => {
    // A sentence's full stop, and the version or label behind a name.
    const value = whole.replace(/:\d*$|[.:/-]+$/, '');
    if (!ofImages.test(value) || value.split('/').length < 5) return [];
    const isWhole = /^(?:\/[\w.-][\w.:-]*)+$/.test(value) && !whole.endsWith('/') && ends.test(value);
    return [{ kind: 'parameter', span: { start: index, end: index + value.length }, value, isWhole }];
  });
}
