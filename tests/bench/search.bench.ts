// What the search finds beside plain Pagefind over the same entries, in Chromium:  npm run bench -- search 5000 [folder of a planet]
// With ONLY_OURS=1 without plain Pagefind, which takes 15 GB of memory at 50,000 entries; with BROWSERS="firefox webkit" it prints
// whether these answer as Chromium does (search/browsers.ts).
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { close } from 'pagefind';
import type { Page } from 'playwright-core';
import { makeFolder, stateFolder } from '../../scripts/disk/files.ts';
import { buildSearch } from '../../scripts/site/search/build-search.ts';
import type { SearchRecord } from '../../scripts/site/search/search-records.ts';
import type { FoundHits } from '../../src/client/search/engine.ts';
import type { SearchIndex } from '../../src/core/search-periods.ts';
import { reaching } from '../../src/core/search-periods.ts';
import type { SearchQuery } from '../../src/core/search-query.ts';
import { launch } from '../lib/browser.ts';
import { run, siteOf } from '../lib/planet.ts';
import { recordsIn, sourceOf, writePlainIndex } from '../lib/search-pages.ts';
import { servePacked } from './scale/wire.ts';
import { BROWSERS, type ScriptPage } from './search/browsers.ts';
import { plantedRecords } from './search/pages.ts';
import { type Question, questionsOf } from './search/questions.ts';

const area = join(tmpdir(), 'orrery-bench-search');
const sizes = process.argv
  .slice(2)
  .filter((argument) => /^\d+$/.test(argument))
  .map(Number);
const planets = process.argv.slice(2).filter((argument) => !/^\d+$/.test(argument));

interface Answer {
  total: number;
  /** Bytes fetched until something, or that there is nothing, could be shown. */
  first: number;
  urls: string[];
  milliseconds: number;
}

/** As `src/client/search/results.ts` does it. */
const BUNDLES_AT_A_TIME = 5;

type Ask = (words: string) => Promise<Answer>;

const asPlain =
  (page: Page, sent: () => number): Ask =>
  async (words) => {
    const before = sent();
    const answer = await page.evaluate<Omit<Answer, 'first'>>(`(async () => {
      const start = performance.now();
      const pagefind = await import('/pagefind/pagefind.js');
      const { results } = await pagefind.search(${JSON.stringify(words)});
      const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      return { total: results.length, urls: shown.map(({ url }) => url), milliseconds: performance.now() - start };
    })()`);
    return { ...answer, first: sent() - before };
  };

/** As `src/client/search/results.ts` asks, until ten are found. */
function asOurs(page: Pick<ScriptPage, 'evaluate'>, sent: () => number, worker: string): Ask {
  const tell = <T>(method: string, ...args: unknown[]) =>
    page.evaluate<T>(`(async () => {
      globalThis.worker ??= new Worker(${JSON.stringify(worker)}, { type: 'module' });
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise((resolve, reject) => {
        port1.onmessage = ({ data }) => (data.failed ? reject(new Error(data.failed)) : resolve(data.answer));
      });
      worker.postMessage({ method: ${JSON.stringify(method)}, args: ${JSON.stringify(args)} }, [port2]);
      return answer;
    })()`);
  return async (words) => {
    const start = performance.now();
    const before = sent();
    let first = 0;
    const query: SearchQuery = { words, chosen: { feed: [], author: [], year: [], language: [] }, newestFirst: false };
    const { bundles: all, finder, reach: far } = await tell<SearchIndex>('list');
    let reach = reaching(all, far.first);
    const order = all.slice(0, reach);
    let rounds = 0;
    for (;;) {
      const { total, hits, ...found } = await tell<FoundHits>('find', query, order.slice(0, reach), 10);
      const isEnough = total >= 10 || (total > 0 && reach > 12);
      while (
        rounds ? reach === order.length && !isEnough && rounds < (found.isWhole ? 2 : 3) : !isEnough || !found.isSure
      ) {
        const others = all.filter((bundle) => !order.includes(bundle));
        const periods = await tell<string[]>('holding', query, others, rounds++);
        order.push(...periods.flatMap((held) => others.filter(({ period }) => period === held)));
      }
      const isEnd = (isEnough && (found.isSure || rounds > 1)) || reach === order.length;
      if (first === 0 && (total > 0 || isEnd)) first = sent() - before;
      if (isEnd) return { total, first, urls: hits.map(({ url }) => url), milliseconds: performance.now() - start };
      reach = Math.min(reach + (finder ? 1 : BUNDLES_AT_A_TIME), order.length);
    }
  };
}

interface Row {
  first: number;
  inTen: number;
  found: number;
  time: number;
  firstBytes: number;
  bytes: number;
}

/** Builds the search of these entries, without their pages, and compares it. */
async function compare(title: string, records: readonly SearchRecord[]): Promise<void> {
  const dist = join(area, title.replace(/\W+/g, '-'), 'dist');
  await rm(dirname(dist), { recursive: true, force: true });
  makeFolder(dist);
  makeFolder(stateFolder(dist));
  await cp(join(demo, 'dist/_astro'), join(dist, '_astro'), { recursive: true });
  const start = performance.now();
  await buildSearch(dist, sourceOf(records));
  console.log(`${title} indexed in ${((performance.now() - start) / 1000).toFixed(0)} s`);
  const plainFolder = join(area, `${title.replace(/\W+/g, '-')}-plain`);
  await rm(plainFolder, { recursive: true, force: true });
  await mkdir(plainFolder, { recursive: true });
  if (!process.env['ONLY_OURS']) await writePlainIndex(records, join(plainFolder, 'pagefind'));
  await writeFile(join(plainFolder, 'empty.html'), '<!doctype html><html lang="en"><title>x</title>');
  await writeFile(join(dist, 'empty.html'), '<!doctype html><html lang="en"><title>x</title>');
  const questions = await questionsOf(records);
  await close();
  const [worker = ''] = (await readdir(join(dist, '_astro'))).filter((file) => /^worker.*\.js$/.test(file));
  const [ours, plain] = [await servePacked(dist), await servePacked(plainFolder)];
  const browser = await launch();
  const answers = new Map<string, string>();
  const tableOf = async (host: typeof ours, asker: (page: Page, sent: () => number) => Ask) => {
    const rows = new Map<string, Row>();
    const opened = async () => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(`${host.url}/empty.html`);
      return { page, ask: asker(page, host.sent) };
    };
    const { ask } = await opened();
    for (const { kind, words, right } of questions) {
      const row = rows.get(kind) ?? { first: 0, inTen: 0, found: 0, time: 0, firstBytes: 0, bytes: 0 };
      rows.set(kind, row);
      const { total, urls, milliseconds } = await ask(words);
      if (host === ours) answers.set(words, JSON.stringify({ total, urls }));
      const at = urls.findIndex((url) => right !== null && url.endsWith(right.replace(/^\//, '')));
      if (at === 0) row.first++;
      if (at >= 0) row.inTen++;
      row.found += total;
      row.time += milliseconds;
    }
    for (const [kind, row] of rows) {
      const some = questions.filter((question) => question.kind === kind).slice(0, 12);
      for (const { words } of some) {
        const { page, ask } = await opened();
        const before = host.sent();
        const { first } = await ask(words);
        row.firstBytes += first / some.length;
        row.bytes += (host.sent() - before) / some.length;
        await page.context().close();
      }
    }
    return rows;
  };
  const of = await tableOf(ours, (page, sent) => asOurs(page, sent, `/_astro/${worker}`));
  const beside = process.env['ONLY_OURS'] ? new Map<string, Row>() : await tableOf(plain, asPlain);
  await browser.close();
  for (const name of (process.env['BROWSERS'] ?? '').split(' ').filter(Boolean)) {
    await using page = await BROWSERS[name]?.(`${ours.url}/empty.html`);
    if (page === undefined) throw new Error(`No browser "${name}": ${Object.keys(BROWSERS).join(', ')}`);
    const ask = asOurs(page, ours.sent, `/_astro/${worker}`);
    let same = 0;
    for (const [words, answer] of answers) {
      const { total, urls } = await ask(words);
      if (JSON.stringify({ total, urls }) === answer) same++;
      else console.log(`  ${name} ${words}: ${total} found, not as in Chromium: ${answer}`);
    }
    console.log(`${name}: ${same} of ${answers.size} questions answered as in Chromium`);
  }
  for (const host of [ours, plain]) await host[Symbol.asyncDispose]();
  print(title, questions, of, beside);
}

function print(title: string, questions: readonly Question[], ours: Map<string, Row>, plain: Map<string, Row>): void {
  console.log(`\n${title}: ours | plain Pagefind`);
  for (const [kind, list] of Map.groupBy(questions, (question) => question.kind)) {
    const known = list.every((question) => question.true !== null);
    const truth = known ? list.reduce((sum, question) => sum + (question.true ?? 0), 0) : '?';
    const both = (show: (row: Row) => string) =>
      [ours, plain]
        .map((rows) => show(rows.get(kind) ?? { first: 0, inTen: 0, found: 0, time: 0, firstBytes: 0, bytes: 0 }))
        .join(' | ');
    console.log(
      `${kind.padEnd(13)} ${String(list.length).padStart(3)}  first ${both(({ first }) => `${first}`)}  in ten ${both(({ inTen }) => `${inTen}`)}` +
        `  found ${both(({ found }) => `${found}`)} of ${truth}  first KB ${both(({ firstBytes }) => (firstBytes / 1000).toFixed(0))}  KB ${both(({ bytes }) => (bytes / 1000).toFixed(0))}` +
        `  ms ${both(({ time }) => (time / list.length).toFixed(0))}`,
    );
  }
}

await mkdir(area, { recursive: true });
const demo = join(area, 'demo');
await rm(demo, { recursive: true, force: true });
await cp('src/demo', join(demo, 'content'), { recursive: true, filter: (path) => !path.endsWith('archive') });
await run(['scripts/snapshot.ts', '--strict'], { PLANET_CONTENT: join(demo, 'content') });
await run(['scripts/site.ts'], siteOf(join(demo, 'content'), join(demo, 'dist')));
for (const planet of planets) await compare(planet, await recordsIn(resolve(planet)));
for (const size of sizes.length + planets.length > 0 ? sizes : [5000])
  await compare(`${size} entries`, plantedRecords(size));
