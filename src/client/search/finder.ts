import { fileOfWord, titleForm } from '../../core/search-keys.ts';
import type { FinderFile, FinderList, SearchIndex } from '../../core/search-periods.ts';
import { type Term, termsOf } from '../../core/search-words.ts';
import type { Engine } from './engine.ts';
import { fits, matchOf, SURE, tierOf } from './hits.ts';
import { asBeginnings, cached, steps } from './one-index.ts';

/** The most older bundles to search if there are ten hits but none is sure. */
const MOST_FOR_BETTER = 5;

/** The finder is asked for all words only if more older bundles than these have the longest one. */
const FEW_BUNDLES = 2;

/**
 * Finds the older bundles with the words of a query, in the files of scripts/site/search/make-finder.ts.
 * @param folder the address of the files
 * @param stemsOf the stems of all forms of the terms
 */
export function finderOf(
  { bundles, finder }: SearchIndex,
  folder: string,
  stemsOf: (terms: readonly Term[]) => Promise<readonly string[]>,
): Engine['holding'] {
  const load = cached(async (name: string) => (await fetch(`${folder}${name}.json`)).json(), String);
  return async ({ words }, older, isBetter) => {
    const all = older.map(({ period }) => period);
    if (words === '') return isBetter ? [] : all;
    if (finder === undefined) return all;
    const terms = asBeginnings(termsOf(words));
    const list: FinderList = await load('finder');
    const crowded = new Set(list.crowded);
    const known = await stemsOf(terms);
    const stems = new Map(terms.flatMap(({ forms }) => forms).map((form, at) => [form, known[at] ?? form]));
    let tiers = new Map<string, number>();
    const tier = (period: string) => tiers.get(period) ?? 0;
    /** The older bundles with all terms. */
    const have = async (terms: readonly Term[]) => {
      const asked = terms.flatMap((term) => term.forms.map((form) => ({ term, form, stem: stems.get(form) ?? form })));
      const names = asked
        .flatMap(({ form, stem }) => [form, stem])
        .map((word) => fileOfWord(word, list.files, crowded));
      const files: FinderFile[] = await Promise.all([...new Set(names)].map(String).map(load));
      const places = files
        .flatMap(Object.entries<number[]>)
        .filter(([key]) => asked.some(({ term, form, stem }) => fits(term, form, stem, key)))
        .flatMap(([key, places]) => places.map((place) => ({ key, place })));
      tiers = new Map(
        [...Map.groupBy(places, ({ place }) => place >> 1)].map(([bundle, keys]) => {
          const fields = keys.map(({ key, place }) => ({
            field_name: place & 1 ? 'title' : '',
            matched_terms: [key],
          }));
          const match = matchOf(
            terms,
            asked.map(({ stem }) => stem),
            { verbose_meta_scores: fields },
          );
          return [bundles.at(-1 - bundle)?.period ?? '', match === null ? 0 : tierOf(match)];
        }),
      );
      return all.filter(tier);
    };
    let found: string[] = [];
    // For one word, titles with it are sure hits anyway.
    if (isBetter && terms[1]) found = await have([{ ...terms[1], forms: [titleForm(words)] }]);
    if (found[0]) return found;
    for (const some of steps(terms)) {
      found = await have(some);
      // The words of a few bundles cost fewer bytes than more words of the finder.
      if (found.length <= FEW_BUNDLES) break;
    }
    found.sort((a, b) => tier(b) - tier(a));
    return isBetter ? found.filter((period) => tier(period) >= SURE).slice(0, MOST_FOR_BETTER) : found;
  };
}
