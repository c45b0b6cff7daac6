import { fileOfWord, PARTS, titleForm } from '../../core/search-keys.ts';
import type { FinderList, SearchIndex } from '../../core/search-periods.ts';
import { type Term, termsOf } from '../../core/search-words.ts';
import type { Engine } from './engine.ts';
import { type FoundPage, matchOf, SURE, tierOf } from './hits.ts';
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
  return async ({ words, newestFirst }, older, round) => {
    const periods = older.map(({ period }) => period);
    if (!words || !finder) return periods;
    const { files, crowded } = await read<FinderList>('finder');
    /** The older bundles with all terms, those with the best hits first. */
    const have = async (terms: readonly Term[], known: readonly string[] = []) => {
      const forms = terms.flatMap(({ forms }) => forms);
      const stems = forms.map((form, at) => known[at] ?? form);
      const names = [...forms, ...stems];
      const found = await Promise.all(
        names.map((name) => read<Record<string, number[]>>(fileOfWord(name, files, crowded))),
      );
      const rows = found.flatMap(Object.entries<number[]>).filter(([key]) => names.some((name) => key.includes(name)));
      const parts: Required<Pick<FoundPage, 'verbose_meta_scores'>>[] = [];
      for (const [key, steps] of rows) {
        let place = 0;
        for (const step of steps) {
          place += step;
          parts[place >> 1] ??= { verbose_meta_scores: [] };
          parts[place >> 1]?.verbose_meta_scores.push({ field_name: place & 1 ? 'title' : '', matched_terms: [key] });
        }
      }
      const good = parts
        .flatMap((part, at) => {
          const match = matchOf(terms, stems, part);
          const tier = match ? (newestFirst ? SURE : tierOf(match)) : 0;
          return tier >= (round ? 1 : SURE) ? { tier, period: bundles.at(-1 - Math.floor(at / PARTS))?.period } : [];
        })
        .reverse()
        .sort((a, b) => b.tier - a.tier)
        .flatMap((part) => periods.filter((period) => period === part.period));
      return [...new Set(good)].slice(0, round ? periods.length : MOST_FOR_BETTER);
    };
    const terms = termsOf(words);
    // For one word, titles with it are sure hits anyway.
    const titled = !round && terms[1] && (await have([{ ...terms[1], forms: [titleForm(words)] }]));
    return titled && titled.length > 0 ? titled : have(round > 1 ? asBeginnings(terms) : terms, await stemsOf(terms));
  };
}
