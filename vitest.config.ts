import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, so that no worker begins with one of them when the other is done. */
const LONGEST =
  'nasty csp changed-engine axe never-stale archive-branch crash hostile-planet workflow snapshot search site frozen chaos'
    .split(' ')
    .map((name) => `/tests/${name}.test.ts`);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

/** Tests that build a site or open a browser. */
const isEndToEnd = (name: string) =>
  /inject\('demo'\)|buildSite|'\.\/(?:browser|project|site|site-builder)\.ts'|search-site\.ts/.test(
    readFileSync(`tests/${name}`, 'utf8'),
  );
const all = readdirSync('tests').filter((name) => name.endsWith('.test.ts'));
const [endToEnd, unit] = [all.filter(isEndToEnd), all.filter((name) => !isEndToEnd(name))];
const files = (names: string[]) => names.map((name) => `tests/${name}`);

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: files(unit) } },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: files(endToEnd),
          globalSetup: ['tests/ensure-browser.ts', 'tests/build-demo.ts'],
        },
      },
    ],
    maxWorkers: 2,
    // No module of ours remembers what another test could notice: loading all of them again for every file took a fifth of the time.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Processes and a browser share the machine with what the tests measure nothing of.
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
