import { INACTIVE_DAYS } from '../../../src/core/feed-state.ts';
import type { FeedConfig } from '../../../src/core/planet.ts';
import { countText } from '../../../src/core/text.ts';
import { dating } from '../../snapshot/identity/post.ts';
import { isHollow } from '../../snapshot/normalise/links.ts';
import { plainText } from '../../snapshot/sanitise/parsed-html.ts';
import type { SanitisedEntry } from '../../snapshot/sanitised-entry.ts';
import { authorRules, credited, fittingRule } from './author-rules.ts';
import type { CheckEvidence, FindingRow } from './check-findings.ts';
import { looksCut } from './entry-preview.ts';

/** What a feed lacks, or says wrongly. */
export const FEED_ROWS: readonly FindingRow[] = [
  {
    level: 'warning',
    about: 'url',
    messageFor: ({ reading: { movedTo } }) => movedTo && `it has moved permanently: write url: ${movedTo}`,
  },
  { level: 'warning', about: 'url', messageFor: emptyProblem },
  { level: 'warning', about: 'url', messageFor: dateProblem },
  { level: 'warning', about: 'url', messageFor: linkProblem },
  { level: 'warning', about: 'authors', messageFor: authorProblem },
  { level: 'notice', about: 'authors', messageFor: authorNotice },
  { level: 'notice', about: 'url', messageFor: excerptNotice },
  { level: 'notice', about: 'url', messageFor: silenceNotice },
  { level: 'notice', about: 'url', messageFor: ({ reading: { notes } }) => notes.join('; ') || null },
  { level: 'notice', about: 'url', messageFor: ({ idNotes }) => idNotes.join('; ') || null },
  { level: 'notice', about: 'home', messageFor: homeNotice },
];

function emptyProblem({ reading: { entries } }: CheckEvidence): string | null {
  return entries.length === 0 ? 'the feed has no entries; check that it is the right feed of the blog' : null;
}

function dateProblem({ reading: { entries }, now }: CheckEvidence): string | null {
  const lost = entries.filter((entry) => dating(entry.published ?? entry.updated, now).publishedBy !== 'declared');
  if (lost.length === 0) return null;
  return `no plausible date in ${partOf(lost.length, entries)}: such an entry gets the time of the snapshot that first reads it`;
}

function linkProblem({ reading: { entries } }: CheckEvidence): string | null {
  const lost = entries.filter(({ url }) => url !== null && isHollow(url));
  return lost[0] ? `the link of ${partOf(lost.length, entries)} leads nowhere: ${lost[0].url}` : null;
}

function partOf(count: number, entries: readonly SanitisedEntry[]): string {
  return `${count} of its ${countText(entries.length, 'entry', 'entries')}`;
}

function authorProblem({ reading: { feed, entries } }: CheckEvidence): string | null {
  const better = fittingRule(entries);
  if (isCredited(feed, entries) || better === feed.authors || better === 'feed') return null;
  return `${missingAuthors(feed, entries)}; "authors: ${better}" fits better`;
}

function authorNotice({ reading: { feed, entries } }: CheckEvidence): string | null {
  if (isCredited(feed, entries) || fittingRule(entries) !== 'feed') return null;
  return `${missingAuthors(feed, entries)}; if it is one person's blog, write authors: feed`;
}

function isCredited(feed: FeedConfig, entries: readonly SanitisedEntry[]): boolean {
  return credited(entries, feed.authors, feed.title) * 2 > entries.length || entries.length === 0;
}

function missingAuthors(feed: FeedConfig, entries: readonly SanitisedEntry[]): string {
  const nobody = entries.length - credited(entries, feed.authors, feed.title);
  const description = authorRules.find(({ rule }) => rule === feed.authors)?.description;
  return `"authors: ${feed.authors}" (${description}) finds no author for ${partOf(nobody, entries)}`;
}

function excerptNotice({ reading: { feed, entries } }: CheckEvidence): string | null {
  const cut = entries.filter(({ content }) => looksCut(plainText(content).trim())).length;
  if (feed.content !== 'full' || cut * 2 <= entries.length) return null;
  return 'most of its entries are only the beginnings of posts; the blog may have a feed with full texts';
}

function silenceNotice({ reading: { entries }, now }: CheckEvidence): string | null {
  const dates = entries.flatMap(({ published, updated }) => published ?? updated ?? []).map(Number);
  const newest = Math.max(...dates);
  if (dates.length === 0 || now.getTime() - newest < INACTIVE_DAYS * 86_400_000) return null;
  return `its newest entry is from ${new Date(newest).toISOString().slice(0, 10)}`;
}

function homeNotice({ reading: { feed, home } }: CheckEvidence): string | null {
  return home === null && feed.home === undefined ? 'it does not name its web page; write it as home:' : null;
}
