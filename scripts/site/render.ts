import { hash } from 'node:crypto';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { archiveFolder, monthFile } from '../../src/archive/archive.ts';
import { contentFolder, root } from '../../src/archive/environment.ts';
import { readSummaries } from '../../src/archive/read-entries.ts';
import type { StoredSummary } from '../../src/core/entry.ts';
import { memoized } from '../../src/core/memoized.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { absolute, routes } from '../../src/core/paths.ts';
import type { QuestionLog } from '../../src/data/answers.ts';
import { readSite } from '../../src/data/read-site.ts';
import { answerHash, type SiteData, siteData } from '../../src/data/site-data.ts';
import { makeFolder, readChecked, stateFolder, writeChecked, writeNew } from '../disk/files.ts';
import { yamlCache } from '../disk/yaml-cache.ts';
import type { App, Server } from './app.ts';
import { engineHash } from './app-hash.ts';
import type { Folder } from './folders.ts';
import { collectSooner } from './free-memory.ts';
import {
  type FileCheck,
  type Fingerprint,
  fileChecker,
  fileOfPath,
  filesOf,
  fingerprint,
  type Manifest,
  type RenderedFolder,
  renderedFolder,
} from './manifest.ts';

export interface RenderJob {
  output: string;
  /** The folder of rendered files until all pages are rendered. */
  waiting: string;
  app: App;
  /** The time of the build, in milliseconds since 1970: the same in all threads. */
  now: number;
  folders: readonly Folder[];
  /** The index of the next group of folders (`foldersByMonth`). Each thread takes it and adds one. */
  next: Int32Array;
  /** The manifest of the last build. */
  manifest: Manifest;
}

/** Stands for the time in the fingerprint of a file that is not in the output folder yet. */
export const WAITING = 0;

/** All data that pages can ask for. Throws an `OperatorError` if it cannot be published. */
export async function readData(output: string, now: number): Promise<SiteData> {
  const folder = contentFolder();
  const archive = archiveFolder(folder);
  const summaries = cachedSummaries(join(stateFolder(output), 'summaries'));
  const site = await readSite(folder, archive, summaries, yamlCache(output));
  return siteData(site, archive, new Date(now));
}

interface CachedMonth {
  /** A hash of the code that read them: with another one the cache is not used. */
  engine: string;
  /** The month's file when they were read. */
  print: Fingerprint;
  summaries: StoredSummary[];
}

const KIND = 'summaries 6';

/** A `readSummaries` that caches the summaries in `folder`: without it every build would parse the whole archive. */
export function cachedSummaries(folder: string): typeof readSummaries {
  makeFolder(folder);
  const engine = engineHash(root);
  return async (archive, month) => {
    const file = basename(monthFile(archive, month));
    const path = join(folder, `${month}.json`);
    const text = readChecked(path, KIND);
    const cached: CachedMonth | null = text === null ? null : JSON.parse(text);
    const same = cached?.engine === engine ? fileChecker(archive)(file, cached.print) : null;
    if (cached !== null && same === cached.print) return cached.summaries;
    // A fresh checkout gives every file a new time.
    const print = same ?? fingerprint(archive, file);
    const summaries = cached !== null && same !== null ? cached.summaries : await readSummaries(archive, month);
    writeChecked(path, KIND, JSON.stringify({ engine, print, summaries } satisfies CachedMonth));
    return summaries;
  };
}

/** Renders folders of a job until none is left; returns their rows. Throws an error with the address of a page. */
export async function renderFolders(data: SiteData, job: RenderJob): Promise<[string, RenderedFolder][]> {
  const { output, waiting, app, folders, next, manifest } = job;
  const server: Server = await import(pathToFileURL(app.server).href);
  const check = fileChecker(output);
  const hashAnswers = answersHasher(data, app);
  collectSooner();
  const rendered: [string, RenderedFolder][] = [];
  const groups = foldersByMonth(folders);
  for (;;) {
    const group = groups[Atomics.add(next, 0, 1)];
    if (group === undefined) return rendered;
    for (const { name, paths } of group) {
      const before = filesOf(manifest.get(name));
      const asked = new Set<string>();
      const files = new Map<string, Fingerprint>();
      for (const path of paths) {
        const bytes = await renderPage(server, data, path, (question) => asked.add(JSON.stringify(question)));
        const file = fileOfPath(path);
        files.set(file, writeIfNew(check, waiting, file, bytes, before.get(file)));
      }
      const questions = [...asked].sort();
      rendered.push([name, renderedFolder(questions, hashAnswers(questions), files)]);
    }
  }
}

/** Folders of one month together, others alone: so a thread reads the entries of a month from the archive, and only once. */
function foldersByMonth(folders: readonly Folder[]): Folder[][] {
  const month = ({ name }: Folder) => /^(?:atom\/)?(\d{4}[-/]\d\d)/.exec(name)?.[1]?.replace('-', '/') ?? name;
  return [...Map.groupBy(folders, month).values()];
}

/** The bytes of the page at an address. Throws an error with the address if there is no such page or it is empty. */
async function renderPage(server: Server, data: SiteData, path: string, note: QuestionLog['note']): Promise<Buffer> {
  const failures: unknown[] = [];
  const log: QuestionLog = { data, note, fail: (error) => failures.push(error) };
  const response = await server.render(absolute(data.site.planet.site, path), log).catch((error: unknown) => {
    failures.push(error);
    return null;
  });
  const [failure] = failures;
  if (failure instanceof OperatorError) throw failure;
  if (response === null || failure !== undefined)
    throw new Error(`The page ${path} cannot be rendered: ${failure instanceof Error ? failure.message : failure}`, {
      cause: failure,
    });
  const wanted = path === routes.notFound ? 404 : 200;
  if (response.status !== wanted)
    throw new OperatorError(
      `The page ${path} cannot be rendered: its status is ${response.status}. The last site stays unchanged.`,
    );
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.length === 0) throw new OperatorError(`The page ${path} is empty. The last site stays unchanged.`);
  return bytes;
}

/** Writes a file to the waiting folder, unless the published file has the same bytes. Returns its fingerprint. */
export function writeIfNew(
  check: FileCheck,
  waiting: string,
  file: string,
  bytes: Uint8Array,
  published: Fingerprint | undefined,
): Fingerprint {
  const fileHash = hash('sha256', bytes);
  const same = published?.[2] === fileHash ? check(file, published) : null;
  if (same !== null) return same;
  writeNew(join(waiting, file), bytes);
  return [bytes.length, WAITING, fileHash];
}

export function answersHasher(data: SiteData, app: App): (questions: readonly string[]) => string {
  const hashOf = memoized((question: string) => answerHash(data, JSON.parse(question)));
  return (questions) => hash('sha256', [app.hash, ...questions.map(hashOf)].join());
}
