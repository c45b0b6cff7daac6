import type { SameBy } from '../../../src/core/entry.ts';
import type { FeedConfig } from '../../../src/core/planet.ts';
import { dating } from '../../snapshot/dating.ts';
import { type FeedReading, failureSentence, type Outcome } from '../../snapshot/outcome.ts';
import { plainText } from '../../snapshot/parse/plain-text.ts';
import type { SanitisedEntry } from '../../snapshot/sanitised-entry.ts';
import { authorRules, credited, fittingRule } from '../authors.ts';
import type { Overlap } from './checked-feeds.ts';
import { looksCut, type PreviewedEntry } from './entry-preview.ts';

/** What an operator should know of a feed. An error means: as it stands, the planet gains nothing by it. */
export interface Finding {
  level: 'error' | 'warning' | 'notice';
  /** The setting of the feed that it is about. */
  about: 'id' | 'url' | 'authors' | 'include' | 'home';
  /** A sentence without its full stop. */
  what: string;
}

/** What a feed that could be read is judged by. */
export interface CheckEvidence {
  reading: FeedReading;
  shown: PreviewedEntry;
  overlaps: readonly Overlap[];
  /** What is wrong with its ids, in sentences. */
  idNotes: readonly string[];
  now: Date;
}

/** What is wrong with a feed that could not be read; null where it could. */
export function unread(outcome: Outcome): Finding | null {
  switch (outcome.kind) {
    case 'read':
      return null;
    case 'failed':
      return { level: 'error', about: 'url', what: failureSentence(outcome.reason) };
    case 'gone':
      return { level: 'error', about: 'url', what: failureSentence({ kind: 'status', status: 410 }) };
    case 'paused':
      return { level: 'notice', about: 'url', what: 'paused in planet.yaml, and so not asked' };
    case 'unchanged':
    case 'resting':
      return { level: 'notice', about: 'url', what: 'not asked' };
    default:
      return outcome satisfies never;
  }
}

export function findings(evidence: CheckEvidence): Finding[] {
  return rows.flatMap(({ level, about, says }) => {
    const what = says(evidence);
    return what === null ? [] : [{ level, about, what }];
  });
}

const rows: readonly (Omit<Finding, 'what'> & { says: (evidence: CheckEvidence) => string | null })[] = [
  { level: 'error', about: 'url', says: isSame },
  { level: 'warning', about: 'url', says: hasMoved },
  { level: 'warning', about: 'url', says: isEmpty },
  { level: 'warning', about: 'url', says: badDates },
  { level: 'warning', about: 'authors', says: badAuthors },
  { level: 'warning', about: 'include', says: allHidden },
  { level: 'notice', about: 'url', says: comesAlready },
  { level: 'notice', about: 'url', says: commentsOnSame },
  { level: 'notice', about: 'authors', says: noAuthors },
  { level: 'notice', about: 'url', says: onlyBeginnings },
  { level: 'notice', about: 'url', says: isSilent },
  { level: 'notice', about: 'url', says: wasCut },
  { level: 'notice', about: 'url', says: hasBadIds },
  { level: 'notice', about: 'home', says: hasNoHome },
];

function isSame({ overlaps }: CheckEvidence): string | null {
  const same = overlaps.find(({ sameFeed }) => sameFeed);
  return same ? `it is the same feed as ${same.feed}, which the planet follows already; take one of them out` : null;
}

function hasMoved({ reading: { movedTo } }: CheckEvidence): string | null {
  return movedTo === null ? null : `it has moved for good: write url: ${movedTo}`;
}

function isEmpty({ reading: { entries } }: CheckEvidence): string | null {
  return entries.length === 0 ? 'it is a feed, but it holds no entry; is it the right one of the blog?' : null;
}

function badDates({ reading: { entries }, now }: CheckEvidence): string | null {
  const lost = entries.filter((entry) => dating(entry.published ?? entry.updated, now).publishedBy !== 'declared');
  if (lost.length === 0) return null;
  return `${lost.length} of its ${entries.length} entries have no date that can be believed; they will stand at the time when a snapshot first sees them`;
}

function badAuthors({ reading: { feed, entries } }: CheckEvidence): string | null {
  const better = fittingRule(entries);
  if (isCredited(feed, entries) || better === feed.authors || better === 'feed') return null;
  return `${nobodyFor(feed, entries)}; "authors: ${better}" fits better`;
}

function noAuthors({ reading: { feed, entries } }: CheckEvidence): string | null {
  if (isCredited(feed, entries) || fittingRule(entries) !== 'feed') return null;
  return `${nobodyFor(feed, entries)}; if it is one person's blog, write authors: feed`;
}

function isCredited(feed: FeedConfig, entries: readonly SanitisedEntry[]): boolean {
  return credited(entries, feed.authors, feed.title) * 2 > entries.length || entries.length === 0;
}

function nobodyFor(feed: FeedConfig, entries: readonly SanitisedEntry[]): string {
  const nobody = entries.length - credited(entries, feed.authors, feed.title);
  const says = authorRules.find(({ rule }) => rule === feed.authors)?.says;
  return `"authors: ${feed.authors}" (${says}) finds nobody for ${nobody} of its ${entries.length} entries`;
}

function allHidden({ reading: { feed, entries }, shown }: CheckEvidence): string | null {
  if (entries.length === 0 || shown.entries.length > 0) return null;
  const rules = [...feed.include, ...feed.exclude].join(', ');
  return `include and exclude (${rules}) leave none of its ${entries.length} entries`;
}

function comesAlready({ reading, overlaps }: CheckEvidence): string | null {
  const others = overlaps.filter(({ sameFeed, entries }) => !sameFeed && entries > 0);
  if (others.length === 0) return null;
  const said = others
    .map(({ feed, entries, by }) => `${entries} by ${feed} (${by.map((rule) => rules[rule]).join('; ')})`)
    .join(', ');
  return `of its ${reading.entries.length} entries some come by other feeds too, and are shown once: ${said}`;
}

const rules: Record<SameBy, string> = {
  source: 'it names its source',
  text: 'the same text',
  'title-and-date': 'the same title and date',
  title: 'the same title, and one has no text',
  id: 'the same id, title and link',
};

function commentsOnSame({ reading, overlaps }: CheckEvidence): string | null {
  const found = overlaps.filter(({ sameFeed, others }) => !sameFeed && others > 0);
  if (found.length === 0) return null;
  const said = found.map(({ feed, others }) => `${others} with ${feed}`).join(', ');
  return `of its ${reading.entries.length} entries some share a link or an id with another feed's, say something else, and are shown beside them: ${said}`;
}

function onlyBeginnings({ reading: { feed, entries } }: CheckEvidence): string | null {
  const cut = entries.filter(({ content }) => looksCut(plainText(content).trim())).length;
  if (feed.content !== 'full' || cut * 2 <= entries.length) return null;
  return 'most of its entries are only the beginnings of posts; the blog may have a feed of full texts';
}

const SILENT_DAYS = 180;

function isSilent({ reading: { entries }, now }: CheckEvidence): string | null {
  const dates = entries.flatMap(({ published, updated }) => published ?? updated ?? []).map(Number);
  const newest = Math.max(...dates);
  if (dates.length === 0 || now.getTime() - newest < SILENT_DAYS * 86_400_000) return null;
  return `its newest entry is of ${new Date(newest).toISOString().slice(0, 10)}`;
}

function wasCut({ reading: { notes } }: CheckEvidence): string | null {
  return notes.length === 0 ? null : notes.join('; ');
}

function hasBadIds({ idNotes }: CheckEvidence): string | null {
  return idNotes.length === 0 ? null : idNotes.join('; ');
}

function hasNoHome({ reading: { feed, home } }: CheckEvidence): string | null {
  return home === null && feed.home === undefined ? 'it does not say its page for people; write one as home:' : null;
}

/** A feed whose id is another than before, though its address is the same. */
export function renamedFinding(before: string): Finding {
  const what = `its id was "${before}", and the archive, its addresses and its entries' permalinks go by the id; write id: ${before}`;
  return { level: 'error', about: 'id', what };
}
