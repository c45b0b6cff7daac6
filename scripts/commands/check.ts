import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { contentFolder } from '../../src/archive/environment.ts';
import { loadPlanet, planetFile } from '../../src/archive/load-planet.ts';
import { counted } from '../../src/core/periods.ts';
import type { FeedConfig, Planet } from '../../src/core/planet.ts';
import { lineFinder, type Mistake } from '../../src/core/planet-file.ts';
import { print, printCommand, printError } from '../cli.ts';
import { type PageMistake, pageMistakeLine, pageMistakes } from '../site/own-pages.ts';
import { startProgress } from '../snapshot/progress.ts';
import { askAll } from '../snapshot/run.ts';
import { type Change, changeOf, planetAt } from './lib/changed-feeds.ts';
import { addSummary, annotation, inActions, summary } from './lib/check-actions.ts';
import { renamedFinding } from './lib/check-findings.ts';
import { type Checked, checked, comparison } from './lib/checked-feeds.ts';
import { createFetchContext } from './lib/context.ts';
import { previewText } from './lib/entry-preview.ts';

interface How {
  /** Null where it was not asked what changed. */
  change: Change | null;
  /** Whether the feeds were picked out, so that each may have more than a line. */
  few: boolean;
}

interface FileMistakes {
  problems: string[];
  mistakes: Mistake[];
}

/** Says on standard output what was found; in GitHub Actions also at the lines of `planet.yaml` and in the step summary. */
async function tellChecked(results: readonly Checked[], folder: string, { change, few }: How): Promise<void> {
  const more = change === null ? [] : notesOn(change);
  const lines = results.flatMap((result) => [...inWords(result), ...(few ? shownLines(result) : [])]);
  printFenced([...more, ...lines, sumOf(results)].join('\n'));
  if (inActions()) await annotate(results, folder);
  await addSummary(() => summary('What the planet makes of it', results.map(toldOf), [...more, sumOf(results)]));
}

/** Strangers speak in these lines: a second wall beside what `print` takes out. */
function printFenced(lines: string): void {
  const quiet = randomUUID();
  if (inActions()) printCommand(`::stop-commands::${quiet}`);
  print(lines);
  if (inActions()) printCommand(`::${quiet}::`);
}

function notesOn({ touched, removed }: Change): string[] {
  return [
    ...(touched.length === 0 ? ['No feed is new or changed.'] : []),
    ...removed.map((id) => `${id} is not followed any more: its entries leave the site and stay in the archive.`),
  ];
}

const signs = { error: '✗', warning: '!', notice: '·' } as const;

function inWords({ feed, findings, sum }: Checked): string[] {
  const worst = (['error', 'warning'] as const).find((level) => findings.some((finding) => finding.level === level));
  const head = `${signs[worst ?? 'notice'].replace('·', '✓')} ${feed.id}${sum === null ? '' : `: ${sum}`}`;
  return [head, ...findings.map(({ level, what }) => `    ${signs[level]} ${what}`)];
}

function shownLines({ previews }: Checked): string[] {
  return previews.flatMap((each) => previewText(each).split('\n')).map((line) => `    ${line}`);
}

function sumOf(results: readonly Checked[]): string {
  const having = (level: 'error' | 'warning') =>
    results.filter(({ findings }) => findings.some((finding) => finding.level === level)).length;
  return `${counted(results.length, 'feed', 'feeds')} asked: ${having('error')} with errors, ${having('warning')} with warnings.`;
}

function toldOf({ feed: { id, url }, findings, sum, previews }: Checked) {
  return { id, url, findings, sum, previews };
}

async function annotate(results: readonly Checked[], folder: string): Promise<void> {
  const file = planetFile(folder);
  const lineOf = lineFinder(await readFile(join(folder, 'planet.yaml'), 'utf8'));
  for (const { place, feed, findings } of results) {
    for (const { level, about, what } of findings) {
      printCommand(annotation(level, { file, line: lineOf(['feeds', place, about]) }, feed.id, what));
    }
  }
}

/** Mistakes in `planet.yaml`, for GitHub Actions. */
async function tellMistakes(folder: string, { problems, mistakes }: FileMistakes): Promise<void> {
  const file = planetFile(folder);
  for (const { line, column, where, what } of inActions() ? mistakes : []) {
    printCommand(annotation('error', { file, line, column }, 'planet.yaml', where === '' ? what : `${where}: ${what}`));
  }
  await addSummary(() => summary('planet.yaml has mistakes', [], problems));
}

/** Mistakes in pages that the operator wrote by hand, for GitHub Actions. */
async function tellPages(mistakes: readonly PageMistake[]): Promise<void> {
  if (mistakes.length === 0) return;
  for (const { what, ...place } of inActions() ? mistakes : [])
    printCommand(annotation('error', place, place.file, what));
  await addSummary(() => summary('Pages have mistakes', [], mistakes.map(pageMistakeLine)));
}

export const checkCommand = new Command('check')
  .description('Ask feeds as a snapshot would, write nothing, and say what is wrong and what would appear.')
  .argument('[feeds...]', 'ids of feeds; all, where none is named')
  .option('--changed <ref>', 'only the feeds that are not as planet.yaml had them at this git reference')
  .addHelpText(
    'after',
    `
Exit code: 0 where nothing stands in the way of a feed, 1 where a feed cannot be read or is there twice, 2 where planet.yaml
has mistakes. Warnings do not count. In GitHub Actions it annotates the lines of planet.yaml and adds to the step summary.

  npm run planet -- check
  npm run planet -- check planet-python
  npm run planet -- check --changed origin/main`,
  )
  .action(check);

async function check(ids: string[], { changed: ref }: { changed?: string }): Promise<void> {
  const folder = contentFolder();
  const loaded = await loadPlanet(folder);
  if (loaded.kind === 'mistakes') {
    await tellMistakes(folder, loaded);
    return stop(2, loaded.problems.join('\n'));
  }
  const pages = pageMistakes(folder);
  await tellPages(pages);
  const chosen = await choose(loaded.planet, folder, ids, ref);
  if (typeof chosen === 'string') return stop(2, chosen);
  const results = await ask(loaded.planet, folder, chosen.feeds);
  for (const result of results) {
    const before = chosen.change?.renamed.get(result.feed.id);
    if (before !== undefined) result.findings.unshift(renamedFinding(before));
  }
  await tellChecked(results, folder, chosen);
  if (results.some(({ findings }) => findings.some(({ level }) => level === 'error'))) process.exitCode = 1;
  if (pages.length > 0) stop(2, pages.map(pageMistakeLine).join('\n'));
}

interface Chosen {
  feeds: readonly FeedConfig[];
  /** Null where it was not asked what changed. */
  change: Change | null;
  /** Whether they were picked out, so that each may have more than a line. */
  few: boolean;
}

/** The feeds that are meant, or a sentence why that cannot be said. */
async function choose(planet: Planet, folder: string, ids: string[], ref?: string): Promise<Chosen | string> {
  const unknown = ids.filter((id) => !planet.feeds.some((feed) => feed.id === id));
  if (unknown.length > 0) {
    const known = planet.feeds.map(({ id }) => id).join(', ');
    return `${planetFile(folder)} follows no feed "${unknown.join('", "')}"; it follows: ${known}`;
  }
  const named = ids.length === 0 ? planet.feeds : planet.feeds.filter(({ id }) => ids.includes(id));
  if (ref === undefined) return { feeds: named, change: null, few: ids.length > 0 };
  const before = await planetAt(ref, folder);
  if (typeof before === 'string') return before;
  const change = changeOf(planet, before.text);
  return { feeds: named.filter((feed) => change.touched.includes(feed)), change, few: true };
}

async function ask(planet: Planet, folder: string, feeds: readonly FeedConfig[]): Promise<Checked[]> {
  const means = createFetchContext(folder, planet);
  const bar = startProgress(feeds.length);
  try {
    // As if for the first time: what the archive remembers of a feed would keep it from being asked.
    const outcomes = await askAll(feeds, {}, means, ({ feed, kind }) => bar.done(feed.id, kind));
    bar.stop();
    const compared = await comparison(planet, folder, outcomes, means.now);
    return outcomes.map((outcome) => checked(outcome, planet, compared, means.now));
  } finally {
    bar.stop();
    await means.close();
  }
}

function stop(code: 1 | 2, sentence: string): void {
  printError(sentence);
  process.exitCode = code;
}
