import { Command } from 'commander';
import { contentFolder, loadPlanet, planetFile } from '../../src/folder.ts';
import type { FeedConfig, Planet } from '../../src/model/planet.ts';
import { printError } from '../print.ts';
import { startProgress } from '../snapshot/progress.ts';
import { askAll } from '../snapshot/round.ts';
import { type Change, changeOf, planetAt } from './check/changed.ts';
import { type Checked, checked } from './check/checked.ts';
import { renamed } from './check/findings.ts';
import { comparison } from './check/known.ts';
import { tellChecked, tellMistakes } from './check/tell.ts';
import { meansOf } from './means.ts';

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
    return stop(2, loaded.told.join('\n'));
  }
  const chosen = await choose(loaded.planet, folder, ids, ref);
  if (typeof chosen === 'string') return stop(2, chosen);
  const results = await ask(loaded.planet, folder, chosen.feeds);
  for (const result of results) {
    const before = chosen.change?.renamed.get(result.feed.id);
    if (before !== undefined) result.findings.unshift(renamed(before));
  }
  await tellChecked(results, folder, chosen);
  if (results.some(({ findings }) => findings.some(({ level }) => level === 'error'))) process.exitCode = 1;
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
  const means = meansOf(folder, planet);
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
