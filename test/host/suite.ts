import { writeFile } from 'node:fs/promises';

interface Outcome {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly error?: string;
}

/** Called by VS Code in its extension host. Writes what came of each test to the file that the runner names. */
export async function run(): Promise<void> {
  const report = process.env['AMI_EXPLORER_HOST_REPORT'];
  if (!report) {
    throw new Error('AMI_EXPLORER_HOST_REPORT names no file.');
  }
  // Mocha is an ES module; what a `require` of one gives differs between the Nodes of VS Code's versions.
  const { default: Mocha } = await import('mocha');
  const grep = process.env['AMI_EXPLORER_HOST_GREP'];
  const mocha = new Mocha({ ui: 'bdd', timeout: 240_000, ...(grep ? { grep } : {}) });
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, '', mocha);
  await import('./specs.ts');
  const outcomes: Outcome[] = [];
  await new Promise<void>((resolve) => {
    mocha
      .reporter(class extends Mocha.reporters.Base {})
      .run(() => resolve())
      .on(Mocha.Runner.constants.EVENT_TEST_PASS, (test) => outcomes.push({ title: test.fullTitle(), state: 'passed' }))
      .on(Mocha.Runner.constants.EVENT_TEST_PENDING, (test) =>
        outcomes.push({ title: test.fullTitle(), state: 'skipped' }),
      )
      .on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test, error: Error) =>
        outcomes.push({ title: test.fullTitle(), state: 'failed', error: error.stack ?? String(error) }),
      );
  });
  await writeFile(report, JSON.stringify(outcomes));
}
