/** In UTF-16 code units. Larger texts are left out: nobody writes them by hand. */
export const maxTextLength = 20_000_000;

/**
 * In UTF-16 code units. Longer texts are minified or made by programs: of them ids are read, and what stands on their
 * lines.
 */
export const maxParsed = 2_000_000;

const mention =
  /ami-(?=[a-z]*\d)[0-9a-z]{7}|aws_ami\b|aws_ami_ids\b|source_ami_filter|amazon-ami|MachineImage|(?:get|lookup)_?ami(?:_?ids|_?output)?\b|DataAwsAmi|describe_?-?images|get_all_images|\bimages\.(?:filter|with_owner)\b|ec2_ami|ami_?selector|amiSelectorTerms|\/aws\/service\/|ec2dim\b|kops\.k8s\.io|image["']?:\s*["']?\d{12}\/|image_?(?:search|lookup)|aws-sdk:ec2/i;

/** Whether a text may refer to images: a look of some ms for each MB, before anything is parsed. */
export function mayMention(text: string): boolean {
  return text.length <= maxTextLength && mention.test(text);
}

const takesImageId =
  /(?<![A-Za-z])(?:ami|Ami|AMI)s?(?![a-z])|[a-z]A(?:mi|MI)s?(?![a-z])|[Ii]mages?[_-]?I[Dd]s?|image[_-]?ids?|IMAGE_ID|[Gg]eneric_?(?:[Ll]inux|[Ww]indows)|Mappings|[Pp]arent_?[Ii]mage|\bkops\b|\bimages\b/;

/** Whether an image's id may be wanted behind a text of some lines: before a closer look, which needs more code. */
export function mayTakeImageId(text: string): boolean {
  return takesImageId.test(text);
}
