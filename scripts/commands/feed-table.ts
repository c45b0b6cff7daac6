import type { FeedDocument, FeedEntry } from '../snapshot/document.ts';
import { plainText } from '../snapshot/plain-text.ts';

/** A feed for an operator who asks "what do you make of this?": what it says, and what it leaves unsaid. */
export function feedTable(feed: FeedDocument): string {
  const { entries } = feed;
  const about = [
    feed.title || '(no title)',
    `  page      ${feed.home ?? '(none)'}`,
    `  language  ${feed.language ?? '(unsaid)'}`,
    `  entries   ${entries.length}`,
    ...WORRIES.flatMap(({ what, of }) => {
      const count = entries.filter(of).length;
      return count === 0 ? [] : [`  without   ${what}: ${count}`];
    }),
  ];
  return [...about, ...entries.map(entryLines)].join('\n');
}

const WORRIES: readonly { what: string; of(entry: FeedEntry): boolean }[] = [
  { what: 'an id', of: ({ id }) => id === null },
  { what: 'a link', of: ({ url }) => url === null },
  { what: 'a title', of: ({ title }) => title === '' },
  { what: 'a date', of: ({ published, updated }) => published === null && updated === null },
  { what: 'any text', of: ({ content }) => content === null },
];

function entryLines(entry: FeedEntry): string {
  const date = (entry.published ?? entry.updated)?.toISOString().slice(0, 16).replace('T', ' ');
  const length = plainText(entry.content?.html ?? '').trim().length;
  const facts = [
    entry.authors
      .map(({ name }) => name)
      .filter(Boolean)
      .join(', ') || 'nobody',
    `${length.toLocaleString('en')} characters`,
    ...(entry.categories.length > 0 ? [entry.categories.join(', ')] : []),
    ...(entry.enclosures.length > 0 ? [`${entry.enclosures.length} enclosed`] : []),
  ];
  const lines = [entry.title || '(no title)', facts.join(' · '), entry.url ?? '(no link)'];
  return `\n${(date ?? '(no date)').padEnd(16)}  ${lines.join(`\n${' '.repeat(18)}`)}`;
}
