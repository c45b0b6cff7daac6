import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Command } from 'commander';
import { OperatorError } from '../../src/core/operator-error.ts';
import { isWebAddress } from '../../src/core/planet-values.ts';
import { print, printJson } from '../cli.ts';
import { failureSentence, fileFailure } from '../snapshot/outcome.ts';
import { readFeed } from '../snapshot/read-feed.ts';
import { feedJson, feedTable } from './lib/feed-formats.ts';

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
  const bytes = await bytesOf(file);
  if (typeof bytes === 'string') throw new OperatorError(bytes);
  const read = readFeed(bytes, { url, contentType: process.env['CONTENT_TYPE'] || null });
  if (read.kind === 'failed') throw new OperatorError(failureSentence(read.reason));
  const asJson = json || !process.stdout.isTTY;
  if (asJson) printJson(feedJson(read.feed), 2);
  else print(feedTable(read.feed));
}

/** The content of a file, or a sentence if it cannot be read. */
async function bytesOf(file: string): Promise<Uint8Array | string> {
  if (file === '-') return buffer(process.stdin);
  try {
    return await readFile(file);
  } catch (error) {
    return failureSentence({ kind: 'no-file', path: file, detail: fileFailure(error as NodeJS.ErrnoException) });
  }
}
