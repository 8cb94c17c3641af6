import { join } from 'node:path';
import { root, type VsCodeVersion } from './install.ts';
import { runInVsCode } from './runInVsCode.ts';

export interface HostOutcome {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly error?: string;
}

/** Runs test/host inside VS Code. */
export async function runHostSuite(version: VsCodeVersion, grep?: string): Promise<readonly HostOutcome[]> {
  const report = await runInVsCode({
    version,
    entry: join(root, 'test', 'host', 'suite.ts'),
    env: grep ? { AMI_EXPLORER_HOST_GREP: grep } : {},
  });
  return report as readonly HostOutcome[];
}
