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

/** Pagefind's own files, which are in every index: `makeEngine` in pagefind.ts publishes one copy. */
const ENGINE = /^(?:pagefind\.js|wasm\..*)$/;

/** Bytes of a chunk of words before gzip: 8 KB after it, or 64 KB if files must be few. */
const [SMALL, LARGE] = [18_000, 144_000];

/** The number of fragments in a full bundle if files must be few: each has sixteen entries, and ten results need at most ten. */
const FRAGMENTS = 64;

/** The form of a bundle. */
interface Form {
  /** Spans whose entries have no pages of their own. */
  anchored: ReadonlySet<string>;
  /** Whether files must be few. */
  packed: boolean;
}

/**
 * Indexes the entry pages of a period and installs the index. Returns the addresses of pages without words, which no search
 * finds. Throws an `OperatorError` if pages are missing.
 */
export async function makeBundle(output: string, period: Period, form: Form, to: string): Promise<string[]> {
  const pages: string[] = [];
  return withIndex(
    async (index) => {
      const answers: { errors: string[] }[] = [];
      for (const span of period.spans) {
        if (!form.anchored.has(span)) {
          // Sorted: Pagefind numbers pages in this order, and file systems list them in any order.
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
          `${output} has ${pages.length} of the ${period.entries} entry pages of ${period.spans.join(', ')}; remove it and run "npm run site" again.`,
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

/** The result of building the bundles. */
export interface BundleCounts {
  entries: number;
  /** Pages without words, in the rebuilt bundles. */
  unindexed: string[];
  /** The number of rebuilt bundles. */
  made: number;
}

/** Bytes of memory that Pagefind may need for a full bundle. */
const MEMORY_PER_BUNDLE = 600e6;

/** Builds the bundles that are missing or have changed, as many at once as processors and memory allow. */
export async function makeBundles(
  output: string,
  pieces: Pieces,
  spans: ReadonlyMap<string, Span>,
  periods: readonly Period[],
  isPacked: (period: Period) => boolean,
): Promise<BundleCounts> {
  const anchored = new Set([...spans].filter(([, span]) => span.anchored).map(([name]) => name));
  const counts: BundleCounts = { entries: 0, unindexed: [], made: 0 };
  const waiting = [...periods];
  const work = async () => {
    for (let period = waiting.shift(); period !== undefined; period = waiting.shift()) {
      const { name, entries } = period;
      const form: Form = { anchored, packed: isPacked(period) };
      const hashes = [String(form.packed), ...period.spans.map((span) => spans.get(span)?.hash ?? '')];
      const result = await pieces.ensure(name, hashes, async (to) => {
        counts.unindexed.push(...(await inThread({ output, period, form, to })));
      });
      counts.entries += entries;
      if (result === 'made') counts.made++;
    }
  };
  const threads = Math.max(
    1,
    Math.min(availableParallelism(), Math.floor(freemem() / MEMORY_PER_BUNDLE), periods.length),
  );
  await Promise.all(Array.from({ length: threads }, work));
  counts.unindexed.sort();
  return counts;
}

/** In its own thread: Pagefind keeps all its input in memory until it ends, and runs once in a thread. */
function inThread(workerData: { output: string; period: Period; form: Form; to: string }): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./bundle-thread.ts', import.meta.url), { workerData });
    thread.once('message', (outcome: BundleOutcome) =>
      'problem' in outcome ? reject(new OperatorError(outcome.problem)) : resolve(outcome.unindexed),
    );
    thread.once('error', reject);
  });
}
