import { regionNamed } from '../regions/regionNames.ts';
import type { KeyAround } from './keysAround.ts';
import { lineAt } from './lines.ts';

/** Words of a name, in lower case: `AMI_ID`, `sourceAmi`, `--image-ids`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Last words of names that say something about images, and hold no id. */
const noId =
  /^(?:names?|types?|owners?|regex|pattern|filters?|tags?|description|users?|groups?|regions?|family|versions?|arch|architectures?|alias|prefix|suffix|path|url|parameter|ssm|key|accounts?|orgs?|count|state|enabled|product|os|device|mappings?|snapshots?|selectors?|terms|status|date|age|size|lookup|builder|build|copy|share|encrypt|platform)$/;

/** Whether a name is that of an image's id, or of several. */
export function isImageKey(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (noId.test(last)) return false;
  if (words.some((word) => /^(?:amis?|amiids?|imageids?)$/.test(word))) return true;
  if (/^(?:parent|base|source)\s?image$/.test(words.join(' '))) return true;
  return words.some((word, index) => /^images?$/.test(word) && /^ids?$/.test(words[index + 1] ?? ''));
}

/** Whether a name is about images at all: of a map of them, a list, a block. */
function isAboutImages(name: string): boolean {
  return wordsOf(name).some((word) => /^(?:amis?|ami\w*|\w+ami|images?|imageids?)$/.test(word));
}

/** Keys that say nothing of what their value is. */
const generic =
  /^(?:default|value|values|id|ids|items?|current|new|old|allowed_?values|parameter_?value|resolved_?value|else|then|ref)$/i;

/** Calls that give back what they are given, or wrap it. */
const wrapping =
  /(?:^|\.)(?:lookup|coalesce|try|to(?:list|set|string)|concat|element|String|StringPtr|StringSlice|Ptr|ptr|str|of|asList|List|list|Some|from|Input|Output|output|getenv|environ\.get|env|get|GetEnv|Getenv|default|If|FindInMap|format|nonsensitive|var)$/;

/** Resources of other clouds, whose images have other ids. */
const otherCloud =
  /^(?:openstack|alicloud|azurerm|azapi|google|docker|oci|ibm|tencentcloud|huaweicloud|yandex|digitalocean|linode|hcloud|vsphere|proxmox|kubernetes|ovh|scaleway|upcloud|vultr|opentelekomcloud|flexibleengine|nutanix|libvirt)_/;

export interface KeyedPlace {
  readonly text: string;
  readonly offset: number;
  /** See `keysAround`. */
  readonly keys: readonly KeyAround[];
}

/** Whether the keys around a place say that an image's id belongs there. */
export function takesImageId({ text, offset, keys: all }: KeyedPlace): boolean {
  if (all.some(({ labels }) => otherCloud.test(labels[0] ?? ''))) return false;
  if (isNamedDefault(all)) return true;
  const keys = all.filter(({ name, isCall }) => (isCall ? !wrapping.test(name) : name !== 'Fn::If'));
  const [key, outer] = keys;
  if (!key) return false;
  if (key.isCall) return /^(?:Image|ImageId)$/.test(methodOf(key.name)) || isImageKey(methodOf(key.name));
  if (isImageKey(key.name)) return true;
  if (key.name === 'image' && (/\bkops\b/i.test(text) || ec2Module.test(outer?.name ?? ''))) return true;
  if (regionNamed(key.name) !== undefined) return isMapOfImages(text, offset, keys.slice(1));
  if (outer && regionNamed(outer.name) !== undefined && !outer.isCall) {
    return isImagesKind(key.name) && isMapOfImages(text, offset, keys.slice(2));
  }
  if (!generic.test(key.name)) return false;
  return (
    (outer !== undefined && !outer.isCall && (isAboutImages(outer.name) || outer.labels.some(isImageKey))) ||
    besideSaysImage(text, offset)
  );
}

/** Ansible's modules that start instances. */
const ec2Module = /^(?:(?:amazon|community)\.aws\.)?ec2(?:_instance|_lc|_launch_template|_spot_instance)?$/;

const namesFirst = /(?:^|[._])(?:getenv|environ\.get|env|LookupEnv|get|require|String)$|getEnv/i;
const declares = /(?:^|\.)(?:add_argument|add_option|addOption|option|argument|Option)$/;

/** Whether a place is the default of an option or a variable whose name stands beside it. */
function isNamedDefault([key, outer]: readonly KeyAround[]): boolean {
  if (key?.isCall) return namesFirst.test(key.name) && key.labels.length === 1 && key.labels.every(isImageKey);
  return key?.name === 'default' && declares.test(outer?.name ?? '') && (outer?.labels.some(isImageKey) ?? false);
}

function methodOf(callee: string): string {
  return callee.split('.').at(-1) ?? '';
}

/** Keys below a region: architectures, systems and kinds of virtualization. */
function isImagesKind(name: string): boolean {
  return (
    isAboutImages(name) ||
    /^(?:hvm|pv|x86|i386|amd|arm|32|64|linux|windows|ubuntu|debian|centos|rhel|redhat|amazon|al20|suse|sles|rocky|alma|gpu|ecs|eks|nat|bastion|default)/i.test(
      name,
    )
  );
}

const nearBefore = 3_000;
const nearAfter = 1_500;

/** A region map may have any ids: what is around it, or beside the place, says of what. */
function isMapOfImages(text: string, offset: number, outer: readonly KeyAround[]): boolean {
  if (outer.some(({ name, labels }) => isAboutImages(name) || labels.some(isAboutImages))) return true;
  if (
    outer.some(({ name }) =>
      /(?:^|\.)(?:Mappings|[gG]eneric(?:Linux|Windows|_linux|_windows)|MachineImage_Generic(?:Linux|Windows)|GenericLinuxImage|GenericWindowsImage)$/.test(
        name,
      ),
    )
  ) {
    return !hasOtherIds(text, offset);
  }
  const around = text.slice(Math.max(0, offset - nearBefore), offset + nearAfter);
  return /\bami-[0-9a-f]{8}/.test(around) || (!hasOtherIds(text, offset) && outer.length <= 2);
}

/** Whether the neighbours under other keys have values that are no images. */
function hasOtherIds(text: string, offset: number): boolean {
  const { start, end } = lineAt(text, offset);
  const before = text.slice(Math.max(0, start - 400), start);
  const after = text.slice(end, end + 400);
  return /[=:]\s*["']?(?:(?:vpc|subnet|sg|vol|snap|eni|igw|rtb|acl|i|arn|key|tgw)[-:]|\d{1,3}(?:\.\d{1,3}){3}|\d{12}\b|[A-Z0-9]{14}\b)/.test(
    before + after,
  );
}

/** What stands beside a generic key: a filter's name, a parameter's key or its type. */
function besideSaysImage(text: string, offset: number): boolean {
  const { start, end } = lineAt(text, offset);
  const near = `${lastLines(text.slice(Math.max(0, start - 400), start), 4)}${text.slice(start, end)}${firstLines(text.slice(end, end + 400), 3)}`;
  if (/\bnames?["']?\s*[:=]\s*\[?\s*["']?image-id\b/i.test(near)) return true;
  if (/Type["']?\s*:\s*["']?(?:List<)?AWS::EC2::Image::Id/.test(near)) return true;
  const parameter = /ParameterKey["']?\s*[:=]\s*["']?([\w-]+)/.exec(near)?.[1];
  return parameter !== undefined && isImageKey(parameter);
}

function lastLines(text: string, count: number): string {
  return text.split('\n').slice(-count).join('\n');
}

function firstLines(text: string, count: number): string {
  return text.split('\n').slice(0, count).join('\n');
}
