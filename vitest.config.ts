import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/ensure-browser.ts', 'tests/build-demo.ts'],
    // Whole builds and a browser share two cores.
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
