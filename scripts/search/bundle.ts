import { glob } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Period } from '../../src/lib/search-periods.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { anchoredEntries } from './anchored.ts';
import { cut } from './cut.ts';
import { readBytes } from './index-files.ts';
import { pack } from './packs.ts';
import { withIndex } from './pagefind.ts';
import { filesOf, place } from './place.ts';
import { entryPagesOf } from './spans.ts';

/** Pagefind itself, which comes with every index and of which one copy is enough: see engine.ts. */
const ENGINE = /^(?:pagefind\.js|wasm\..*)$/;

/** Bytes of a file of words, before gzip: 8 KB after it, or where files are few 64 KB. */
const [SMALL, LARGE] = [18_000, 144_000];

/** How the entries of a bundle stand in the site, and their fragments in the bundle. */
export interface Form {
  /** Spans whose entries have no pages of their own. */
  anchored: ReadonlySet<string>;
  /** Whether fragments lie in packs, so that they are fewer files. */
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
    async (made, indexed) => {
      if (pages.length < period.entries) {
        throw new OperatorError(
          `${output} holds ${pages.length} of the ${period.entries} entry pages of ${period.spans.join(', ')}; remove it and run "npm run site" again.`,
        );
      }
      const unindexed = indexed < pages.length ? await without(pages, made) : [];
      await cut(made, form.packed ? LARGE : SMALL);
      if (form.packed) await pack(made);
      await place(
        made,
        to,
        (await filesOf(made)).filter((file) => !ENGINE.test(file)),
      );
      return unindexed;
    },
  );
}

/** The pages that have no fragment in an index. */
async function without(pages: readonly string[], folder: string): Promise<string[]> {
  const fragments = (await filesOf(folder)).filter((file) => file.endsWith('.pf_fragment'));
  const found = new Set<string>();
  for (const file of fragments) {
    const { url } = JSON.parse((await readBytes(join(folder, file))).toString('utf8'));
    found.add(String(url).replace(/^\//, ''));
  }
  return pages.filter((page) => !found.has(page)).sort();
}
