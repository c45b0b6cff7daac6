import type { FeedDocument } from '../feed-entry.ts';
import type { FailureReason } from '../outcome.ts';
import { childrenNamed, elements, type FeedTree, firstText, textOf, type XmlElement } from '../parse/feed-tree.ts';
import { entryPage, feedEntryId, type Link, linksOf } from './links.ts';
import { type Around, dateOf, normaliseEntry, rightsOf, titleOf } from './normalise-entry.ts';
import { authorsOf, channelOwners } from './people.ts';
import { picturesOf } from './pictures.ts';
import { plainLine, xmlLanguage } from './texts.ts';

export type Normalised = { kind: 'feed'; feed: FeedDocument } | { kind: 'failed'; reason: FailureReason };

/** What a tree means as a feed. `url` is where it was fetched. It takes the entries out of the tree, and so uses it up. */
export function normalise({ root, entries, partial }: FeedTree, url: string): Normalised {
  if (root.name === 'html' || root.name === 'xhtml:html') return { kind: 'failed', reason: { kind: 'web-page' } };
  const channel = channelOf(root, DEEPEST);
  if (!channel && entries.length === 0) {
    return {
      kind: 'failed',
      reason: { kind: 'not-a-feed', detail: `its outermost element is <${root.name.slice(0, 60)}>` },
    };
  }
  return { kind: 'feed', feed: { ...documentOf(channel ?? root, entries, url, root), partial } };
}

const UPDATED = new Set(['updated', 'modified', 'lastbuilddate', 'dc:date', 'dcterms:modified']);
const PUBLISHED = new Set(['pubdate', 'published']);
const DESCRIPTION = new Set('description subtitle tagline dc:description itunes:summary itunes:subtitle'.split(' '));
const TTL = new Set(['ttl']);

function documentOf(
  channel: XmlElement,
  entries: XmlElement[],
  url: string,
  root: XmlElement,
): Omit<FeedDocument, 'partial'> {
  // Atom says what its texts are; RSS leaves it to be guessed, whatever it borrows from Atom.
  const guess = channel.name !== 'feed' && channel.name !== 'entry';
  const language = xmlLanguage(channel);
  const links = linksOf(channel, url);
  const home = entryPage(channel, url, language, links);
  const page = home ?? url;
  const base = guess ? page : ownAddress(links, url, home);
  const title = titleOf(channel, guess);
  const authors = authorsOf(channel, base, title);
  const around: Around = {
    base,
    home: page,
    guess,
    title,
    authors,
    owners: channelOwners(channel, base, title),
    language,
  };
  return {
    id: feedEntryId(channel, page),
    title,
    description: descriptionOf(channel, guess),
    home,
    authors: around.authors,
    // That of RSS 1.0 stands beside the channel.
    pictures: picturesOf([channel, root], base),
    updated: dateOf(channel, UPDATED, around.language) ?? dateOf(channel, PUBLISHED, around.language),
    language: around.language,
    rights: rightsOf(channel, guess),
    manners: mannersOf(channel),
    entries: usedUp(entries, (entry) => normaliseEntry(entry, around)),
  };
}

/**
 * What addresses in Atom are relative to where no `xml:base` says (RFC 3986, 5.1.3): where the feed lies, by its own word
 * before where it was fetched; its page, where the feed lies with a stranger, such as FeedBurner.
 */
function ownAddress(links: readonly Link[], url: string, home: string | null): string {
  const own = links.find(({ rel }) => rel === 'self')?.href ?? url;
  return home === null || URL.parse(home)?.host === URL.parse(own)?.host ? own : home;
}

/** In a feed of a hundred thousand entries each one's part of the tree can go as soon as it was read. */
function usedUp<T, U>(items: T[], read: (item: T) => U): U[] {
  const results: U[] = [];
  items.reverse();
  for (let item = items.pop(); item !== undefined; item = items.pop()) results.push(read(item));
  return results;
}

/** A channel may stand within an envelope; no deeper than this. */
const DEEPEST = 4;

/** Where the feed speaks of itself: RSS's channel, else Atom's root. */
function channelOf(element: XmlElement, deep: number): XmlElement | null {
  if (element.name === 'channel' || element.name === 'feed') return element;
  for (const child of deep === 0 ? [] : elements(element)) {
    const channel = channelOf(child, deep - 1);
    if (channel) return channel;
  }
  return element.name === 'rss' || element.name === 'rdf:rdf' ? element : null;
}

function descriptionOf(channel: XmlElement, guess: boolean): string | null {
  for (const element of childrenNamed(channel, DESCRIPTION)) {
    const line = plainLine(element, element.name.endsWith('description') ? 'html' : 'text', guess);
    if (line !== '') return line;
  }
  return null;
}

function mannersOf(channel: XmlElement): FeedDocument['manners'] {
  const ttl = Number.parseInt(firstText(channel, TTL) ?? '', 10);
  const within = (list: string, item: string): string[] =>
    childrenNamed(channel, new Set([list]))
      .flatMap((each) => childrenNamed(each, new Set([item])))
      .map(textOf);
  // Some count the hours from 1 to 24: the last is midnight.
  const hours = within('skiphours', 'hour').map((hour) => (/^\d{1,2}$/.test(hour) ? Number(hour) % 24 : -1));
  return {
    ttlMinutes: ttl > 0 ? ttl : null,
    skipHours: hours.filter((hour) => hour >= 0),
    skipDays: within('skipdays', 'day').filter((day) => day !== ''),
  };
}
