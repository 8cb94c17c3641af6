/** Versions of Kubernetes that EKS supports, newest first. */
export const kubernetesVersions: readonly string[] = ['1.36', '1.35', '1.34', '1.33', '1.32', '1.31'];

/** The versions that have images with Amazon Linux 2. */
export const kubernetesVersionsWithAmazonLinux2: readonly string[] = ['1.32', '1.31'];
