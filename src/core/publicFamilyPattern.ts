/** One well-known series of images, before the partition decides about the owners. */
export interface FamilyPattern {
  readonly publisherId: string;
  /** Unique within the publisher. */
  readonly slug: string;
  readonly label: string;
  readonly namePatterns: readonly string[];
  readonly architecture: string | undefined;
}

/** One architecture by EC2's name for it, by the publisher's, and by the name to show. */
export interface ArchitectureNames {
  /** Value of the filter `architecture`. */
  readonly ec2: 'x86_64' | 'arm64' | 'x86_64_mac' | 'arm64_mac';
  /** As it stands in the names of the images. */
  readonly inName: string;
  /** As it stands in the label. */
  readonly label: string;
}

/** `amd64` / `arm64`: Debian's names, which Ubuntu and Talos use too. */
export const debianArchitectures: readonly ArchitectureNames[] = [
  { ec2: 'x86_64', inName: 'amd64', label: 'amd64' },
  { ec2: 'arm64', inName: 'arm64', label: 'arm64' },
];

/** `x86_64` / `aarch64`: the kernel's names, which Fedora and its relatives use. */
export const kernelArchitectures: readonly ArchitectureNames[] = [
  { ec2: 'x86_64', inName: 'x86_64', label: 'x86_64' },
  { ec2: 'arm64', inName: 'aarch64', label: 'arm64' },
];

/** `x86_64` / `arm64`: EC2's own names. */
export const ec2Architectures: readonly ArchitectureNames[] = [
  { ec2: 'x86_64', inName: 'x86_64', label: 'x86_64' },
  { ec2: 'arm64', inName: 'arm64', label: 'arm64' },
];

/** The same series for several architectures: `make` gets the name of each as it stands in image names. */
export function perArchitecture(
  publisherId: string,
  architectures: readonly ArchitectureNames[],
  slug: string,
  label: string,
  make: (inName: string) => readonly string[],
): readonly FamilyPattern[] {
  return architectures.map((architecture) => ({
    publisherId,
    slug: `${slug}-${architecture.label}`,
    label: `${label} ${architecture.label}`,
    namePatterns: make(architecture.inName),
    architecture: architecture.ec2,
  }));
}
