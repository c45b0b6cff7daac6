import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Command } from 'commander';
import { OperatorError } from '../../src/core/operator-error.ts';
import { isWebAddress } from '../../src/core/planet-values.ts';
import { printJson } from '../cli.ts';
import type { FeedDocument, FeedEntry, FeedPerson } from '../snapshot/feed-entry.ts';
import { failureSentence, fileFailure } from '../snapshot/outcome.ts';
import { readFeed } from '../snapshot/read-feed.ts';
import { plainText } from '../snapshot/sanitise/parsed-html.ts';
import { sanitise } from '../snapshot/sanitise/sanitise.ts';

export const parseCommand = new Command('parse')
  .description('Print as JSON how the planet reads a feed, from a file.')
  .argument('<file>', 'a file, or - for standard input')
  .requiredOption('--url <base>', 'the address of the feed')
  .addHelpText(
    'after',
    '\nThe environment variable CONTENT_TYPE replaces the HTTP header.\n\n  npm run planet -- parse feed.xml --url https://blog.example.org/feed.xml\n  curl -s ADDRESS | npm run --silent planet -- parse - --url ADDRESS',
  )
  .action(printFeed);

async function printFeed(file: string, { url }: { url: string }): Promise<void> {
  if (!isWebAddress(url))
    throw new OperatorError(`${url} is not an address: --url needs one that starts with https:// or http://`, 2);
  const bytes = await (file === '-' ? buffer(process.stdin) : readFile(file)).catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(failureSentence({ kind: 'no-file', path: file, detail: fileFailure(error) }));
  });
  const read = readFeed(bytes, { url, contentType: process.env['CONTENT_TYPE'] || null });
  if (read.kind === 'failed') throw new OperatorError(failureSentence(read.reason));
  printJson(feedJson(read.feed), 2);
}

/** A feed as the command prints it: all entries in document order, with sanitised HTML. */
export function feedJson(feed: FeedDocument): object {
  const { id, title, home: link, description, language, authors, updated, entries } = feed;
  return {
    feed: { title, link, description, id, language, authors: namedAuthors(authors), updated },
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
