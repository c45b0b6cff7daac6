import { archiveFolder, readStates } from '../../../src/archive/archive.ts';
import { cleanText } from '../../../src/core/clean-text.ts';
import type { Entry, SameBy } from '../../../src/core/entry.ts';
import type { FeedStates } from '../../../src/core/feed-state.ts';
import { entryName } from '../../../src/core/occurrences.ts';
import { counted } from '../../../src/core/periods.ts';
import type { FeedConfig, Planet } from '../../../src/core/planet.ts';
import { placeKey } from '../../../src/core/same-entry.ts';
import { type Judging, sameStory } from '../../../src/core/same-story.ts';
import { Candidates, type StoryRecord, storyOf } from '../../snapshot/duplicates.ts';
import { identify } from '../../snapshot/identity/identify.ts';
import { type Memory, NOTHING, nameEntry } from '../../snapshot/identity/names.ts';
import { createEntry } from '../../snapshot/new-entry.ts';
import { homesOf, judgingContext } from '../../snapshot/originals.ts';
import type { FeedReading, Outcome } from '../../snapshot/outcome.ts';
import { readStories } from '../../snapshot/stored-entries.ts';
import { type Finding, findings, unread } from './check-findings.ts';
import { type Preview, type PreviewedEntry, preview, previewEntry } from './entry-preview.ts';

/** What became of checking one feed. */
export interface Checked {
  feed: FeedConfig;
  /** In `planet.yaml`, from 0. */
  place: number;
  findings: Finding[];
  /** What it would bring, in a few words; null where it was not read. */
  sum: string | null;
  /** Its newest entries as the planet would show them. */
  previews: Preview[];
}

const PREVIEWS = 5;

export function checked(outcome: Outcome, planet: Planet, compared: Comparison, now: Date): Checked {
  const { feed } = outcome;
  const place = planet.feeds.findIndex(({ id }) => id === feed.id);
  const wrong = unread(outcome);
  if (outcome.kind !== 'read') return { feed, place, findings: wrong ? [clean(wrong)] : [], sum: null, previews: [] };
  const shown = previewEntry(outcome.entries, feed, planet, now);
  const one = compared.feeds.find(({ id }) => id === feed.id);
  const said = outcome.entries.map((entry) => createEntry(nameEntry(feed.id, entry.id), entry, planet, now));
  const overlaps = one ? overlapsOf(one, said, compared.feeds, compared.brought) : [];
  const memory = compared.memories.get(feed.id) ?? NOTHING;
  const document = { feed: feed.id, entries: outcome.entries, isPart: outcome.delta || outcome.partial };
  const { notes: idNotes } = identify([], document, { ...NOTHING, idsUnreliable: memory.idsUnreliable }, planet, now);
  return {
    feed,
    place,
    findings: findings({ reading: outcome, shown, overlaps, idNotes, now }).map(clean),
    sum: sumOf(outcome, shown),
    previews: shown.entries.slice(0, PREVIEWS).map((entry) => preview(entry, feed, planet, now)),
  };
}

/** Feeds and their servers have a word in some of the sentences. */
function clean(finding: Finding): Finding {
  return { ...finding, what: cleanText(finding.what) };
}

/** `25 entries, 2 of them hidden by include and exclude`. */
function sumOf({ entries }: FeedReading, { hidden }: PreviewedEntry): string {
  const rules = hidden > 0 ? [`${hidden} of them hidden by include and exclude`] : [];
  return [counted(entries.length, 'entry', 'entries'), ...rules].join(', ');
}

/** What there is to compare a feed with: the feeds that the planet follows, and the entries that they brought. */
interface Comparison {
  feeds: Known[];
  brought: Brought;
  /** How many entries the archive holds, of feeds that it follows. */
  archived: number;
  /** What the archive remembers of the feeds that it met, by id. */
  memories: ReadonlyMap<string, Memory>;
}

/** From the archive, and from what was read just now. */
export async function comparison(
  planet: Planet,
  folder: string,
  outcomes: readonly Outcome[],
  now: Date,
): Promise<Comparison> {
  const archive = archiveFolder(folder);
  const states = await readStates(archive);
  const followed = new Set(planet.feeds.map(({ id }) => id));
  const routes = (await readStories(archive)).filter(({ feed }) => followed.has(feed));
  const readings = new Map(
    outcomes.flatMap((outcome) => (outcome.kind === 'read' ? [[outcome.feed.id, outcome]] : [])),
  );
  const said = [...readings.values()].flatMap(({ feed, entries }) =>
    entries.map((entry) => createEntry(nameEntry(feed.id, entry.id), entry, planet, now)),
  );
  const isSaid = new Set(said.map(entryName));
  const homes = homesOf(states);
  return {
    feeds: planet.feeds.map((feed) => knownOf(feed, states, readings.get(feed.id))),
    brought: {
      candidates: new Candidates<Entry | StoryRecord>([
        ...routes.filter((route) => !isSaid.has(entryName(route))),
        ...said,
      ]),
      judging: judgingContext({ ...planet, homes }),
    },
    archived: routes.length,
    memories: new Map(Object.entries(states)),
  };
}

function knownOf(feed: FeedConfig, states: FeedStates, reading: FeedReading | undefined): Known {
  const state = states[feed.id]?.url === feed.url ? states[feed.id] : undefined;
  const addresses = [feed.url, reading?.from, reading?.movedTo, state?.movedTo].filter((each) => each != null);
  return {
    id: feed.id,
    addresses,
    title: reading?.title ?? state?.title ?? null,
    home: reading?.home ?? state?.home ?? null,
  };
}

/** The entries that all feeds brought, and how it is told which of them are one story. */
interface Brought {
  candidates: Candidates<Entry | StoryRecord>;
  judging: Judging;
}

/** Another feed that the planet follows, and how many of a feed's entries it brings too. */
export interface Overlap {
  feed: string;
  entries: number;
  /** By which rules they are the same, each once. */
  by: SameBy[];
  /** How many more share a link or an id, and are other entries: comments, most often. */
  others: number;
  /** Whether both are one feed at two addresses. */
  sameFeed: boolean;
}

/** A feed as far as it tells whether two are one. */
interface Known {
  id: string;
  /** Every address under which it is known. */
  addresses: readonly string[];
  /** As it says itself; null where nobody has asked it yet. */
  title: string | null;
  home: string | null;
}

/** What the other feeds have of what this one says. `others` may hold the feed itself. */
export function overlapsOf(
  one: Known,
  said: readonly Entry[],
  others: readonly Known[],
  { candidates, judging }: Brought,
): Overlap[] {
  const shared = said.map((entry) => {
    const byFeed = new Map<string, SameBy | null>();
    for (const { other, isCrowded } of candidates.of(entry)) {
      const by = byFeed.get(other.feed) ?? sameStory(storyOf(entry), storyOf(other), isCrowded, judging);
      byFeed.set(other.feed, by);
    }
    return byFeed;
  });
  return others.flatMap((other) => {
    if (other.id === one.id) return [];
    const found = shared.flatMap((byFeed) => byFeed.get(other.id) ?? (byFeed.has(other.id) ? [null] : []));
    const by = found.filter((rule) => rule !== null);
    const sameFeed = isSame(one, other) || (isTwin(one, other) && found.length > 0 && found.length * 2 >= said.length);
    const counts = { entries: by.length, by: [...new Set(by)], others: found.length - by.length };
    return sameFeed || found.length > 0 ? [{ feed: other.id, ...counts, sameFeed }] : [];
  });
}

function isSame(one: Known, other: Known): boolean {
  const mine = new Set(one.addresses.map(placeKey));
  return other.addresses.some((address) => mine.has(placeKey(address)));
}

/** One feed at two addresses that have nothing in common, as by FeedBurner: it says the same of itself. */
function isTwin(one: Known, other: Known): boolean {
  return one.title !== null && one.title === other.title && one.home !== null && one.home === other.home;
}
