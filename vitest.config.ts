import { defineConfig } from 'vitest/config';

/** They build sites, and Astro keeps what it generates in one folder of the project: one after the other. */
const builders = ['frozen', 'month-layout', 'nasty', 'outputs-site', 'site', 'troubled-planet'].map(
  (name) => `tests/${name}.test.ts`,
);

export default defineConfig({
  test: {
    globalSetup: ['tests/ensure-browser.ts', 'tests/build-demo.ts'],
    maxWorkers: 2,
    // Processes and a browser share the machine with what the tests measure nothing of.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: { name: 'all', include: ['tests/**/*.test.ts'], exclude: builders, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: { name: 'builds', include: builders, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
