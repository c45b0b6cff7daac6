import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import type { Report } from '../../../scripts/snapshot/report.ts';
import { measure, type Took } from '../measure.ts';
import { eleventyProject } from '../peers/eleventy.ts';
import { serveFeedsOf } from '../planet/feeds.ts';
import { layPlanet } from '../planet/folder.ts';
import { AN_HOUR, END, type Plan, planOf } from '../planet/plan.ts';
import { wordAt } from '../planet/words.ts';
import { type Weight, weigh } from './weight.ts';
import { measureWire, type Wire } from './wire.ts';

/** All that was measured of a planet of one size. */
export interface Measured {
  entries: number;
  idleSnapshot: Took;
  /** Of nothing: compiling included. */
  full: SiteTook;
  /** Of all as it was. */
  idle: SiteTook;
  hour: Hour;
  archive: Weight;
  site: Weight;
  index: Weight;
  /** Pages and feeds that Eleventy writes too. */
  comparable: Weight;
  wire: Wire;
  eleventy: Peer | null;
}

interface SiteTook {
  /** Everything that `npm run site` does. */
  all: Took;
  /** Of that, the pages and output feeds; compiling too, where the engine was not compiled. */
  pages: { cpu: number };
  /** And the search index. */
  search: { cpu: number };
}

export interface Peer {
  took: Took;
  wrote: Weight;
}

const HOUR = 3_600;
/** Past this, a program that holds everything in memory is no comparison any more. */
const LARGEST_FOR_ELEVENTY = 20_000;

/** A planet that was built from nothing, and whose hours can pass. */
export type Started = Awaited<ReturnType<typeof startPlanet>>;

/** What a planet does every hour, with 20 new entries. */
export interface Hour {
  snapshot: Took;
  site: SiteTook;
  cpu: number;
  peak: number;
}

/**
 * Builds a planet of this size from nothing, and lets Eleventy build it.
 * @param area where archives and Eleventy are kept from run to run
 * @param room where everything is written. Nothing there is deleted meanwhile: ext4 passes by each inode that was freed
 * within the last minutes, one by one, and a build after a large deletion took a third longer.
 */
export async function startPlanet(entries: number, area: string, room: string, say: (line: string) => void) {
  const plan = planOf(entries);
  const place = join(room, `planet-${entries}`);
  const [folder, dist] = [join(place, 'content'), join(place, 'dist')];
  const feeds = await serveFeedsOf(plan);
  say('the archive');
  await layPlanet(folder, join(area, 'archives'), plan, feeds.addressOf);
  let hours = 0;
  const env = () => ({
    PLANET_CONTENT: folder,
    PLANET_DIST: dist,
    PLANET_ALLOW_PRIVATE: feeds.host,
    SOURCE_DATE_EPOCH: String(END / 1000 + hours * HOUR),
  });
  say('a snapshot with nothing new');
  const idleSnapshot = await snapshot(env(), 0);
  say('the full build');
  await rm('.orrery/app', { recursive: true, force: true });
  const full = await buildSite(env());
  say('a build with nothing new');
  const idle = await buildSite(env());
  const comparable = await weigh(dist, isComparable);
  const eleventy = entries <= LARGEST_FOR_ELEVENTY ? await measureEleventy(area, place, folder, dist, say) : null;
  return {
    /** Lets an hour pass, and builds the planet again. */
    async anHour(): Promise<Hour> {
      hours++;
      feeds.pass(1);
      say(`hour ${hours}: a snapshot with ${AN_HOUR} new, and the site`);
      const busy = await snapshot(env(), AN_HOUR);
      const site = await buildSite(env());
      return { snapshot: busy, site, cpu: busy.cpu + site.all.cpu, peak: Math.max(busy.peak, site.all.peak) };
    },
    /** All that there is to say of the planet, of whose hours the one that is told is `hour`. */
    async measured(hour: Hour): Promise<Measured> {
      say('the wire');
      const { paths, questions } = pagesToVisit(plan, dist);
      return {
        entries,
        idleSnapshot,
        full,
        idle,
        hour,
        archive: await weigh(folder),
        site: await weigh(dist),
        index: await weigh(dist, (path) => path.startsWith('pagefind')),
        comparable,
        wire: await measureWire(dist, paths, questions),
        eleventy,
      };
    },
    [Symbol.asyncDispose]: () => feeds[Symbol.asyncDispose](),
  };
}

async function snapshot(env: Record<string, string>, fresh: number): Promise<Took> {
  const took = await measure(process.execPath, ['scripts/snapshot.ts', '--strict', '--json'], env);
  const { feeds }: Report = JSON.parse(took.stdout);
  const found = feeds.reduce((sum, feed) => sum + feed.new, 0);
  if (found !== fresh) throw new Error(`The snapshot should have found ${fresh} new entries, and found ${found}`);
  return took;
}

/** Pages of entries, days, months, years, authors and feeds, and output feeds: what grows with the archive. */
function isComparable(path: string): boolean {
  return /^(?:\d{4}|authors|feeds|atom)\//.test(path) || /^(?:rss\.xml|atom\.xml|feed\.json)$/.test(path);
}

async function measureEleventy(area: string, place: string, folder: string, dist: string, say: (line: string) => void) {
  say('Eleventy');
  const [project, output] = [join(area, 'eleventy'), join(place, 'eleventy')];
  const took = await measure(process.execPath, eleventyProject(project, folder, dist, output), {}, { cwd: project });
  return { took, wrote: await weigh(output) };
}

/** `npm run site`, as package.json has it, without what npm itself takes. */
async function buildSite(env: Record<string, string>): Promise<SiteTook> {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));
  const path = [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter);
  const all = await measure('sh', ['-c', scripts['site'] ?? ''], { ...env, PATH: path }, { mark: 'site: ' });
  return { all, pages: { cpu: all.untilMark }, search: { cpu: all.cpu - all.untilMark } };
}

/** One page of each kind in a built site, and what a reader might search for: a usual word, a rarer one, and two. */
function pagesToVisit({ blogs }: Plan, dist: string): { paths: Record<string, string>; questions: string[] } {
  const entry = newestEntry(dist);
  const [, year, month, day] = entry.split('/');
  const author = readdirSync(join(dist, 'authors')).find((name) => !name.includes('.')) ?? '';
  const paths = {
    river: '/',
    archive: '/archive/',
    year: `/${year}/`,
    month: `/${year}/${month}/`,
    day: `/${year}/${month}/${day}/`,
    entry,
    author: `/authors/${author}/`,
    feed: `/feeds/${blogs[0]?.id}/`,
    search: '/search/',
    status: '/status/',
  };
  return { paths, questions: [wordAt(120), wordAt(3_000), `${wordAt(250)} ${wordAt(900)}`] };
}

function newestEntry(dist: string): string {
  let path = '';
  for (let depth = 0; depth < 4; depth++) {
    const names = readdirSync(join(dist, path)).filter((name) => (depth < 3 ? /^\d+$/ : /-[0-9a-f]{10}$/).test(name));
    path = `${path}/${names.sort().at(-1)}`;
  }
  return `${path}/`;
}
