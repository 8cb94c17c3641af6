import type { Rule, Severity } from '../hints/finding.ts';

/** What a rule is about, for tools that list rules. */
interface RuleText {
  readonly name: string;
  readonly short: string;
  /** Why it matters, and what to do. */
  readonly help: string;
  /** Of most of its findings. */
  readonly severity: Severity;
  /** How much of a risk to security it is, from 0 to 10 (GitHub's `security-severity`). */
  readonly risk?: string;
}

export const ruleTexts: Readonly<Record<Rule, RuleText>> = {
  'unsafe-lookup': {
    name: 'UnsafeLookup',
    short: 'A lookup takes an image without pinning its owner.',
    help: 'Anybody can publish an image with any name. A lookup that chooses by name among the images of all owners may take one of a stranger, who then runs code in the account (the "whoAMI" attack). Add owners, or a filter on owner-id or owner-alias.',
    severity: 'warning',
    risk: '8.0',
  },
  'malformed-id': {
    name: 'MalformedId',
    short: 'A text that was meant as an AMI id is none.',
    help: 'An AMI id is "ami-" and 8 or 17 hexadecimal digits. EC2 refuses all others with InvalidAMIID.Malformed.',
    severity: 'error',
  },
  'not-found': {
    name: 'NotFound',
    short: 'A region does not have the image or the public parameter.',
    help: 'Ids of images are those of one region: an image is copied to another region under another id. EC2 does not tell an image that does not exist from one that is not shared with the account.',
    severity: 'error',
  },
  deregistered: {
    name: 'Deregistered',
    short: 'The image no longer exists.',
    help: 'No instance can be launched from an image that has been deregistered. Replace the id by that of a newer image.',
    severity: 'error',
  },
  deprecated: {
    name: 'Deprecated',
    short: 'The image is deprecated, or soon will be.',
    help: 'Its publisher no longer maintains a deprecated image: it gets no security fixes, is no longer listed for others, and may be deregistered at any time. Replace the id by that of a newer image.',
    severity: 'warning',
  },
  disabled: {
    name: 'Disabled',
    short: 'The image is disabled.',
    help: 'No instance can be launched from a disabled image. Its owner can enable it again.',
    severity: 'error',
  },
  unusable: {
    name: 'Unusable',
    short: 'The image is in a state in which no instance can be launched from it.',
    help: 'Only images in the state "available" can be launched.',
    severity: 'error',
  },
  'newer-image': {
    name: 'NewerImage',
    short: 'There is a newer image of the same family.',
    help: 'The newer image has the same owner, family, architecture and kind of virtualization, and what has been fixed since.',
    severity: 'information',
  },
  'wrong-architecture': {
    name: 'WrongArchitecture',
    short: 'The instance type beside the image cannot run it.',
    help: 'EC2 refuses to launch an image of one architecture on an instance type of another one. Choose the image of the same family for the architecture of the instance type, or another type.',
    severity: 'error',
  },
  'unverified-publisher': {
    name: 'UnverifiedPublisher',
    short: 'The image is public, and its publisher is not known.',
    help: 'Anybody can publish an image. The owner of this one is no publisher whose account is known, and not the account itself. Make sure whose it is, or copy the image to the account.',
    severity: 'information',
    risk: '5.0',
  },
};
