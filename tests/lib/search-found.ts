import type { FoundPage } from '../../src/client/search/hits.ts';
import type { SearchQuery } from '../../src/core/search-query.ts';
import { keysOf } from '../../src/core/search-words.ts';

/** What the index tells of a page that holds these words, `clocks:clock` with another stem, once each. */
export function found(...words: string[]): FoundPage {
  const keys = words.map((word) => {
    const [form = '', stem = form] = word.split(':');
    return keysOf(form, stem)[0] ?? '';
  });
  return { found: keys.map((key) => ({ key, often: 1 })), inTitle: [], inFacts: [], words: 400 };
}

export const chosenNone: SearchQuery = {
  words: '',
  chosen: { feed: [], author: [], year: [], language: [] },
  newestFirst: false,
};
