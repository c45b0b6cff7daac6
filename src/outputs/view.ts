import { withoutSecrets } from '../core/clean-text.ts';
import type { Enclosure } from '../core/entry.ts';
import { todaysLanguage } from '../core/language.ts';
import { durationText } from '../core/media.ts';
import { absolute, routes } from '../core/paths.ts';
import type { Settings } from '../core/records.ts';
import type { DisplayedEntry, Reading } from '../core/shown.ts';
import { remembered } from '../i18n/locale.ts';
import type { HistoryPlace } from './atom.ts';

/** What an output feed is of. */
export interface View {
  planet: Settings;
  of: 'planet' | 'author' | 'feed';
  title: string;
  description: string;
  /** Its page, from the root of the planet: where its feeds lie. */
  path: string;
  /** Newest first. */
  items: readonly Item[];
  /** Where it stands in the planet's whole history; of the planet alone. */
  place?: HistoryPlace | undefined;
}

/** What an output feed says of one entry. */
export interface Item extends DisplayedEntry {
  reading: Reading;
  /** Whether its id is another entry's too: then it is not one to tell entries apart by. */
  sharedId: boolean;
}

/** The entry's page on the planet: an address that never changes. */
export function entryPageUrl({ planet }: Pick<View, 'planet'>, { entry }: Pick<Item, 'entry'>): string {
  return absolute(planet.site, routes.entry(entry.path));
}

/** Where an entry leads: the original. RSS has no way to write a host that is an IPv6 address; the entry's page has. */
export function entryLink(view: Pick<View, 'planet'>, item: Pick<Item, 'entry'>): string {
  const { url } = item.entry;
  return url === null || new URL(url).host.startsWith('[') ? entryPageUrl(view, item) : address(url);
}

/** The media type that a file was declared to have; undefined where it is none. */
export function mediaType({ type }: Pick<Enclosure, 'type'>): string | undefined {
  return type !== undefined && MEDIA_TYPE.test(type) ? type : undefined;
}

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:; ?[\w!#$&^.+-]+=(?:[\w!#$&^.+-]+|"[^"\\]*"))*$/;

/** What a media type is where one has to be said and none is known. */
export const ANY_TYPE = 'application/octet-stream';

/** An entry's language, where it is one. */
export function entryLanguage({ entry, feed }: Pick<Item, 'entry' | 'feed'>): string | undefined {
  const tag = entry.language ?? feed.language;
  return tag === undefined ? undefined : todaysLanguage(tag);
}

/** When an entry was last changed. */
export function changed({ entry }: Pick<Item, 'entry'>): string {
  return entry.updated ?? entry.published;
}

/** When any of the entries was; undefined where there is none. */
export function lastChange({ items }: Pick<View, 'items'>): string | undefined {
  return items.map(changed).sort().at(-1);
}

/** An address of characters that URIs are made of: browsers take more. */
export function address(url: string): string {
  return new URL(url).href.replace(/[^\w;/?:@&=+$,.!~*'()%#-]|%(?![0-9a-f]{2})/gi, encodeURIComponent);
}

/** Whether a host on the web has it, by name: feed validators take no other for an enclosure's or an owner's. */
export function hasHostName(url: string): boolean {
  return /^https?:\/\/(?:[a-z0-9-]+\.)+[a-z0-9][a-z0-9-]*(?::\d+)?\//i.test(address(url));
}

/** Where an entry came from first: as its feed says, else the feed that the planet follows. */
export interface Origin {
  id: string;
  title: string;
  /** The feed itself; undefined where nobody else can open it. */
  feedUrl: string | undefined;
  /** Its page for people. */
  home: string | undefined;
}

export function originOf({ planet }: Pick<View, 'planet'>, { entry, feed }: Pick<Item, 'entry' | 'feed'>): Origin {
  const ours = absolute(planet.site, routes.feed(feed.id));
  const { source } = entry;
  const { title, url, feedUrl } = source ?? {};
  if (source !== null && title !== undefined && (url !== undefined || feedUrl !== undefined)) {
    return {
      id: source.id ?? feedUrl ?? url ?? ours,
      title,
      feedUrl: feedUrl && address(feedUrl),
      home: url && address(url),
    };
  }
  const followed = openAddress(feed.url);
  return {
    id: followed ?? ours,
    title: feed.title,
    feedUrl: followed,
    home: feed.home ? address(feed.home) : undefined,
  };
}

/** A feed's address as others may have it. Undefined for a file in the operator's folder. */
export function openAddress(feedUrl: string): string | undefined {
  return URL.canParse(feedUrl) ? address(withoutSecrets(feedUrl)) : undefined;
}

/** An enclosure as a link reads: the file's name, and how long, what and how large it is where the feed says so. */
export function describeFile({ url, type, length, duration }: Enclosure): { name: string; details: string } {
  const { host, pathname } = new URL(url);
  const name = decode(pathname.split('/').findLast((part) => part !== '') ?? '') || host;
  const details = [duration && durationText(duration), mediaType({ type }), length ? size(length) : undefined]
    .filter(Boolean)
    .join(', ');
  return { name, details };
}

/** As people read it. Anything may be encoded in an address, also what is no text, or turns it round. */
function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text);
    return /[\p{Cc}\p{Bidi_Control}]/u.test(decoded) ? text : decoded;
  } catch {
    return text;
  }
}

/** Decimal, as hosts and players count: `12.5 MB`. */
export function size(bytes: number): string {
  const power = Math.max(0, Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1));
  const amount = bytes / 1000 ** power;
  const digits = amount < 10 && power > 0 ? 1 : 0;
  const format = remembered(`size ${power} ${digits}`, (locale) => {
    const unit = { style: 'unit', unit: UNITS[power], unitDisplay: power === 0 ? 'long' : 'short' } as const;
    const exact = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
    return new Intl.NumberFormat(locale, { ...unit, ...exact });
  });
  return format.format(amount);
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
