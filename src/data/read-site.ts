import { join } from 'node:path';
import { readHeld, readStates } from '../archive/archive.ts';
import { loadPlanet } from '../archive/load-planet.ts';
import { avatarPath, readAvatars, storedPictures } from '../archive/read-avatars.ts';
import { closeFiles, readBody, readMetadata, readSummaries } from '../archive/read-entries.ts';
import { type CollectedAuthor, collectAuthors } from '../core/author-records.ts';
import { formerNames } from '../core/author-slugs.ts';
import { AVATAR_SIZES, storedFile } from '../core/avatar-files.ts';
import { shownAvatars } from '../core/avatars.ts';
import { type FeedStates, reportedState } from '../core/feed-state.ts';
import { languageOf } from '../core/language.ts';
import { feedListing, fillListings, type Listing, newestFirst } from '../core/listings.ts';
import { isLost, type LostSites, lostSites, withoutLostLinks } from '../core/lost-sites.ts';
import { memoized } from '../core/memoized.ts';
import { type AuthorSettings, authorsByName } from '../core/name-lists.ts';
import { type MergedEntry, mergeOccurrences, type Occurrence } from '../core/occurrences.ts';
import { OperatorError } from '../core/operator-error.ts';
import type { FeedConfig, Planet } from '../core/planet.ts';
import type { YamlCache } from '../core/planet-file.ts';
import type { AuthorRecord, EntryRecord, EntrySummary, FeedRecord, RuleRecord } from '../core/records.ts';
import { applyRules } from '../core/rules.ts';
import { withoutSecrets } from '../core/web-address.ts';
import type { Messages } from '../i18n/catalogue.ts';
import { sharedIds } from '../outputs/view.ts';
import { readOccurrences } from './read-occurrences.ts';
import { type SitePictures, sitePictures } from './site-pictures.ts';

/** The archive as the site shows it: the operator's rules are applied. */
export interface Site {
  planet: Planet;
  messages: Messages;
  /** In the order of `planet.yaml`. */
  feeds: FeedRecord[];
  /** Newest first. */
  entries: EntrySummary[];
  /** The entries of each author and feed, newest first. */
  listings: ReadonlyMap<Listing, readonly EntrySummary[]>;
  /** The paths of entries that were news at first sight, whatever their date (`newsPaths`). */
  news: ReadonlySet<string>;
  /** Reads the rest of an entry, without its body, from the archive. */
  recordOf: (entry: EntrySummary) => EntryRecord;
  lostSites: LostSites;
  authors: AuthorRecord[];
  /** The number of entries that each rule of `planet.yaml` hides. */
  rules: RuleRecord[];
  /** The files of the pictures of authors and feeds, by name below `/avatars/`. */
  avatars: ReadonlyMap<string, string>;
  pictures: SitePictures;
  /** Sentences for the operator. */
  warnings: string[];
}

/** Throws an `OperatorError` if `planet.yaml` has mistakes, a month or a feed has fewer entries than were counted, or there is nothing to show. */
export async function readSite(folder: string, archive: string, read = readSummaries, yaml?: YamlCache): Promise<Site> {
  const loaded = await loadPlanet(folder, yaml);
  if (loaded.kind === 'mistakes') throw new OperatorError(loaded.problems.join('\n'), 2);
  const { planet, messages } = loaded;
  closeFiles();
  const states = await readStates(archive);
  const held = Map.groupBy(await readHeld(archive), ({ feed }) => feed);
  const people = authorsByName(planet.authors);
  const { occurrences, news, duplicates, warnings } = await readOccurrences(archive, planet, people, read);
  const feedById = new Map(planet.feeds.map((feed) => [feed.id, feed]));
  const [followed, unfollowed]: [Occurrence[], Occurrence[]] = [[], []];
  for (const occurrence of occurrences) (feedById.has(occurrence.entry.feed) ? followed : unfollowed).push(occurrence);
  const lines = planet.feeds.reduce((sum, { id }) => sum + (duplicates.get(id) ?? 0), followed.length);
  refuseMissingEntries(lines, planet, states, archive);

  const metadataOf = ({ entry }: Pick<Occurrence, 'entry'>) => readMetadata(archive, entry.position);
  const { hidden, counts: rules, warnings: ofRules } = applyRules(followed, planet, people, metadataOf, states);
  warnings.push(...ofRules.map((warning) => `planet.yaml: ${warning}`));
  const context = {
    feeds: planet.feeds.map((feed) => {
      const { home: declaredHome = null, formerly } = states[feed.id] ?? {};
      return { ...feed, declaredHome, formerly };
    }),
    metadataOf,
    bodyOf: ({ entry }: Pick<Occurrence, 'entry'>) => readBody(archive, entry.position),
  };
  const lost = lostSites(context.feeds);
  const isPageLost = memoized((page: string) => isLost(page, lost));
  const removed = new Set([...unfollowed, ...hidden.keys()]);
  const merged = mergeOccurrences(occurrences, removed, context);
  // Ids, and the slugs of authors, do not change when an entry is hidden.
  const all = removed.size === 0 ? merged : mergeOccurrences(occurrences, new Set(), context);
  const former = formerNames(followed, planet, people, states);
  const { authors: credited, slugOf } = collectAuthors(merged, people, former, [...all, ...merged], isPageLost);
  const shared = sharedIds(
    all.map(({ entry }) => entry),
    planet.idsFrom ?? planet.site,
  );
  const entries = merged.map((each) => entrySummary(each, feedById.get(each.entry.feed), slugOf, shared));
  if (entries.length === 0)
    throw new OperatorError(
      `There is nothing to publish: the rules of planet.yaml hide all ${lines} entries of ${archive}. The last site stays unchanged.`,
    );
  entries.sort(newestFirst);
  const avatars = await readPictures(folder, archive, planet, credited, people);
  const authors = credited.map(({ trustedFeeds: _feeds, ...author }) => ({
    ...author,
    avatar: avatars.authors.get(author.slug) ?? null,
  }));
  const listings = fillListings(entries, planet.feeds, authors);
  const feeds = planet.feeds.map((feed) => {
    const list = listings.get(feedListing(feed)) ?? [];
    return {
      ...withState(feed, states),
      avatar: avatars.feeds.get(feed.id) ?? null,
      held: held.get(feed.id)?.length ?? 0,
      entries: list.length,
      newest: list[0]?.published ?? null,
    };
  });
  const recordOf = (entry: EntrySummary) => withoutLostLinks(readRecord(entry, archive), lost);
  const pictures = await sitePictures(folder, planet);
  const views = { feeds, entries, listings, news, recordOf, lostSites: lost, authors, rules, warnings };
  return { planet, messages, ...views, avatars: avatars.files, pictures };
}

/** The picture of each author and feed, and the files of all of them by name below `/avatars/`. */
async function readPictures(
  folder: string,
  archive: string,
  { feeds, avatars: isOn }: Planet,
  authors: readonly CollectedAuthor[],
  people: AuthorSettings,
) {
  const kept = isOn ? await storedPictures(archive) : new Set<string | null>();
  const avatars = (await readAvatars(archive)).filter(({ hash }) => kept.has(hash));
  const shown = shownAvatars({ feeds, authors, people, avatars });
  const own = [...shown.files].map(([file, path]): [string, string] => [file, join(folder, path)]);
  const stored = [...shown.authors.values(), ...shown.feeds.values()].flatMap((avatar) => {
    if (avatar === null || !kept.has(avatar)) return [];
    return AVATAR_SIZES.map((size): [string, string] => [storedFile(avatar, size), avatarPath(archive, avatar, size)]);
  });
  return { ...shown, files: new Map([...own, ...stored]) };
}

/** Copies field by field: every build does this for every entry. */
function entrySummary(
  { entry, position, credit, via, ownedBecause }: MergedEntry,
  feed: Pick<FeedConfig, 'language'> | undefined,
  slugOf: (name: string) => string,
  shared: ReadonlySet<string>,
): EntrySummary {
  return {
    feed: entry.feed,
    id: entry.id,
    path: entry.path,
    published: entry.published,
    publishedBy: entry.publishedBy,
    firstSeen: entry.firstSeen,
    language: languageOf(entry, feed ?? {}),
    via,
    ownedBecause,
    position,
    // The hash of the longest text comes first.
    mainPosition: position.hash.startsWith(entry.position.hash) ? null : entry.position,
    // Two names may be of one author.
    credit: { title: credit.title, authors: [...new Set(credit.authors.map(({ name }) => slugOf(name)))] },
    // The day of its permalink, also in another time zone: no page of a day, a month or a year vanishes.
    day: entry.path.slice(0, 10).replaceAll('/', '-'),
    sharedId: shared.has(entry.path),
  };
}

function readRecord({ mainPosition, ...summary }: EntrySummary, archive: string): EntryRecord {
  const { copyOf: _original, sameBy: _rule, ...metadata } = readMetadata(archive, mainPosition ?? summary.position);
  const fullest = mainPosition === null ? metadata : readMetadata(archive, summary.position);
  return { ...metadata, ...summary, summary: fullest.summary };
}

function withState(feed: FeedConfig, states: FeedStates): Omit<FeedRecord, 'avatar' | 'held' | 'entries' | 'newest'> {
  const state = reportedState(feed, states[feed.id]);
  // As a feed that is a file: its address for readers is that of the planet's feed of it.
  if (feed.gone) return { ...feed, url: '', home: undefined, state };
  const home = feed.home ?? state?.home ?? undefined;
  return { ...feed, ...(home === undefined ? {} : { home: withoutSecrets(home) }), state };
}

/** Throws if the archive has fewer lines than the snapshot counted (`feeds.json`), or none. */
function refuseMissingEntries(lines: number, { feeds }: Planet, states: FeedStates, archive: string): void {
  const counted = feeds.reduce((sum, { id }) => sum + (states[id]?.entries ?? 0), 0);
  if (lines === 0)
    throw new OperatorError(`There is nothing to publish: ${archive} has no entries. Run "npm run snapshot" first.`);
  if (lines < counted)
    throw new OperatorError(
      `${archive} should have ${counted} entries and has ${lines}. Restore them from the branch with "npm run archive -- pull", or from a backup; "npm run snapshot" lists the feeds.`,
    );
}
