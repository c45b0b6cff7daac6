import { hash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, freemem } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Worker } from 'node:worker_threads';
import { root } from '../../../src/archive/environment.ts';
import {
  type Bundle,
  type Period,
  periodsOf,
  REACH,
  type Reach,
  reaching,
  type SearchIndex,
} from '../../../src/core/search-periods.ts';
import { clearWay, filesBelow, removeUnless, writeWhole } from '../../disk/files.ts';
import { engineHash } from '../app-hash.ts';
import {
  checkFolder,
  fileChecker,
  fingerprint,
  type Manifest,
  readManifest,
  renderedFolder,
  SEARCH_FOLDER,
  SEARCH_LIST,
  writeManifest,
} from '../manifest.ts';
import { INDEX_ENTRY, indexLanguage } from './index-files.ts';
import type { IndexForm } from './index-words.ts';
import type { SearchRecord, SearchSource } from './search-records.ts';

/**
 * Builds the search: a bundle for each period whose entries changed, the finder and the list. `inBundle` is the number
 * of entries in a bundle, if the months allow it.
 */
export async function buildSearch(
  output: string,
  source: SearchSource,
  { reach = REACH, inBundle }: { reach?: Reach; inBundle?: number } = {},
) {
  const sizes = new Map([...source.spans].map(([span, { entries }]) => [span, entries]));
  const periods = periodsOf(sizes, inBundle).reverse();
  const pieces = openPieces(output);
  const newest = new Set(periods.slice(0, reaching(periods, reach.first)));
  const isPacked = (period: Period) => source.isPacked && !newest.has(period);
  const counts = await makeBundles(pieces, source, periods, isPacked);
  const at = join(output, SEARCH_FOLDER);
  const { language, bundles } = describeBundles(at, source, periods);
  // Loaded only if they are needed: most builds make neither.
  await pieces.ensure('engine', [language], async (to) => {
    const { makeEngine } = await import('./pagefind.ts');
    await makeEngine(language, to);
  });
  // A search always asks the newest bundles; the finder is needed only if there are more.
  const older = reaching(bundles, reach.further) < bundles.length ? bundles.slice(reaching(bundles, reach.first)) : [];
  const inputs = older.map(({ period, tag }) => `${period} ${tag}`);
  const finder = hash('sha256', inputs.join()).slice(0, 10);
  if (older.length > 0)
    await pieces.ensure('finder', inputs, async (to) => {
      const { makeFinder } = await import('./make-finder.ts');
      // In a folder with its tag: a reader with the list of an earlier build gets no words of this one.
      rmSync(to, { recursive: true, force: true });
      makeFinder(at, older, join(to, finder));
    });
  await writeList(at, { bundles, reach, ...(older.length > 0 && { finder }) });
  return { ...counts, index: await pieces.sweep() };
}

/** The folders of the search, each with a row in its manifest: bundles, the engine and the finder. */
export function openPieces(output: string) {
  const manifest = readManifest(output, 'search');
  const now: Manifest = new Map();
  const checkFile = fileChecker(output);
  let written = manifest;
  // For each folder: a run that is killed keeps the finished ones.
  const write = () => {
    written = new Map([...manifest, ...now]);
    writeManifest(output, 'search', written);
  };
  const answersOf = (inputs: readonly string[]) => hash('sha256', [engineHash(root), ...inputs].join('\n'));
  const keeps = (name: string, inputs: readonly string[]): boolean => {
    const before = manifest.get(name);
    const found = before?.answers === answersOf(inputs) ? checkFolder(checkFile, before) : null;
    if (found !== null) now.set(name, found);
    return found !== null;
  };
  type Making = (to: string) => Promise<void>;
  const build = async (name: string, inputs: readonly string[], make: Making): Promise<void> => {
    const folder = `${SEARCH_FOLDER}/${name}`;
    clearWay(output, `${folder}/file`);
    await make(join(output, folder));
    const paths = filesBelow(join(output, folder)).map((file) => `${folder}/${file}`);
    const made = new Map(paths.map((path) => [path, fingerprint(output, path)]));
    now.set(name, renderedFolder([], answersOf(inputs), made));
    write();
  };
  return {
    /** Whether a folder is in the manifest of this build, as neither its input, the code nor its files have changed. */
    keeps,
    /** Builds a folder. If `make` is killed or throws, the files no longer fit their row. */
    build,
    /** Builds a folder unless it can be kept. */
    async ensure(name: string, inputs: readonly string[], make: Making): Promise<'kept' | 'made'> {
      if (keeps(name, inputs)) return 'kept';
      await build(name, inputs, make);
      return 'made';
    },
    /** Removes all other folders. Returns the rows of those that are left. */
    async sweep(): Promise<Manifest> {
      if (!isDeepStrictEqual(written, now)) writeManifest(output, 'search', now);
      for (const name of await readdir(join(output, SEARCH_FOLDER)))
        if (name !== SEARCH_LIST && !now.has(name)) await rm(join(output, SEARCH_FOLDER, name), { recursive: true });
      return now;
    },
  };
}

export type BundleJob = { records: SearchRecord[]; form: IndexForm; to: string };

/** Bytes of memory that a thread needs for a full bundle. */
const MEMORY_PER_BUNDLE = 400e6;

/** Builds the bundles that are missing or have changed, as many at once as processors and memory allow. */
async function makeBundles(
  pieces: ReturnType<typeof openPieces>,
  { language, spans, records }: SearchSource,
  periods: readonly Period[],
  isPacked: (period: Period) => boolean,
) {
  const inputsOf = (period: Period) => [
    String(isPacked(period)),
    ...period.spans.map((span) => spans.get(span)?.hash ?? ''),
  ];
  const waiting = periods.filter((period) => !pieces.keeps(period.name, inputsOf(period)));
  const rebuilt = waiting.length;
  const threads = Math.max(1, Math.min(availableParallelism(), Math.floor(freemem() / MEMORY_PER_BUNDLE), rebuilt));
  const work = async (_: unknown, nth: number) => {
    let thread: Worker | undefined;
    try {
      for (let period = waiting.shift(); period !== undefined; period = waiting.shift()) {
        const form: IndexForm = { language, packed: isPacked(period) };
        const bundleRecords = period.spans.flatMap(records);
        await pieces.build(period.name, inputsOf(period), async (to) => {
          const job: BundleJob = { records: bundleRecords, form, to };
          // A thread for one bundle, the only one in most hours, took 0.2 s more.
          if (nth === 0 && rebuilt <= threads) return (await import('./bundle-thread.ts')).makeBundle(job);
          // One for all: with a new one for each, compiling the same code again took a sixth of the time of an index.
          thread ??= new Worker(new URL('./bundle-thread.ts', import.meta.url), { resourceLimits });
          thread.postMessage(job);
          await once(thread, 'message');
        });
      }
    } finally {
      await thread?.terminate();
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
  return { entries: periods.reduce((sum, { entries }) => sum + entries, 0), bundles: periods.length, rebuilt };
}

/** With the usual 48 MB for new objects, of which a growing index keeps most, a thread took 160 MB more. */
const resourceLimits = { maxYoungGenerationSizeMb: 12 };

function describeBundles(folder: string, { spans }: Pick<SearchSource, 'spans'>, periods: readonly Period[]) {
  const bundles: Bundle[] = [];
  let language = 'unknown';
  for (const period of periods) {
    const { name, entries } = period;
    const entry = readFileSync(join(folder, name, INDEX_ENTRY));
    language = indexLanguage(entry).name;
    const tag = hash('sha256', entry).slice(0, 10);
    const years: Bundle['years'] = {};
    for (const span of period.spans) {
      const year = span.slice(0, 4);
      years[year] = (years[year] ?? 0) + (spans.get(span)?.entries ?? 0);
    }
    bundles.push({ period: name, tag, entries, years });
  }
  return { language, bundles };
}

async function writeList(folder: string, list: Omit<SearchIndex, 'engine'>): Promise<void> {
  const [engine = ''] = await readdir(join(folder, 'engine'));
  const text = JSON.stringify({ engine, ...list } satisfies SearchIndex);
  const path = join(folder, SEARCH_LIST);
  removeUnless('file', path);
  if ((await readFile(path, 'utf8').catch(() => '')) !== text) writeWhole(path, text);
}
