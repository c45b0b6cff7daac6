import { Document, isCollection } from 'yaml';
import { FeedConfig } from '../../../src/core/planet.ts';
import type { FeedDocument, FeedEntry, FeedPerson } from '../../snapshot/feed-entry.ts';
import { plainText } from '../../snapshot/parse/plain-text.ts';
import { sanitise } from '../../snapshot/sanitise/sanitise.ts';

/** RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe: some of it strangers wrote. */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

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

/** What `planet.yaml` may say of a feed; what it leaves out has its default. */
export type FeedLines = Pick<FeedConfig, 'id' | 'title' | 'url'> & Partial<FeedConfig>;

/** The lines of a feed, in a list that stands at the left edge. What is as it would be anyway is left out. */
export function feedLines(feed: FeedLines): string[] {
  const document = new Document([withoutDefaults(feed)]);
  for (const key of ['include', 'exclude']) {
    const list = document.getIn([0, key], true);
    if (isCollection(list)) list.flow = true;
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd().split('\n');
}

function withoutDefaults(feed: FeedLines): object {
  const { id, title, url, ...more } = feed;
  const defaults: Partial<FeedConfig> = FeedConfig.parse({ id: 'any', title: 'Any', url: 'any.xml' });
  const told = Object.keys(FeedConfig.shape).filter((key): key is keyof typeof more => {
    const value = more[key as keyof typeof more];
    return value !== undefined && JSON.stringify(value) !== JSON.stringify(defaults[key as keyof FeedConfig]);
  });
  return { id, title, url, ...Object.fromEntries(told.map((key) => [key, more[key]])) };
}

/** A feed for a machine: its entries in document order, nothing dropped, their HTML as it would be shown. */
export function feedJson(feed: FeedDocument): object {
  const { id, title, home: link, description, authors, updated, entries } = feed;
  return { feed: { title, link, description, id, authors: known(authors), updated }, entries: entries.map(entryJson) };
}

function entryJson(entry: FeedEntry): object {
  const { id, url, title, authors, published, updated, content, summary, categories, enclosures } = entry;
  return {
    id: id ?? url ?? enclosures[0]?.url ?? null,
    url,
    title,
    authors: known(authors),
    published,
    updated,
    contentHtml: content && sanitise(content.html, { base: content.base, idPrefix: '', asGiven: true }),
    summary: summary && plainText(summary.html),
    categories,
    enclosures,
  };
}

/** Without those of whom a feed says nothing (`N/A`). */
function known(authors: readonly FeedPerson[]): FeedPerson[] {
  return authors.filter(({ name, email, url }) => name !== '' || email !== undefined || url !== undefined);
}
