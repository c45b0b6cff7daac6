import { glob } from 'node:fs/promises';
import { sep } from 'node:path';
import type { Period } from '../../src/lib/search-periods.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { anchoredEntries } from './anchored.ts';
import { withIndex } from './pagefind.ts';
import { filesOf, place } from './place.ts';
import { entryPagesOf } from './spans.ts';
import { writeWords } from './words.ts';

/** Pagefind itself, which comes with every index and of which one copy is enough: see engine.ts. */
const ENGINE = /^(?:pagefind\.js|wasm\..*)$/;

/** Bytes of a file of words, before gzip: 8 KB after it, or where files are few 64 KB. */
const [SMALL, LARGE] = [18_000, 144_000];

/** Fragments of sixteen entries each in a full bundle, where files are few: who opens ten results fetches ten. */
const FRAGMENTS = 64;

/** How the entries of a bundle stand in the site, and their fragments in the bundle. */
export interface Form {
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
    output,
    async (index) => {
      const answers: { errors: string[] }[] = [];
      for (const span of period.spans) {
        if (!form.anchored.has(span)) {
          const files = await Array.fromAsync(glob(entryPagesOf(span), { cwd: output }));
          pages.push(...files.map((file) => file.replaceAll(sep, '/').replace(/index\.html$/, '')));
          answers.push(await index.addDirectory({ path: output, glob: entryPagesOf(span) }));
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
      await place(
        made,
        to,
        (await filesOf(made)).filter((file) => !ENGINE.test(file)),
      );
      return pages.filter((page) => !held.has(page)).sort();
    },
    form.packed ? { maxFragments: FRAGMENTS } : {},
  );
}
