/** The build: archive → pages and feeds → search. It writes only files that changed, and asks nothing if no file that it reads did. */
import { enableCompileCache } from 'node:module';
import { basename } from 'node:path';
import { Command } from 'commander';
import { contentFolder, outputFolder } from '../src/archive/environment.ts';
import { configureCommand, print, printError, run } from './cli.ts';
import { codeCacheFolder, makeFolder, stateFolder } from './disk/files.ts';

configureCommand(new Command('npm run site --'))
  .description('Builds the site from the archive: renders the folders that changed, and keeps the others.')
  .parse();

await run(async () => {
  const [output, folder] = [outputFolder(), contentFolder()];
  makeFolder(stateFolder(output));
  // Without this cache, compiling code took half the time of a build in which nothing changed. Threads read its place from the environment.
  process.env.NODE_COMPILE_CACHE ||= codeCacheFolder(output);
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
  const { buildUnlessSame } = await import('./site/last-build.ts');
  const { withLock } = await import('./disk/lock.ts');

  const build = async () => {
    const { checkOutput, writeDigest } = await import('./site/install.ts');
    checkOutput(output, folder);
    const { publish } = await import('./site/publish.ts');
    const { freeMemory } = await import('./site/free-memory.ts');
    const { buildSearch } = await import('./site/search/build-search.ts');
    const { searchSource } = await import('./site/search/search-records.ts');
    const { deadLinks, leftovers } = await import('./site/leftovers.ts');

    const { rendered, unchanged, data, pages } = await publish(output);
    print(siteLine(rendered, unchanged));
    // Pages leave half a gigabyte, and the search begins its own processes. Without many pages it takes longer than it helps.
    if (rendered > unchanged) freeMemory();
    const { entries, rebuilt, bundles, index } = await buildSearch(output, searchSource(data));
    print(searchLine(entries, rebuilt, bundles));
    writeDigest(output, [pages, index]);
    const { planet, warnings } = data.site;
    const unfinished = [...leftovers(folder, planet), ...deadLinks(folder, output, planet)];
    const advice = [...warnings, ...unfinished.map((sentence) => `Before you publish: ${sentence}`)];
    const results = [siteLine(0, rendered + unchanged), searchLine(entries, 0, bundles)];
    return { time: data.time, results, advice };
  };
  const work = () => buildUnlessSame(output, folder, build);
  const { isSame, results, advice } = await withLock(stateFolder(output), work, 'build', `${basename(output)}.lock`);
  if (isSame) for (const line of results) print(line);
  for (const sentence of advice) printError(sentence);
});

function siteLine(rendered: number, unchanged: number): string {
  return `site: ${rendered} of ${rendered + unchanged} folders rendered, ${unchanged} unchanged`;
}

function searchLine(entries: number, rebuilt: number, bundles: number): string {
  return `search: ${entries} entries indexed, ${rebuilt} of ${bundles} bundles rebuilt`;
}
