/** The build: archive → pages and feeds → search. It writes only files that changed. */
import { enableCompileCache } from 'node:module';
import { basename } from 'node:path';
import { Command } from 'commander';
import { contentFolder, outputFolder } from '../src/archive/environment.ts';
import { configureCommand, print, printError, run } from './cli.ts';
import { codeCacheFolder, makeFolder, stateFolder } from './disk/files.ts';
import { withLock } from './disk/lock.ts';

configureCommand(new Command('npm run site --'))
  .description('Builds the site from the archive: renders the folders that changed, and keeps the others.')
  .parse();

await run(async () => {
  const [output, folder] = [outputFolder(), contentFolder()];
  makeFolder(stateFolder(output));
  // Without this cache, compiling code took half the time of a build in which nothing changed. Threads read its place from the environment.
  process.env.NODE_COMPILE_CACHE ||= codeCacheFolder(output);
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
  const { checkOutput, writeDigest } = await import('./site/install.ts');
  checkOutput(output, folder);
  const { publish } = await import('./site/publish.ts');
  const { freeMemory } = await import('./site/free-memory.ts');
  const { buildSearch } = await import('./site/search/build-search.ts');
  const { searchSource } = await import('./site/search/search-records.ts');
  const { deadLinks, leftovers } = await import('./site/leftovers.ts');

  const build = async () => {
    const { rendered, unchanged, data, pages } = await publish(output);
    print(`site: ${rendered} of ${rendered + unchanged} folders rendered, ${unchanged} unchanged`);
    // Pages leave half a gigabyte, and the search begins its own processes. Without many pages it takes longer than it helps.
    if (rendered > unchanged) freeMemory();
    const { entries, rebuilt, bundles, index } = await buildSearch(output, searchSource(data));
    print(`search: ${entries} entries indexed, ${rebuilt} of ${bundles} bundles rebuilt`);
    writeDigest(output, [pages, index]);
    return data.site.planet;
  };
  const planet = await withLock(stateFolder(output), build, 'build', `${basename(output)}.lock`);
  for (const sentence of [...leftovers(folder, planet), ...deadLinks(folder, output, planet)])
    printError(`Before you publish: ${sentence}`);
});
