import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Command } from 'commander';
import { print, printError, printJson } from '../cli.ts';
import { failureSentence } from '../snapshot/outcome.ts';
import { readFeed } from '../snapshot/read-feed.ts';
import { feedJson, feedTable } from './lib/feed-formats.ts';

export const parseCommand = new Command('parse')
  .description('Show what the planet sees in a feed, from a file.')
  .argument('<file>', 'a file, or - for standard input')
  .requiredOption('--url <base>', 'the address that the feed comes from')
  .option('--json', 'as JSON, also on a terminal')
  .addHelpText(
    'after',
    '\nCONTENT_TYPE in the environment stands for the HTTP header.\n\n  npm run planet -- parse feed.xml --url https://blog.example.org/feed.xml\n  curl -s ADDRESS | npm run --silent planet -- parse - --url ADDRESS',
  )
  .action(printFeed);

async function printFeed(file: string, { url, json }: { url: string; json?: true }): Promise<void> {
  if (!URL.canParse(url)) return complain(`${url} is no address: --url takes one that starts with https:// or http://`);
  const bytes = await bytesOf(file);
  if (typeof bytes === 'string') return complain(bytes);
  const read = readFeed(bytes, { url, contentType: process.env['CONTENT_TYPE'] || null });
  if (read.kind === 'failed') return complain(failureSentence(read.reason));
  const asJson = json || !process.stdout.isTTY;
  if (asJson) printJson(feedJson(read.feed), 2);
  else print(feedTable(read.feed));
}

/** What a file holds, or why it cannot be read. */
async function bytesOf(file: string): Promise<Uint8Array | string> {
  if (file === '-') return buffer(process.stdin);
  try {
    return await readFile(file);
  } catch (error) {
    return failureSentence({ kind: 'no-file', path: file, detail: (error as Error).message });
  }
}

function complain(what: string): void {
  printError(what);
  process.exitCode = 1;
}
