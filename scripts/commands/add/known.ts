import { hostOf } from '../../../src/lib/host.ts';
import type { FeedConfig, Planet } from '../../../src/model/planet.ts';
import { firstSight } from '../../snapshot/entry.ts';
import { named } from '../../snapshot/identity/names.ts';
import type { Outcome, Reading } from '../../snapshot/outcome.ts';
import type { Means } from '../../snapshot/refresh.ts';
import { askAll } from '../../snapshot/round.ts';
import { comparison } from '../check/known.ts';
import { type Overlap, overlapsOf } from '../check/overlap.ts';

/** What the feeds that the planet follows have in common with one that was found. */
export async function common(url: string, reading: Reading, planet: Planet, means: Means): Promise<Overlap[]> {
  const near = await neighbours(reading, planet.feeds, means);
  const { feeds, brought } = await comparison(planet, means.folder, near, means.now);
  const addresses = [url, reading.from, ...(reading.movedTo === null ? [] : [reading.movedTo])];
  const one = { id: '', addresses, title: reading.title, home: reading.home };
  const said = reading.entries.map((entry) => firstSight(named(one.id, entry.id), entry, planet, means.now));
  return overlapsOf(one, said, feeds, brought);
}

/** Feeds of the same host, asked now: they may be the same feed, and the archive need not know them yet. */
function neighbours({ from, home }: Reading, feeds: readonly FeedConfig[], means: Means): Promise<Outcome[]> {
  const hosts = new Set([from, home ?? from].map(hostOf));
  const near = feeds.filter(({ url, home: page }) =>
    [url, page].some((each) => each && URL.canParse(each) && hosts.has(hostOf(each))),
  );
  return askAll(near, {}, means, () => {});
}
