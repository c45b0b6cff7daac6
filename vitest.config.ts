import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, so that no worker begins with one of them when the other is done. */
const LONGEST =
  'never-stale operator-repository axe changed-engine hostile-planet nasty frozen csp snapshot site media archive-branch'
    .split(' ')
    .map((name) => `/${name}.test.ts`);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: ['tests/e2e/**'] } },
      {
        extends: true,
        test: {
          name: 'e2e',
          // Tests that build a site or open a browser.
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/lib/ensure-browser.ts', 'tests/lib/build-demo.ts'],
        },
      },
    ],
    // One more than the two cores of the machine that it is meant for: a third of the time is spent waiting.
    maxWorkers: 3,
    // No module of ours remembers what another test could notice: loading all of them again for every file took a fifth of the time.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Processes and a browser share the machine with what the tests measure nothing of.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // What a test waits for comes, however busy the machine is.
    expect: { poll: { timeout: 60_000 } },
  },
});
