import type { Period } from '../../src/lib/search-periods.ts';
import { entryPagesOf } from './months.ts';
import { withIndex } from './pagefind.ts';
import { filesOf, place } from './place.ts';

/** Pagefind itself, which comes with every index and of which one copy is enough: see engine.ts. */
const ENGINE = /^(?:pagefind\.js|wasm\..*)$/;

/**
 * Indexes the entry pages of a period, and puts the index in its place.
 * @returns how many pages it holds. Where they are fewer than there are, the index did not take its place
 */
export async function makeBundle(output: string, { months, entries }: Period, to: string): Promise<number> {
  return withIndex(
    output,
    async (index) => {
      const answers: { errors: string[] }[] = [];
      for (const month of months) answers.push(await index.addDirectory({ path: output, glob: entryPagesOf(month) }));
      return answers;
    },
    async (made, indexed) => {
      const files = (await filesOf(made)).filter((file) => !ENGINE.test(file));
      if (indexed === entries) await place(made, to, files);
      return indexed;
    },
  );
}
