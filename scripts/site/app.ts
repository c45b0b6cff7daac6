import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { isPackage, outputFolder, root } from '../../src/archive/environment.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import type { QuestionLog } from '../../src/data/answers.ts';
import { printError } from '../cli.ts';
import {
  codeCacheFolder,
  discard,
  filesBelow,
  makeFolder,
  readChecked,
  stateFolder,
  writeChecked,
} from '../disk/files.ts';
import { withLockWaiting } from '../disk/lock.ts';
import { appHash, type CompiledSettings, filesHash } from './app-hash.ts';
import { pageMistakeLine, pageMistakes, refusePaths, themeMistake } from './own-files.ts';

/** The templates compiled into an app that renders any address. */
export interface App {
  /** Changes with everything that the app is compiled from. */
  hash: string;
  /** The module of `src/adapter/server.ts`. */
  server: string;
  /** The folder of scripts and styles, below `_astro/`. */
  assets: string;
}

/** The exports of `src/adapter/server.ts`. */
export interface Server {
  render: (address: string, asking: QuestionLog) => Promise<Response>;
}

const KIND = 'app 2';

/** The folder of compiled apps: next to the site if the engine is an installed package, else in the engine's repository. */
function appsFolder(): string {
  return join(isPackage ? stateFolder(outputFolder()) : join(root, '.orrery'), 'app');
}

/** The app for an operator's folder as it is after any wait, compiled if there is none with its hash. Throws an `OperatorError` if Astro fails. */
export async function compiledApp(folder: string, site: CompiledSettings): Promise<App> {
  const hash = () => appHash(folder, site);
  makeFolder(appsFolder());
  return readApp(hash()) ?? compilingAlone(async () => readApp(hash()) ?? compile(folder, hash()));
}

/** Only one compilation at a time works in Astro's own folder, which all planets of an engine share: those of a checkout, and those of an npm workspace. */
async function compilingAlone<T>(work: () => Promise<T>): Promise<T> {
  const own = join(root, '.astro');
  const folder = existsSync(own) ? own : root;
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new OperatorError(
      `Astro keeps files in ${folder}, and this user may not write there. Install the engine as this user, or let this user write there.`,
    );
  }
  return withLockWaiting(own, work);
}

export function compilingFolder(folder: string, site: CompiledSettings): string {
  return `${appFolder(appHash(folder, site))}.part`;
}

function appFolder(hash: string): string {
  return join(appsFolder(), hash.slice(0, 16));
}

function readApp(hash: string): App | null {
  const at = appFolder(hash);
  const files = readChecked(join(at, 'complete'), `${KIND} ${hash}`);
  if (files === null) return null;
  if (files !== hashOfApp(at)) {
    discard(at, 'is damaged');
    return null;
  }
  utimesSync(at, new Date(), new Date());
  return { hash, server: join(at, 'server', 'entry.mjs'), assets: join(at, 'client') };
}

function hashOfApp(at: string): string {
  const files = filesBelow(at).filter((file) => file !== 'complete');
  return filesHash(at, files);
}

async function compile(folder: string, hash: string): Promise<App> {
  refusePaths(root, folder, appsFolder());
  const mistakes = await pageMistakes(folder);
  if (mistakes.length > 0) throw new OperatorError(mistakes.map(pageMistakeLine).join('\n'), 2);
  const astro = join(dirname(createRequire(import.meta.url).resolve('astro/package.json')), 'bin', 'astro.mjs');
  // Absolute paths, because Astro runs in another folder.
  const paths = { PLANET_CONTENT: folder, PLANET_DIST: outputFolder() };
  // Rolldown's memory in huge pages took 0.3 GB more, and Node's compiled form of Astro is removed below: a quarter of the time.
  const lean = { MIMALLOC_ALLOW_THP: '0', NODE_DISABLE_COMPILE_CACHE: '1' };
  const env = { ...process.env, ...paths, ...lean, ORRERY_COMPILE_ONLY: '1', ASTRO_TELEMETRY_DISABLED: '1' };
  const { status, signal, error, stdout, stderr } = spawnSync(process.execPath, [astro, 'build'], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error !== undefined) throw error;
  if (signal !== null)
    throw new OperatorError(
      `Astro was stopped (${signal}) while it compiled the pages; perhaps the machine has too little memory. The last site stays unchanged.`,
    );
  const [, code] = MACHINE_FAULTS.find(([pattern]) => status !== 0 && pattern.test(stderr)) ?? [];
  if (code !== undefined) throw Object.assign(new Error(stderr), { code, path: appsFolder() });
  const messages = `${stdout}${stderr}`.replaceAll(NOISE, '').trim();
  if (messages !== '') printError(messages);
  if (status !== 0) {
    const mistake = themeMistake(folder) ?? 'its message above names the file, or the mistake is in theme.css';
    throw new OperatorError(`Astro could not compile the pages; ${mistake}. The last site stays unchanged.`);
  }
  return installApp(hash);
}

/** The words of Node and of Rolldown for faults of the machine. Their messages blame a bug. */
const MACHINE_FAULTS: readonly [RegExp, string][] = [
  [/ENOSPC|No space left on device/, 'ENOSPC'],
  [/EMFILE|Too many open files/, 'EMFILE'],
];

/** Parts of Astro's messages that help no operator: stack traces, places without a file, and a warning about a folder without pages. */
const NOISE = /^ +Stack trace:\n|^ +at .*\n?|^ +Location:\n +undefined:.*\n|^.*No files found matching.*\n?/gm;

function installApp(hash: string): App {
  const [part, at] = [`${appFolder(hash)}.part`, appFolder(hash)];
  rmSync(at, { recursive: true, force: true });
  rmSync(`${part}.cache`, { recursive: true, force: true });
  renameSync(part, at);
  writeChecked(join(at, 'complete'), `${KIND} ${hash}`, hashOfApp(at));
  const app = readApp(hash);
  if (app === null) throw new Error(`${at} is missing after its compilation`);
  removeUnused();
  return app;
}

/** Runs `npm run site` after `astro build`. */
export function publishBuild(folder: string, site: CompiledSettings): AstroIntegration {
  let unlock = async (): Promise<void> => {};
  return {
    name: 'orrery-publish',
    hooks: {
      'astro:config:setup': async ({ command, config }) => {
        if (command === 'build' && !process.env.ORRERY_COMPILE_ONLY) unlock = await lockAstro();
        // Astro's cache has paths of own pages, which may be those of another operator's folder.
        rmSync(config.cacheDir, { recursive: true, force: true });
      },
      'astro:build:done': async () => {
        if (process.env.ORRERY_COMPILE_ONLY) return;
        const hash = appHash(folder, site);
        // Another build may be using the existing app.
        if (readApp(hash) === null) installApp(hash);
        else rmSync(compilingFolder(folder, site), { recursive: true });
        await unlock();
        const { status } = spawnSync(process.execPath, [fileURLToPath(new URL('../site.ts', import.meta.url))], {
          stdio: 'inherit',
        });
        if (status !== 0) process.exit(status ?? 1);
      },
    },
  };
}

/** Keeps other compilations out, as `compiledApp` does, until the function that it returns is called. If Astro fails, the lock is that of a dead process. */
async function lockAstro(): Promise<() => Promise<void>> {
  const [locked, compiled] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const unlocked = compilingAlone(() => {
    locked.resolve();
    return compiled.promise;
  });
  await Promise.race([locked.promise, unlocked]);
  return () => {
    compiled.resolve();
    return unlocked;
  };
}

/**
 * Removes apps that nobody used for a day, because other planets of this checkout have their own apps, and Node's compiled form of
 * all modules: most is of former pages, or of another Node.
 */
function removeUnused(): void {
  for (const name of readdirSync(appsFolder())) {
    const path = join(appsFolder(), name);
    if (Date.now() - statSync(path).mtimeMs > 86_400_000) rmSync(path, { recursive: true, force: true });
  }
  const cache = codeCacheFolder(outputFolder());
  // Only files: at its end, this process writes into its folder there.
  if (existsSync(cache)) for (const file of filesBelow(cache)) rmSync(join(cache, file), { force: true });
}
