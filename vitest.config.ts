import { defineConfig } from 'vitest/config';

/** Tests of these floors meet a real database; those below are pure. */
const databaseTests = ['src/{store,runtime,server,cli}/**/*.test.ts'];

/** Tests that drive a real browser. */
const browserTests = ['web/e2e/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // No test asserts a speed: these only end what hangs, also on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,tools,web,bench}/**/*.test.{ts,tsx}'],
          exclude: [...databaseTests, ...browserTests],
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: databaseTests,
          globalSetup: './tools/test-database.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: browserTests,
          globalSetup: './tools/test-database.ts',
        },
      },
    ],
  },
});
