import { isDeepStrictEqual } from 'node:util';
import { Command } from 'commander';
import { parse } from 'yaml';
import { allowedPrivateHosts, clock, contentFolder } from '../../src/archive/environment.ts';
import { loadPlanet, planetFile } from '../../src/archive/load-planet.ts';
import { cleanText } from '../../src/core/clean-text.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { FeedConfig, type Planet } from '../../src/core/planet.ts';
import { withDefaults } from '../../src/core/planet-file.ts';
import { isOnWeb } from '../../src/core/planet-values.ts';
import { countText } from '../../src/core/text.ts';
import { hostOf } from '../../src/core/web-address.ts';
import { git, MissingGit } from '../archive-branch/git.ts';
import { printFailure } from '../cli.ts';
import { pageMistakeLine, pageMistakes } from '../site/own-files.ts';
import { type PictureSource, pictureProblem } from '../snapshot/avatars/refresh-avatars.ts';
import { startProgress } from '../snapshot/progress.ts';
import { createFetchContext, readFeeds } from '../snapshot/run.ts';
import { runPerHost } from '../snapshot/schedule.ts';
import { addSummary, annotate, printFenced } from './lib/check-actions.ts';
import { type Checked, checkedFeeds } from './lib/checked-feeds.ts';

/** Prints the findings; in GitHub Actions also annotates lines of `planet.yaml`, and repeats them in the step summary. */
async function report(
  results: readonly Checked[],
  folder: string,
  { change, detailed }: Awaited<ReturnType<typeof select>>,
): Promise<void> {
  const more = change === null ? [] : notesOn(change);
  const lines = results.flatMap((result) => {
    const previews = result.previews.flatMap((each) => each.split('\n'));
    const hidden = result.hidden.map(({ title, rule }) => `hidden by ${rule}: ${title}`);
    return [...resultLines(result), ...(detailed ? [...previews, ...hidden].map((line) => `    ${line}`) : [])];
  });
  const text = [...more, ...lines, totalsText(results)].join('\n');
  printFenced(text);
  await annotate(results, folder);
  await addSummary('Checked feeds', text);
}

function notesOn({ touched, removed }: ReturnType<typeof changeSince>): string[] {
  return [
    ...(touched.length === 0 ? ['No feed is new or changed.'] : []),
    ...removed.map((id) => `${id} was removed: its entries leave the site and stay in the archive.`),
  ];
}

const signs = { error: '✗', warning: '!', notice: '·' } as const;

function resultLines({ feed, findings, summary }: Checked): string[] {
  const worst = (['error', 'warning'] as const).find((level) => findings.some((finding) => finding.level === level));
  const head = `${worst === undefined ? '✓' : signs[worst]} ${feed.id}${summary === null ? '' : `: ${summary}`}`;
  return [head, ...findings.map(({ level, message }) => `    ${signs[level]} ${message}`)];
}

function totalsText(results: readonly Checked[]): string {
  const having = (level: 'error' | 'warning') =>
    results.filter(({ findings }) => findings.some((finding) => finding.level === level)).length;
  return `${countText(results.length, 'feed', 'feeds')} read: ${having('error')} with errors, ${having('warning')} with warnings.`;
}

export const checkCommand = new Command('check')
  .description(
    'Read feeds as a snapshot would, without saving anything; list problems and the entries that would appear.',
  )
  .argument('[feeds...]', 'ids of feeds (default: all)')
  .option('--changed <ref>', 'only the feeds whose settings differ from planet.yaml at this git reference')
  .addHelpText(
    'after',
    `
Exit code: 0 without errors (warnings do not count), 1 if a feed cannot be read or is listed twice, 2 if planet.yaml has
mistakes. In GitHub Actions it annotates the lines of planet.yaml and writes to the step summary.

  npm run planet -- check
  npm run planet -- check planet-python
  npm run planet -- check --changed origin/main`,
  )
  .action(check);

async function check(ids: string[], { changed: ref }: { changed?: string }): Promise<void> {
  const folder = contentFolder();
  const loaded = await loadPlanet(folder);
  if (loaded.kind === 'mistakes') {
    const problems = loaded.problems.join('\n');
    await addSummary('planet.yaml has mistakes', problems);
    throw new OperatorError(problems, 2);
  }
  const mistakes = (await pageMistakes(folder)).map(pageMistakeLine).join('\n');
  // Before the feeds, which may be many: GitHub shows ten errors of a step.
  if (mistakes !== '') {
    await addSummary('Pages have mistakes', mistakes);
    printFailure(mistakes);
    process.exitCode = 2;
  }
  const selection = await select(loaded.planet, folder, ids, ref);
  const results = await readAndCheck(loaded.planet, folder, selection.feeds);
  for (const result of results) {
    const before = selection.change?.renamed.get(result.feed.id);
    const message = `its id was "${before}"; the archive and the permalinks of its entries depend on the id; write id: ${before}`;
    if (before !== undefined) result.findings.unshift({ level: 'error', about: 'id', message });
  }
  await report(results, folder, selection);
  if (results.some(({ findings }) => findings.some(({ level }) => level === 'error'))) process.exitCode ||= 1;
}

/**
 * The feeds to check; with a git reference also the change since then. `detailed`: whether to show the newest entries of each, only
 * if feeds were selected. Throws an `OperatorError` if an id or the reference is unknown.
 */
async function select(planet: Planet, folder: string, ids: string[], ref?: string) {
  const unknown = ids.filter((id) => !planet.feeds.some((feed) => feed.id === id));
  if (unknown.length > 0) {
    const followed = planet.feeds.map(({ id }) => id).join(', ');
    const name = planetFile(folder);
    throw new OperatorError(`${name} has no feed "${unknown.join('", "')}"; its feeds are: ${followed}`, 2);
  }
  const named = ids.length === 0 ? planet.feeds : planet.feeds.filter(({ id }) => ids.includes(id));
  if (ref === undefined) return { feeds: named, change: null, detailed: ids.length > 0 };
  const change = changeSince(planet, await planetAt(ref, folder));
  return { feeds: named.filter((feed) => change.touched.includes(feed)), change, detailed: true };
}

async function readAndCheck(planet: Planet, folder: string, feeds: readonly FeedConfig[]): Promise<Checked[]> {
  const context = createFetchContext({ planet, folder, now: clock(), allowPrivate: allowedPrivateHosts() });
  const bar = startProgress(feeds.length);
  try {
    // Without the stored states: validators or a backoff would prevent the request.
    const outcomes = await readFeeds(feeds, {}, context, ({ feed }) => bar.done(feed.id));
    bar.stop();
    const results = await checkedFeeds(outcomes, planet, folder, context.now);
    if (planet.avatars) await addPictureFindings(results, context.pictures);
    return results;
  } finally {
    bar.stop();
    await context.close();
  }
}

/** A picture that `planet.yaml` names and that a snapshot could not fetch is a warning: readers see a letter, which looks intended. */
async function addPictureFindings(results: readonly Checked[], pictures: PictureSource): Promise<void> {
  const named = results.flatMap(({ feed: { avatar, paused }, findings }) =>
    avatar !== undefined && isOnWeb(avatar) && !paused ? [{ avatar, findings }] : [],
  );
  const check = async ({ avatar, findings }: (typeof named)[number]) => {
    const problem = await pictureProblem(avatar, pictures);
    const message = cleanText(`the picture ${avatar} is not shown: ${problem}`);
    if (problem !== null) findings.push({ level: 'warning', about: 'avatar', message });
  };
  await runPerHost(named, ({ avatar }) => hostOf(avatar), check);
}

/** The text of `planet.yaml` at a git reference; empty if there was no such file. Throws an `OperatorError` if git does not know it. */
async function planetAt(ref: string, folder: string): Promise<string> {
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  const commit = await git(asked, { cwd: folder }).catch((error: unknown) => {
    if (error instanceof MissingGit) throw new OperatorError(error.message, 2);
    const name = ref.replace(/^origin\//, '');
    throw new OperatorError(
      `git does not know "${ref}" here; fetch it first ("git fetch origin ${name}"; in Actions, "fetch-depth: 0")`,
      2,
    );
  });
  return git(['show', `${commit}:./planet.yaml`], { cwd: folder }).catch(() => '');
}

/**
 * Compares `planet.yaml` with its former text, which may have had mistakes: the feeds that are new or have another value in any
 * setting, the former ids of those whose address stayed, and the ids of removed ones.
 */
function changeSince({ feeds }: Planet, before: string) {
  const formerFeeds = feedsIn(before);
  const byId = new Map(formerFeeds.map((feed) => [feed.id, feed]));
  const ids = new Set(feeds.map(({ id }) => id));
  const touched = feeds.filter((feed) => !isDeepStrictEqual(byId.get(feed.id), feed));
  const gone = formerFeeds.filter(({ id }) => !ids.has(id));
  const renamed = touched.flatMap(({ id, url }) => {
    const former = byId.has(id) ? undefined : gone.find((feed) => feed.url === url);
    return former ? [[id, former.id] as const] : [];
  });
  const kept = new Set(renamed.map(([, former]) => former));
  return { touched, renamed: new Map(renamed), removed: gone.map(({ id }) => id).filter((id) => !kept.has(id)) };
}

function feedsIn(text: string): FeedConfig[] {
  let feeds: unknown;
  try {
    feeds = (withDefaults(parse(text)) as { feeds?: unknown } | null)?.feeds;
  } catch {
    return [];
  }
  return Array.isArray(feeds) ? feeds.flatMap((feed) => FeedConfig.safeParse(feed).data ?? []) : [];
}
