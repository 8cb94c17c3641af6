import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Two cores are what a small machine has; tests that start servers and browsers share them.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{contributions,core,ec2,catalog,images,actions,sample,protocol,build,ui,media}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.spec.ts'],
          // One editor at a time: each needs a server, an extension host and a browser.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // As patient as the steps themselves: what a busy machine shows late is no failure.
          expect: { poll: { timeout: 30_000 } },
          globalSetup: ['test/e2e/globalSetup.ts'],
        },
      },
    ],
  },
});
