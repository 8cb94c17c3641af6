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
    short: 'A lookup of an image does not filter by owner.',
    help: 'Anyone can publish an image under any name. A lookup that picks by name among the images of all owners can pick one of a stranger, whose code then runs in your account (the "whoAMI" attack). Add owners, or a filter on owner-id or owner-alias.',
    severity: 'warning',
    risk: '8.0',
  },
  'malformed-id': {
    name: 'MalformedId',
    short: 'An AMI ID is malformed.',
    help: 'An AMI ID is "ami-" followed by 8 or 17 hexadecimal digits. EC2 refuses all others with InvalidAMIID.Malformed.',
    severity: 'error',
  },
  'not-found': {
    name: 'NotFound',
    short: 'A region does not have the image or the public parameter.',
    help: 'An AMI ID is valid in one region: a copy of the image in another region has another ID. EC2 does not tell whether an image does not exist or is not shared with the account.',
    severity: 'error',
  },
  deregistered: {
    name: 'Deregistered',
    short: 'The image no longer exists.',
    help: 'Instances cannot be launched from a deregistered image. Replace the ID with that of a newer image.',
    severity: 'error',
  },
  deprecated: {
    name: 'Deprecated',
    short: 'The image is deprecated, or soon will be.',
    help: 'The publisher no longer maintains a deprecated image, EC2 no longer lists it for other accounts, and it may be deregistered at any time. Replace the ID with that of a newer image.',
    severity: 'warning',
  },
  disabled: {
    name: 'Disabled',
    short: 'The image is disabled.',
    help: 'Instances cannot be launched from a disabled image until its owner enables it again.',
    severity: 'error',
  },
  unusable: {
    name: 'Unusable',
    short: 'Instances cannot be launched from the image in its current state.',
    help: 'Instances can be launched only from images in the state "available".',
    severity: 'error',
  },
  'newer-image': {
    name: 'NewerImage',
    short: 'A newer image of the same family is available.',
    help: 'The newer image has the same owner, family, architecture, virtualization type and root device type.',
    severity: 'information',
  },
  'wrong-architecture': {
    name: 'WrongArchitecture',
    short: 'The instance type does not support the architecture of the image.',
    help: 'EC2 refuses to launch an image on an instance type of another architecture. Use the image of the same family for the architecture of the instance type, or another instance type.',
    severity: 'error',
  },
  'unverified-publisher': {
    name: 'UnverifiedPublisher',
    short: 'The image is public, and its publisher is not verified.',
    help: 'Anyone can publish an image. The owner of this one is neither your account nor a verified publisher. Check who owns it, or copy the image to your account.',
    severity: 'information',
    risk: '5.0',
  },
};
