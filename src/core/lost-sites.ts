import type { FeedConfig } from './planet.ts';
import type { EntryRecord } from './records.ts';
import { type FeedHome, isAtHome } from './web-address.ts';

/** The site of a feed that is `gone`: whoever has it now, no link of the planet leads there. */
export type LostSite = FeedHome & Pick<FeedConfig, 'id'>;

/** Here the feed's own word for its home is enough: it can only take links away. */
export function lostSites(feeds: readonly (FeedHome & Pick<FeedConfig, 'id' | 'gone'>)[]): LostSite[] {
  return feeds
    .filter(({ gone }) => gone)
    .map(({ id, url, home, saidHome, formerly }) => ({ id, url, home: home ?? saidHome ?? undefined, formerly }));
}

/** The address; null if it is on a lost site, or if there is none. */
export function unlessLost(address: string | null, sites: readonly LostSite[]): string | null {
  return address !== null && sites.some((site) => isAtHome(address, site)) ? null : address;
}

/** An entry without links to lost sites. One of a feed that is gone has no link at all. */
export function withoutLostLinks(entry: EntryRecord, sites: readonly LostSite[]): EntryRecord {
  if (sites.length === 0) return entry;
  const { url, source } = entry;
  const isGone = sites.some(({ id }) => id === entry.feed);
  const isLost = (address: string | null = null) => address !== null && (isGone || unlessLost(address, sites) === null);
  return {
    ...entry,
    ...(url !== null && isLost(url) && { url: null, wasAt: url }),
    ...(source !== null && (isLost(source.url) || isLost(source.feedUrl)) && { source: { title: source.title } }),
  };
}
