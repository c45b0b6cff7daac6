import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['tests/ensure-browser.ts', 'tests/build-demo.ts'],
    maxWorkers: 2,
    // Processes and a browser share the machine with what the tests measure nothing of.
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
