/** The build: archive → pages and feeds → search. It writes only files that changed. */
import { enableCompileCache } from 'node:module';
import { basename } from 'node:path';
import { program } from 'commander';
import { contentFolder, outputFolder } from '../src/archive/environment.ts';
import { operatorPlanet } from '../src/archive/load-planet.ts';
import { configureCommand, print, printError, run } from './cli.ts';
import { codeCacheFolder, makeFolder, stateFolder } from './disk/files.ts';
import { withLock } from './disk/lock.ts';
import { deadLinks } from './site/dead-links.ts';
import { leftovers } from './site/leftovers.ts';

configureCommand(program.name('npm run site --'))
  .description('Builds the site from the archive: renders the folders that changed, and keeps the others.')
  .parse();

await run(async () => {
  const output = outputFolder();
  makeFolder(stateFolder(output));
  // Without this cache, compiling code took half the time of a build in which nothing changed.
  enableCompileCache(codeCacheFolder(output));
  const { checkOutput, writeDigest } = await import('./site/install.ts');
  checkOutput(output, contentFolder());
  const { publish } = await import('./site/publish.ts');
  const { buildSearch } = await import('./site/search/build-search.ts');
  const { searchSource } = await import('./site/search/search-records.ts');

  const build = async () => {
    const { rendered, unchanged, data, pages } = await publish(output);
    print(`site: ${rendered} of ${rendered + unchanged} folders rendered, ${unchanged} unchanged`);
    const { entries, rebuilt, bundles, index } = await buildSearch(output, searchSource(data));
    print(`search: ${entries} entries indexed, ${rebuilt} of ${bundles} bundles rebuilt`);
    writeDigest(output, [pages, index]);
  };
  await withLock(stateFolder(output), build, 'build', `${basename(output)}.lock`);
  const { folder, planet } = await operatorPlanet();
  for (const sentence of [...leftovers(folder, planet), ...deadLinks(folder, output, planet)])
    printError(`Before you publish: ${sentence}`);
});
