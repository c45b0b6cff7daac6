import type { Period } from '../../src/lib/search-periods.ts';
import { anchoredEntries } from './anchored.ts';
import { cut } from './cut.ts';
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
 * @returns how many pages it holds. Where they are fewer than there are, the index did not take its place
 */
export async function makeBundle(output: string, { spans, entries }: Period, form: Form, to: string): Promise<number> {
  return withIndex(
    output,
    async (index) => {
      const answers: { errors: string[] }[] = [];
      for (const span of spans) {
        if (!form.anchored.has(span))
          answers.push(await index.addDirectory({ path: output, glob: entryPagesOf(span) }));
        else for (const entry of anchoredEntries(output, span)) answers.push(await index.addHTMLFile(entry));
      }
      return answers;
    },
    async (made, indexed) => {
      await cut(made, form.packed ? LARGE : SMALL);
      if (form.packed) await pack(made);
      const files = (await filesOf(made)).filter((file) => !ENGINE.test(file));
      if (indexed === entries) await place(made, to, files);
      return indexed;
    },
  );
}
