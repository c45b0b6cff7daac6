import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import slugify from '@sindresorhus/slugify';
import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { OperatorError } from '../../src/core/operator-error.ts';
import { Owner, Planet } from '../../src/core/planet.ts';
import { openTerminal, print, printError } from '../cli.ts';
import { writeIfChanged } from '../disk/files.ts';
import { readOther } from './lib/import-formats.ts';
import { importedSettings, newFeeds, planetYaml } from './lib/imported.ts';
import {
  aboutText,
  EXAMPLE_SITE,
  fillFolder,
  type NewPlanet,
  planetText,
  repositoryFiles,
  SCHEMA,
} from './lib/operator-files.ts';

export const createCommand = new Command('create')
  .description(
    'Create the folder of a new planet: planet.yaml, a page, a workflow, and a package.json with the engine.',
  )
  .argument('[folder]', 'a new or empty folder', '.')
  .option('--title <title>', 'the name of the planet')
  .option('--site <address>', 'its address, with the path')
  .option('--language <tag>', "the language of the site's own texts: en, fi, pt-BR")
  .option('--timezone <zone>', 'the time zone of its days: Europe/Helsinki')
  .option('--owner <name>', 'the person who runs it')
  .option('--feed <address>', 'a blog or a feed to follow; can be repeated', collect)
  .option('--from <file>', "take feeds and settings from another planet's configuration, or from OPML")
  .option('--engine <spec>', 'the engine for npm to install (default: this version)')
  .option('--no-install', 'do not run npm install')
  .configureHelp({ commandUsage: () => `npm create ${packageJson.name} [folder] -- [options]` })
  .addHelpText('after', '\nAt a terminal it asks for missing options; elsewhere they have defaults.')
  .action(create);

interface Options extends Partial<NewPlanet> {
  feed?: string[];
  from?: string;
  engine?: string;
  install: boolean;
}

async function create(to: string, options: Options): Promise<void> {
  const folder = resolve(to);
  const existing: string[] = await readdir(folder).catch(() => []);
  // The files of a new repository on a host are allowed.
  const others = existing.filter((name) => !['.git', 'README.md', 'LICENSE', '.gitignore'].includes(name));
  if (others.length > 0)
    throw new OperatorError(`${to} is not empty (${others.slice(0, 3).join(', ')}): choose a new folder.`, 2);
  const imported = options.from === undefined ? null : await readOther(options.from);
  const settings = imported === null ? null : importedSettings(imported);
  const values = { ...settings, owner: settings?.owner?.name };
  const { planet, feeds } = await askSettings(options, settings && values, titleFromFolder(folder));

  const files: Record<string, string> = {
    'planet.yaml':
      imported === null
        ? planetText(planet)
        : planetYaml(
            { ...settings, ...planet, owner: { ...settings?.owner, name: planet.owner } },
            newFeeds(imported, options.from ?? ''),
            { from: basename(options.from ?? ''), schema: SCHEMA, losses: imported.losses },
          ),
    'pages/about.mdx': aboutText(planet.title),
    ...repositoryFiles(slugify(basename(folder)) || 'planet', options.engine),
  };
  if (existing.includes('.gitignore'))
    files['.gitignore'] = withLines(await readFile(join(folder, '.gitignore'), 'utf8'), files['.gitignore'] ?? '');
  await fillFolder(folder, async () => {
    for (const [name, text] of Object.entries(files)) writeIfChanged(join(folder, name), text);
  });
  print(`Created in ${relative('.', folder) || '.'}: ${Object.keys(files).join(', ')}.`);
  for (const line of imported?.losses.lines(imported.feeds) ?? []) print(`Not converted, or only in part: ${line}`);
  for (const feed of feeds) addFeed(folder, feed);
  if (options.install) installEngine(folder);
  print(nextSteps(folder, planet.site, options.install));
}

/** A text with those lines of `more` added that it lacks. */
function withLines(text: string, more: string): string {
  const lines = new Set(text.split(/\r?\n/));
  const begun = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return begun + more.replace(/.*\n/g, (line) => (lines.has(line.trimEnd()) ? '' : line));
}

/**
 * The settings of a new planet and the addresses of its first blogs. Asks for missing ones at a terminal, again after
 * an invalid answer; elsewhere they have defaults, as `titleFromName`. `imported` are valid settings of another planet.
 * Throws an `OperatorError` if an option is not valid, or if the person stops.
 */
async function askSettings(
  options: Options,
  imported: { [key in keyof NewPlanet]?: string | undefined } | null,
  titleFromName: string,
): Promise<{ planet: NewPlanet; feeds: string[] }> {
  for (const key of ['title', 'site', 'language', 'timezone', 'owner'] as const) {
    const why = options[key] === undefined ? null : mistakeIn(key, options[key]);
    if (why !== null) throw new OperatorError(`--${key} ${options[key]}: ${why}`, 2);
  }
  const terminal = openTerminal();
  const ask = async (key: keyof NewPlanet, question: string, fallback: string) => {
    const value = options[key] ?? imported?.[key];
    if (value !== undefined || terminal === null) return value ?? fallback;
    for (;;) {
      const answer = (await terminal.ask(`${question} [${fallback}] `)) || fallback;
      const why = mistakeIn(key, answer);
      if (why === null) return answer;
      printError(`${answer} ${why}`);
    }
  };
  try {
    const title = await ask('title', 'The name of the planet?', titleFromName);
    const site = await ask('site', 'Its address, with the path?', EXAMPLE_SITE);
    const language = await ask('language', 'Its language (en, fi, pt-BR)?', 'en');
    const machineZone = terminal === null ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
    // It is undefined with `TZ=:/etc/localtime`, which the type does not say, and `Etc/Unknown` with an empty `TZ`.
    const zone = Planet.shape.timezone.catch('UTC').parse(machineZone);
    const timezone = await ask('timezone', 'The time zone of its days?', zone);
    const owner = await ask('owner', 'Who runs it?', `The owner of ${title}`);
    const isListed = options.feed !== undefined || imported !== null;
    const blogs = terminal === null || isListed ? '' : await terminal.ask(BLOGS);
    const feeds = options.feed ?? blogs.split(/[\s,]+/).filter(Boolean);
    return { planet: { title, site, language, timezone, owner }, feeds };
  } finally {
    terminal?.close();
  }
}

const BLOGS = 'The first blogs to follow? Addresses with spaces between them; empty for none. ';

/** The problem of a value, to be read after it; null if it is valid. */
function mistakeIn(key: keyof NewPlanet, value: string): string | null {
  const schema = key === 'owner' ? Owner.shape.name : Planet.shape[key];
  return schema.safeParse(value).error?.issues[0]?.message ?? null;
}

function titleFromFolder(folder: string): string {
  const words = slugify(basename(folder)).replaceAll('-', ' ');
  return words === '' ? 'A planet' : words[0]?.toUpperCase() + words.slice(1);
}

function installEngine(folder: string): void {
  // No dependency of the engine needs an install script.
  const npm = spawnSync('npm install --ignore-scripts --no-audit --no-fund', {
    cwd: folder,
    stdio: 'inherit',
    shell: true,
  });
  if (npm.status !== 0)
    throw new OperatorError(
      `npm could not install the engine; its message is above. Run "npm install --ignore-scripts" in ${folder} again.`,
    );
}

/** Runs `orrery add`, which also previews the feed. A failure sets the exit code, and the other feeds are still added. */
function addFeed(folder: string, feed: string): void {
  const program = fileURLToPath(new URL('../planet.ts', import.meta.url));
  const env = { ...process.env, PLANET_CONTENT: folder };
  const { status } = spawnSync(process.execPath, [program, 'add', feed], { cwd: folder, env, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

function nextSteps(folder: string, site: string, isInstalled: boolean): string {
  const path = relative('.', folder);
  const steps = [
    ...(path === '' ? [] : [[`cd ${/\s/.test(path) ? `"${path}"` : path}`]]),
    ...(isInstalled ? [] : [['npm install --ignore-scripts', 'install the engine']]),
    ['npx orrery add blog.example.org', 'follow a blog'],
    ['npm run build', 'read the feeds, build the site'],
    ['npm run preview', 'look at it'],
  ];
  const isRepository = existsSync(join(folder, '.git'));
  const publish = `${isRepository ? '' : 'git init --initial-branch=main, '}commit, and push it to GitHub`;
  const address = site === EXAMPLE_SITE ? ', and write its address into planet.yaml' : '';
  return [
    '',
    'Next steps:',
    ...steps.map(([command = '', purpose = '']) => `  ${command.padEnd(35)}${purpose}`.trimEnd()),
    `Then ${publish}${address}.`,
  ].join('\n');
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
