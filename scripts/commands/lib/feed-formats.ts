import { Document, isCollection } from 'yaml';
import { FeedConfig } from '../../../src/core/planet.ts';
import type { FeedDocument, FeedEntry, FeedPerson } from '../../snapshot/feed-entry.ts';
import { plainText } from '../../snapshot/sanitise/parsed-html.ts';
import { sanitise } from '../../snapshot/sanitise/sanitise.ts';

/** Rows as CSV (https://www.rfc-editor.org/rfc/rfc4180). Texts that a spreadsheet would run as formulas get an apostrophe (https://owasp.org/www-community/attacks/CSV_Injection). */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A feed as text for a terminal: its facts, the fields that entries lack, and its entries. */
export function feedTable(feed: FeedDocument): string {
  const { entries } = feed;
  const about = [
    feed.title || '(no title)',
    `  page      ${feed.home ?? '(none)'}`,
    `  language  ${feed.language ?? '(none)'}`,
    `  entries   ${entries.length}`,
    ...LACKS.flatMap(({ field, isMissing }) => {
      const count = entries.filter(isMissing).length;
      return count === 0 ? [] : [`  without   ${field}: ${count}`];
    }),
  ];
  return [...about, ...entries.map(entryLines)].join('\n');
}

const LACKS: readonly { field: string; isMissing(entry: FeedEntry): boolean }[] = [
  { field: 'an id', isMissing: ({ id }) => id === null },
  { field: 'a link', isMissing: ({ url }) => url === null },
  { field: 'a title', isMissing: ({ title }) => title === '' },
  { field: 'a date', isMissing: ({ published, updated }) => published === null && updated === null },
  { field: 'any text', isMissing: ({ content }) => content === null },
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

/** A feed in `planet.yaml`; missing settings have their defaults. */
export type FeedLines = Pick<FeedConfig, 'id' | 'title' | 'url'> & Partial<FeedConfig>;

/** The lines of a feed as an item of a list without indentation. Default values are left out. */
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
  const keys = Object.keys(FeedConfig.shape).filter((key): key is keyof typeof more => {
    const value = more[key as keyof typeof more];
    return value !== undefined && JSON.stringify(value) !== JSON.stringify(defaults[key as keyof FeedConfig]);
  });
  return { id, title, url, ...Object.fromEntries(keys.map((key) => [key, more[key]])) };
}

/** A feed for `--json`: all entries in document order, with sanitised HTML. */
export function feedJson(feed: FeedDocument): object {
  const { id, title, home: link, description, authors, updated, entries } = feed;
  return {
    feed: { title, link, description, id, authors: namedAuthors(authors), updated },
    entries: entries.map(entryJson),
  };
}

function entryJson(entry: FeedEntry): object {
  const { id, url, title, authors, published, updated, content, summary, categories, enclosures } = entry;
  return {
    id: id ?? url ?? enclosures[0]?.url ?? null,
    url,
    title,
    authors: namedAuthors(authors),
    published,
    updated,
    contentHtml: content && sanitise(content.html, { base: content.base, idPrefix: '', asGiven: true }),
    summary: summary && plainText(summary.html),
    categories,
    enclosures,
  };
}

/** Without authors that have no data: a feed wrote `N/A`. */
function namedAuthors(authors: readonly FeedPerson[]): FeedPerson[] {
  return authors.filter(({ name, email, url }) => name !== '' || email !== undefined || url !== undefined);
}
