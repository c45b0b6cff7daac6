import { hash } from 'node:crypto';
import { cpSync, lstatSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { linkTarget } from '../../src/archive/link-target.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { foldersAbove, makeFolder, removeUnless, stateFolder, typeOf, UNFINISHED, writeAnew } from '../disk/files.ts';
import {
  DIGEST,
  type Fingerprint,
  filesOf,
  fingerprint,
  type Manifest,
  pathsOf,
  type RenderedFolder,
  readManifest,
  renderedFolder,
  SEARCH_FOLDER,
  writeManifest,
} from './manifest.ts';
import { WAITING } from './render.ts';

/** Files that every built site has: the second one also a site of an old version. */
const SITE_FILES = [DIGEST, 'status.json'];

/** Throws an `OperatorError` if the output folder is not a site's: `install` would remove all files there. */
export function checkOutput(output: string, content: string): void {
  const why = whyNotIn(output, content);
  if (why !== null)
    throw new OperatorError(
      `The site cannot be built in ${output}: ${why}. Set PLANET_DIST to a new or empty folder.`,
      2,
    );
}

function whyNotIn(output: string, content: string): string | null {
  if (linkTarget(output, content) === 'inside') return 'your planet.yaml is there';
  const ownFolder = OWN_FOLDERS.find((name) => `${output}${sep}`.startsWith(`${join(content, name)}${sep}`));
  if (ownFolder !== undefined) return `the build reads your own files from ${ownFolder}`;
  const names = typeOf(output) === null ? [] : folderNamesIn(output);
  if (names.length === 0 || SITE_FILES.some((name) => names.includes(name))) return null;
  // A first build that was killed while its files were moved. Read last: the manifest of a large site is long.
  if (readManifest(output, 'pages').size > 0) return null;
  return `it is not the folder of a site (it has ${names.slice(0, 3).join(', ')}), and a build removes all other files`;
}

const OWN_FOLDERS = ['archive', 'pages', 'public', 'slots'];

/** The names in a folder; none if it is unreadable or a file, which the build replaces. */
function folderNamesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Moves the waiting files in. If killed, their folders have no answers in the manifest, and are rendered again. */
export function install(output: string, waiting: string, before: Manifest, after: Manifest): void {
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
  refuseMissingFiles(
    waiting,
    changed.flatMap((name) => after.get(name) ?? []),
  );
  makeFolder(output);
  const changing = changed.map((name): [string, Map<string, Fingerprint>] => {
    return [name, new Map([...filesOf(before.get(name)), ...filesOf(after.get(name))])];
  });
  const unanswered = changing.map(([name, files]) => [name, renderedFolder([], '', files)] as const);
  writeManifest(output, 'pages', new Map([...before, ...unanswered]));
  // The file of a page may be in the folder of another month: its path keeps the time zone that the planet had at first sight.
  const touched = new Set(changing.flatMap(([, files]) => [...files.keys()].flatMap(foldersAbove)));
  moveInto(output, waiting, '');
  for (const name of changed) {
    const folder = after.get(name);
    if (folder === undefined) continue;
    const installed = [...filesOf(folder)].map(([file, print]): [string, Fingerprint] => {
      return [file, print[1] === WAITING ? fingerprint(output, file, print[2]) : print];
    });
    after.set(name, renderedFolder(folder.questions, folder.answers, new Map(installed)));
  }
  removeOthers(output, after, touched);
  writeManifest(output, 'pages', after);
}

/** Throws if a rendered file is not in the waiting folder with all its bytes: the manifest would store the new hash for an old file. */
function refuseMissingFiles(waiting: string, folders: readonly RenderedFolder[]): void {
  for (const [file, [size, time]] of folders.flatMap((folder) => [...filesOf(folder)])) {
    if (time !== WAITING || lstatSync(join(waiting, file), { throwIfNoEntry: false })?.size === size) continue;
    throw new OperatorError(`${join(waiting, file)} was removed or changed during the build; run it again.`);
  }
}

/** Moves the content of a waiting folder; a folder that the output folder lacks is moved whole. */
function moveInto(output: string, waiting: string, folder: string): void {
  for (const found of readdirSync(join(waiting, folder), { withFileTypes: true })) {
    const path = join(folder, found.name);
    const wanted = found.isDirectory() ? 'folder' : 'file';
    if (removeUnless(wanted, join(output, path)) && wanted === 'folder') {
      makeFolder(join(output, path));
      moveInto(output, waiting, path);
    } else move(join(waiting, path), join(output, path));
  }
}

/** Moves a file, or a folder if there is none at `to`. To another disk it only copies: the caller removes `from` later. */
export function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const copy = `${to}${UNFINISHED}`;
    try {
      cpSync(from, copy, { recursive: true, preserveTimestamps: true });
      renameSync(copy, to);
    } catch (failure) {
      rmSync(copy, { recursive: true, force: true });
      throw failure;
    }
  }
}

/** Written by scripts/site/search and `writeDigest`. */
const NOT_PAGES = new Set([SEARCH_FOLDER, DIGEST]);

/** Removes files that do not belong to the site, and empty folders; skips folders that were not `touched`. */
function removeOthers(output: string, manifest: Manifest, touched: ReadonlySet<string>): void {
  const wanted = new Set(manifest.values().flatMap(pathsOf));
  const clean = (folder: string): void => {
    for (const found of readdirSync(join(output, folder), { withFileTypes: true })) {
      const path = folder === '' ? found.name : `${folder}/${found.name}`;
      if (NOT_PAGES.has(path) || (manifest.has(path) && !touched.has(path))) continue;
      if (!found.isDirectory()) {
        if (!wanted.has(path)) rmSync(join(output, path));
        continue;
      }
      makeFolder(join(output, path));
      clean(path);
      if (readdirSync(join(output, path)).length === 0) rmdirSync(join(output, path));
    }
  };
  clean('');
}

/** Writes `digest.txt`: a hash of all files of the site. scripts/ci/published-site.ts compares it with the published one. */
export function writeDigest(output: string, manifests: readonly Manifest[]): void {
  const sums = manifests.flatMap((manifest) => [...manifest.values()].map(({ sum }) => sum));
  // Written outside the output folder first: a build that is killed must not publish half a file.
  const waiting = join(stateFolder(output), `${basename(output)}.digest`);
  writeAnew(waiting, `${hash('sha256', sums.sort().join())}\n`);
  removeUnless('file', join(output, DIGEST));
  move(waiting, join(output, DIGEST));
}
