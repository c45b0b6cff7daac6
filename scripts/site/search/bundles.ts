import { glob, readFile } from 'node:fs/promises';
import { availableParallelism, freemem } from 'node:os';
import { join, sep } from 'node:path';
import { Worker } from 'node:worker_threads';
import { OperatorError } from '../../../src/core/operator-error.ts';
import type { Period } from '../../../src/core/search-periods.ts';
import { placeFiles } from './bundle-list.ts';
import type { BundleOutcome } from './bundle-thread.ts';
import { anchoredEntries, entryPagesOf, type Span } from './indexed-pages.ts';
import { withIndex } from './pagefind.ts';
import type { Pieces } from './pieces.ts';
import { writeWords } from './words.ts';

/** Pagefind itself, which comes with every index and of which one copy is enough: see engine.ts. */
const ENGINE = /^(?:pagefind\.js|wasm\..*)$/;

/** Bytes of a file of words, before gzip: 8 KB after it, or where files are few 64 KB. */
const [SMALL, LARGE] = [18_000, 144_000];

/** Fragments of sixteen entries each in a full bundle, where files are few: who opens ten results fetches ten. */
const FRAGMENTS = 64;

/** How the entries of a bundle stand in the site, and their fragments in the bundle. */
interface Form {
  /** Spans whose entries have no pages of their own. */
  anchored: ReadonlySet<string>;
  /** Whether files must be few. */
  packed: boolean;
}

/**
 * Indexes the entry pages of a period, and puts the index in its place.
 * @returns addresses of the pages that Pagefind found no word in, and so cannot find. Throws an `OperatorError` where pages are missing
 */
export async function makeBundle(output: string, period: Period, form: Form, to: string): Promise<string[]> {
  const pages: string[] = [];
  return withIndex(
    async (index) => {
      const answers: { errors: string[] }[] = [];
      for (const span of period.spans) {
        if (!form.anchored.has(span)) {
          // Pagefind numbers pages as they come; a disk tells of them in an order of its own.
          const files = await Array.fromAsync(glob(entryPagesOf(span), { cwd: output }), (file) =>
            file.replaceAll(sep, '/'),
          );
          for (const file of files.sort()) {
            pages.push(file.replace(/index\.html$/, ''));
            answers.push(
              await index.addHTMLFile({ sourcePath: file, content: await readFile(join(output, file), 'utf8') }),
            );
          }
        } else {
          for (const entry of anchoredEntries(output, span)) {
            pages.push(entry.url);
            answers.push(await index.addHTMLFile(entry));
          }
        }
      }
      return answers;
    },
    async (made) => {
      if (pages.length < period.entries) {
        throw new OperatorError(
          `${output} holds ${pages.length} of the ${period.entries} entry pages of ${period.spans.join(', ')}; remove it and run "npm run site" again.`,
        );
      }
      const held = await writeWords(made, form.packed ? LARGE : SMALL);
      for (const path of [...made.keys()]) if (ENGINE.test(path)) made.delete(path);
      placeFiles(made, to);
      return pages.filter((page) => !held.has(page)).sort();
    },
    form.packed ? { maxFragments: FRAGMENTS } : {},
  );
}

/** What became of some periods: how many entries they have, which pages of those indexed just now cannot be found, how many bundles were made. */
export interface Tally {
  entries: number;
  unindexed: string[];
  made: number;
}

/** Bytes of memory that Pagefind may need for a full bundle. */
const OF_A_BUNDLE = 600e6;

/** Makes the bundle of each period where it is not there as it should be: as many at once as there are processors and memory. */
export async function makeBundles(
  output: string,
  pieces: Pieces,
  spans: ReadonlyMap<string, Span>,
  periods: readonly Period[],
  isPacked: (period: Period) => boolean,
): Promise<Tally> {
  const anchored = new Set([...spans].filter(([, span]) => span.anchored).map(([name]) => name));
  const tally: Tally = { entries: 0, unindexed: [], made: 0 };
  const waiting = [...periods];
  const work = async () => {
    for (let period = waiting.shift(); period !== undefined; period = waiting.shift()) {
      const { name, entries } = period;
      const form: Form = { anchored, packed: isPacked(period) };
      const hashes = [String(form.packed), ...period.spans.map((span) => spans.get(span)?.hash ?? '')];
      const became = await pieces.ensure(name, hashes, async (to) => {
        tally.unindexed.push(...(await inThread({ output, period, form, to })));
      });
      tally.entries += entries;
      if (became === 'made') tally.made++;
    }
  };
  const atOnce = Math.max(1, Math.min(availableParallelism(), Math.floor(freemem() / OF_A_BUNDLE), periods.length));
  await Promise.all(Array.from({ length: atOnce }, work));
  tally.unindexed.sort();
  return tally;
}

/** Pagefind holds all that it has read until it ends, and runs once in a thread. */
function inThread(workerData: { output: string; period: Period; form: Form; to: string }): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./bundle-thread.ts', import.meta.url), { workerData });
    thread.once('message', (outcome: BundleOutcome) =>
      'mend' in outcome ? reject(new OperatorError(outcome.mend)) : resolve(outcome.unindexed),
    );
    thread.once('error', reject);
  });
}
