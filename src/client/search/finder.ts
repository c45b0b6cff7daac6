import { fileOfWord, PARTS, titleForm } from '../../core/search-keys.ts';
import type { Bundle, FinderList, SearchIndex } from '../../core/search-periods.ts';
import type { SearchQuery } from '../../core/search-query.ts';
import { type Term, termsOf } from '../../core/search-words.ts';
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
) {
  /**
   * The periods of older bundles that may have all words of a query, those with the best hits first, or the newest.
   * @param round 0 for a few bundles with sure hits, 1 for all, 2 for those in which each word may be the beginning of one
   */
  return async ({ words, newestFirst }: SearchQuery, older: readonly Bundle[], round: number): Promise<string[]> => {
    const periods = older.map(({ period }) => period);
    if (!words || !finder) return periods;
    const { files, crowded } = await read<FinderList>('finder');
    /** The older bundles with all terms, those with the best hits first. */
    const have = async (terms: readonly Term[], stems: readonly string[] = []) => {
      const names = [...terms.flatMap(({ forms }) => forms), ...stems];
      const found = await Promise.all(
        names.map((name) => read<Record<string, number[]>>(fileOfWord(name, files, crowded))),
      );
      const rows = found.flatMap(Object.entries<number[]>).filter(([key]) => names.some((name) => key.includes(name)));
      const parts: NonNullable<FoundPage['verbose_meta_scores']>[] = [];
      for (const [key, steps] of rows) {
        let place = 0;
        for (const step of steps) {
          place += step;
          parts[place >> 1] ??= [];
          parts[place >> 1]?.push({ field_name: place & 1 ? 'title' : '', matched_terms: [key] });
        }
      }
      const good = parts
        .flatMap((verbose_meta_scores, at) => {
          const match = matchOf(terms, stems, { verbose_meta_scores });
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
    const titled = !round && terms[1] && (await have([{ forms: [titleForm(words)] }]));
    return titled && titled.length > 0 ? titled : have(round > 1 ? asBeginnings(terms) : terms, await stemsOf(terms));
  };
}
