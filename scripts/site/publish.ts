import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Worker } from 'node:worker_threads';
import { clock, contentFolder, root } from '../../src/archive/environment.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import type { SiteData } from '../../src/data/site-data.ts';
import { filesBelow, foldersAbove, stateFolder } from '../disk/files.ts';
import { type App, compiledApp } from './app.ts';
import { type Folder, foldersOf } from './folders.ts';
import { keepYoungSpace } from './free-memory.ts';
import { install } from './install.ts';
import {
  checkFolder,
  type Fingerprint,
  fileChecker,
  fileOfPath,
  filesOf,
  type Manifest,
  pathsOf,
  type RenderedFolder,
  readManifest,
  renderedFolder,
} from './manifest.ts';
import { ownPageFiles } from './own-files.ts';
import { answersHasher, type RenderJob, readData, renderFolders, writeIfNew } from './render.ts';

/** The number of files that one thread renders before another thread is worth its start. */
const FILES_PER_THREAD = 10_000;

/**
 * Renders the folders of the site whose answers changed, or whose files others changed. The output folder stays as it
 * is until all are rendered. Throws an `OperatorError` if the archive cannot be published, and an error with the
 * address if a page cannot be rendered.
 */
export async function publish(output: string, filesPerThread = FILES_PER_THREAD) {
  keepYoungSpace(true);
  const now = clock().getTime();
  const data = await readData(output, now);
  const app = await compiledApp(contentFolder(), data.site);
  const copies = copiedFiles(app, data);
  const isRendered = pageFilter(copies);
  const ownPageIds = ownPageFiles(contentFolder()).map(({ id }) => id);
  const folders = foldersOf(data, ownPageIds).map(({ paths, ...folder }) => ({
    ...folder,
    paths: paths.filter(isRendered),
  }));
  const manifest = readManifest(output, 'pages');
  const unchanged = unchangedFolders(output, data, app, folders, manifest);
  const changed = folders.filter(({ name }) => !unchanged.has(name));
  keepYoungSpace(changed.length <= unchanged.size);

  const waiting = join(stateFolder(output), `${basename(output)}.waiting`);
  rmSync(waiting, { recursive: true, force: true });
  mkdirSync(waiting);
  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const job: RenderJob = { output, waiting, app, now, folders: changed, next, manifest };
  const rendered = await renderInThreads(data, filesPerThread, job);
  const after: Manifest = new Map([
    ...unchanged,
    ...rendered,
    [COPIES, writeCopies(output, waiting, copies, manifest)],
  ]);
  if (!isDeepStrictEqual(manifest, after)) install(output, waiting, manifest, after);
  rmSync(waiting, { recursive: true, force: true });
  return { rendered: changed.length, unchanged: unchanged.size, data, pages: after };
}

/** Whether no file of `public/` replaces a page. Throws an `OperatorError` if one has the name of its folder, or is in a folder of its name. */
function pageFilter(copies: ReadonlyMap<string, Buffer>): (path: string) => boolean {
  const foldersOfCopies = new Set([...copies.keys()].flatMap(foldersAbove));
  const firstName = (file: string) => file.split('/', 1)[0];
  const firstNames = new Set([...copies.keys()].map(firstName));
  return (path) => {
    const file = fileOfPath(path);
    // Nearly all: looking for every folder of each path took as long as making the paths.
    if (!firstNames.has(firstName(file))) return true;
    const name = foldersOfCopies.has(file) ? file : foldersAbove(file).find((folder) => copies.has(folder));
    if (name !== undefined)
      throw new OperatorError(`public/${name} is in the way of the page ${path}; give it another name.`);
    return !copies.has(file);
  };
}

const COPIES = 'copies';

/** Files that are published without rendering: scripts, styles and `public/` of the engine and of the operator. `_redirects` gets the planet's own rules added. */
function copiedFiles(app: App, data: SiteData): Map<string, Buffer> {
  const read = (folder: string, file: string) => [file, readFileSync(join(folder, file))] as const;
  const [engine, operator, assets] = [join(root, 'public'), join(contentFolder(), 'public'), app.assets];
  const ownFile = (file: string) => {
    if (!statSync(join(operator, file), { throwIfNoEntry: false })?.isFile())
      throw new OperatorError(
        `${join(operator, file)} is a link to a folder or to nothing; put the files themselves there.`,
      );
    return read(operator, file);
  };
  const copies = new Map([
    ...filesBelow(engine).map((file) => read(engine, file)),
    ...(existsSync(operator) ? filesBelow(operator).map(ownFile) : []),
    // Only this folder: when Astro compiled, it also copied `public/` there.
    ...filesBelow(assets, ASSETS).map((file) => read(assets, file)),
  ]);
  // The operator's file may end without a line feed.
  const rules = [copies.get(REDIRECTS) ?? Buffer.alloc(0), Buffer.from(`\n${data.one.redirects('planet').data()}`)];
  // Hosts need rules for single addresses, which are in the file, before rules with placeholders.
  return copies.set(REDIRECTS, Buffer.concat(rules));
}

const REDIRECTS = '_redirects';
const ASSETS = '_astro';

/** Writes changed copies to the waiting folder. Returns the row of all copies for the manifest. */
function writeCopies(
  output: string,
  waiting: string,
  copies: ReadonlyMap<string, Buffer>,
  manifest: Manifest,
): RenderedFolder {
  const check = fileChecker(output);
  const before = filesOf(manifest.get(COPIES));
  const files = [...copies].map(([file, bytes]): [string, Fingerprint] => {
    return [file, writeIfNew(check, waiting, file, bytes, before.get(file))];
  });
  return renderedFolder([], '', new Map(files));
}

function unchangedFolders(
  output: string,
  data: SiteData,
  app: App,
  folders: readonly Folder[],
  manifest: Manifest,
): Map<string, RenderedFolder> {
  const check = fileChecker(output);
  const hashAnswers = answersHasher(data, app);
  const unchanged = new Map<string, RenderedFolder>();
  for (const { name, paths } of folders) {
    const before = manifest.get(name);
    if (before === undefined || before.answers !== hashAnswers(before.questions)) continue;
    if (!isDeepStrictEqual(pathsOf(before), paths.map(fileOfPath))) continue;
    const now = checkFolder(check, before);
    if (now !== null) unchanged.set(name, now);
  }
  return unchanged;
}

async function renderInThreads(
  data: SiteData,
  filesPerThread: number,
  job: RenderJob,
): Promise<[string, RenderedFolder][]> {
  const { folders } = job;
  const files = folders.reduce((sum, { paths }) => sum + paths.length, 0);
  if (files === 0) return [];
  const threads = Math.min(availableParallelism(), Math.ceil(files / filesPerThread));
  const names = new Set(folders.map(({ name }) => name));
  // A thread gets a copy of its job: only the rows that it needs.
  const manifest = new Map([...job.manifest].filter(([name]) => names.has(name)));
  const others = Array.from({ length: threads - 1 }, () => renderInThread({ ...job, manifest }));
  return (await Promise.all([...others, renderFolders(data, job)])).flat();
}

/** V8 takes 134 MB for new objects, of which pages keep hardly any. */
const resourceLimits = { maxYoungGenerationSizeMb: 48 };

async function renderInThread(job: RenderJob): Promise<[string, RenderedFolder][]> {
  const thread = new Worker(new URL('./render-thread.ts', import.meta.url), { workerData: job, resourceLimits });
  const answer: [string, RenderedFolder][] | Pick<OperatorError, 'message' | 'exitCode'> = (
    await once(thread, 'message')
  )[0];
  if (Array.isArray(answer)) return answer;
  throw new OperatorError(answer.message, answer.exitCode);
}
