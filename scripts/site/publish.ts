import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { clock, contentFolder, root } from '../../src/archive/environment.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import type { SiteData } from '../../src/data/site-data.ts';
import { clearWay, makeFolder, throwAway, typeOf, writeAnew } from '../disk/files.ts';
import { type App, compiledApp } from './app.ts';
import { type Folder, fileOfPath, foldersOf } from './folders.ts';
import {
  checkFiles,
  type Fingerprint,
  fileChecker,
  fingerprint,
  type Manifest,
  type RenderedFolder,
  readManifest,
  writeManifest,
} from './manifest.ts';
import { filesBelow, foldersAbove, move, stateFolder } from './output-files.ts';
import { currentAnswers, readData, renderFolders, WAITING, type Work, writeWaiting } from './render.ts';

/** What became of the folders of a site. */
export interface Published {
  rendered: number;
  unchanged: number;
}

/** So many files are rendered by one thread before another is worth its start. */
const ALONE = 10_000;

/**
 * Renders every folder of the site whose questions to the archive would be answered otherwise than last time, or whose files are
 * not as they were written, and removes every file that belongs to none. Until all are rendered the output folder stays as it is.
 * Throws an `OperatorError` where the archive cannot be published, and an error that names the address where a page cannot be
 * rendered.
 * @param alone so many files are rendered by one thread
 */
export async function publish(output: string, alone = ALONE): Promise<Published> {
  const now = clock().getTime();
  const data = await readData(output, now);
  const app = await compiledApp(contentFolder(), data.site);
  const copies = copiedFiles(app, data);
  const folders = foldersOf(data, app.ownPages).map(({ paths, ...folder }) => ({
    ...folder,
    // A file of the operator's own comes before any page.
    paths: paths.filter((path) => !copies.has(fileOfPath(path))),
  }));
  const manifest = readManifest(output, 'pages');
  const unchanged = unchangedFolders(output, data, app, folders, manifest);
  const changed = folders.filter(({ name }) => !unchanged.has(name));

  const waiting = join(stateFolder(output), `${basename(output)}.waiting`);
  rmSync(waiting, { recursive: true, force: true });
  mkdirSync(waiting);
  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const order = changed.toSorted((a, b) => b.paths.length - a.paths.length);
  const rendered = await renderInThreads(data, alone, { output, waiting, app, now, folders: order, next, manifest });
  const made: Manifest = new Map([
    ...unchanged,
    ...rendered,
    [COPIES, keptOrPutAside(output, waiting, copies, manifest)],
  ]);
  if (!isSame(manifest, made)) install(output, waiting, manifest, made);
  rmSync(waiting, { recursive: true, force: true });
  return { rendered: changed.length, unchanged: unchanged.size };
}

/** Name, among the folders of the site, of the files that are copied as they are. */
const COPIES = 'copies';

/** Files that are published as they are: scripts and styles, and `public/`, in which `_redirects` gets the planet's own rules. */
function copiedFiles(app: App, data: SiteData): Map<string, Buffer> {
  const bytesOf = (at: string, file: string) => [file, readFileSync(join(at, file))] as const;
  const [own, assets] = [join(root, 'public'), app.assets];
  const copies = new Map([
    ...filesBelow(own).map((file) => bytesOf(own, file)),
    // Beside these Astro has copied what lay in `public/` as it compiled.
    ...filesBelow(assets, ASSETS).map((file) => bytesOf(assets, file)),
  ]);
  const rules = [copies.get(REDIRECTS) ?? Buffer.alloc(0), Buffer.from(data.one.redirects('planet').data)];
  // Hosts want the rules that name one address first.
  return copies.set(REDIRECTS, Buffer.concat(rules));
}

const REDIRECTS = '_redirects';

/** Where Astro puts scripts and styles. */
const ASSETS = '_astro';

function keptOrPutAside(
  output: string,
  waiting: string,
  copies: ReadonlyMap<string, Buffer>,
  manifest: Manifest,
): RenderedFolder {
  const look = fileChecker(output);
  const before = manifest.get(COPIES)?.files;
  const files = [...copies].map(([file, bytes]): [string, Fingerprint] => {
    const known = before?.get(file);
    const same = known?.[2] === hash('sha256', bytes) ? look(file, known) : null;
    return [file, same ?? writeWaiting(waiting, file, bytes)];
  });
  return { questions: [], answers: '', entries: 0, files: new Map(files) };
}

/** What is remembered of the folders that would be the same again, and whose files are as they were written. */
function unchangedFolders(
  output: string,
  data: SiteData,
  app: App,
  folders: readonly Folder[],
  manifest: Manifest,
): Map<string, RenderedFolder> {
  const look = fileChecker(output);
  const answers = new Map<string, string>();
  const unchanged = new Map<string, RenderedFolder>();
  for (const { name, paths } of folders) {
    const made = manifest.get(name);
    if (made === undefined || made.answers !== currentAnswers(data, app, made.questions, answers)) continue;
    if (made.files.size !== paths.length || !paths.every((path) => made.files.has(fileOfPath(path)))) continue;
    const files = checkFiles(look, made.files);
    if (files !== null) unchanged.set(name, files === made.files ? made : { ...made, files });
  }
  return unchanged;
}

async function renderInThreads(data: SiteData, alone: number, work: Work): Promise<[string, RenderedFolder][]> {
  const { folders } = work;
  const files = folders.reduce((sum, { paths }) => sum + paths.length, 0);
  if (files === 0) return [];
  const threads = Math.min(availableParallelism(), Math.ceil(files / alone));
  const names = new Set(folders.map(({ name }) => name));
  const manifest = new Map([...work.manifest].filter(([name]) => names.has(name)));
  const others = Array.from({ length: threads - 1 }, () => inThread({ ...work, manifest }));
  const done = await Promise.all([...others, renderFolders(data, work)]);
  return done.flat();
}

function inThread(work: Work): Promise<[string, RenderedFolder][]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./render-thread.ts', import.meta.url), { workerData: work });
    thread.on('error', reject);
    thread.on('message', (done: [string, RenderedFolder][] | Pick<OperatorError, 'message' | 'exitCode'>) => {
      if (Array.isArray(done)) resolve(done);
      else reject(new OperatorError(done.message, done.exitCode));
    });
  });
}

function isSame(before: Manifest, after: Manifest): boolean {
  return (
    before.size === after.size &&
    [...after].every(([name, made]) => before.get(name) === made || isAlike(before.get(name), made))
  );
}

function isAlike(before: RenderedFolder | undefined, after: RenderedFolder): boolean {
  if (before?.answers !== after.answers || before.files.size !== after.files.size) return false;
  return [...after.files].every(([file, print]) => before.files.get(file) === print);
}

/**
 * Moves what was rendered into the output folder and removes what is no part of the site. Killed at any point, the next build
 * finds the folders that were being changed without their answers, and renders them again.
 */
function install(output: string, waiting: string, before: Manifest, made: Manifest): void {
  makeFolder(output);
  const changed = [...new Set([...before.keys(), ...made.keys()])].filter(
    (name) => before.get(name) !== made.get(name),
  );
  const filesOf = (name: string) => [...(before.get(name)?.files ?? []), ...(made.get(name)?.files ?? [])];
  const begun = changed.map((name): [string, RenderedFolder] => {
    return [name, { questions: [], answers: '', entries: 0, files: new Map(filesOf(name)) }];
  });
  writeManifest(output, 'pages', new Map([...before, ...begun]));
  // An entry's page may lie in another month's folder: its path is of the time zone that the planet had when it came.
  const touched = new Set(begun.flatMap(([, { files }]) => [...files.keys()].flatMap(foldersAbove)));
  moveInto(output, waiting, '');
  for (const name of changed) {
    const each = made.get(name);
    if (each === undefined) continue;
    const installed = [...each.files].map(([file, print]): [string, Fingerprint] => {
      return [file, print[1] === WAITING ? fingerprint(output, file, print[2]) : print];
    });
    made.set(name, { ...each, files: new Map(installed) });
  }
  sweep(output, made, touched);
  writeManifest(output, 'pages', made);
}

/** Moves what waits into the output folder: a folder that is not there yet as a whole. */
function moveInto(output: string, waiting: string, folder: string): void {
  for (const found of readdirSync(join(waiting, folder), { withFileTypes: true })) {
    const path = join(folder, found.name);
    const there = typeOf(join(output, path));
    const wanted: 'folder' | 'file' = found.isDirectory() ? 'folder' : 'file';
    if (there !== null && there !== wanted) throwAway(join(output, path), `is no ${wanted}`);
    if (there === 'folder' && wanted === 'folder') {
      makeFolder(join(output, path));
      moveInto(output, waiting, path);
    } else move(join(waiting, path), join(output, path));
  }
}

const DIGEST = 'digest.txt';

/** What scripts/site/search and `writeDigest` put into the output folder. */
const OTHERS = new Set(['pagefind', DIGEST]);

/**
 * Removes files that are no part of the site, and folders that are left empty; it does not look into folders of the site in which
 * nothing has changed.
 * @param touched folders of files that have
 */
function sweep(output: string, made: Manifest, touched: ReadonlySet<string>): void {
  const wanted = new Set([...made.values()].flatMap(({ files }) => [...files.keys()]));
  const look = (folder: string): void => {
    for (const found of readdirSync(join(output, folder), { withFileTypes: true })) {
      const path = folder === '' ? found.name : `${folder}/${found.name}`;
      if (OTHERS.has(path) || (made.has(path) && !touched.has(path))) continue;
      if (!found.isDirectory()) {
        if (!wanted.has(path)) rmSync(join(output, path));
        continue;
      }
      makeFolder(join(output, path));
      look(path);
      if (readdirSync(join(output, path)).length === 0) rmdirSync(join(output, path));
    }
  };
  look('');
}

/** One line that stands for every byte of the site, published with it: scripts/ci/is-deployed.ts compares it with the one online. */
export function writeDigest(output: string): void {
  const files = [...readManifest(output, 'pages').values(), ...readManifest(output, 'search').values()].flatMap(
    (made) => [...made.files],
  );
  const lines = files.map(([path, [, , written]]) => `${path} ${written}\n`);
  // Written beside the output folder: of a build that is killed nothing half-written may be published.
  const written = join(stateFolder(output), `${basename(output)}.digest`);
  writeAnew(written, `${hash('sha256', lines.sort().join(''))}\n`);
  clearWay(output, DIGEST);
  move(written, join(output, DIGEST));
}
