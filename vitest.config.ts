import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The tests that take longest. They run first, so that no worker begins one when the others are done. */
const LONGEST = [
  'operator-repository never-stale nasty changed-engine search axe search-finder planet-workflow search-tries site every-day reading pseudo-site',
  'hostile-planet csp first-screen media quiet',
  // Those that start many processes before all others: the larger a worker has grown, the longer each start takes.
  'archive-branch pictures crash create archive-year any-folder lock',
  'tries-identity feed-worker linear-time build-search sanitise-limits across-runs bench-planet fetcher identity-model fuzz-sanitise',
]
  .flatMap((names) => names.split(' '))
  .map((name) => `/${name}.test.ts`);

// Hundreds of processes load the same modules: compiled once, each starts in half of the time.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/orrery-compiled');

// What a person has set for a planet of their own, or a host for its builds, is not for the planets of tests. By GIT_… `git rebase --exec`
// names its repository, and the repositories of tests would be that one. A shell prints a warning for each LC_… that the machine lacks, as
// where ssh has brought it from another; Node prints one for FORCE_COLOR beside NO_COLOR.
const OTHERS = /^(?:GIT|LC|ORRERY|PLANET)_|^(?:BASE_URL|CONTENT_TYPE|FORCE_COLOR|SOURCE_DATE_EPOCH)$/;
for (const name of Object.keys(process.env)) if (OTHERS.test(name)) delete process.env[name];
// The servers of tests are on this machine, and no proxy knows them.
process.env['no_proxy'] = `${process.env['no_proxy'] ?? process.env['NO_PROXY'] ?? ''},127.0.0.1,localhost`;
// Nor do repositories have the settings of the person, and none of them looks for old objects to pack.
process.env['GIT_CONFIG_GLOBAL'] = join(import.meta.dirname, 'tests/lib/gitconfig');
process.env['GIT_CONFIG_NOSYSTEM'] = '1';

/** Where temporary files are in memory, if there is room for all that the tests write, and then for the tests: on a disk a small build takes nearly twice the CPU time. */
const MEMORY = '/dev/shm';
const ROOM = 4 * 2 ** 30;

if (process.env['TMPDIR'] === undefined && roomOf(MEMORY) >= ROOM && freemem() >= 2 * ROOM) {
  const area = mkdtempSync(join(MEMORY, 'orrery-tests-'));
  process.env['TMPDIR'] = area;
  // With what is left behind by browsers that were killed.
  process.on('exit', () => rmSync(area, { recursive: true, force: true, maxRetries: 5 }));
}

function roomOf(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

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
          exclude: ['tests/e2e/package/**'],
          globalSetup: ['tests/lib/ensure-browser.ts', 'tests/lib/build-demo.ts'],
        },
      },
      // Tests of the packed engine need neither a browser nor the demo.
      { extends: true, test: { name: 'package', include: ['tests/e2e/package/**/*.test.ts'] } },
    ],
    // One more than the cores of a machine with two: the tests wait for a third of their time.
    maxWorkers: 3,
    // Node strips the types itself, as it does for the programs: Vite's own loader took a tenth of the time. But that also
    // rewrites `using`, which Node 22 does not know: the programs do without it, the tests do not.
    experimental: { viteModuleRunner: Number.parseInt(process.versions.node, 10) < 24 },
    // Our modules keep no state that another test could notice, and loading them again for every file took a fifth of the time.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Long, because other programs may use the machine too.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // Long, for a busy machine.
    expect: { poll: { timeout: 60_000 } },
  },
});
