import { archiveFolder, readStates } from '../../../src/archive/archive.ts';
import { cleanText } from '../../../src/core/clean-text.ts';
import { FeedConfig, type Planet } from '../../../src/core/planet.ts';
import { hostOf, isOneSite } from '../../../src/core/web-address.ts';
import type { FetchedBody } from '../../snapshot/fetch/response.ts';
import { type FailureReason, type FeedReading, failureSentence, type Outcome } from '../../snapshot/outcome.ts';
import { decode } from '../../snapshot/parse/decode.ts';
import { type FetchContext, refresh } from '../../snapshot/refresh.ts';
import { readFeeds } from '../../snapshot/run.ts';
import { readRecords } from '../../snapshot/store.ts';
import { completeMonths } from '../../snapshot/verify.ts';
import { type Overlap, overlapFinder } from './checked-feeds.ts';
import { eachOnce, type NamedFeed, namedFeeds, usualAddresses } from './named-feeds.ts';

/** A feed that was found and read; `comments` if it is one of comments. */
export type DiscoveredFeed = { url: string; reading: FeedReading; comments: boolean };

type DiscoveryResult =
  | {
      kind: 'found';
      candidates: DiscoveredFeed[];
      /** The page that names them; null if the address was a feed. */
      page: string | null;
    }
  | { kind: 'failed'; why: string };

/** The feeds behind an address: itself, else the feeds that its page names; if none is of its site, the first one at a usual address too. */
export async function findFeeds(
  url: string,
  context: FetchContext,
  progress: (url: string) => void,
): Promise<DiscoveryResult> {
  progress(url);
  const { outcome, bodies, at } = await tryAddress(url, context);
  if (outcome.kind === 'read') return { kind: 'found', candidates: [discoveredFeed(at, outcome)], page: null };
  const reason: FailureReason = outcome.kind === 'failed' ? outcome.reason : { kind: 'status', status: 410 };
  const body = bodies.at(-1);
  if (body === undefined || reason.kind === 'own-feed') return { kind: 'failed', why: failureSentence(reason) };
  const named = eachOnce(bodies.flatMap((each) => namedFeeds(decode(each.bytes, each.contentType), each.url)));
  const candidates = await Array.fromAsync(discoverFeeds(named, context, progress));
  const isOwn = ({ url, reading: { home } }: DiscoveredFeed) =>
    isOneSite(url, body.url) || (home !== null && isOneSite(home, body.url));
  // A list of friends may link to their feeds.
  const usual = candidates.some(isOwn) ? [] : usualAddresses(body.url).map((each) => ({ url: each, title: '' }));
  for await (const first of discoverFeeds(usual, context, progress)) {
    candidates.push(first);
    break;
  }
  candidates.sort((a, b) => Number(a.comments) - Number(b.comments) || Number(isOwn(b)) - Number(isOwn(a)));
  if (candidates.length > 0) return { kind: 'found', candidates: withoutRepeatedFeeds(candidates), page: body.url };
  // Only now: many bot protections let readers of feeds through, and a page may be about one.
  if (reason.kind === 'bot-protection') return { kind: 'failed', why: failureSentence(reason) };
  const why =
    named.length > 0
      ? `the feeds that it names (${named.map((each) => each.url).join(', ')}) cannot be read`
      : 'it names no feed';
  return { kind: 'failed', why: `the address is a web page, ${why}, and there is none at the usual addresses` };
}

/** Reads addresses one after the other, and yields those that are feeds. */
async function* discoverFeeds(
  named: readonly NamedFeed[],
  context: FetchContext,
  progress: (url: string) => void,
): AsyncGenerator<DiscoveredFeed> {
  for (const { url, title } of named) {
    progress(url);
    const { outcome, at } = await tryAddress(url, context);
    if (outcome.kind === 'read') yield discoveredFeed(at, outcome, title);
  }
}

/**
 * Reads an address as a snapshot reads a new feed. Returns the pages too, in case it is none, and its address: another one than the
 * given one if a page leads to it.
 */
async function tryAddress(url: string, context: FetchContext) {
  const bodies: FetchedBody[] = [];
  let at = url;
  const fetchFeed: FetchContext['fetchFeed'] = async (asking) => {
    const fetched = await context.fetchFeed(asking);
    if (fetched.kind === 'body') {
      bodies.push(fetched);
      at = fetched.movedTo ?? asking.url;
    }
    return fetched;
  };
  const feed = FeedConfig.parse({ id: 'new', title: 'New', url });
  const outcome = await refresh(feed, undefined, { ...context, fetchFeed });
  return { outcome, bodies, at };
}

function discoveredFeed(url: string, reading: FeedReading, name = ''): DiscoveredFeed {
  const comments = /\bcomments?\b|kommentar|commentaire|comentario/i.test(`${cleanText(name)} ${reading.title} ${url}`);
  return { url, reading, comments };
}

/**
 * Keeps the longest of feeds with the same entries: many blogs have one feed in several formats. Of a planet's it keeps
 * the one with the shorter titles: those of its RSS begin with names, and its Atom names the same people as authors.
 */
function withoutRepeatedFeeds(candidates: readonly DiscoveredFeed[]): DiscoveredFeed[] {
  const size = ({ reading }: DiscoveredFeed, of: 'content' | 'title') =>
    reading.entries.reduce((sum, entry) => sum + entry[of].length, 0);
  const links = ({ reading }: DiscoveredFeed) => JSON.stringify(reading.entries.map(({ url, title }) => url ?? title));
  const groups = [...Map.groupBy(candidates, links).values()];
  return groups.flatMap((twins) =>
    twins
      .toSorted((a, b) => size(b, 'content') - size(a, 'content') || size(a, 'title') - size(b, 'title'))
      .slice(0, 1),
  );
}

export async function overlapsWith(
  url: string,
  reading: FeedReading,
  planet: Planet,
  context: FetchContext,
): Promise<Overlap[]> {
  const neighbourFeeds = await readFeedsOfHost(reading, planet.feeds, context);
  const archive = archiveFolder(context.folder);
  await completeMonths(archive);
  const stored = { states: await readStates(archive), records: await readRecords(archive) };
  return overlapFinder(planet, stored, neighbourFeeds, context.now)({ id: '', url }, reading);
}

/** Reads the followed feeds of the same host: one may be the same feed, and the archive may not know it yet. */
function readFeedsOfHost(
  { from, home }: FeedReading,
  feeds: readonly FeedConfig[],
  context: FetchContext,
): Promise<Outcome[]> {
  const hosts = new Set([from, home ?? from].map(hostOf));
  const neighbourFeeds = feeds.filter(({ url, home: page }) =>
    [url, page].some((each) => each && URL.canParse(each) && hosts.has(hostOf(each))),
  );
  return readFeeds(neighbourFeeds, {}, context, () => {});
}
