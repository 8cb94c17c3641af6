/** A well-known series of images; its owners depend on the partition. */
export interface FamilyPattern {
  readonly publisherId: string;
  /** Unique within the publisher. */
  readonly slug: string;
  readonly label: string;
  readonly namePatterns: readonly string[];
  readonly architecture: string | undefined;
}

/** The names of one architecture. */
export interface ArchitectureNames {
  /** Value of the filter `architecture`. */
  readonly ec2: 'x86_64' | 'arm64' | 'x86_64_mac' | 'arm64_mac';
  /** The publisher's name, as it stands in image names. */
  readonly inName: string;
  /** As it stands in labels. */
  readonly label: string;
}

/** Debian's names, which Ubuntu and Talos use too. */
export const debianArchitectures: readonly ArchitectureNames[] = [
  { ec2: 'x86_64', inName: 'amd64', label: 'amd64' },
  { ec2: 'arm64', inName: 'arm64', label: 'arm64' },
];

/** The kernel's names, which Fedora and its relatives use. */
export const kernelArchitectures: readonly ArchitectureNames[] = [
  { ec2: 'x86_64', inName: 'x86_64', label: 'x86_64' },
  { ec2: 'arm64', inName: 'aarch64', label: 'arm64' },
];

/** EC2's own names. */
export const ec2Architectures: readonly ArchitectureNames[] = [
  { ec2: 'x86_64', inName: 'x86_64', label: 'x86_64' },
  { ec2: 'arm64', inName: 'arm64', label: 'arm64' },
];

/** One series for each architecture; `make` takes the name of the architecture in image names. */
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
