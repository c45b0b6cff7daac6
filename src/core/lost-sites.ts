import { feedAddressKey } from './entry-keys.ts';
import type { FeedConfig } from './planet.ts';
import type { EntryRecord } from './records.ts';
import { type FeedHome, hostOf, isAtHome } from './web-address.ts';

export type LostSites = ReturnType<typeof lostSites>;

/** The sites of feeds that are `gone`: whoever has them now, no link of the planet leads there. */
export function lostSites(feeds: readonly (FeedHome & Pick<FeedConfig, 'id' | 'gone'>)[]) {
  const gone = feeds.filter((feed) => feed.gone);
  /** With their earlier sites. */
  const sites = gone.flatMap(({ url, home, declaredHome, formerly = [] }): FeedHome[] => [
    { url, home: home ?? homeElsewhere(url, declaredHome), declaredHome },
    ...formerly.map((before) => ({ url: before.url, declaredHome: before.home })),
  ]);
  const hosts = new Set(sites.map(hostOfSite));
  const isThere = (feed: FeedHome) => hosts.has(hostOfSite(feed));
  /** Other feeds on the same hosts: they and their sites are not lost. */
  const living = feeds
    .filter((feed) => hosts.size > 0 && !feed.gone && (isThere(feed) || isThere({ url: feed.url })))
    .map(({ url, home, declaredHome }) => ({ url, home, declaredHome }));
  return { feeds: gone.map(({ id }) => id), sites, keys: sites.map(({ url }) => feedAddressKey(url)), living };
}

/** A home on another host than the feed. Here the feed's own word is enough: it can only take links away. */
function homeElsewhere(url: string, declaredHome: string | null = null): string | undefined {
  return declaredHome === null || hostOfSite({ url }) === hostOf(declaredHome) ? undefined : declaredHome;
}

function hostOfSite({ url, home = url }: FeedHome): string | null {
  return URL.canParse(home) ? hostOf(home) : null;
}

/** Whether an address is that of a feed that is `gone`, or on its site and on that of no other feed. */
export function isLost(address: string, { sites, keys, living }: LostSites): boolean {
  if (sites.length === 0) return false;
  const isThere = (feed: FeedHome) => isAtHome(address, feed);
  const key = feedAddressKey(address);
  const isKept = (feed: FeedHome) => isThere(feed) || feedAddressKey(feed.url) === key;
  return keys.includes(key) || (sites.some(isThere) && !living.some(isKept));
}

/** An entry without links to lost sites. One of a feed that is gone has no link at all. */
export function withoutLostLinks(entry: EntryRecord, lost: LostSites): EntryRecord {
  if (lost.feeds.length === 0) return entry;
  const { url, source } = entry;
  const isGone = lost.feeds.includes(entry.feed);
  const isDead = (address?: string) => address !== undefined && (isGone || isLost(address, lost));
  return {
    ...entry,
    ...(url !== null && isDead(url) && { url: null, wasAt: url }),
    ...(source !== null && (isDead(source.url) || isDead(source.feedUrl)) && { source: { title: source.title } }),
  };
}
