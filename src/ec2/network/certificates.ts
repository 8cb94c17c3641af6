import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ErrorReason } from '../../core/errorReason.ts';
import { AmiError, errorCode } from '../../core/errors.ts';
import { isFile } from '../sharedConfig/machine.ts';

/** A file with the certificates to trust, and the variable or profile key that names it. */
export interface Bundle {
  readonly path: string;
  readonly source: string;
}

export interface BundleInputs {
  readonly env: NodeJS.ProcessEnv;
  readonly profile: string | undefined;
  /** The profile's `ca_bundle`. */
  readonly ofProfile: string | undefined;
}

/**
 * Finds the bundle in the order of botocore (`ca_bundle` in `configprovider.py`, `_get_verify_value` in `endpoint.py`):
 * AWS_CA_BUNDLE, the profile, then REQUESTS_CA_BUNDLE, which counts only if it names a file.
 */
export function findBundle({ env, profile, ofProfile }: BundleInputs): Bundle | undefined {
  const fromEnvironment = env['AWS_CA_BUNDLE'];
  if (fromEnvironment) {
    return { path: fromHome(fromEnvironment), source: 'AWS_CA_BUNDLE' };
  }
  if (ofProfile) {
    return { path: fromHome(ofProfile), source: `[${profile ?? 'default'}] ca_bundle` };
  }
  const ofPython = env['REQUESTS_CA_BUNDLE'];
  return ofPython && isFile(ofPython) ? { path: ofPython, source: 'REQUESTS_CA_BUNDLE' } : undefined;
}

/**
 * Reads the certificates (PEM) of a bundle. As in the AWS CLI, they are trusted instead of all others.
 *
 * @throws AmiError `config-invalid` for a file that cannot be read, has no certificate or has a damaged one
 */
export async function readBundle({ path, source }: Bundle): Promise<readonly string[]> {
  const invalid = (reason: ErrorReason, cause?: unknown) =>
    new AmiError(reason, { kind: 'config-invalid', operation: 'Connect', cause });
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    throw invalid(
      code === 'ENOENT'
        ? { kind: 'bundle-missing', source, path }
        : { kind: 'bundle-unreadable', source, path, code: code ?? String(error) },
      error,
    );
  }
  const certificates = content.match(pemCertificate) ?? [];
  if (certificates.length === 0) {
    throw invalid({ kind: 'bundle-empty', source, path });
  }
  for (const [index, certificate] of certificates.entries()) {
    try {
      new X509Certificate(certificate);
    } catch (error) {
      throw invalid({ kind: 'bundle-damaged', source, path, number: index + 1 }, error);
    }
  }
  return certificates;
}

const pemCertificate = /-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----[^-]*-----END \1-----/g;

function fromHome(path: string): string {
  return /^~[\\/]/.test(path) ? join(homedir(), path.slice(2)) : path;
}
