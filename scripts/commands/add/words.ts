import { cleanText } from '../../../src/lib/clean-text.ts';
import { credit } from '../../../src/lib/credit.ts';
import { counted } from '../../../src/lib/periods.ts';
import { FeedConfig, type Planet } from '../../../src/model/planet.ts';
import type { Incoming } from '../../snapshot/incoming.ts';
import type { Reading } from '../../snapshot/outcome.ts';
import { authorRules } from '../authors-rule.ts';
import type { Overlap } from '../check/overlap.ts';
import { inLines, preview, shownOf } from '../entry-preview.ts';
import type { FeedLines } from '../feed-lines.ts';

const NEWEST = 5;

/** What the planet would make of a feed: its newest entries, and who wrote them by each rule. */
export function describe(lines: FeedLines, reading: Reading, planet: Planet, now: Date): string {
  const feed = FeedConfig.parse(lines);
  const newest = shownOf(reading.entries, feed, planet, now).entries.slice(0, NEWEST);
  const about = [
    `${cleanText(reading.title) || '(no title)'}: ${counted(reading.entries.length, 'entry', 'entries')}`,
    '',
  ];
  const entries = newest.flatMap((entry) => [
    inLines(preview(entry, feed, planet, now)),
    `    ${byEachRule(entry, feed)}`,
  ]);
  return [...about, ...entries].join('\n');
}

function byEachRule(entry: Incoming, feed: FeedConfig): string {
  const names = authorRules.map(({ rule }) => {
    const { authors, title } = credit(entry, { title: feed.title, authors: rule });
    const split = rule !== 'title' || title !== entry.title;
    const who = split ? authors.map(({ name }) => cleanText(name)).join(', ') : '';
    return `${rule === feed.authors ? `[${rule}]` : rule}: ${who || 'nobody'}`;
  });
  return `authors by ${names.join(' · ')}`;
}

/** What other feeds bring of it already. */
export function shared(overlaps: readonly Overlap[], reading: Reading): string[] {
  return overlaps
    .filter(({ entries }) => entries > 0)
    .map(
      ({ feed, entries }) =>
        `${entries} of its ${reading.entries.length} entries come by ${feed} too; each is shown once.`,
    );
}
