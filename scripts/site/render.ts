import { hash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { QuestionLog } from '../../src/adapter/asking.ts';
import { archiveFolder } from '../../src/archive/archive.ts';
import { contentFolder } from '../../src/archive/config.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { absolute, routes } from '../../src/core/paths.ts';
import { readSite } from '../../src/data/read-site.ts';
import { answerHash, type EntryFilter, type Question, type SiteData, siteData } from '../../src/data/site-data.ts';
import type { App, Server } from './app.ts';
import { cachedSummaries } from './entry-summaries.ts';
import { type Folder, fileOfPath } from './folders.ts';
import { type Fingerprint, fileChecker, type Manifest, type RenderedFolder } from './manifest.ts';
import { stateFolder } from './output-files.ts';

/** What the threads of one build share. */
export interface Work {
  output: string;
  /** Where rendered files wait until all are there. */
  waiting: string;
  app: App;
  /** The clock, in milliseconds since 1970: the same in all threads. */
  now: number;
  folders: readonly Folder[];
  /** Which of them is next: each thread takes one after the other. */
  next: Int32Array;
  /** What is remembered of the output folder. */
  manifest: Manifest;
}

/** Time of a file that is not in the output folder yet. */
export const WAITING = 0;

/** Reads what pages ask for. Throws an `OperatorError` where it cannot be published. */
export async function readData(output: string, now: number): Promise<SiteData> {
  const folder = contentFolder();
  const archive = archiveFolder(folder);
  const site = await readSite(folder, archive, cachedSummaries(join(stateFolder(output), 'gists')));
  return siteData(site, archive, new Date(now));
}

/**
 * Renders folder after folder until none is left.
 * @returns what is to be remembered of each. Throws where a page cannot be rendered: the error names its address
 */
export async function renderFolders(data: SiteData, work: Work): Promise<[string, RenderedFolder][]> {
  const { output, waiting, app, folders, next, manifest } = work;
  const server: Server = await import(pathToFileURL(app.server).href);
  const look = fileChecker(output);
  const answers = new Map<string, string>();
  const done: [string, RenderedFolder][] = [];
  for (;;) {
    const folder = folders[Atomics.add(next, 0, 1)];
    if (folder === undefined) return done;
    const { name, paths, entries } = folder;
    const before = manifest.get(name)?.files;
    const asked = new Map<string, Question>();
    const files = new Map<string, Fingerprint>();
    for (const path of paths) {
      const bytes = await renderPage(server, data, path, (question) => asked.set(JSON.stringify(question), question));
      const file = fileOfPath(path);
      const known = before?.get(file);
      files.set(file, (known && sameFile(look, file, known, bytes)) ?? writeWaiting(waiting, file, bytes));
    }
    const questions = neededQuestions(data, asked);
    done.push([name, { questions, answers: currentAnswers(data, app, questions, answers), entries, files }]);
  }
}

/** The body of an address. Throws an error that names it where it is not the page that it should be. */
async function renderPage(server: Server, data: SiteData, path: string, note: QuestionLog['note']): Promise<Buffer> {
  const failures: unknown[] = [];
  const asking: QuestionLog = { data, note, fail: (error) => failures.push(error) };
  const answer = await server.render(absolute(data.site.planet.site, path), asking).catch((error: unknown) => {
    failures.push(error);
    return null;
  });
  const [failure] = failures;
  if (failure instanceof OperatorError) throw failure;
  if (answer === null || failure !== undefined)
    throw new Error(`The page ${path} cannot be rendered: ${messageOf(failure)}`, { cause: failure });
  const wanted = path === routes.notFound ? 404 : 200;
  if (answer.status !== wanted)
    throw new OperatorError(
      `The page ${path} cannot be rendered: it answers ${answer.status}. The last site stays as it is.`,
    );
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (bytes.length === 0) throw new OperatorError(`The page ${path} is empty. The last site stays as it is.`);
  return bytes;
}

function sameFile(
  look: ReturnType<typeof fileChecker>,
  file: string,
  known: Fingerprint,
  bytes: Uint8Array,
): Fingerprint | null {
  return known[2] === hash('sha256', bytes) ? look(file, known) : null;
}

/** Writes a file where it waits to be published. */
export function writeWaiting(waiting: string, file: string, bytes: Uint8Array): Fingerprint {
  const path = join(waiting, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return [bytes.length, WAITING, hash('sha256', bytes)];
}

/**
 * A hash of today's answers to questions, and of the app that prints them.
 * @param known keeps the hash of each answer
 */
export function currentAnswers(
  data: SiteData,
  app: App,
  questions: readonly string[],
  known: Map<string, string>,
): string {
  const hashes = questions.map((question) => {
    const before = known.get(question);
    if (before !== undefined) return before;
    const made = answerHash(data, JSON.parse(question));
    known.set(question, made);
    return made;
  });
  return hash('sha256', [app.hash, ...hashes].join());
}

/** The questions without those that another covers: a list's hash is of all its entries, and that of a month of its days. */
function neededQuestions(data: SiteData, asked: ReadonlyMap<string, Question>): string[] {
  const filters = [...asked.values()].flatMap(([collection, what]) =>
    collection === 'entries' && typeof what !== 'string' ? [what] : [],
  );
  const periods = filters.flatMap((filter) => ('period' in filter ? [filter.period] : []));
  const covered = new Set(filters.flatMap((filter) => data.pathsOf(filter)));
  const isCovered = ([collection, what]: Question) => {
    if (collection !== 'entries') return false;
    if (typeof what === 'string') return covered.has(what);
    return 'period' in what && periods.some((period) => isWithin(what, period));
  };
  const needed = [...asked].filter(([, question]) => !isCovered(question)).map(([question]) => question);
  return needed.sort();
}

function isWithin(filter: Extract<EntryFilter, { period: string }>, period: string): boolean {
  return filter.period.length > period.length && filter.period.startsWith(period);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
