import { maxTextLength } from './bounds.ts';

/** What stands in a text that may refer to images. */
export const mention =
  /ami-(?=[a-z]*\d)[0-9a-z]{7}|aws_ami\b|aws_ami_ids\b|source_ami_filter|amazon-ami|MachineImage|(?:get|lookup)_?ami(?:_?ids|_?output)?\b|DataAwsAmi|describe_?-?images|get_all_images|\bimages(?:\.(?:filter|with_owner)\b|\(\s*(?:\{\s*)?:?filters)|get-ec2image\b|ec2_ami|ami_?selector|amiSelectorTerms|\/aws\/service\/|ec2dim\b|kops\.k8s\.io|image["']?:\s*["']?\d{12}\/|image_?(?:search|lookup)|aws-sdk:ec2/i;

/** Whether a text may refer to images: a look of some ms for each MB, before anything is parsed. */
export function mayMention(text: string): boolean {
  return text.length <= maxTextLength && mention.test(text);
}

const takesImageId =
  /(?<![A-Za-z])(?:ami|Ami|AMI)s?(?![a-z])|[a-z]A(?:mi|MI)s?(?![a-z])|[Ii]mages?[_-]?I[Dd]s?|image[_-]?ids?|IMAGE_ID|[Gg]eneric_?(?:[Ll]inux|[Ww]indows)|Mappings|[Pp]arent_?[Ii]mage|::Image::Id|machine_?[Ii]mage|\bImage\(|-\d["'\]]*\s*(?:[:=,]|=>)\s*["']?$|\bkops\b|\bimages\b|\bec2(?:_instance|_lc|_launch_template)?["']?:/;

/** Whether an image's id may be wanted behind a text of some lines: before a closer look, which needs more code. */
export function mayTakeImageId(text: string): boolean {
  return takesImageId.test(text);
}
