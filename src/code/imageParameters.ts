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

/** What is filled in: `${…}`, `{{ … }}`, `{name}`, `<name>`, `$NAME`, `%s`, `#{…}`. */
const filledIn = /[$#]?\{\{?[^{}"'`\n]{1,200}\}?\}|<[\w. -]{1,60}>|\$\w+|%[sd]|\*/.source;
const parameter = new RegExp(`/aws/service/(?:[\\w./:-]|${filledIn})+`, 'g');
const ofImages =
  /^\/aws\/service\/(?:ami-[\w-]+|canonical|eks\/optimized-ami|ecs\/optimized-ami|bottlerocket|debian|suse|freebsd|redhat|rhel|rocky|almalinux|fedora|marketplace|deeplearning\/ami|neuron|nvidia|windows|storagegateway|ec2-macos|.*(?:ami|image)s?[-_]?(?:id)?(?:\/|$))/i;

/** All names of public parameters of images in a text, in their order. */
export function findImageParameters(text: string): readonly FoundParameter[] {
  if (!text.includes('/aws/service/')) return [];
  return Array.from(text.matchAll(parameter)).flatMap(({ index, 0: whole }): readonly FoundParameter[] => {
    // A sentence's full stop, and the version or label behind a name.
    const value = whole.replace(/:\d*$|[.:/-]+$/, '');
    if (!ofImages.test(value) || value.split('/').length < 5) return [];
    const isWhole = /^[\w./:-]+$/.test(value);
    return [{ kind: 'parameter', span: { start: index, end: index + value.length }, value, isWhole }];
  });
}
