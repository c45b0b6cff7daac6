import { existsSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { contentFolder, isPackage, root } from '../../src/archive/environment.ts';
import { planetFile } from '../../src/archive/load-planet.ts';
import { feedAddressKey } from '../../src/core/entry-keys.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { readPlanet } from '../../src/core/planet-file.ts';
import { countText } from '../../src/core/text.ts';
import { publicAddress } from '../../src/outputs/opml.ts';
import { print, printError, printFile } from '../cli.ts';
import { writeIfChanged, writeWhole } from '../disk/files.ts';
import { readOther } from './lib/import-formats.ts';
import { losses } from './lib/import-losses.ts';
import { type Imported, importedFeeds, importedSettings, newFeeds, planetYaml } from './lib/imported.ts';
import { SCHEMA } from './lib/operator-files.ts';
import { idsInUse, readDraft, withFeeds } from './lib/planet-text.ts';

export const importCommand = new Command('import')
  .description(
    'Convert the configuration of another planet to planet.yaml: INI of Planet Planet, Venus or Pluto, OPML, rawdog, osmosfeed.yaml, moonmoon, Perlanet, planet.rb.',
  )
  .argument('<file>', 'the configuration or the list of feeds')
  .addOption(new Option('--add', 'only add the feeds to the existing planet.yaml').conflicts(['force', 'output']))
  .option('--force', 'replace the existing planet.yaml, and keep it as planet.yaml.old')
  .option('--output <file>', 'the file to write; - for standard output')
  .addHelpText(
    'after',
    `
It lists everything that could not be converted. It reads no feed; "npm run planet -- check" does.

  npm run planet -- import ../planet/config.ini --force
  npm run planet -- import feeds.opml --add`,
  )
  .action(importPlanet);

type Options = { add?: true; force?: true; output?: string };

async function importPlanet(file: string, { add, force, output }: Options): Promise<void> {
  const imported = await readOther(file);
  if (add) return addFeeds(imported);
  const path = output === undefined ? join(contentFolder(), 'planet.yaml') : resolve(output);
  if (output !== '-' && statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new OperatorError(`${output ?? relative('.', path)} is a folder; --output needs the name of a file.`);
  if (output !== '-' && existsSync(path) && !force)
    throw new OperatorError(
      `${relative('.', path)} already exists. --add adds the feeds to it; --force replaces it, and keeps it as ${basename(path)}.old; --output FILE writes another file.`,
    );
  const isInEngine = !relative(root, path).startsWith('..') && output !== '-';
  const ours = relative(dirname(path), join(root, 'src/core/planet.schema.json')).replaceAll('\\', '/');
  const schema = isPackage ? SCHEMA : isInEngine ? ours : null;
  const taken = output === undefined ? await idsInUse({ feeds: [] }, contentFolder()) : undefined;
  const feeds = newFeeds(imported, file, taken);
  const from = { from: basename(file), schema, losses: imported.losses };
  const text = planetYaml(importedSettings(imported), feeds, from);
  const read = readPlanet(text);
  if (read.kind === 'mistakes') throw new Error(read.mistakes.map(({ where, what }) => `${where}: ${what}`).join('\n'));
  const count = countText(feeds.length, 'feed', 'feeds');
  if (output === '-') {
    printFile(text);
    return printError([`${count}.`, ...losses(imported)].join('\n'));
  }
  const old = await moveAside(path);
  writeIfChanged(path, text);
  const written = `Written: ${relative('.', path)}, with ${count}.${old === null ? '' : ` The old one is ${old}.`}`;
  print(
    [
      written,
      ...losses(imported),
      'Now "npm run planet -- check" tries every feed, and "npm run build" builds the site.',
    ].join('\n'),
  );
}

async function addFeeds(imported: Imported): Promise<void> {
  const folder = contentFolder();
  const { planet, text } = await readDraft(folder);
  // Also as the planet's own OPML names them: without secrets.
  const followed = new Set(planet.feeds.flatMap((feed) => [feed.url, publicAddress(planet, feed)].map(feedAddressKey)));
  const added = { ...imported, feeds: imported.feeds.filter(({ url }) => !followed.has(feedAddressKey(url))) };
  const skipped = imported.feeds.length - added.feeds.length;
  const feeds = importedFeeds(added, await idsInUse(planet, folder));
  const edited = withFeeds(text, feeds);
  if (edited.kind === 'refused') throw new OperatorError(`${planetFile(folder)}: ${edited.why}`);
  if (feeds.length > 0) writeWhole(join(folder, 'planet.yaml'), edited.text);
  const settings = Object.keys(imported.page).length > 0 ? [' Its settings were not changed.'] : [];
  const sum = `${planetFile(folder)}: ${countText(feeds.length, 'feed', 'feeds')} added, ${skipped} already followed.${settings.join('')}`;
  print([sum, ...losses(imported, { ofPage: false })].join('\n'));
}

/** Renames an existing file, and returns its new name; null if there is no such file. */
async function moveAside(path: string): Promise<string | null> {
  if (!existsSync(path)) return null;
  let name = `${path}.old`;
  for (let number = 2; existsSync(name); number++) name = `${path}.old${number}`;
  await rename(path, name);
  return relative('.', name);
}
