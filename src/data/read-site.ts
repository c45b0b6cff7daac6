import { statSync } from 'node:fs';
import { join } from 'node:path';
import {
  closeFiles,
  heldCounts,
  monthFile,
  months,
  readMetadata,
  readStates,
  readSummaries,
} from '../archive/archive.ts';
import { avatarPath, keptPictures, readAvatars } from '../archive/avatars.ts';
import { loadPlanet } from '../archive/config.ts';
import { type DuplicateLines, findDuplicateLines } from '../archive/duplicate-lines.ts';
import { holdingOf, type Ledger, lacking, type Month, NO_LEDGER, readLedger, repairAdvice } from '../archive/ledger.ts';
import { collectAuthors, type Former } from '../core/authors.ts';
import { AVATAR_SIZES, keptFile } from '../core/avatar-files.ts';
import { printable } from '../core/clean-text.ts';
import { credit } from '../core/credit.ts';
import { dayOf } from '../core/dates.ts';
import type { Person, StoredSummary } from '../core/entry.ts';
import type { FeedStates } from '../core/feed-state.ts';
import { nameKey, type People, peopleOf } from '../core/name-lists.ts';
import { entryName, type MergedEntry, mergeOccurrences, type Occurrence, originalsOf } from '../core/occurrences.ts';
import { OperatorError } from '../core/operator-error.ts';
import type { FeedConfig, Planet } from '../core/planet.ts';
import type { AuthorRecord, EntryRecord, EntrySummary, FeedRecord, RuleRecord } from '../core/records.ts';
import { newestFirst } from '../core/river.ts';
import { applyRules } from '../core/rules.ts';
import { shownAvatars } from '../core/shown-avatars.ts';
import { sharedIds } from '../outputs/shared-ids.ts';

export interface Site {
  planet: Planet;
  /** In the order of `planet.yaml`. */
  feeds: FeedRecord[];
  /** Newest first. */
  entries: EntrySummary[];
  /** All that there is to say of one of them but its body; read from the archive. */
  recordOf: (entry: EntrySummary) => EntryRecord;
  authors: AuthorRecord[];
  /** What each rule of `planet.yaml` keeps off the site. */
  rules: RuleRecord[];
  /** Where each picture of an author or feed lies, by its name below `/avatars/`. */
  avatars: ReadonlyMap<string, string>;
}

/** What there is must not be published. The message is for the operator. */
class Unpublishable extends OperatorError {}

/**
 * Reads what the site is built from. Throws `Unpublishable` rather than let a build publish less than the archive holds.
 * @param readGists reads a month's entries in short
 */
export async function readSite(folder: string, archive: string, readGists = readSummaries): Promise<Site> {
  const loaded = await loadPlanet(folder);
  if (loaded.kind === 'mistakes') throw new Unpublishable(loaded.told.join('\n'));
  const { planet } = loaded;
  closeFiles();
  const states = await readStates(archive);
  const held = await heldCounts(archive);
  const people = peopleOf(planet.authors);
  const { routes, twice } = await readRoutes(archive, planet, people, readGists);
  const followed = new Set(planet.feeds.map(({ id }) => id));
  const [ours, others]: [Occurrence[], Occurrence[]] = [[], []];
  for (const route of routes) (followed.has(route.entry.feed) ? ours : others).push(route);
  const lines = planet.feeds.reduce((sum, { id }) => sum + (twice.get(id) ?? 0), ours.length);
  refuseLess(lines, planet, states, archive);

  const headOf = ({ entry }: Pick<Occurrence, 'entry'>) => readMetadata(archive, entry.position);
  const { hidden, counts: rules } = applyRules(ours, planet, people, headOf);
  for (const { rule } of rules.filter(({ hides }) => hides === 0)) {
    console.warn(printable(`planet.yaml: ${rule}: this rule hides nothing; is it spelt as the feed spells it?`));
  }
  const homely = planet.feeds.map((feed) => ({ ...feed, saidHome: states[feed.id]?.home ?? null }));
  const joined = mergeOccurrences(routes, new Set([...others, ...hidden]), homely, headOf);
  const { authors: written, slugOf } = collectAuthors(joined, people, formersOf(ours, planet, people, states));
  const shared = sharedIds(
    joined.map(({ entry }) => entry),
    planet.site,
  );
  const entries = joined.map((each) =>
    gistOf(each, { slugOf, timezone: planet.timezone, sharedId: shared.has(each.entry.path) }),
  );
  if (entries.length === 0)
    throw new Unpublishable(
      `There is nothing to publish: the rules of planet.yaml hide all ${lines} entries that ${archive} holds. The last site stays as it is.`,
    );
  entries.sort(newestFirst);
  const recordOf = (gist: EntrySummary) => recordFrom(gist, archive);
  const carried = carriedBy(entries);
  const kept = planet.avatars ? await keptPictures(archive) : new Set();
  const avatars = (await readAvatars(archive)).filter(({ hash }) => kept.has(hash));
  const shown = shownAvatars({ feeds: planet.feeds, authors: written, entries, people, avatars });
  const authors = written.map((author) => ({ ...author, avatar: shown.authors.get(author.slug) ?? null }));
  const feeds = planet.feeds.map((feed, order) => ({
    ...describeFeed(feed, states),
    avatar: shown.feeds.get(feed.id) ?? null,
    held: held.get(feed.id) ?? 0,
    order,
    entries: carried.get(feed.id)?.entries ?? 0,
    newest: carried.get(feed.id)?.newest ?? null,
  }));
  const used = new Set([...authors, ...feeds].flatMap(({ avatar }) => avatar ?? []));
  const files = new Map([
    ...[...shown.files].map(([file, path]): [string, string] => [file, join(folder, path)]),
    ...[...used]
      .filter((avatar) => kept.has(avatar))
      .flatMap((hash) =>
        AVATAR_SIZES.map((size): [string, string] => [keptFile(hash, size), avatarPath(archive, hash, size)]),
      ),
  ]);
  return { planet, feeds, entries, recordOf, authors, rules, avatars: files };
}

/** Names that the operator has made another's, and names that feeds said before. */
function formersOf(routes: readonly Occurrence[], planet: Planet, people: People, states: FeedStates): Former[] {
  const firstSeen = new Map<string, string>();
  const byId = new Map(planet.feeds.map((feed) => [feed.id, feed]));
  for (const { entry } of people.size === 0 ? [] : routes) {
    const feed = byId.get(entry.feed);
    for (const { name } of feed ? credit(entry, feed).authors : []) {
      const key = nameKey(name);
      const known = firstSeen.get(key);
      if (people.has(key) && (known === undefined || entry.firstSeen < known)) firstSeen.set(key, entry.firstSeen);
    }
  }
  const aliases = planet.authors.flatMap(({ name: now, aliases }) =>
    aliases.map((name) => ({ name, now, firstSeen: firstSeen.get(nameKey(name)) ?? null })),
  );
  const said = planet.feeds.flatMap(({ id }) => Object.entries(states[id]?.formerAuthors ?? {}));
  return [...aliases, ...said.map(([name, former]) => ({ name, ...former }))];
}

interface Around {
  slugOf: (name: string) => string;
  timezone: string;
  sharedId: boolean;
}

/** Field by field: every build does it for every entry. */
function gistOf({ entry, position, credit, via, ownedBecause }: MergedEntry, around: Around): EntrySummary {
  return {
    feed: entry.feed,
    id: entry.id,
    path: entry.path,
    published: entry.published,
    publishedBy: entry.publishedBy,
    firstSeen: entry.firstSeen,
    via,
    ownedBecause,
    position,
    own: position.offset === entry.position.offset && position.month === entry.position.month ? null : entry.position,
    credit: { title: credit.title, authors: slugsOf(credit.authors, around.slugOf) },
    day: dayOf(entry.published, around.timezone),
    sharedId: around.sharedId,
  };
}

function slugsOf(people: readonly Person[], slugOf: (name: string) => string): string[] {
  const slugs = people.map(({ name }) => slugOf(name));
  return slugs.length > 1 ? [...new Set(slugs)] : slugs;
}

function recordFrom({ own, ...gist }: EntrySummary, archive: string): EntryRecord {
  const { copyOf: _owner, sameBy: _rule, ...head } = readMetadata(archive, own ?? gist.position);
  const fullest = own === null ? head : readMetadata(archive, gist.position);
  return { ...head, ...gist, summary: fullest.summary };
}

/** How many entries each feed carried, and when the newest was posted. `entries` come newest first. */
function carriedBy(entries: readonly EntrySummary[]): Map<string, { entries: number; newest: string }> {
  const carried = new Map<string, { entries: number; newest: string }>();
  const count = (id: string, published: string) => {
    const known = carried.get(id);
    if (known) known.entries++;
    else carried.set(id, { entries: 1, newest: published });
  };
  for (const { feed, via, published } of entries) {
    count(feed, published);
    for (const id of via) count(id, published);
  }
  return carried;
}

/** Every line of the archive, credited. A copy stands where its owner stands: the operator knows it by that permalink. */
async function readRoutes(
  archive: string,
  { feeds }: Planet,
  people: People,
  readGists: typeof readSummaries,
): Promise<{ routes: Occurrence[]; twice: DuplicateLines['ofFeed'] }> {
  const byId = new Map(feeds.map((feed) => [feed.id, feed]));
  const routes: Occurrence[] = [];
  const { gists, twice } = await readOnce(archive, readGists);
  for (const entry of gists) {
    const feed = byId.get(entry.feed) ?? { authors: 'entry', title: '' };
    routes.push({ entry, credit: credit(entry, feed, people) });
  }
  const owners = originalsOf(routes);
  const paths = new Map<string, string>();
  for (const { entry } of routes) {
    if (entry.copyOf === null && owners.get(entry.feed)?.has(entry.id)) paths.set(entryName(entry), entry.path);
  }
  const standing = routes.map((route) => {
    const path = route.entry.copyOf === null ? undefined : paths.get(entryName(route.entry.copyOf));
    return path === undefined ? route : { ...route, entry: { ...route.entry, path } };
  });
  return { routes: standing, twice };
}

/** Every entry of the archive, once. Throws `Unpublishable` where a month lacks one that the ledger has. */
async function readOnce(
  archive: string,
  readGists: typeof readSummaries,
): Promise<{ gists: StoredSummary[]; twice: DuplicateLines['ofFeed'] }> {
  const file = readLedger(archive);
  const ledger = file.kind === 'ledger' ? file.ledger : NO_LEDGER;
  const held = new Map<string, Month>();
  const gists = new Map<string, StoredSummary[]>();
  for (const month of await months(archive)) {
    const there = statSync(monthFile(archive, month), { throwIfNoEntry: false });
    // A folder, or a link that leads nowhere: told as what it is.
    const list = await (there?.isFile() ? readGists : readSummaries)(archive, month);
    gists.set(month, list);
    const known = ledger.months[month];
    const size = there?.size ?? 0;
    // As many entries in as many bytes are those that the snapshot has just looked at.
    const isKnown = known?.entries === list.length && known.sum.startsWith(`${size}-`);
    held.set(month, isKnown ? known : holdingOf('', list));
  }
  const lacks = lacking(ledger, held);
  if (lacks.length > 0) throw new Unpublishable(repairAdvice(lacks));
  const { drops, ofFeed } = saidTwice(gists, ledger, archive);
  const once = [...gists].flatMap(([month, list]) => list.filter((_, at) => !drops.get(month)?.has(at)));
  return { gists: once, twice: ofFeed };
}

/** Lines that say what another line says too: the next snapshot takes them out of the archive. */
function saidTwice(gists: ReadonlyMap<string, StoredSummary[]>, ledger: Ledger, archive: string): DuplicateLines {
  const [seen, more] = [new Set<string>(), new Set<string>()];
  for (const list of gists.values()) for (const name of list.map(entryName)) (seen.has(name) ? more : seen).add(name);
  if (more.size === 0) return findDuplicateLines([], ledger);
  const looked = [...gists].map(([month, list]) => ({
    month,
    lines: list.map(({ feed, id, position }) => {
      const { updated } = more.has(entryName({ feed, id })) ? readMetadata(archive, position) : { updated: null };
      return { feed, id, updated, length: position.length, hash: position.hash };
    }),
  }));
  const twice = findDuplicateLines(looked, ledger);
  for (const [month, notes] of twice.notes) console.warn(printable(`archive/${month}.ndjson ${notes.join('; ')}`));
  return twice;
}

function describeFeed(
  feed: FeedConfig,
  states: FeedStates,
): Omit<FeedRecord, 'avatar' | 'held' | 'order' | 'entries' | 'newest'> {
  const state = states[feed.id] ?? null;
  const home = feed.home ?? state?.home ?? undefined;
  return { ...feed, ...(home === undefined ? {} : { home }), state };
}

/** The archive's own count, kept by the snapshot, against what was read. */
function refuseLess(read: number, { feeds }: Planet, states: FeedStates, archive: string): void {
  const held = feeds.reduce((sum, { id }) => sum + (states[id]?.entries ?? 0), 0);
  if (read === 0)
    throw new Unpublishable(`There is nothing to publish: ${archive} holds no entry. Run "npm run snapshot" first.`);
  if (read < held) {
    throw new Unpublishable(
      `${archive} should hold ${held} entries and holds ${read}. Bring them back: from the branch with "npm run archive -- pull", or from a backup; "npm run snapshot" says of which feeds.`,
    );
  }
}
