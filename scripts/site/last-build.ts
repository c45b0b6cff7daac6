import { hash } from 'node:crypto';
import { lstatSync, readdirSync, rmSync, type Stats } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { clock, ENGINE_FILES, OPERATOR_FOLDERS, root } from '../../src/archive/environment.ts';
import type { BuildTime } from '../../src/core/build-time.ts';
import { readChecked, stateFolder, writeChecked } from '../disk/files.ts';
import {
  checkFolder,
  DIGEST,
  fileChecker,
  manifestFile,
  readManifest,
  SEARCH_FOLDER,
  SEARCH_LIST,
} from './manifest.ts';

/** A complete build. While its input and its files stay as they are, all answers are the same, and no page has to ask. */
interface LastBuild {
  /** A hash of the state of all files that it was built from (`inputState`). */
  input: string;
  /** The time of the build, and the first time at which it could have another result; in milliseconds since 1970. */
  from: number;
  until: number;
  /** The state of its manifests, and of the files that no manifest lists. */
  files: string;
  /** The lines that a build in which nothing changed prints, and sentences for the operator. */
  results: string[];
  advice: string[];
}

const KIND = 'last build 1';

/** Milliseconds. An app that no build has used for a day is removed (`app.ts`), and pages may need it again. */
const LONGEST = 12 * 3_600_000;

/** Names in the operator's folder that no build reads. */
const NOT_READ = new Set(['.git', 'node_modules', 'engine']);
const ENGINE = ['src', 'scripts', 'public', ...ENGINE_FILES];

/** Milliseconds. A second change of a file may have the time of the first one; some disks count in two seconds. */
const [TICK, COARSE_TICK] = [50, 2_000];

/**
 * A hash of the sizes and times of all files that a build reads, of the operator and of the engine; null if they do not tell
 * every change: a link leads elsewhere, or a file was changed just now.
 */
function inputState(folder: string, output: string): string | null {
  const libraries = dirname(dirname(findPackageJSON('astro', import.meta.url) ?? root));
  const notOfEngine = OPERATOR_FOLDERS.map((name) => join(root, name));
  const without = new Set([output, stateFolder(output), join(folder, 'archive', '.lock'), ...notOfEngine]);
  // Sentences name files from the current folder.
  const states = [JSON.stringify(process.versions), process.cwd(), folder];
  let newest = 0;
  const add = (path: string): void => {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found?.isSymbolicLink()) newest = Number.POSITIVE_INFINITY;
    if (found?.isDirectory()) {
      // An empty one may be in the place of a file.
      states.push(path);
      for (const name of readdirSync(path).sort()) if (!without.has(join(path, name))) add(join(path, name));
    } else {
      newest = Math.max(newest, found?.ctimeMs ?? 0);
      states.push(stateOf(path, found));
    }
  };
  try {
    const own = readdirSync(folder).filter((name) => !NOT_READ.has(name) && !name.endsWith('.log'));
    for (const name of own.sort()) if (!without.has(join(folder, name))) add(join(folder, name));
    for (const name of ENGINE) add(join(root, name));
    // npm's list of the packages that are there: it changes with each of them, also with those for one kind of machine.
    add(join(libraries, '.package-lock.json'));
  } catch {
    // The build tells about it.
    return null;
  }
  const age = Date.now() - newest;
  return age > (newest % 1_000 === 0 ? COARSE_TICK : TICK) ? hash('sha256', states.join('\n')) : null;
}

function stateOf(path: string, found: Stats | undefined = lstatSync(path, { throwIfNoEntry: false })): string {
  return `${path} ${found?.size} ${found?.mtimeMs} ${found?.ctimeMs}`;
}

/** Builds, unless the last build was complete and would be the same. `isSame` is whether it did not build. */
export async function buildUnlessSame(
  output: string,
  folder: string,
  build: () => Promise<Pick<LastBuild, 'results' | 'advice'> & { time: BuildTime }>,
) {
  const input = inputState(folder, output);
  const last = unchangedBuild(output, input);
  if (last !== null) return { ...last, isSame: true };
  // A build that is killed leaves none.
  rmSync(lastBuildFile(output), { recursive: true, force: true });
  const { time, results, advice } = await build();
  if (input !== null) {
    const until = Math.min(time.next(), time.now + LONGEST);
    const made: LastBuild = { input, from: time.now, until, files: otherFiles(output), results, advice };
    writeChecked(lastBuildFile(output), KIND, JSON.stringify(made));
  }
  return { results, advice, isSame: false };
}

function unchangedBuild(output: string, input: string | null): LastBuild | null {
  const text = input === null ? null : readChecked(lastBuildFile(output), KIND);
  const last: LastBuild | null = text === null ? null : JSON.parse(text);
  const now = clock().getTime();
  const isCurrent = last?.input === input && last.from <= now && now < last.until && last.files === otherFiles(output);
  return isCurrent && hasAllFiles(output) ? last : null;
}

function lastBuildFile(output: string): string {
  return join(stateFolder(output), `${basename(output)}.last`);
}

const KINDS = ['pages', 'search'] as const;

function otherFiles(output: string): string {
  const files = [join(output, DIGEST), join(output, SEARCH_FOLDER, SEARCH_LIST)];
  return [...files, ...KINDS.map((kind) => manifestFile(output, kind))].map((path) => stateOf(path)).join('\n');
}

function hasAllFiles(output: string): boolean {
  const check = fileChecker(output);
  return KINDS.every((kind) =>
    readManifest(output, kind)
      .values()
      .every((folder) => checkFolder(check, folder) === folder),
  );
}
