// What the feeds of 5,000 authors and 1,000 feeds cost a full build of 10,000 entries:  npm run bench -- outputs
// Both are processor time of one build, so that whatever else the machine does slows both. Only Linux tells it.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { measure } from './measure.ts';
import { writePlanet } from './planet/folder.ts';
import { type Blog, END, type Plan } from './planet/plan.ts';

const FEEDS = 1_000;
/** Somewhat more than 5,000 in all, since not everybody gets to write. */
const PEOPLE_PER_FEED = 6;
const ENTRIES = 10_000;
const YEARS = 5;
/** More than this share of a build is too much. */
const MOST = 0.15;

const blogs = Array.from({ length: FEEDS }, (_, feed): Blog => {
  const authors = Array.from({ length: PEOPLE_PER_FEED }, (_, person) => `Writer ${feed * PEOPLE_PER_FEED + person}`);
  const [id, home] = [`blog-${feed}`, `https://blog-${feed}.example/`];
  return { id, title: `Blog ${feed}`, home, authors, teases: false, active: [0, END], weight: 1 };
});
const plan: Plan = {
  entries: ENTRIES,
  blogs,
  planets: [],
  at: (index) => {
    const time = END - ((ENTRIES - index) / ENTRIES) * YEARS * 365 * 86_400_000;
    const published = new Date(Math.floor(time / 1000) * 1000);
    return { index, blog: blogs[index % FEEDS] as Blog, published, copiedBy: null };
  },
};

const area = await mkdtemp(join(tmpdir(), 'orrery-bench-outputs-'));
try {
  const clock = join(area, 'clock');
  await writePlanet(join(area, 'planet'), plan, (feed) => `https://${feed}.example/feed.xml`);
  const env = {
    PLANET_CONTENT: join(area, 'planet'),
    PLANET_DIST: join(area, 'dist'),
    SOURCE_DATE_EPOCH: String(END / 1000),
    FEED_CLOCK: clock,
    NODE_OPTIONS: `--import ${resolve('tests/bench/feed-clock.ts')}`,
  };
  const all = await measure(process.execPath, ['scripts/site.ts'], env, { apart: 'scripts/search.ts' });
  const feeds = Number(await readFile(clock, 'utf8'));
  const [share, withoutSearch] = [feeds / all.cpu, feeds / (all.cpu - all.apart.cpu)];
  console.log(`the feeds of ${FEEDS} feeds and their authors: ${feeds.toFixed(1)} CPU s of ${all.cpu.toFixed(1)}`);
  console.log(`${share.toFixed(3)} of the build (at most ${MOST}), ${withoutSearch.toFixed(3)} of it without search`);
  if (share > MOST) process.exitCode = 1;
} finally {
  await rm(area, { recursive: true, force: true });
}
