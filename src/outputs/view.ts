import { xmlText } from '../core/clean-text.ts';
import { todaysLanguage } from '../core/language.ts';
import { absolute, isOurPage, routes } from '../core/paths.ts';
import type { EntryRecord, PlanetSettings } from '../core/records.ts';
import type { BodyForm, DisplayedEntry } from '../core/shown.ts';
import { compareText } from '../core/text.ts';
import { withoutSecrets } from '../core/web-address.ts';
import type { HistoryPlace } from './atom.ts';

export interface View {
  planet: PlanetSettings;
  kind: 'planet' | 'author' | 'feed';
  title: string;
  description: string;
  /** The path of its page, which is the folder of its feeds. */
  path: string;
  /** The language of its entries, if it is not the planet's. */
  language?: string;
  /** Newest first. */
  items: readonly Item[];
  /** Its place in the planet's history; only for the planet's own feed. */
  place?: HistoryPlace | undefined;
}

export interface Item extends DisplayedEntry {
  reading: BodyForm;
}

export function entryPageUrl({ planet }: Pick<View, 'planet'>, { entry }: Pick<Item, 'entry'>): string {
  return absolute(planet.site, routes.entry(entry.path));
}

/** The address of a page of ours as an id, which must stay when the site moves. */
export function idOfPage({ planet }: Pick<View, 'planet'>, path: string): string {
  return absolute(planet.idsFrom ?? planet.site, path);
}

/** The id of an entry whose own cannot stand in a feed of ours. */
export function idOfEntryPage(view: Pick<View, 'planet'>, { entry }: Pick<Item, 'entry'>): string {
  return idOfPage(view, routes.entry(entry.path));
}

/** The link of an entry: its original; its page if the host of the original is an IPv6 address, which RSS validators reject. */
export function entryLink(view: Pick<View, 'planet'>, item: Pick<Item, 'entry'>): string {
  const { url } = item.entry;
  return url === null || new URL(url).host.startsWith('[') ? entryPageUrl(view, item) : toUri(url);
}

/** An entry's language; undefined if it is not valid. */
export function entryLanguage({ entry }: Pick<Item, 'entry'>): string | undefined {
  return entry.language === null ? undefined : todaysLanguage(entry.language);
}

/** The language of a whole feed, which readers give to its entries without one; undefined if that of an entry is unknown. */
export function feedLanguage({ planet, language, items }: View): string | undefined {
  return items.some((item) => entryLanguage(item) === undefined) ? undefined : (language ?? planet.language);
}

export function changeTime({ entry }: Pick<Item, 'entry'>): string {
  return entry.updated ?? entry.published;
}

/** The time of the last change of all entries; undefined if there are none. */
export function lastChange({ items }: Pick<View, 'items'>): string | undefined {
  return items.map(changeTime).sort().at(-1);
}

/** An address with only the characters of URIs (https://www.rfc-editor.org/rfc/rfc3986#section-2); browsers accept more. */
export function toUri(url: string): string {
  return new URL(url).href.replace(/[^\w;/?:@&=+$,.!~*'()%#-]|%(?![0-9a-f]{2})/gi, encodeURIComponent);
}

/** Whether an address is http(s) with a host name: feed validators accept no other for enclosures and owners. */
export function hasHostName(url: string): boolean {
  return /^https?:\/\/(?:[a-z0-9-]+\.)+[a-z0-9][a-z0-9-]*(?::\d+)?\//i.test(toUri(url));
}

/** The source of an entry: the one that its feed names, with our id if it has no address, else the followed feed. `feedUrl` is undefined if it is not public. */
export function entrySource({ planet }: Pick<View, 'planet'>, { entry, feed }: Pick<Item, 'entry' | 'feed'>) {
  const ours = absolute(planet.site, routes.feed(feed.id));
  const { source } = entry;
  const { title, url, feedUrl } = source ?? {};
  if (source !== null && title !== undefined)
    return {
      id: url === undefined && feedUrl === undefined ? ours : withoutSecrets(source.id ?? feedUrl ?? url ?? ours),
      title,
      feedUrl: feedUrl && openAddress(feedUrl),
      home: url && openAddress(url),
    };
  const followed = openAddress(feed.url);
  return {
    id: followed ?? ours,
    title: feed.title,
    feedUrl: followed,
    home: feed.home ? toUri(feed.home) : undefined,
  };
}

/** The authors of an entry; its source if it names none, as Atom requires. */
export function creditedTo(view: Pick<View, 'planet'>, item: Item): readonly { name: string; url: string | null }[] {
  if (item.authors.length > 0) return item.authors;
  const { title, home } = entrySource(view, item);
  return [{ name: title, url: home ?? null }];
}

/** The public address of a feed. Undefined for a file in the operator's folder. */
export function openAddress(feedUrl: string): string | undefined {
  return URL.canParse(feedUrl) ? toUri(withoutSecrets(feedUrl)) : undefined;
}

type Identified = Pick<EntryRecord, 'id' | 'path' | 'feed' | 'firstSeen'>;

/**
 * The paths of entries whose id also belongs to another entry. The one that was seen first keeps the id, so that no
 * published id ever changes. An id that is an address of this planet belongs to no entry.
 */
export function sharedIds(entries: readonly Identified[], site: string): ReadonlySet<string> {
  // Ids that differ only in characters that XML cannot contain are equal.
  const shared = [...Map.groupBy(entries, ({ id }) => xmlText(id).trim())].flatMap(([id, same]) => {
    return id === '' || isOurPage(id, site) ? same : same.toSorted(bySight).slice(1);
  });
  return new Set(shared.map(({ path }) => path));
}

function bySight(a: Identified, b: Identified): number {
  return compareText(a.firstSeen, b.firstSeen) || compareText(a.feed, b.feed) || compareText(a.path, b.path);
}
