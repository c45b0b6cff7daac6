import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { run, siteOf } from './planet.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The demo planet, snapshot and built once for all tests: its folder and its site. */
    demo: { folder: string; dist: string };
  }
}

export const ENTRY = '/2026/01/23/mara-okafor-teaching-a-gear-train-to-count-53cca4bdab/';

/** One page of the demo of each kind; the last one is not there. */
export const KINDS: readonly string[] = [
  ...['/', '/excerpts/', '/titles/', '/archive/', '/2026/', '/2026/01/', '/2026/01/23/', '/authors/', '/feeds/'],
  ...['/authors/mara-okafor/', '/feeds/almanac/', '/subscribe/', '/status/', '/about/', '/search/'],
  ...[ENTRY, '/there-is-no-such-page/'],
];

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const area = await mkdtemp(join(tmpdir(), 'orrery-demo-'));
  const demo = { folder: join(area, 'content'), dist: join(area, 'dist') };
  await cp('src/demo', demo.folder, { recursive: true, filter: (path) => !path.endsWith('archive') });
  const snapshot = await run(['scripts/snapshot.ts', '--strict'], { PLANET_CONTENT: demo.folder });
  if (snapshot.code !== 0) throw new Error(`The demo's snapshot failed:\n${snapshot.stdout}${snapshot.stderr}`);
  const built = await run(['scripts/site.ts'], siteOf(demo.folder, demo.dist));
  if (built.code !== 0) throw new Error(`The demo did not build:\n${built.stdout}${built.stderr}`);
  project.provide('demo', demo);
  return () => rm(area, { recursive: true, force: true });
}
