import { cleanText } from '../../src/core/clean-text.ts';
import { instant } from '../../src/core/dates.ts';
import type { Entry, Ownership } from '../../src/core/entry.ts';
import type { FeedStates, OutcomeKind } from '../../src/core/feed-state.ts';
import { countText } from '../../src/core/text.ts';
import type { AvatarReport } from './avatars/refresh-avatars.ts';
import type { Merged } from './merge.ts';
import { failureSentence, movedSentence, type Outcome, pauseSentence } from './outcome.ts';

/** The result of a snapshot, as `--json` prints it. */
export interface Report {
  feeds: FeedReport[];
  /** Entries in the archive, of the feeds that the planet follows. */
  entries: number;
  /** The number of entries that an earlier version merged with another feed's, and that are shown separately again; missing if there is none. */
  apart?: number;
  /** Sentences about changes by hand to the archive, accepted or repaired, and to ids of feeds. Missing if there is none. */
  notes?: string[];
  /** Missing if no picture was checked. */
  avatars?: AvatarReport;
}

interface FeedReport {
  id: string;
  outcome: OutcomeKind;
  /** Sentences for the operator; null if there is none. */
  reason: string | null;
  new: number;
  changed: number;
  /** The number of stored entries that did not change. */
  kept: number;
}

export function makeReport(
  outcomes: readonly Outcome[],
  counts: Merged['counts'],
  states: FeedStates,
  { apart, notes, avatars }: { apart: number; notes: string[]; avatars: AvatarReport | null },
): Report {
  const feeds = outcomes.map((outcome): FeedReport => {
    const { id } = outcome.feed;
    const { new: fresh, changed } = counts.get(id) ?? { new: 0, changed: 0 };
    const [kind, ...reasons] = verdict(outcome, counts, states);
    const reason = reasons.length === 0 ? null : cleanText(reasons.join('; '));
    return { id, outcome: kind, reason, new: fresh, changed, kept: (states[id]?.entries ?? 0) - fresh - changed };
  });
  return {
    feeds,
    entries: feeds.reduce((sum, feed) => sum + feed.new + feed.changed + feed.kept, 0),
    ...(apart > 0 ? { apart } : {}),
    ...(notes.length > 0 ? { notes } : {}),
    ...(avatars === null ? {} : { avatars }),
  };
}

function verdict(outcome: Outcome, counts: Merged['counts'], states: FeedStates): [OutcomeKind, ...reasons: string[]] {
  const { id } = outcome.feed;
  const trouble = states[id]?.trouble ?? null;
  const count = counts.get(id);
  switch (outcome.kind) {
    case 'read':
      if (count?.hold) return ['held', ...heldSentences(id, count.hold), ...movedSentences(outcome.movedTo, true)];
      return [
        count && count.new + count.changed > 0 ? 'updated' : 'unchanged',
        ...movedSentences(outcome.movedTo),
        ...outcome.notes,
        ...(count?.notes ?? []),
      ];
    case 'unchanged':
      return [
        trouble?.outcome ?? 'unchanged',
        ...(trouble ? [trouble.reason] : []),
        ...movedSentences(outcome.movedTo, trouble?.outcome === 'held'),
      ];
    case 'waiting':
      return trouble === null
        ? ['unchanged', `not read before ${instant(outcome.until)}, as the feed or its server asks`]
        : [trouble.outcome, trouble.reason, `not read again before ${instant(outcome.until)}`];
    case 'paused':
      return trouble?.outcome === 'held'
        ? ['held', trouble.reason, pauseSentence(outcome.feed)]
        : ['unchanged', pauseSentence(outcome.feed)];
    case 'gone':
      return [trouble?.outcome === 'failed' ? 'failed' : 'gone', failureSentence({ kind: 'status', status: 410 })];
    case 'failed':
      return ['failed', failureSentence(outcome.reason)];
    default:
      return outcome satisfies never;
  }
}

function heldSentences(id: string, { reason, entries }: { reason: string; entries: number }): string[] {
  const decide = `look at them with "npm run planet -- held", then "npm run planet -- accept ${id}" or "reject ${id}"`;
  return [reason, `${countText(entries, 'entry waits', 'entries wait')}: ${decide}`];
}

function movedSentences(to: string | null, isHeld = false): string[] {
  return to === null ? [] : [`it has ${movedSentence(to, isHeld)}`];
}

export function reportText({ feeds, entries, apart = 0, notes = [], avatars }: Report): string {
  const width = Math.max(...feeds.map(({ id }) => id.length));
  const lines = feeds.map(({ id, outcome, reason, ...count }) => {
    const counts = `${count.new} new, ${count.changed} changed, ${count.kept} kept`;
    return `${id.padEnd(width)}  ${outcome.padEnd(9)}  ${counts}${reason === null ? '' : `: ${reason}`}`;
  });
  const sum = (key: 'new' | 'changed' | 'kept') => feeds.reduce((total, feed) => total + feed[key], 0);
  const of = (...kinds: OutcomeKind[]) => feeds.filter(({ outcome }) => kinds.includes(outcome)).length;
  const [unread, held] = [of('failed', 'gone'), of('held')];
  const problems = [
    unread > 0 && `${unread} of ${countText(feeds.length, 'feed', 'feeds')} could not be read`,
    held > 0 && `${held} held for you to decide`,
    apart > 0 && `${apart} shown separately again: they shared only a link with another feed's entry`,
  ].filter((problem) => problem !== false);
  const total = `${countText(entries, 'entry', 'entries')}: ${sum('new')} new, ${sum('changed')} changed, ${sum('kept')} kept`;
  return [...notes, ...lines, ...pictureLines(avatars), [total, ...problems].join('; ')].join('\n');
}

function pictureLines(avatars: AvatarReport | undefined): string[] {
  if (avatars === undefined) return [];
  const { checked, changed, failed, note } = avatars;
  if (note !== null) return [note];
  const failures = failed.length === 0 ? '' : `; ${failed.length} failed: "--verbose" gives the reasons`;
  return [`pictures: ${checked} checked, ${changed} new or changed${failures}`];
}

export interface EntryNote {
  feed: string;
  outcome: 'new' | 'changed' | 'held' | 'skipped';
  reason: string;
  entry: Pick<Entry, 'title' | 'url'> & { path?: string };
}

/** Why an entry of that feed is the original, by `why` of `copyOf`. */
const CLAIMS: Record<string, string> = {
  first: 'which brought it in an earlier run',
  author: "its author's own feed",
  site: 'on whose site it is',
  order: 'which has it too and comes first',
} satisfies Record<Ownership, string>;

/** One line for each note. The line of a copy names its original. */
export function noteLines(notes: readonly EntryNote[], newEntries: readonly Entry[]): string[] {
  const byPath = new Map(newEntries.map((entry) => [entry.path, entry]));
  return notes.map(({ feed, outcome, reason, entry }) => {
    const copyOf = byPath.get(entry.path ?? '')?.copyOf;
    const label = copyOf ? 'copy' : outcome;
    const explanation = copyOf ? `the same as one of ${copyOf.feed}, ${CLAIMS[copyOf.why]}` : reason;
    const address = entry.path ?? entry.url ?? '';
    return `${feed}  ${label}  ${cleanText(entry.title) || '(no title)'}  ${cleanText(address)}: ${cleanText(explanation)}`;
  });
}
