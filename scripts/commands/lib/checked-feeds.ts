import { archiveFolder, readHeld, readStates } from '../../../src/archive/archive.ts';
import { cleanText } from '../../../src/core/clean-text.ts';
import { namesInTitles } from '../../../src/core/credit.ts';
import type { Entry, SameBy } from '../../../src/core/entry.ts';
import { canonicalLink, entryKey, feedAddressKey } from '../../../src/core/entry-keys.ts';
import { type FeedStates, stateForAddress } from '../../../src/core/feed-state.ts';
import type { FeedConfig, Planet } from '../../../src/core/planet.ts';
import { countText } from '../../../src/core/text.ts';
import { Candidates, compareCandidates, copyContext, type StoredRecord } from '../../snapshot/duplicates.ts';
import { SKIP_REASONS } from '../../snapshot/feed-news.ts';
import { newIdentity } from '../../snapshot/identity/entry-ids.ts';
import { merge } from '../../snapshot/merge.ts';
import { createEntry } from '../../snapshot/new-entry.ts';
import { homesOf } from '../../snapshot/originals.ts';
import type { FeedReading, Outcome } from '../../snapshot/outcome.ts';
import type { EntryNote } from '../../snapshot/report.ts';
import { readStoredEntries } from '../../snapshot/store.ts';
import { completeMonths } from '../../snapshot/verify.ts';
import { type Finding, failureFinding, findings } from './check-findings.ts';
import { previewText, rulesIn, type ShownEntries, shownEntries } from './entry-preview.ts';

export interface Checked {
  feed: FeedConfig;
  /** Its position in `planet.yaml`, from 0. */
  index: number;
  findings: Finding[];
  /** Its entries in a few words; null if it was not read. */
  summary: string | null;
  /** Its newest entries, each in two lines. */
  previews: string[];
  hidden: ShownEntries['hidden'];
}

const PREVIEWS = 5;

/** Compares the feeds that were just read with the archive, and merges them into it as a snapshot does, but writes nothing. */
export async function checkedFeeds(
  outcomes: readonly Outcome[],
  planet: Planet,
  folder: string,
  now: Date,
): Promise<Checked[]> {
  const archive = archiveFolder(folder);
  const read = new Set(outcomes.filter(({ kind }) => kind === 'read').map(({ feed }) => feed.id));
  await completeMonths(archive);
  const states = await readStates(archive);
  const { entries, records, keys, sizes } = await readStoredEntries(archive, read);
  const overlapsOf = overlapFinder(planet, { states, records }, outcomes, now);
  const merged = merge({ entries, held: await readHeld(archive), states, keys, sizes }, outcomes, planet, now);
  const skippedOf = Map.groupBy(merged.entryNotes.filter(isSkipped), ({ feed }) => feed);

  return outcomes.map((outcome): Checked => {
    const { feed } = outcome;
    const index = planet.feeds.findIndex(({ id }) => id === feed.id);
    if (outcome.kind !== 'read')
      return { feed, index, findings: [clean(failureFinding(outcome))], summary: null, previews: [], hidden: [] };
    const { hold = null, notes = [] } = merged.counts.get(feed.id) ?? {};
    const skipped = skippedOf.get(feed.id) ?? [];
    const out = new Set<object>(skipped.map(({ entry }) => entry));
    const taken = outcome.entries.filter((entry) => !out.has(entry));
    const shown = shownEntries(taken, feed, planet, now, states);
    const named = { ...feed, names: namesInTitles(outcome.entries) };
    const newEntries = merged.newEntries.filter((entry) => entry.feed === feed.id);
    const { trouble } = stateForAddress(states[feed.id], feed.url);
    const evidence = {
      reading: outcome,
      shown,
      hold: hold && { ...hold, already: states[feed.id]?.trouble?.outcome === 'held' },
      goneSince: trouble?.outcome === 'gone' ? trouble.since : null,
      newEntries,
      skipped,
      overlaps: overlapsOf(feed, outcome),
      notes,
      timezone: planet.timezone,
      now,
    };
    return {
      feed,
      index,
      findings: findings(evidence).map(clean),
      summary: countsText(outcome, shown, states[feed.id]?.entries ? newEntries.length : 0),
      previews: shown.entries.slice(0, PREVIEWS).map((entry) => previewText(entry, named, planet, now)),
      hidden: shown.hidden,
    };
  });
}

/** Without repeated entries of a document: the planet shows one of them. */
function isSkipped({ outcome, reason }: EntryNote): boolean {
  return outcome === 'skipped' && (reason === SKIP_REASONS.rejected || reason === SKIP_REASONS.ours);
}

/** Some sentences quote a feed or its server. */
function clean(finding: Finding): Finding {
  return { ...finding, message: cleanText(finding.message) };
}

/** `25 entries, 3 of them new, 2 of them hidden (exclude: hiring)`: `added` is the number of new ones; 0 for a new feed, which has no others. */
function countsText({ entries }: FeedReading, { hidden, inText }: ShownEntries, added: number): string {
  const news = added > 0 ? [`${added} of them new`] : [];
  const rules = hidden.length > 0 ? [`${hidden.length} of them hidden (${rulesIn(hidden)})`] : [];
  const words = inText > 0 ? [`${inText} with a word of include only in the text`] : [];
  return [countText(entries.length, 'entry', 'entries'), ...news, ...rules, ...words].join(', ');
}

/** Another followed feed, and the entries that both have. */
export interface Overlap {
  feed: string;
  entries: number;
  by: SameBy[];
  /** The number of entries with the same link or id but another text: mostly comments. */
  others: number;
  /** Whether both are one feed at two addresses. */
  sameFeed: boolean;
}

/** Returns a function that compares a feed with the followed ones: one of them as it was read, or a new one, with an empty id. */
export function overlapFinder(
  planet: Planet,
  { states, records }: { states: FeedStates; records: readonly StoredRecord[] },
  outcomes: readonly Outcome[],
  now: Date,
) {
  const followed = new Set(planet.feeds.map(({ id }) => id));
  const stories = records.filter(({ feed }) => followed.has(feed));
  const readings = new Map(
    outcomes.flatMap((outcome) => (outcome.kind === 'read' ? [[outcome.feed.id, outcome]] : [])),
  );
  const entriesOf = (feed: string, { entries }: FeedReading) =>
    entries.map((entry) => createEntry(newIdentity(feed, entry.id), entry, planet, now));
  const current = [...readings].flatMap(([id, reading]) => entriesOf(id, reading));
  const currentNames = new Set(current.map(entryKey));
  const candidates = new Candidates<Entry | StoredRecord>([
    ...stories.filter((story) => !currentNames.has(entryKey(story))),
    ...current,
  ]);
  const context = copyContext({ ...planet, homes: homesOf(states) });
  const feeds = planet.feeds.map((feed) => comparedFeed(feed, states, readings.get(feed.id)));
  return (feed: Pick<FeedConfig, 'id' | 'url'>, reading: FeedReading): Overlap[] => {
    const one = comparedFeed(feed, states, reading);
    const shared = entriesOf(one.id, reading).map((entry) => {
      const byFeed = new Map<string, SameBy | null>();
      // A link to a front page says nothing about an entry: posts of one day have it, also of two feeds.
      const hasPage = entry.url === null || canonicalLink(entry.url) !== null;
      for (const [other, by] of compareCandidates(entry, candidates.forEntry(entry), context))
        if (by !== null || hasPage) byFeed.set(other.feed, byFeed.get(other.feed) ?? by);
      return byFeed;
    });
    return feeds.flatMap((other) => {
      if (other.id === one.id) return [];
      const found = shared.flatMap((byFeed) => byFeed.get(other.id) ?? (byFeed.has(other.id) ? [null] : []));
      const by = found.filter((rule) => rule !== null);
      const sameFeed =
        haveOneAddress(one, other) || (areTwins(one, other) && found.length > 0 && found.length * 2 >= shared.length);
      const counts = { entries: by.length, by: [...new Set(by)], others: found.length - by.length };
      return sameFeed || found.length > 0 ? [{ feed: other.id, ...counts, sameFeed }] : [];
    });
  };
}

type ComparedFeed = ReturnType<typeof comparedFeed>;

/** A feed with all its addresses, after redirects too, and with title and page from the feed; null if it was never read. */
function comparedFeed({ id, url }: Pick<FeedConfig, 'id' | 'url'>, states: FeedStates, reading?: FeedReading) {
  const state = states[id]?.url === url ? states[id] : undefined;
  const addresses = [url, reading?.from, reading?.movedTo, state?.movedTo].filter((each) => each != null);
  return { id, addresses, title: reading?.title ?? state?.title ?? null, home: reading?.home ?? state?.home ?? null };
}

function haveOneAddress(one: ComparedFeed, other: ComparedFeed): boolean {
  const addressKeys = new Set(one.addresses.map(feedAddressKey));
  return other.addresses.some((address) => addressKeys.has(feedAddressKey(address)));
}

/** Whether both have the same title and page: one feed at two unrelated addresses, for example through FeedBurner. */
function areTwins(one: ComparedFeed, other: ComparedFeed): boolean {
  return one.title !== null && one.title === other.title && one.home !== null && one.home === other.home;
}
