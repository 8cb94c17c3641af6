import { configDefaults, defineConfig } from 'vitest/config';

const contract = 'test/contract/**/*.test.ts';

export default defineConfig({
  test: {
    // Two cores are what a small machine has; tests that start servers and browsers share them.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          // All but what needs another endpoint: a new folder is never forgotten.
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, contract],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: { requireAssertions: true, poll: { timeout: 30_000 } },
        },
      },
      {
        test: {
          name: 'contract',
          include: [contract],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { requireAssertions: true, poll: { timeout: 30_000 } },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.spec.ts'],
          // One editor at a time: each needs a server, an extension host and a browser.
          fileParallelism: false,
          // Each step has its own bound: many that are slow, one after the other, are no failure.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // As patient as the steps themselves: what a busy machine shows late is no failure.
          expect: { requireAssertions: true, poll: { timeout: 60_000 } },
          globalSetup: ['test/e2e/globalSetup.ts'],
        },
      },
    ],
  },
});
