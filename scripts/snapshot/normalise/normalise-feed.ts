import type { FeedDocument, FeedEntry } from '../feed-entry.ts';
import { type Failure, failure } from '../outcome.ts';
import { childrenNamed, elements, type FeedTree, firstText, textOf, type XmlElement } from '../parse/feed-tree.ts';
import { WEEKDAYS } from '../schedule.ts';
import { linkPosts } from './link-post.ts';
import { entryPage, feedEntryId, homePage, type Link, linksOf } from './links.ts';
import { type EntryContext, firstTitle, lastDate, normaliseEntry, rightsOf } from './normalise-entry.ts';
import { authorsOf, channelOwners, picturesOf } from './people.ts';
import { firstLine, xmlLanguage } from './texts.ts';

export type FeedRead = { kind: 'feed'; feed: FeedDocument } | Failure;

/** The feed, or the reason why it is none. Removes the entries from the tree. `url` is the address after redirects. */
export function normalise(tree: FeedTree, url: string): FeedRead {
  const channel = channelOf(tree.root, DEEPEST_FEED);
  if (!channel && tree.entries.length === 0)
    return failure({ kind: 'not-a-feed', detail: `its outermost element is <${tree.root.name.slice(0, 60)}>` });
  const feed = feedDocument(channel ?? tree.root, tree, url);
  const [{ title } = { title: '' }] = feed.entries;
  if (feed.entries.length > 0 && feed.entries.every(isUnfilled))
    return failure({ kind: 'not-a-feed', detail: `it is a template that was not filled in: ${title.slice(0, 60)}` });
  return { kind: 'feed', feed };
}

/** Whether an entry is the place of all entries in a template of Jekyll, Hugo or Jinja that was published as it is. */
function isUnfilled({ id, title }: FeedEntry): boolean {
  return /^\{[{%].*[}%]\}$/.test(title) && (id === null || /\{[{%]/.test(id));
}

const UPDATED = ['updated', 'modified', 'lastbuilddate', 'dc:date', 'dcterms:modified'];
const DESCRIPTION = 'description subtitle tagline dc:description itunes:summary itunes:subtitle'.split(' ');

function feedDocument(channel: XmlElement, { root, entries, partial }: FeedTree, url: string): FeedDocument {
  // Atom declares the types of its texts. In RSS they are guessed, also in elements from Atom.
  const guess = channel.name !== 'feed' && channel.name !== 'entry';
  const language = xmlLanguage(channel) || null;
  const links = linksOf(channel, url);
  const home = homePage(entryPage(channel, url, language, links), url);
  const page = home ?? url;
  const base = guess ? page : ownAddress(links, url, home);
  const title = firstTitle(channel, guess);
  const authors = authorsOf(channel, base, title);
  const owners = channelOwners(channel, base, title);
  const rights = rightsOf(channel, guess, base);
  const feed = { base, home: page, title, authors };
  const context: EntryContext = { ...feed, guess, owners, language, rights, linkPosts: linkPosts(entries, feed) };
  return {
    id: feedEntryId(channel, page),
    title,
    description: firstLine(childrenNamed(channel, ...DESCRIPTION), guess) || null,
    home,
    authors,
    // In RSS 1.0 the picture is beside the channel.
    pictures: picturesOf([channel, root], base),
    updated: lastDate(channel, UPDATED, language) ?? lastDate(channel, ['pubdate', 'published'], language),
    language,
    manners: pollingHints(channel),
    entries: consumed(entries, (entry) => normaliseEntry(entry, context)),
    partial,
  };
}

/**
 * The base of addresses in Atom without `xml:base` (https://www.rfc-editor.org/rfc/rfc3986#section-5.1.3): the feed's address, or
 * its page if the feed is on another host, for example on FeedBurner.
 */
function ownAddress(links: readonly Link[], url: string, home: string | null): string {
  const self = links.find(({ rel }) => rel === 'self')?.href ?? url;
  return home === null || URL.parse(home)?.host === URL.parse(self)?.host ? self : home;
}

/** The results for all items. Removes each item from the list first, to free its part of the tree in a very large feed. */
function consumed<T, U>(items: T[], read: (item: T) => U): U[] {
  const results: U[] = [];
  items.reverse();
  for (let item = items.pop(); item !== undefined; item = items.pop()) results.push(read(item));
  return results;
}

/** A channel may be inside other elements, down to this depth. */
const DEEPEST_FEED = 4;

/** The element that describes the feed: the channel of RSS, else the root of Atom; null if there is none. */
function channelOf(element: XmlElement, deep: number): XmlElement | null {
  if (element.name === 'channel' || element.name === 'feed') return element;
  for (const child of deep === 0 ? [] : elements(element)) {
    const channel = channelOf(child, deep - 1);
    if (channel) return channel;
  }
  return element.name === 'rss' ? element : null;
}

/** The polling hints, each once: others could make the stored state of the feed as large as the feed. */
function pollingHints(channel: XmlElement): FeedDocument['manners'] {
  const ttl = Number.parseInt(firstText(channel, 'ttl') ?? '', 10);
  const listed = (list: string, item: string): Set<string> =>
    new Set(childrenNamed(channel, list).flatMap((each) => childrenNamed(each, item).map(textOf)));
  // Some feeds count hours from 1 to 24, which is midnight (https://www.rssboard.org/skip-hours-days).
  const hours = [...listed('skiphours', 'hour')].flatMap((hour) => (/^\d{1,2}$/.test(hour) ? Number(hour) % 24 : []));
  return {
    ttlMinutes: ttl > 0 && Number.isFinite(ttl) ? ttl : null,
    skipHours: [...new Set(hours)],
    skipDays: [...listed('skipdays', 'day')].filter((day) => WEEKDAYS.includes(day)),
  };
}
