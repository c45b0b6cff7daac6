import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { contentFolder, isPackage, root } from '../../src/archive/environment.ts';
import { planetFile } from '../../src/archive/load-planet.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { counted } from '../../src/core/periods.ts';
import { readPlanet } from '../../src/core/planet-file.ts';
import { print, printError, printFile } from '../cli.ts';
import { writeWhole } from '../disk/files.ts';
import { draftPlanet } from './lib/add-plan.ts';
import { followedAt, idsInUse } from './lib/context.ts';
import { readOther } from './lib/import-formats.ts';
import { importedFeeds, planetYaml } from './lib/import-planet-yaml.ts';
import type { Imported } from './lib/imported.ts';
import { SCHEMA } from './lib/operator-files.ts';
import { withFeeds } from './lib/planet-text.ts';

export const importCommand = new Command('import')
  .description(
    'Make a planet.yaml of what another planet software has: INI of Planet Planet, Venus or Pluto, OPML, osmosfeed.yaml, moonmoon.',
  )
  .argument('<file>', 'its configuration or its list of feeds')
  .option('--add', 'only add the feeds to the planet.yaml that is there')
  .option('--force', 'replace the planet.yaml that is there; it is kept beside as planet.yaml.old')
  .option('--output <file>', 'write elsewhere; - for standard output')
  .addHelpText(
    'after',
    `
It says what could not be carried over. Nothing is asked of any feed; "npm run planet -- check" does that.

  npm run planet -- import ../planet/config.ini --force
  npm run planet -- import feeds.opml --add`,
  )
  .action(importPlanet);

interface Options {
  add?: true;
  force?: true;
  output?: string;
}

async function importPlanet(file: string, { add, force, output }: Options): Promise<void> {
  const imported = await readOther(file);
  if (typeof imported === 'string') return complain(1, imported);
  if (add) return addTo(imported);
  const path = output === undefined ? join(contentFolder(), 'planet.yaml') : resolve(output);
  if (output !== '-' && existsSync(path) && !force) return complain(1, thereAlready(path));
  const inside = !relative(root, path).startsWith('..') && output !== '-';
  const ours = relative(dirname(path), join(root, 'src/core/planet.schema.json')).replaceAll('\\', '/');
  const schema = isPackage ? SCHEMA : inside ? ours : null;
  const feeds = importedFeeds(imported, new Set());
  const text = planetYaml(imported, feeds, basename(file), schema);
  const read = readPlanet(text);
  if (read.kind === 'mistakes') throw new Error(read.mistakes.map(({ where, what }) => `${where}: ${what}`).join('\n'));
  const count = counted(feeds.length, 'feed', 'feeds');
  if (output === '-') {
    printFile(text);
    return printError([`${count}.`, ...losses(imported)].join('\n'));
  }
  const kept = await keep(path);
  await mkdir(dirname(path), { recursive: true });
  writeWhole(path, text);
  const written = `Written: ${relative('.', path)}, with ${count}.${kept === null ? '' : ` The old one is ${kept}.`}`;
  print(
    [
      written,
      ...losses(imported),
      'Now "npm run planet -- check" asks every feed, and "npm run build" builds the site.',
    ].join('\n'),
  );
}

/** Adds what is not followed yet; the page's settings stay as they are. */
async function addTo(imported: Imported): Promise<void> {
  const folder = contentFolder();
  const path = join(folder, 'planet.yaml');
  const draft = draftPlanet(await readFile(path, 'utf8').catch(() => null), planetFile(folder));
  if (draft.kind === 'mistakes') return complain(2, draft.told.join('\n'));
  const { planet } = draft;
  const fresh = { ...imported, feeds: imported.feeds.filter(({ url }) => !followedAt(url, planet.feeds)) };
  const known = imported.feeds.length - fresh.feeds.length;
  const feeds = importedFeeds(fresh, await idsInUse(planet, folder));
  const longer = withFeeds(draft.text, feeds);
  if (longer.kind === 'refused') return complain(1, `${planetFile(folder)}: ${longer.why}`);
  if (feeds.length > 0) writeWhole(path, longer.text);
  const settings = Object.keys(imported.page).length > 0 ? [' Its settings were not touched.'] : [];
  const sum = `${planetFile(folder)}: ${counted(feeds.length, 'feed', 'feeds')} added, ${known} followed already.${settings.join('')}`;
  print([sum, ...losses(imported)].join('\n'));
}

function losses({ losses: lost }: Imported): string[] {
  const lines = lost.lines();
  return lines.length === 0 ? [] : ['Not carried over, or only in part:', ...lines.map((line) => `  - ${line}`)];
}

function thereAlready(path: string): string {
  return `${relative('.', path)} is there already. --add adds the feeds to it; --force replaces it, and keeps it as ${basename(path)}.old; --output FILE writes elsewhere.`;
}

/** Puts a file that is there aside, under a name that is free. */
async function keep(path: string): Promise<string | null> {
  if (!existsSync(path)) return null;
  const names = [`${path}.old`, ...Array.from({ length: 98 }, (_, index) => `${path}.old${index + 2}`)];
  const free = names.find((name) => !existsSync(name));
  if (free === undefined) throw new OperatorError(`Too many old files lie beside ${path}; move some of them away.`);
  await rename(path, free);
  return relative('.', free);
}

function complain(code: 1 | 2, what: string): void {
  printError(what);
  process.exitCode = code;
}
