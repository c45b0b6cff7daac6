import { spawnSync } from 'node:child_process';
import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AstroIntegration } from 'astro';
import { z } from 'astro/zod';
import type { QuestionLog } from '../../src/adapter/asking.ts';
import { isPackage, outputFolder, root } from '../../src/archive/environment.ts';
import { OWN_MESSAGES } from '../../src/archive/messages.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import type { Planet } from '../../src/core/planet.ts';
import type { Messages } from '../../src/i18n/catalogue.ts';
import { makeFolder, readChecked, throwAway, writeChecked } from '../disk/files.ts';
import { inTurn } from '../snapshot/lock.ts';
import { filesBelow, stateFolder } from './output-files.ts';
import { pageMistakeLine, pageMistakes } from './own-pages.ts';

/** The templates compiled into an app that renders any address. */
export interface App {
  /** Another whenever a page might be rendered otherwise. */
  hash: string;
  /** The module of `src/adapter/server.ts`. */
  server: string;
  /** Scripts and styles that the pages load, below `_astro/`. */
  assets: string;
  /** Ids of the operator's own pages. */
  ownPages: string[];
}

/** What `src/adapter/server.ts` exports. */
export interface Server {
  render: (address: string, asking: QuestionLog) => Promise<Response>;
  ownPages: () => Promise<string[]>;
}

/** What the operator says that is compiled into the app. */
export interface Compiled {
  planet: Pick<Planet, 'site' | 'theme' | 'language'>;
  messages: Messages;
}

const KIND = 'app 1';
/** What is remembered of a compiled app: ids of own pages, and a hash of its files. */
const Remembered = z.tuple([z.array(z.string()), z.string()]);

/** Where compiled apps lie: beside the site of an operator who installed the engine, else in its repository, for all of its planets. */
function apps(): string {
  return join(isPackage ? stateFolder(outputFolder()) : join(root, '.orrery'), 'app');
}

/**
 * The app for an operator's folder; compiled only where there is none of the same engine, theme, own pages, base path and words.
 * Throws an `OperatorError` where it cannot be compiled.
 */
export async function compiledApp(folder: string, site: Compiled): Promise<App> {
  const hash = appHash(folder, site);
  makeFolder(apps());
  // Astro keeps files of its own in one place of a checkout: two that compile at once would break each other's.
  return readApp(hash) ?? inTurn(apps(), async () => readApp(hash) ?? compile(folder, hash));
}

/** Where `astro build` writes the app until it is complete. */
export function compilingFolder(folder: string, site: Compiled): string {
  return `${appFolder(appHash(folder, site))}.part`;
}

function appFolder(hash: string): string {
  return join(apps(), hash.slice(0, 16));
}

function readApp(hash: string): App | null {
  const at = appFolder(hash);
  const text = readChecked(join(at, 'complete'), `${KIND} ${hash}`);
  if (text === null) return null;
  const [ownPages, files] = Remembered.parse(JSON.parse(text));
  if (files !== filesHash(at)) {
    throwAway(at, 'is damaged');
    return null;
  }
  utimesSync(at, new Date(), new Date());
  return { hash, server: join(at, 'server', 'entry.mjs'), assets: join(at, 'client'), ownPages };
}

function filesHash(app: string): string {
  const all = createHash('sha256');
  for (const file of filesBelow(app).filter((file) => file !== 'complete')) addFile(all, app, file);
  return all.digest('hex');
}

/** Adds a file's name and bytes to a hash; of a link to a folder, or to nothing, the name. */
function addFile(hash: Hash, folder: string, file: string): void {
  const path = join(folder, file);
  hash.update(`\n${file}\n`);
  if (isFile(path)) hash.update(readFileSync(path));
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

async function compile(folder: string, hash: string): Promise<App> {
  const mistakes = pageMistakes(folder);
  if (mistakes.length > 0) throw new OperatorError(mistakes.map(pageMistakeLine).join('\n'), 2);
  const astro = join(dirname(createRequire(import.meta.url).resolve('astro/package.json')), 'bin', 'astro.mjs');
  const env = { ...process.env, PLANET_CONTENT: folder, ORRERY_COMPILE_ONLY: '1', ASTRO_TELEMETRY_DISABLED: '1' };
  const { status } = spawnSync(process.execPath, [astro, 'build'], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0)
    throw new OperatorError(
      'Astro could not compile the pages; it says above which file it is. The last site stays as it is.',
    );
  return installApp(hash);
}

/** Puts what `astro build` wrote in its place. */
async function installApp(hash: string): Promise<App> {
  const [part, at] = [`${appFolder(hash)}.part`, appFolder(hash)];
  rmSync(at, { recursive: true, force: true });
  rmSync(`${part}.cache`, { recursive: true, force: true });
  renameSync(part, at);
  const { ownPages }: Server = await import(pathToFileURL(join(at, 'server', 'entry.mjs')).href);
  writeChecked(join(at, 'complete'), `${KIND} ${hash}`, JSON.stringify([await ownPages(), filesHash(at)]));
  const app = readApp(hash);
  if (app === null) throw new Error(`${at} was compiled and is not there`);
  removeUnused();
  return app;
}

/**
 * `astro build` makes the whole site too: the pages are compiled, and then published as `npm run site` does it. `astro dev`
 * begins anew when `planet.yaml` or `messages.yaml` changes, of which Astro's own settings are made.
 */
export function publishBuild(folder: string, site: Compiled): AstroIntegration {
  return {
    name: 'orrery-publish',
    hooks: {
      'astro:config:setup': ({ addWatchFile, config }) => {
        for (const file of ['planet.yaml', OWN_MESSAGES]) addWatchFile(join(folder, file));
        // It remembers where hand-written pages lay, and those of another operator's folder may lie there no more.
        rmSync(config.cacheDir, { recursive: true, force: true });
      },
      'astro:build:done': async () => {
        if (process.env.ORRERY_COMPILE_ONLY) return;
        const hash = appHash(folder, site);
        // Another build may be rendering with the one that is there.
        if (readApp(hash) === null) await installApp(hash);
        else rmSync(compilingFolder(folder, site), { recursive: true });
        const { status } = spawnSync(process.execPath, [fileURLToPath(new URL('../site.ts', import.meta.url))], {
          stdio: 'inherit',
        });
        if (status !== 0) process.exit(status ?? 1);
      },
    },
  };
}

const DAY_MS = 86_400_000;

/** Other planets of this checkout have their own; what nobody used for a day goes. */
function removeUnused(): void {
  for (const name of readdirSync(apps())) {
    const path = join(apps(), name);
    if (Date.now() - statSync(path).mtimeMs > DAY_MS) rmSync(path, { recursive: true, force: true });
  }
}

const ENGINE = ['src', 'astro.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];
/** Operators' folders among the engine's code. */
const NOT_ENGINE = ['src/content/', 'src/demo/'];

/** What a snapshot reads or writes, what pages ask the archive for, what is built, installed or ejected, and what tools keep beside it. */
const NOT_COMPILED = new Set(['archive', 'feeds', 'planet.yaml', OWN_MESSAGES, 'dist', 'node_modules', 'engine']);

/** Files of the operator's folder that the app may be compiled from. */
function ownFiles(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => !NOT_COMPILED.has(name) && !name.startsWith('.'));
  // Nothing but own pages, slots and an own style can refer to other files of the folder.
  const isOwn = ['theme.css', 'pages', 'slots'].some((name) => names.includes(name));
  return (isOwn ? names : names.filter((name) => name === 'package-lock.json'))
    .flatMap((name) => filesBelow(folder, name))
    .sort();
}

/** Of all that is compiled: the engine's code and libraries, the operator's own pages and style, and what `astro.config.mjs` reads of `planet.yaml` and `messages.yaml`. */
function appHash(folder: string, { planet: { site, theme, language }, messages }: Compiled): string {
  const engine = ENGINE.filter((name) => existsSync(join(root, name)))
    .flatMap((name) => filesBelow(root, name))
    .filter((file) => !NOT_ENGINE.some((start) => file.startsWith(start)));
  const all = createHash('sha256').update(
    JSON.stringify([process.version, new URL(site).pathname, theme, language, messages]),
  );
  for (const file of engine) addFile(all, root, file);
  for (const file of ownFiles(folder)) addFile(all, folder, file);
  return all.digest('hex');
}
