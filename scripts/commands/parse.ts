import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Command } from 'commander';
import { OperatorError } from '../../src/core/operator-error.ts';
import { isWebAddress } from '../../src/core/planet-values.ts';
import { countText } from '../../src/core/text.ts';
import { print, printJson } from '../cli.ts';
import type { FeedDocument, FeedEntry, FeedPerson } from '../snapshot/feed-entry.ts';
import { failureSentence, fileFailure } from '../snapshot/outcome.ts';
import { readFeed } from '../snapshot/read-feed.ts';
import { plainText } from '../snapshot/sanitise/parsed-html.ts';
import { sanitise } from '../snapshot/sanitise/sanitise.ts';

export const parseCommand = new Command('parse')
  .description('Show how the planet reads a feed, from a file.')
  .argument('<file>', 'a file, or - for standard input')
  .requiredOption('--url <base>', 'the address of the feed')
  .option('--json', 'print JSON, also on a terminal')
  .addHelpText(
    'after',
    '\nThe environment variable CONTENT_TYPE replaces the HTTP header.\n\n  npm run planet -- parse feed.xml --url https://blog.example.org/feed.xml\n  curl -s ADDRESS | npm run --silent planet -- parse - --url ADDRESS',
  )
  .action(printFeed);

async function printFeed(file: string, { url, json }: { url: string; json?: true }): Promise<void> {
  if (!isWebAddress(url))
    throw new OperatorError(`${url} is not an address: --url needs one that starts with https:// or http://`, 2);
  const bytes = await (file === '-' ? buffer(process.stdin) : readFile(file)).catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(failureSentence({ kind: 'no-file', path: file, detail: fileFailure(error) }));
  });
  const read = readFeed(bytes, { url, contentType: process.env['CONTENT_TYPE'] || null });
  if (read.kind === 'failed') throw new OperatorError(failureSentence(read.reason));
  if (json || !process.stdout.isTTY) printJson(feedJson(read.feed), 2);
  else print(feedTable(read.feed));
}

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
    countText(length, 'character', 'characters'),
    ...(entry.categories.length > 0 ? [entry.categories.join(', ')] : []),
    ...(entry.enclosures.length > 0 ? [`${entry.enclosures.length} enclosed`] : []),
  ];
  const lines = [entry.title || '(no title)', facts.join(' · '), entry.url ?? '(no link)'];
  return `\n${(date ?? '(no date)').padEnd(16)}  ${lines.join(`\n${' '.repeat(18)}`)}`;
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
