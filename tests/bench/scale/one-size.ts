import { join } from 'node:path';
import type { Report } from '../../../scripts/snapshot/report.ts';
import { measure, type Took } from '../measure.ts';
import { eleventyProject } from '../peers/eleventy.ts';
import { serveFeedsOf } from '../planet/feeds.ts';
import { layPlanet } from '../planet/folder.ts';
import { AN_HOUR, END, planOf } from '../planet/plan.ts';
import { pagesToVisit } from './pages.ts';
import { buildSite, type SiteTook } from './site-steps.ts';
import { type Weight, weigh } from './weight.ts';
import { measureWire, type Wire } from './wire.ts';

/** All that was measured of a planet of one size. */
export interface Measured {
  entries: number;
  idleSnapshot: Took;
  busySnapshot: Took;
  full: SiteTook;
  hourly: SiteTook;
  /** Snapshot and site, with 20 new entries: what a planet does every hour. */
  hour: { cpu: number; peak: number };
  archive: Weight;
  site: Weight;
  index: Weight;
  /** Pages and feeds that the peers write too. */
  comparable: Weight;
  wire: Wire;
  eleventy: Peer | null;
  plain: Peer | null;
}

export interface Peer {
  took: Took;
  wrote: Weight;
}

const HOUR = 3_600;
/** Past this, a peer that holds everything in memory is no comparison any more. */
const LARGEST_FOR_PEERS = 20_000;

/**
 * Builds a planet of this size from nothing, lets an hour pass, builds it again, and lets the peers build it.
 * @param area where archives and Eleventy are kept from run to run
 * @param room where everything is written. Nothing there is deleted meanwhile: ext4 passes by each inode that was freed
 * within the last minutes, one by one, and a build after a large deletion took a third longer.
 */
export async function measureSize(
  entries: number,
  area: string,
  room: string,
  say: (line: string) => void,
): Promise<Measured> {
  const plan = planOf(entries);
  const place = join(room, `planet-${entries}`);
  const [folder, dist] = [join(place, 'content'), join(place, 'dist')];
  await using feeds = await serveFeedsOf(plan);
  say('the archive');
  await layPlanet(folder, join(area, 'archives'), plan, feeds.addressOf);
  const env = (hour: number) => ({
    PLANET_CONTENT: folder,
    PLANET_DIST: dist,
    PLANET_ALLOW_PRIVATE: feeds.host,
    SOURCE_DATE_EPOCH: String(END / 1000 + hour * HOUR),
  });
  say('a snapshot with nothing new');
  const idleSnapshot = await snapshot(env(0), 0);
  say('the full build');
  const full = await buildSite(env(0));
  const comparable = await weigh(dist, isComparable);
  const peers = entries <= LARGEST_FOR_PEERS ? await measurePeers(area, place, folder, dist, say) : null;
  feeds.pass(1);
  say(`a snapshot with ${AN_HOUR} new`);
  const busySnapshot = await snapshot(env(1), AN_HOUR);
  say('the hourly build');
  const hourly = await buildSite(env(1));
  say('the wire');
  const { paths, questions } = pagesToVisit(plan, dist);
  return {
    entries,
    idleSnapshot,
    busySnapshot,
    full,
    hourly,
    hour: {
      cpu: busySnapshot.cpu + hourly.all.cpu,
      peak: Math.max(busySnapshot.peak, hourly.all.peak),
    },
    archive: await weigh(folder),
    site: await weigh(dist),
    index: await weigh(dist, (path) => path.startsWith('pagefind')),
    comparable,
    wire: await measureWire(dist, paths, questions),
    eleventy: peers?.eleventy ?? null,
    plain: peers?.plain ?? null,
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

async function measurePeers(area: string, place: string, folder: string, dist: string, say: (line: string) => void) {
  const [ours, theirs] = [join(place, 'plain'), join(place, 'eleventy')];
  say('a plain writer of the same pages');
  const plain = await measure(process.execPath, ['tests/bench/peers/plain-writer.ts', folder, dist, ours]);
  say('Eleventy');
  const project = join(area, 'eleventy');
  const eleventy = await measure(
    process.execPath,
    eleventyProject(project, folder, dist, theirs),
    {},
    { cwd: project },
  );
  const wrote = { plain: await weigh(ours), eleventy: await weigh(theirs) };
  return { plain: { took: plain, wrote: wrote.plain }, eleventy: { took: eleventy, wrote: wrote.eleventy } };
}
