import { isDeepStrictEqual } from 'node:util';
import { avatarKey } from '../../../src/core/avatar-files.ts';
import type { Avatar } from '../../../src/core/avatars.ts';
import { nameKey, peopleOf } from '../../../src/core/name-lists.ts';
import type { FeedConfig, Planet } from '../../../src/core/planet.ts';
import { isOnWeb } from '../../../src/core/planet-values.ts';
import type { FeedReading, Outcome } from '../outcome.ts';

/** Names of authors that one document may show. */
const MOST_PORTRAITS = 200;

/**
 * What the archive is to know of pictures after these readings, sorted: what `planet.yaml` says comes before what a feed says, and what a
 * feed does not show any more goes. Of feeds that were not read, or that left `planet.yaml`, it stays as it is.
 */
export function wantedAvatars(
  known: readonly Avatar[],
  planet: Pick<Planet, 'authors'>,
  feeds: readonly FeedConfig[],
  outcomes: readonly Outcome[],
): Avatar[] {
  const next = new Map(known.map((avatar) => [avatarKey(avatar), avatar]));
  const want = (feed: string | null, author: string | null, urls: string[]): void => {
    const key = avatarKey({ feed, author });
    const before = next.get(key);
    if (urls.length === 0) next.delete(key);
    else if (before === undefined) next.set(key, { ...UNKNOWN, feed, author, urls });
    else if (!isDeepStrictEqual(before.urls, urls)) next.set(key, { ...before, urls, settled: false });
  };
  const people = peopleOf(planet.authors);
  const readings = outcomes.filter((outcome): outcome is FeedReading => outcome.kind === 'read');
  for (const { feed, pictures, portraits, delta, partial } of readings) {
    // What a part of a document does not show may stand in the rest.
    if (pictures.length > 0 || !(delta || partial)) want(feed.id, null, pictures);
    for (const [name, url] of portraits.slice(0, MOST_PORTRAITS))
      if (people.get(nameKey(name))?.avatar === undefined) want(feed.id, nameKey(name), [url]);
  }
  for (const { id, avatar } of feeds) if (avatar !== undefined) want(id, null, isOnWeb(avatar) ? [avatar] : []);
  const own = new Map(
    planet.authors.flatMap(({ name, avatar }) =>
      avatar !== undefined && isOnWeb(avatar) ? [[nameKey(name), avatar]] : [],
    ),
  );
  for (const { feed, author } of known) if (feed === null && !own.has(author ?? '')) want(feed, author, []);
  for (const [author, url] of own) want(null, author, [url]);
  return [...next].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, avatar]) => avatar);
}

const UNKNOWN: Omit<Avatar, 'feed' | 'author' | 'urls'> = {
  from: null,
  validators: {},
  hash: null,
  checkedAt: null,
  settled: false,
  problem: null,
};

const DAY = 86_400_000;
/** A run of a scheduler comes a little early or late. */
const JITTER = 5 * 60_000;

/** Whether to look for a picture: once a week, and once a day where it failed or has another address. */
export function isDue({ checkedAt, settled, hash }: Avatar, kept: ReadonlySet<string>, now: Date): boolean {
  if (checkedAt === null || (hash !== null && !kept.has(hash))) return true;
  return now.getTime() - Date.parse(checkedAt) > (settled ? 7 * DAY : DAY) - JITTER;
}
