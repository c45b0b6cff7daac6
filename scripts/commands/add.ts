import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { allowedPrivateHosts, clock, contentFolder } from '../../src/archive/environment.ts';
import { planetFile } from '../../src/archive/load-planet.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { print } from '../cli.ts';
import { writeWhole } from '../disk/files.ts';
import { createFetchContext } from '../snapshot/run.ts';
import { type AddOptions, describePlan, planFor } from './lib/add-plan.ts';
import { authorRules } from './lib/entry-preview.ts';
import { feedLines, readDraft } from './lib/planet-text.ts';

export const addCommand = new Command('add')
  .description('Find the feed of a page, preview its entries, and add it to planet.yaml.')
  .argument('<address>', 'the address of a blog, of one of its pages, or of a feed')
  .option('--feed <which>', 'if the page has several feeds: its number in the list, or its address')
  .option('--id <id>', 'its name in the archive and in addresses (default: from its title)')
  .option('--title <title>', 'its name for readers (default: the title in the feed)')
  .addOption(
    new Option('--authors <rule>', 'how the authors of entries are found (default: the best rule)').choices(
      authorRules.map(({ rule }) => rule),
    ),
  )
  .option('--dry-run', 'change no file')
  .addHelpText(
    'after',
    `
It only adds lines to planet.yaml: comments and order stay.

  npm run planet -- add blog.example.org
  npm run planet -- add https://blog.example.org/feed.xml --id ada --authors feed`,
  )
  .action(add);

async function add(given: string, options: AddOptions & { dryRun?: true }): Promise<void> {
  // As Safari and buttons to subscribe write it (https://github.com/ViennaRSS/vienna-rss/issues/1170).
  const address = given.replace(/^feed:(?:\/\/)?/i, '');
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(url) || !/^https?:/i.test(url))
    throw new OperatorError(`${given} is not an address; write it like https://blog.example.org/`);
  const folder = contentFolder();
  const draft = await readDraft(folder);
  const context = createFetchContext({
    planet: draft.planet,
    folder,
    now: clock(),
    allowPrivate: allowedPrivateHosts(),
  });
  try {
    const plan = await planFor(url, draft, context, options);
    print([describePlan(plan.lines, plan.reading, draft.planet, context.now), ...plan.notes].join('\n'));
    print(`\n${feedLines(plan.lines, draft.planet.defaults).join('\n')}\n`);
    if (options.dryRun) return print(`${planetFile(folder)} was not changed.`);
    // Reading the feeds took time, perhaps also an answer at the terminal.
    const path = join(folder, 'planet.yaml');
    if ((await readFile(path, 'utf8')) !== draft.text)
      throw new OperatorError(`${planetFile(folder)} was changed meanwhile, so nothing was written; run it again.`);
    writeWhole(path, plan.text);
    print(`Added to ${planetFile(folder)}, line ${plan.line}. "npm run build" reads the feed and builds the site.`);
  } finally {
    await context.close();
  }
}
