import type { FoundPage } from '../../src/client/search/hits.ts';
import { keysOf } from '../../src/core/search-keys.ts';
import type { SearchQuery } from '../../src/core/search-query.ts';

/** A page as Pagefind finds it: with these words, once each; `clocks:clock` has another stem. */
export function found(...words: string[]): FoundPage {
  return { scores: words.map((word) => scoreOf(word, 1)), params: { document_length: 400 } };
}

export function scoreOf(word: string, times: number): NonNullable<FoundPage['scores']>[number] {
  return { search_term: keyOf(word), params: { weighted_term_frequency: times } };
}

/** The page with these words in its title too. */
export function titled(page: FoundPage, ...words: string[]): FoundPage {
  return { ...page, verbose_meta_scores: [{ field_name: 'title', matched_terms: words.map(keyOf) }] };
}

function keyOf(word: string): string {
  const [form = '', stem = form] = word.split(':');
  return keysOf(form, stem)[0] ?? '';
}

export const chosenNone: SearchQuery = {
  words: '',
  chosen: { feed: [], author: [], year: [], language: [] },
  newestFirst: false,
};
