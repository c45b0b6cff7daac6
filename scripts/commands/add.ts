import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { contentFolder } from '../../src/archive/environment.ts';
import { planetFile } from '../../src/archive/load-planet.ts';
import type { Planet } from '../../src/core/planet.ts';
import { print, printError } from '../cli.ts';
import { writeWhole } from '../disk/files.ts';
import type { FetchContext } from '../snapshot/refresh.ts';
import type { Wishes } from './lib/add-plan.ts';
import { describePlan, draftPlanet, type Plan, planFor } from './lib/add-plan.ts';
import { createFetchContext } from './lib/context.ts';
import { feedLines } from './lib/feed-formats.ts';

export const addCommand = new Command('add')
  .description('Find the feed of a page, show what the planet would make of it, and write it into planet.yaml.')
  .argument('<address>', 'of a blog, of any of its pages, or of a feed')
  .option('--feed <which>', 'where a page has several: its number in the list, or its address')
  .option('--id <id>', 'its name in the archive and in addresses; made from its title otherwise')
  .option('--title <title>', 'its name for people; as it says itself otherwise')
  .addOption(
    new Option('--authors <rule>', 'who wrote an entry; what fits best otherwise').choices(['entry', 'title', 'feed']),
  )
  .option('--dry-run', 'only show')
  .addHelpText(
    'after',
    `
Only lines are added to planet.yaml: its notes and its order stay.

  npm run planet -- add blog.example.org
  npm run planet -- add https://blog.example.org/feed.xml --id ada --authors feed`,
  )
  .action(add);

interface Options extends Wishes {
  dryRun?: true;
}

async function add(given: string, options: Options): Promise<void> {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`;
  if (!URL.canParse(url) || !/^https?:/i.test(url)) {
    return complain(1, `${given} is no address; write it like https://blog.example.org/`);
  }
  const folder = contentFolder();
  const text = await readFile(join(folder, 'planet.yaml'), 'utf8').catch(() => null);
  const draft = draftPlanet(text, planetFile(folder));
  if (draft.kind === 'mistakes') return complain(2, draft.told.join('\n'));
  const means = createFetchContext(folder, draft.planet);
  try {
    const plan = await planFor(url, draft, means, options);
    if (plan.kind === 'refused') complain(1, plan.why);
    else await carryOut(plan, draft.planet, means, options);
  } finally {
    await means.close();
  }
}

async function carryOut(plan: Plan, planet: Planet, { folder, now }: FetchContext, { dryRun }: Options): Promise<void> {
  print([describePlan(plan.lines, plan.reading, planet, now), ...plan.notes].join('\n'));
  print(`\n${feedLines(plan.lines).join('\n')}\n`);
  if (dryRun) return print(`Nothing was written into ${planetFile(folder)}.`);
  writeWhole(join(folder, 'planet.yaml'), plan.text);
  print(`Written into ${planetFile(folder)}, line ${plan.line}. "npm run build" reads it and builds the site.`);
}

function complain(code: 1 | 2, what: string): void {
  printError(what);
  process.exitCode = code;
}
