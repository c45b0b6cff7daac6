import { isDeepStrictEqual } from 'node:util';
import { avatarKey } from '../../../src/core/avatar-files.ts';
import type { Avatar } from '../../../src/core/avatars.ts';
import { creditOf } from '../../../src/core/credit.ts';
import type { EntryMetadata } from '../../../src/core/entry.ts';
import { authorsByName, nameKey } from '../../../src/core/name-lists.ts';
import type { FeedConfig, Planet } from '../../../src/core/planet.ts';
import { isOnWeb } from '../../../src/core/planet-values.ts';
import type { FeedReading, Outcome } from '../outcome.ts';

/** The most authors with a picture of one feed. */
const MOST_AUTHORS = 1_000;

type CreditedEntry = Pick<EntryMetadata, 'feed' | 'title' | 'authors'>;

/**
 * The rows of pictures in the archive after these readings, sorted; `planet.yaml` comes before the feeds. Removes a
 * picture that a feed no longer names. `entries` are all of the feeds that were read; the rows of other feeds stay as they are.
 */
export function wantedAvatars(
  existing: readonly Avatar[],
  planet: Pick<Planet, 'authors'>,
  feeds: readonly FeedConfig[],
  outcomes: readonly Outcome[],
  entries: Iterable<CreditedEntry>,
): Avatar[] {
  const next = new Map(existing.map((avatar) => [avatarKey(avatar), avatar]));
  const want = (feed: string | null, author: string | null, urls: string[]): void => {
    const key = avatarKey({ feed, author });
    const before = next.get(key);
    if (urls.length === 0) next.delete(key);
    else if (before === undefined) next.set(key, { ...UNKNOWN, feed, author, urls });
    else if (!isDeepStrictEqual(before.urls, urls)) next.set(key, { ...before, urls, settled: false });
  };
  const people = authorsByName(planet.authors);
  const readings = outcomes.filter((outcome): outcome is FeedReading => outcome.kind === 'read');
  for (const { feed, pictures, authorPictures, delta, partial } of readings) {
    // A picture that is missing in a part of a document may be in the rest.
    if (pictures.length > 0 || !(delta || partial)) want(feed.id, null, pictures);
    for (const [name, url] of authorPictures)
      if (people.get(nameKey(name))?.avatar === undefined) want(feed.id, nameKey(name), [url]);
  }
  removeUnnamed(next, readings, entries);
  for (const { id, avatar } of feeds) if (avatar !== undefined) want(id, null, isOnWeb(avatar) ? [avatar] : []);
  const onWeb = new Map(
    planet.authors.flatMap(({ name, avatar }) => (avatar && isOnWeb(avatar) ? [[nameKey(name), avatar]] : [])),
  );
  for (const { feed, author } of existing) if (feed === null && !onWeb.has(author ?? '')) want(feed, author, []);
  for (const [author, url] of onWeb) want(null, author, [url]);
  return [...next].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, avatar]) => avatar);
}

/** Removes the pictures of authors whom no entry of the feed names, and further ones than `MOST_AUTHORS`. */
function removeUnnamed(
  avatars: Map<string, Avatar>,
  readings: readonly FeedReading[],
  entries: Iterable<CreditedEntry>,
): void {
  // Most feeds have no pictures of authors.
  const picturing = new Set([...avatars.values()].map(({ feed, author }) => (author === null ? null : feed)));
  const entriesOf = Map.groupBy(entries, ({ feed }) => feed);
  const named = new Set(
    readings.flatMap(({ feed }) => (picturing.has(feed.id) ? authorKeys(feed, entriesOf.get(feed.id) ?? []) : [])),
  );
  const counts = new Map(readings.map(({ feed }) => [feed.id, 0]));
  for (const [key, { feed, author }] of avatars) {
    const count = author === null ? undefined : counts.get(feed ?? '');
    if (count === undefined) continue;
    if (named.has(key) && count < MOST_AUTHORS) counts.set(feed ?? '', count + 1);
    else avatars.delete(key);
  }
}

function authorKeys(feed: FeedConfig, entries: readonly CreditedEntry[]): string[] {
  const names = entries.flatMap((entry) =>
    [...entry.authors, ...creditOf(entry, feed).authors].map(({ name }) => name),
  );
  return [...new Set(names)].map((name) => avatarKey({ feed: feed.id, author: nameKey(name) }));
}

const UNKNOWN = { from: null, validators: {}, hash: null, checkedAt: null, settled: false, problem: null };
