import { dayOf, instant } from '../../../src/core/dates.ts';
import type { Entry, SameBy } from '../../../src/core/entry.ts';
import { inactiveFrom } from '../../../src/core/feed-state.ts';
import { siteName } from '../../../src/core/site-name.ts';
import { countText } from '../../../src/core/text.ts';
import { dating } from '../../snapshot/feed-entry.ts';
import { haveOneDate } from '../../snapshot/identity/one-document.ts';
import type { MergeCounts } from '../../snapshot/merge-feed.ts';
import { isHollow } from '../../snapshot/normalise/links.ts';
import {
  type FeedReading,
  failureSentence,
  movedSentence,
  type Outcome,
  pauseSentence,
} from '../../snapshot/outcome.ts';
import type { EntryNote } from '../../snapshot/report.ts';
import { plainText } from '../../snapshot/sanitise/parsed-html.ts';
import type { SanitisedEntry } from '../../snapshot/sanitised-entry.ts';
import type { Overlap } from './checked-feeds.ts';
import { authorNotice, authorProblem, looksCut, rulesIn, type ShownEntries } from './entry-preview.ts';

/** A fact about a feed for the operator. After an error the planet would show nothing of the feed. */
export interface Finding {
  level: 'error' | 'warning' | 'notice';
  /** The setting to which it belongs. */
  about: 'id' | 'title' | 'url' | 'authors' | 'include' | 'home' | 'avatar';
  /** A sentence without full stop. */
  message: string;
}

interface CheckEvidence {
  reading: FeedReading;
  shown: ShownEntries;
  /** Null if a snapshot would hold no entry; `already` if the feed was held before. */
  hold: (NonNullable<MergeCounts['hold']> & { already: boolean }) | null;
  /** The time since which it is gone, for snapshots; null if they read it. */
  goneSince: string | null;
  newEntries: readonly Entry[];
  skipped: readonly EntryNote[];
  overlaps: readonly Overlap[];
  /** What a snapshot would note about it, in sentences. */
  notes: readonly string[];
  timezone: string;
  now: Date;
}

/** The finding for a feed that could not be read. */
export function failureFinding(outcome: Exclude<Outcome, FeedReading>): Finding {
  switch (outcome.kind) {
    case 'failed':
      return { level: 'error', about: 'url', message: failureSentence(outcome.reason) };
    case 'gone':
      return { level: 'error', about: 'url', message: failureSentence({ kind: 'status', status: 410 }) };
    case 'paused':
      return { level: 'notice', about: 'url', message: `${pauseSentence(outcome.feed)}, so it was not read` };
    case 'unchanged':
    case 'waiting':
      return { level: 'notice', about: 'url', message: 'not read' };
    default:
      return outcome satisfies never;
  }
}

/** The worst first. A row gives null or an empty text if there is nothing to say. */
const ROWS: readonly (readonly [
  Finding['level'],
  Finding['about'],
  messageFor: (evidence: CheckEvidence) => string | null,
])[] = [
  ['error', 'url', sameFeedProblem],
  ['warning', 'url', goneProblem],
  ['warning', 'url', holdProblem],
  ['warning', 'include', hiddenProblem],
  ['warning', 'url', ({ reading: { movedTo }, hold }) => movedTo && `it has ${movedSentence(movedTo, hold !== null)}`],
  ['warning', 'url', emptyProblem],
  ['warning', 'url', dateProblem],
  ['warning', 'url', linkProblem],
  ['warning', 'authors', authorProblem],
  ['notice', 'url', skippedNotice],
  ['notice', 'url', copiesNotice],
  ['notice', 'url', sharedLinksNotice],
  ['notice', 'authors', authorNotice],
  ['notice', 'url', excerptNotice],
  ['notice', 'url', silenceNotice],
  ['notice', 'url', ({ reading: { notes } }) => notes.join('; ')],
  ['notice', 'url', ({ notes }) => notes.join('; ')],
  ['notice', 'home', homeNotice],
  ['notice', 'title', titleNotice],
];

export function findings(evidence: CheckEvidence): Finding[] {
  return ROWS.flatMap(([level, about, messageFor]) => {
    const message = messageFor(evidence);
    return message ? [{ level, about, message }] : [];
  });
}

function sameFeedProblem({ overlaps }: CheckEvidence): string | null {
  const same = overlaps.find(({ sameFeed }) => sameFeed);
  return same ? `it is the same feed as ${same.feed}, which the planet already follows; remove one of them` : null;
}

function goneProblem({ goneSince, reading: { feed }, timezone }: CheckEvidence): string | null {
  if (goneSince === null) return null;
  return `the snapshot does not read it any more, because it answered 410 (gone) from ${dayOf(goneSince, timezone)} on; "npm run planet -- accept ${feed.id}" lets the snapshot read it again`;
}

function holdProblem({ hold }: CheckEvidence): string | null {
  if (hold === null) return null;
  const { reason, entries, already } = hold;
  const decide = '"npm run planet -- held" lists them';
  return already
    ? `${entries} of its entries ${entries === 1 ? 'waits' : 'wait'} for your decision: ${reason}; ${decide}`
    : `the next snapshot would hold ${entries} of its entries for your decision: ${reason}; after that, ${decide}`;
}

function hiddenProblem({ shown: { entries, hidden } }: CheckEvidence): string | null {
  if (hidden.length === 0 || entries.length > 0) return null;
  return `planet.yaml hides all that it has: ${countText(hidden.length, 'entry', 'entries')} (${rulesIn(hidden)})`;
}

function skippedNotice({ skipped }: CheckEvidence): string | null {
  if (skipped.length === 0) return null;
  const groups = [...Map.groupBy(skipped, ({ reason }) => reason)];
  const list = groups.map(([why, { length }]) => `${length} (${why})`).join(', ');
  return `some of its entries are left out: ${list}`;
}

function copiesNotice({ overlaps }: CheckEvidence): string | null {
  const others = overlaps.filter(({ sameFeed, entries }) => !sameFeed && entries > 0);
  if (others.length === 0) return null;
  const list = others
    .map(({ feed, entries, by }) => `${entries} by ${feed} (${by.map((rule) => rules[rule]).join('; ')})`)
    .join(', ');
  return `some of its entries are in other feeds too, and are shown once: ${list}`;
}

const rules: Record<SameBy, string> = {
  source: 'named as its source',
  text: 'the same text',
  'title-and-date': 'the same second, and the same title or none',
  title: 'the same title, and one has no text',
  id: 'the same id, title and link',
};

function sharedLinksNotice({ overlaps }: CheckEvidence): string | null {
  const found = overlaps.filter(({ sameFeed, others }) => !sameFeed && others > 0);
  if (found.length === 0) return null;
  const list = found.map(({ feed, others }) => `${others} with ${feed}`).join(', ');
  return `some of its entries have a link or an id of another feed's entries but another text, and are shown as well: ${list}`;
}

function emptyProblem({ reading: { entries } }: CheckEvidence): string | null {
  return entries.length === 0 ? 'the feed has no entries; check that it is the right feed of the blog' : null;
}

function dateProblem({ reading: { entries }, newEntries, now }: CheckEvidence): string | null {
  const lost = entries.filter((entry) => dating(entry, now).publishedBy !== 'declared');
  if (lost.length > 0)
    return `no plausible date in ${partOf(lost.length, entries)}: such an entry gets the time of the snapshot that first reads it`;
  // https://github.com/oursqlcommunity-org/planet/issues/99, https://github.com/ubports/ubports.com/issues/48
  const isOld = (published: string) => now.getTime() >= inactiveFrom(published);
  if (!haveOneDate(newEntries.map(({ published }) => ({ instant: isOld(published) ? null : published })))) return null;
  return 'most of its new entries have one date, perhaps that of a build: they come to the top of the planet together';
}

function linkProblem({ reading: { entries } }: CheckEvidence): string | null {
  const lost = entries.filter(({ url }) => url !== null && isHollow(url));
  return lost[0] ? `the link of ${partOf(lost.length, entries)} leads nowhere: ${lost[0].url}` : null;
}

function partOf(count: number, entries: readonly SanitisedEntry[]): string {
  return `${count} of its ${countText(entries.length, 'entry', 'entries')}`;
}

function excerptNotice({ reading: { feed, entries } }: CheckEvidence): string | null {
  const cut = entries.filter(({ content }) => looksCut(plainText(content).trim())).length;
  if (feed.content !== 'full' || cut * 2 <= entries.length) return null;
  return 'most of its entries are only the beginnings of posts; the blog may have a feed with full texts';
}

function silenceNotice({ reading: { entries }, timezone, now }: CheckEvidence): string | null {
  const newest = Math.max(...entries.flatMap(({ published, updated }) => published ?? updated ?? []).map(Number));
  const isSilent = now.getTime() >= inactiveFrom(newest);
  if (!isSilent) return null;
  return `its newest entry is from ${dayOf(instant(new Date(newest)), timezone)}`;
}

function homeNotice({ reading: { feed, home } }: CheckEvidence): string | null {
  return home === null && feed.home === undefined ? 'it does not name its web page; write it as home:' : null;
}

/** `import` writes the host where a list has no name; a file has none. */
function titleNotice({ reading: { feed, title } }: CheckEvidence): string | null {
  const host = URL.canParse(feed.url) ? siteName(feed.url) : null;
  return feed.title === host && title !== '' && title !== host
    ? `its own title is “${title}”; planet.yaml has the host of its address`
    : null;
}
