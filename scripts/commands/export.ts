import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Argument, Command } from 'commander';
import { archiveFolder, readStates } from '../../src/archive/archive.ts';
import { contentFolder } from '../../src/archive/environment.ts';
import { operatorPlanet } from '../../src/archive/load-planet.ts';
import { readAllMetadata } from '../../src/archive/read-entries.ts';
import { dayOf } from '../../src/core/dates.ts';
import { type FeedState, reportedState } from '../../src/core/feed-state.ts';
import type { Planet } from '../../src/core/planet.ts';
import { feedOutcome } from '../../src/core/records.ts';
import { opml } from '../../src/outputs/opml.ts';
import { printFile } from '../cli.ts';
import { writeWhole } from '../disk/files.ts';
import { completeMonths } from '../snapshot/verify.ts';

export const exportCommand = new Command('export')
  .description('Write the list of feeds for other software (OPML) or for a spreadsheet (CSV).')
  .addArgument(new Argument('[format]').choices(['opml', 'csv']).default('opml'))
  .option('--output <file>', 'the file to write (default: standard output)')
  .addHelpText(
    'after',
    '\n  npm run --silent planet -- export opml > feeds.opml\n  npm run planet -- export csv --output feeds.csv',
  )
  .action(exportFeeds);

async function exportFeeds(format: 'opml' | 'csv', { output }: { output?: string }): Promise<void> {
  const operator = await operatorPlanet();
  const archive = archiveFolder(contentFolder());
  const states = await readStates(archive);
  const feeds = operator.planet.feeds.map((feed) => {
    const home = feed.home ?? states[feed.id]?.home ?? undefined;
    return home === undefined ? feed : { ...feed, home };
  });
  const planet = { ...operator.planet, feeds };
  const text = format === 'opml' ? opml(planet, feeds) : csv(rows(planet, states, await newest(archive)));
  if (output === undefined) return printFile(text);
  mkdirSync(dirname(output), { recursive: true });
  writeWhole(output, text);
}

const COLUMNS = 'id title url home authors content language paused entries newest state since'.split(' ');

const WORDS = { well: 'OK', new: 'not read yet', gone: 'gone', failed: 'failing', held: 'held' };

function rows(
  { feeds, timezone }: Planet,
  states: Record<string, FeedState>,
  newestDates: ReadonlyMap<string, string>,
): string[][] {
  const lines = feeds.map((feed) => {
    const { id, title, url, home, authors, content, language, paused, gone } = feed;
    const state = reportedState(feed, states[id]);
    const status = state?.trouble?.reason ?? WORDS[feedOutcome({ state, gone })];
    const [last, since] = [newestDates.get(id), state?.trouble?.since].map((at) => at && dayOf(at, timezone));
    const facts = [paused ? 'yes' : 'no', String(state?.entries ?? 0), last, status, since];
    return [id, title, url, home, authors, content, language, ...facts].map((cell) => cell ?? '');
  });
  return [COLUMNS, ...lines];
}

/** By feed: the date of its newest entry. */
async function newest(archive: string): Promise<Map<string, string>> {
  await completeMonths(archive);
  const posted = new Map<string, string>();
  for await (const { feed, published } of readAllMetadata(archive)) {
    if (published > (posted.get(feed) ?? '')) posted.set(feed, published);
  }
  return posted;
}

/** Rows as CSV (https://www.rfc-editor.org/rfc/rfc4180). Texts that a spreadsheet would run as formulas get an apostrophe (https://owasp.org/www-community/attacks/CSV_Injection). */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
