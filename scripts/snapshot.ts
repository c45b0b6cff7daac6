/** The prebuild: planet.yaml → refresh each feed → merge → archive → report. */
import { enableCompileCache } from 'node:module';
import { Command } from 'commander';
import { allowedPrivateHosts, clock, isClockGiven, outputFolder } from '../src/archive/environment.ts';
import { OperatorError } from '../src/core/operator-error.ts';
import { configureCommand, print, printError, printJson, run } from './cli.ts';
import { codeCacheFolder } from './disk/files.ts';

const options = configureCommand(new Command('npm run snapshot --'))
  .description('Reads every feed of the planet and merges its entries into the archive.')
  .option('--json', 'print the report as JSON on standard output')
  .option('--verbose', 'list the entries that are new, changed, held or skipped, with the rule for each')
  .option('--strict', 'exit with 1 if any feed failed')
  .option('--shard <i/n>', 'read only the i-th of n shares of the feeds, for several machines')
  .parse()
  .opts<{ json?: boolean; verbose?: boolean; strict?: boolean; shard?: string }>();

await run(async () => {
  // Without this cache, compiling code took a fifth of a run without news.
  enableCompileCache(codeCacheFolder(outputFolder()));
  const { archiveFolder, DamagedArchive } = await import('../src/archive/archive.ts');
  const { operatorPlanet } = await import('../src/archive/load-planet.ts');
  const { yamlCache } = await import('./disk/yaml-cache.ts');
  const { parseShard, shareOf, takeShare } = await import('./archive-branch/shards.ts');
  const { serverClocks } = await import('./snapshot/fetch/headers.ts');
  const { reportText } = await import('./snapshot/report.ts');
  const { startProgress } = await import('./snapshot/progress.ts');
  const { runSnapshot, takeSnapshot } = await import('./snapshot/run.ts');
  const { setAside, adviceForSetAside } = await import('./snapshot/verify.ts');

  const { json = false, strict = false, verbose = false } = options;
  const shard = options.shard === undefined ? null : parseShard(options.shard);
  if (typeof shard === 'string') throw new OperatorError(shard, 2);
  const now = clock();
  const { folder, planet } = await operatorPlanet(yamlCache(outputFolder()));
  const feeds = shareOf(planet.feeds, shard);
  const [damaged] = await adviceForSetAside(archiveFolder(folder));
  if (damaged) throw new OperatorError(damaged);

  const bar = startProgress(feeds.length);
  const progress = ({ feed }: { feed: { id: string } }) => bar.done(feed.id);
  try {
    const lines: string[] = [];
    const tell = (sentences: readonly string[]) => lines.push(...sentences);
    const clocks = isClockGiven() ? undefined : serverClocks(now);
    const settings = { planet, feeds, folder, now, clocks, allowPrivate: allowedPrivateHosts(), progress, tell };
    const report = await runSnapshot(settings, shard === null ? takeSnapshot : takeShare);
    bar.stop();
    if (verbose && lines.length > 0) (json ? printError : print)(lines.join('\n'));
    if (json) printJson(report);
    else print(reportText(report));
    // One share may be empty: `archive join` knows the whole.
    if (report.entries === 0 && shard === null)
      throw new OperatorError('There is nothing to publish: no feed could be read, and the archive has no entry.');
    const hasFailed = report.feeds.some(({ outcome }) => outcome === 'failed' || outcome === 'gone');
    process.exitCode = strict && hasFailed ? 1 : 0;
  } catch (error) {
    throw error instanceof DamagedArchive ? new OperatorError(await setAside(error)) : error;
  } finally {
    bar.stop();
  }
});
