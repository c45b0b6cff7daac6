import type { Entry } from '../../src/core/entry.ts';
import type { FeedState } from '../../src/core/feed-state.ts';
import { nameKey } from '../../src/core/name-lists.ts';
import { hostOf } from '../../src/core/web-address.ts';
import type { FeedReading } from './outcome.ts';

/** More new entries than this in one run, in a feed with stored entries, are a flood. */
const MOST_NEW_ENTRIES = 50;

/** More new names of authors than this in one run: each has a page and three feeds for ever. A journal may bring a hundred. */
const MOST_NEW_AUTHORS = 500;

/** A feed that linked to more hosts, with hardly two entries each, is a link blog. */
const FEW_HOSTS = 3;

interface Evidence {
  state: FeedState;
  existing: readonly Entry[];
  reading: FeedReading;
  /** The number of new entries, without those older than every stored entry: these come from a longer document. */
  newCount: number;
  /** The addresses of new entries, and of stored entries that moved. */
  newUrls: readonly (string | null)[];
  /** Whether an entry was matched by its id or its link: a copy easily has the same titles, dates and texts. */
  isRecognised: boolean;
  /** Whether an entry was matched at all: other software of a blog brings other ids and links for known texts. */
  hasMatches: boolean;
  /** Whether the document has an entry that waits for the operator. */
  hasWaiting: boolean;
}

const NEW_OWNER = 'it may have another owner';

/**
 * Why the new entries of a feed should wait for the operator; null if there is no reason. A held feed stays held, but one
 * held for signs of a new owner only until its document is again the known one (another site may have answered by mistake),
 * or until it has another address.
 */
export function moderationReason(evidence: Evidence): string | null {
  const { state, existing, newCount, newUrls } = evidence;
  if (state.trouble?.outcome === 'held' && !isSettledByAddress(evidence)) {
    const { reason } = state.trouble;
    return isAsBefore(evidence) && !isPart(evidence) ? null : reason;
  }
  if (state.trusted || existing.length === 0 || newUrls.length === 0) return null;
  if (newCount > MOST_NEW_ENTRIES) return `more than ${MOST_NEW_ENTRIES} new entries at once`;
  if (hasNewAddress(evidence)) return null;
  const signs = OWNER_SIGNS.filter(({ shows }) => shows(evidence)).map(({ sign }) => sign);
  return signs.length < 2 ? null : `${NEW_OWNER}: ${signs.join(', ')}`;
}

type Addresses = Pick<Evidence, 'state' | 'reading'>;

/** Whether the operator wrote its address since the last document. Only `planet.yaml` changes `feed.url`: a redirect does not. */
function hasNewAddress({ state, reading }: Addresses): boolean {
  return state.url !== reading.feed.url || (state.host === null && reading.host !== null);
}

/** Whether a hold for signs of a new owner ends, as the operator wrote where the blog is. Another address on the host is the new owner's, too. */
export function isSettledByAddress(addresses: Addresses): boolean {
  const { state, reading } = addresses;
  if (!isHeldForOwner(state)) return false;
  // After an address that nothing was read from (a failure, a typing error) the state has the one before.
  const was = (state.host === null && state.formerly?.at(-1)?.url) || state.url;
  return hasNewAddress(addresses) && !isOwnHost(was, reading.feed.url);
}

/**
 * The waiting entries that are on the site of its new address, or where most of its document there is (a feed may be at a
 * service, or give no home): they came by a redirect. Those on its old site are of a new owner.
 */
export function waitingOfAddress(
  { feed, home, entries }: FeedReading,
  waiting: readonly Entry[],
  hosts: ReadonlySet<string | null>,
) {
  const links = entries.map(({ url }) => siteOf(url));
  const most = links.find((host) => links.filter((other) => other === host).length * 2 > links.length);
  const isOwn = (url: string) => siteOf(url) === most || [feed.url, home].some((site) => isOwnHost(site, url));
  return waiting.filter(({ url }) => url !== null && isOwn(url) && !hosts.has(siteOf(url)));
}

/** Why new entries with many new authors should wait; null if there are few, none is shown, or no entry is stored. */
export function authorsReason(
  { feed }: FeedReading,
  existing: readonly Authored[],
  next: readonly Authored[],
): string | null {
  const names = authorKeysIn(next);
  if (feed.authors === 'feed' || existing.length === 0 || names.size <= MOST_NEW_AUTHORS) return null;
  const added = names.difference(authorKeysIn(existing)).size;
  return added > MOST_NEW_AUTHORS ? `more than ${MOST_NEW_AUTHORS} new authors at once` : null;
}

type Authored = Pick<Entry, 'authors'>;

function authorKeysIn(entries: readonly Authored[]): Set<string> {
  return new Set(entries.flatMap(({ authors }) => authors.map(({ name }) => nameKey(name))));
}

/** Whether a feed held for signs of a new owner has known entries again, none that waits, and no such sign. */
function isAsBefore(evidence: Evidence): boolean {
  const { state, newCount, isRecognised, hasWaiting } = evidence;
  if (!isHeldForOwner(state) || !isRecognised || hasWaiting || newCount > MOST_NEW_ENTRIES) return false;
  return !OWNER_SIGNS.some(({ shows }) => shows(evidence));
}

function isPart({ reading }: Evidence): boolean {
  return reading.delta || reading.partial;
}

/** Whether a held feed waits only for the rest of its document. What waited from this part would hold it when the whole is as before. */
export function needsRest(evidence: Evidence): boolean {
  return isPart(evidence) && !isSettledByAddress(evidence) && isAsBefore(evidence);
}

function isHeldForOwner({ trouble }: FeedState): boolean {
  return trouble?.outcome === 'held' && trouble.reason.startsWith(NEW_OWNER);
}

/** Signs of a new owner of the domain. One alone is harmless; two together are not. */
const OWNER_SIGNS: readonly { sign: string; shows: (evidence: Evidence) => boolean }[] = [
  {
    sign: 'its title and its site changed',
    shows: ({ state, reading }) =>
      !reading.partial &&
      state.title !== null &&
      state.home !== null &&
      state.title !== reading.title &&
      !isOwnHost(state.home, reading.home),
  },
  {
    sign: 'none of its entries is known',
    shows: ({ reading, isRecognised }) => !reading.delta && !reading.partial && !isRecognised,
  },
  {
    // An expired domain or a seized account keeps host and site (https://github.com/python/planet/issues/379). A title may count or be dated.
    sign: 'its title changed',
    shows: ({ state, reading, hasMatches }) =>
      !reading.partial &&
      !hasMatches &&
      state.title !== null &&
      withoutNumbers(state.title) !== withoutNumbers(reading.title) &&
      siteOf(`https://${state.host}`) === siteOf(`https://${reading.host}`) &&
      (state.home === null || siteOf(state.home) === siteOf(reading.home)),
  },
  {
    sign: 'it comes from another host',
    shows: ({ state, reading }) =>
      reading.host !== null && state.host !== null && !isOwnHost(`https://${state.host}`, `https://${reading.host}`),
  },
  {
    sign: 'all its new links go to hosts that it never linked to before',
    shows: ({ state, existing, reading, newUrls }) => {
      const hosts = new Set(existing.map(({ url }) => siteOf(url)));
      // A link blog always links to new hosts.
      if (hosts.size > FEW_HOSTS && hosts.size * 2 > existing.length) return false;
      // A blog may move to its own subdomain. Hosts that it only linked to do not count: wordpress.com has many owners.
      const isOwn = (url: string) => [reading.feed.url, state.home].some((site) => isOwnHost(site, url));
      return newUrls.length > 0 && newUrls.every((url) => url !== null && !hosts.has(siteOf(url)) && !isOwn(url));
    },
  },
];

function withoutNumbers(title: string | null): string | undefined {
  return title?.replace(/\d+/g, '');
}

export function siteOf(url: string | null): string | null {
  return url === null ? null : hostOf(url);
}

/** Names below which no service has a blog of somebody else. */
const OWN_NAME = /^(?:blogs?|feeds?|m|mail|news|rss|web)\./;

/** Whether the next host is the one before or below it, or above a name such as `blog.`: nobody else can own it. A service is above the blogs of many. */
function isOwnHost(before: string | null, next: string | null): boolean {
  if (before === null || next === null || ![before, next].every((url) => URL.canParse(url))) return false;
  const [from, to] = [hostOf(before), hostOf(next)];
  const isUsers = /\/[~@]/.test(new URL(before).pathname);
  return (
    to === from || (!isUsers && to.endsWith(`.${from}`) && from.includes('.')) || to === from.replace(OWN_NAME, '')
  );
}
