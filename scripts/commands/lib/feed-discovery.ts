import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { cleanText } from '../../../src/core/clean-text.ts';
import { FeedConfig, type Planet } from '../../../src/core/planet.ts';
import { hostOf } from '../../../src/core/web-address.ts';
import type { Fetched } from '../../snapshot/fetch/response.ts';
import { nameEntry } from '../../snapshot/identity/names.ts';
import { createEntry } from '../../snapshot/new-entry.ts';
import { type FailureReason, type FeedReading, failureSentence, type Outcome } from '../../snapshot/outcome.ts';
import { decode } from '../../snapshot/parse/decode.ts';
import { type FetchContext, refresh } from '../../snapshot/refresh.ts';
import { askAll } from '../../snapshot/run.ts';
import { comparison, type Overlap, overlapsOf } from './checked-feeds.ts';

type Node = DefaultTreeAdapterTypes.Node;

/** A feed that a page names. */
export interface NamedFeed {
  url: string;
  /** As the page calls it; empty where it does not. */
  title: string;
}

const FEED_TYPE = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)$|^application\/json$|^(?:text|application)\/xml$/i;
/** How addresses of feeds end, mostly. */
const FEED_PATH = /(?:\/(?:feeds?|rss2?|atom|rdf)\/?|[./](?:rss|atom|rdf|xml)|\/feed\.json)$/i;

/** Nobody has more feeds than this to choose from. */
const MOST = 10;

/** The feeds that a page names in its head; where it names none, links in it that look like feeds. */
export function namedFeeds(html: string, pageUrl: string): NamedFeed[] {
  const elements = [...elementsOf(parse(html))];
  const href = elements.find(({ name, attributes }) => name === 'base' && attributes['href'])?.attributes['href'];
  const base = (href && URL.parse(href, pageUrl)?.href) || pageUrl;
  const links = elements.filter(({ name, attributes }) => name === 'link' && isAlternate(attributes));
  const anchors = elements.filter(({ name, attributes }) => name === 'a' && looksLikeFeed(attributes['href'], base));
  const named = (links.length > 0 ? links : anchors).flatMap(({ attributes: { href: to = '', title = '' } }) => {
    const url = URL.parse(to, base);
    return url && /^https?:$/.test(url.protocol) ? [{ url: url.href, title }] : [];
  });
  const once = new Map(named.toReversed().map((each) => [each.url, each]));
  return [...once.values()].toReversed().slice(0, MOST);
}

/** Where blogs have their feed, though no page says so: beside the page first, then at the root. */
export function commonPlaces(pageUrl: string): string[] {
  const folders = [new URL('.', pageUrl.replace(/\/?$/, '/')), new URL('/', pageUrl)];
  const urls = folders.flatMap((folder) => PLACES.map((place) => new URL(place, folder).href));
  return [...new Set(urls)];
}

const PLACES = ['feed/', 'rss.xml', 'atom.xml', 'index.xml', 'feed.xml', 'feed.json', 'rss/', 'feeds/posts/default'];

interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
}

function* elementsOf(root: Node): Generator<Element> {
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if ('tagName' in node) {
      const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
      yield { name: node.tagName, attributes };
    }
    if ('childNodes' in node) waiting.push(...node.childNodes.toReversed());
  }
}

function isAlternate({ rel = '', type = '', href }: Element['attributes']): boolean {
  const words = rel.toLowerCase().split(/\s+/);
  if (!href || words.includes('stylesheet')) return false;
  const plain = type.split(';')[0]?.trim() ?? '';
  // Some mark their feeds, some their JSON API: what is named is asked before anybody believes it.
  return words.includes('feed') || (words.includes('alternate') && FEED_TYPE.test(plain));
}

function looksLikeFeed(href: string | undefined, base: string): boolean {
  const url = href === undefined ? null : URL.parse(href, base);
  return url !== null && FEED_PATH.test(url.pathname);
}

/** A feed that was found and read. */
export interface DiscoveredFeed {
  url: string;
  reading: FeedReading;
  /** Whether it is of what readers said, not of what the blog says. */
  comments: boolean;
}

export type DiscoveryResult =
  | {
      kind: 'found';
      candidates: DiscoveredFeed[] /** The page that led there; null where the address was a feed. */;
      page: string | null;
    }
  | { kind: 'failed'; why: string };

/** The feeds behind an address: itself, those that its page names, else those at the places where blogs have them. */
export async function findFeeds(
  url: string,
  means: FetchContext,
  progress: (url: string) => void,
): Promise<DiscoveryResult> {
  progress(url);
  const { outcome, body } = await ask(url, means);
  if (outcome.kind === 'read') return { kind: 'found', candidates: [candidate(url, outcome)], page: null };
  const reason: FailureReason = outcome.kind === 'failed' ? outcome.reason : { kind: 'status', status: 410 };
  if (body === null || reason.kind === 'own-feed') return { kind: 'failed', why: failureSentence(reason) };
  const named = namedFeeds(decode(body.bytes, body.contentType), body.url);
  const candidates = await readEach(named, means, progress);
  if (candidates.length === 0) candidates.push(...(await firstOf(commonPlaces(body.url), means, progress)));
  if (candidates.length > 0) return { kind: 'found', candidates: withoutTwins(candidates), page: body.url };
  const why =
    named.length > 0
      ? `the feeds that it names (${named.map((each) => each.url).join(', ')}) cannot be read`
      : 'it names no feed';
  return { kind: 'failed', why: `the address shows a page, and ${why}; nor is there one at any of the common places` };
}

async function readEach(
  named: readonly { url: string; title: string }[],
  means: FetchContext,
  progress: (url: string) => void,
) {
  const candidates: DiscoveredFeed[] = [];
  for (const { url, title } of named) {
    progress(url);
    const { outcome } = await ask(url, means);
    if (outcome.kind === 'read') candidates.push(candidate(url, outcome, title));
  }
  return candidates.sort((a, b) => Number(a.comments) - Number(b.comments));
}

async function firstOf(
  urls: readonly string[],
  means: FetchContext,
  progress: (url: string) => void,
): Promise<DiscoveredFeed[]> {
  for (const url of urls) {
    progress(url);
    const { outcome } = await ask(url, means);
    if (outcome.kind === 'read') return [candidate(url, outcome)];
  }
  return [];
}

type Body = Extract<Fetched, { kind: 'body' }>;

/** As a snapshot asks a feed that it meets for the first time; and what came, where that was no feed. */
async function ask(url: string, means: FetchContext): Promise<{ outcome: Outcome; body: Body | null }> {
  let body: Body | null = null;
  const fetchFeed: FetchContext['fetchFeed'] = async (asking) => {
    const fetched = await means.fetchFeed(asking);
    if (fetched.kind === 'body') body = fetched;
    return fetched;
  };
  const feed = FeedConfig.parse({ id: 'new', title: 'New', url });
  const outcome = await refresh(feed, undefined, { ...means, fetchFeed });
  return { outcome, body };
}

function candidate(url: string, reading: FeedReading, name = ''): DiscoveredFeed {
  const comments = /\bcomments?\b|kommentar|commentaire|comentario/i.test(`${cleanText(name)} ${reading.title} ${url}`);
  return { url: reading.movedTo ?? url, reading, comments };
}

/** One blog often has the same feed in several formats: the fullest is enough. */
function withoutTwins(candidates: readonly DiscoveredFeed[]): DiscoveredFeed[] {
  const size = ({ reading }: DiscoveredFeed) => reading.entries.reduce((sum, { content }) => sum + content.length, 0);
  const says = ({ reading }: DiscoveredFeed) => JSON.stringify(reading.entries.map(({ url, title }) => url ?? title));
  const groups = [...Map.groupBy(candidates, says).values()];
  return groups.flatMap((twins) => twins.toSorted((a, b) => size(b) - size(a)).slice(0, 1));
}

/** What the feeds that the planet follows have in common with one that was found. */
export async function common(
  url: string,
  reading: FeedReading,
  planet: Planet,
  means: FetchContext,
): Promise<Overlap[]> {
  const near = await neighbours(reading, planet.feeds, means);
  const { feeds, brought } = await comparison(planet, means.folder, near, means.now);
  const addresses = [url, reading.from, ...(reading.movedTo === null ? [] : [reading.movedTo])];
  const one = { id: '', addresses, title: reading.title, home: reading.home };
  const said = reading.entries.map((entry) => createEntry(nameEntry(one.id, entry.id), entry, planet, means.now));
  return overlapsOf(one, said, feeds, brought);
}

/** Feeds of the same host, asked now: they may be the same feed, and the archive need not know them yet. */
function neighbours(
  { from, home }: FeedReading,
  feeds: readonly FeedConfig[],
  means: FetchContext,
): Promise<Outcome[]> {
  const hosts = new Set([from, home ?? from].map(hostOf));
  const near = feeds.filter(({ url, home: page }) =>
    [url, page].some((each) => each && URL.canParse(each) && hosts.has(hostOf(each))),
  );
  return askAll(near, {}, means, () => {});
}
