import { fileOfWord, titleForm } from '../../core/search-keys.ts';
import type { FinderList, SearchIndex } from '../../core/search-periods.ts';
import { type Term, termsOf } from '../../core/search-words.ts';
import type { Engine } from './engine.ts';
import { matchOf, SURE, tierOf } from './hits.ts';
import { asBeginnings } from './one-index.ts';

/** The most older bundles to search if there are ten hits but none is sure. */
const MOST_FOR_BETTER = 5;

/**
 * Finds the older bundles with the words of a query, in the files of scripts/site/search/make-finder.ts.
 * @param read a file, by its name without `.json`
 * @param stemsOf the stems of all forms of the terms
 */
export function finderOf(
  { bundles, finder }: SearchIndex,
  read: <T>(name: string | number) => Promise<T>,
  stemsOf: (terms: readonly Term[]) => Promise<readonly string[] | undefined>,
): Engine['holding'] {
  return async ({ words }, older, isBetter) => {
    if (!words || !finder) return older.map(({ period }) => period);
    const { files, crowded } = await read<FinderList>('finder');
    /** The older bundles with all terms, those with the best hits first. */
    const have = async (terms: readonly Term[], known?: readonly string[]) => {
      const forms = terms.flatMap(({ forms }) => forms);
      const stems = forms.map((form, at) => known?.[at] ?? form);
      const names = [...forms, ...stems];
      const found = await Promise.all(
        names.map((name) => read<Record<string, number[]>>(fileOfWord(name, files, crowded))),
      );
      const rows = found.flatMap(Object.entries<number[]>).filter(([key]) => names.some((name) => key.includes(name)));
      return older
        .map(({ period }) => {
          const fields = rows.flatMap(([key, places]) =>
            places
              .filter((place) => bundles.at(-1 - (place >> 1))?.period === period)
              .map((place) => ({ field_name: place & 1 ? 'title' : '', matched_terms: [key] })),
          );
          const match = fields[0] && matchOf(terms, stems, { verbose_meta_scores: fields });
          return { period, tier: match ? tierOf(match) : 0 };
        })
        .filter(({ tier }) => tier >= (isBetter ? SURE : 1))
        .sort((a, b) => b.tier - a.tier)
        .map(({ period }) => period)
        .slice(0, isBetter ? MOST_FOR_BETTER : older.length);
    };
    const terms = asBeginnings(termsOf(words));
    // For one word, titles with it are sure hits anyway.
    const titled = isBetter && terms[1] ? await have([{ ...terms[1], forms: [titleForm(words)] }]) : [];
    return titled[0] ? titled : have(terms, await stemsOf(terms));
  };
}
