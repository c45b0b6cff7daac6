import { stemsOf } from '../../../scripts/site/search/pagefind.ts';
import { searchedText } from '../../../scripts/site/search/record-text.ts';
import type { SearchRecord } from '../../../scripts/site/search/search-records.ts';
import { randomOf } from '../planet/random.ts';
import { LANGUAGES, NAMES } from './planted.ts';

/** A question, the page that should come first, and how many pages hold it. */
export interface Question {
  kind: string;
  words: string;
  right: string | null;
  /** Null where it is not counted. */
  true: number | null;
}

interface Page {
  url: string;
  title: string;
  content: string;
  words: Set<string>;
}

/** The pages of the records. */
function pagesOf(records: readonly SearchRecord[]): Page[] {
  return records
    .map((record) => {
      const { title = '', author = '', feed = '' } = record.meta;
      const content = searchedText(record);
      return { url: record.url, title, content, words: new Set(wordsIn(`${content} ${title} ${author} ${feed}`)) };
    })
    .sort((a, b) => (a.url < b.url ? -1 : 1));
}

/** Not as the search does it, so that it is not measured by itself. */
function wordsIn(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** Questions about records, of each kind as many as there are up to the number wanted. */
export async function questionsOf(records: readonly SearchRecord[]): Promise<Question[]> {
  const all = pagesOf(records);
  const random = randomOf(7);
  const some = <T>(list: readonly T[], most: number): T[] => {
    const mixed = list.map((each) => ({ each, at: random() })).sort((a, b) => a.at - b.at);
    return mixed.slice(0, most).map(({ each }) => each);
  };
  const holders = new Map<string, Page[]>();
  for (const page of all) {
    for (const word of page.words) {
      const known = holders.get(word);
      if (known === undefined) holders.set(word, [page]);
      else known.push(page);
    }
  }
  const { stems } = await stemsOf(holders.keys(), 'en');
  const byStem = Map.groupBy(holders.keys(), (word) => stems.get(word) ?? word);
  const holding = (word: string, isLast: boolean): Set<Page> => {
    const begun = isLast ? [...holders.keys()].filter((other) => other.startsWith(word)) : [];
    const forms = [...(byStem.get(stems.get(word) ?? word) ?? []), ...begun];
    return new Set(forms.flatMap((form) => holders.get(form) ?? []));
  };
  const trueOf = (words: readonly string[]): number => {
    const held = words.map((word, at) => holding(word, at === words.length - 1));
    return held.reduce((both, pages) => both.intersection(pages)).size;
  };

  const months = [...new Set(all.map(({ url }) => monthOf(url)))].sort();
  const newest = months.at(-1);
  const isWord = (word: string) => /^[a-z]{4,}$/.test(word);
  const rare = [...holders].filter(([word, pages]) => pages.length === 1 && isWord(word));
  const ask = (kind: string, words: string, right: Page | undefined): Question => {
    return { kind, words, right: right?.url ?? null, true: trueOf(wordsIn(words)) };
  };
  const single = (kind: string, isNew: boolean, most: number) => {
    const fit = rare.filter(([, [page]]) => page !== undefined && (monthOf(page.url) === newest) === isNew);
    return some(fit, most).map(([word, [page]]) => ask(kind, word, page));
  };

  const titled = Map.groupBy(all, ({ title }) => title);
  const titles = [...titled].filter(([title, pages]) => pages.length === 1 && wordsIn(title).length > 1);
  const pairs: Question[] = [];
  const isCommon = (pages: Page[]) => pages.length > 2 && pages.length < all.length / 8;
  const known = [...holders].filter(([word, pages]) => isWord(word) && isCommon(pages));
  const knownWords = new Set(known.map(([word]) => word));
  for (const page of some(all, 200)) {
    const words = [...page.words].filter((word) => knownWords.has(word));
    const [first, second] = some(words, 2);
    if (first === undefined || second === undefined || pairs.length === 50) continue;
    const both = (holders.get(first) ?? []).filter((each) => each.words.has(second));
    if (both.length === 1) pairs.push(ask('two words', `${first} ${second}`, page));
  }
  const nowhere = Array.from({ length: 50 }, () => letters(random)).filter((word) => trueOf([word]) === 0);
  const planted = (kind: string, list: typeof NAMES) =>
    list.flatMap(({ question, title, text }): Question[] => {
      const page = all.find((each) => each.title === title && each.content.replaceAll('\u200b', '').includes(text));
      return page === undefined ? [] : [{ kind, words: question, right: page.url, true: null }];
    });
  return [
    ...single('newest month', true, 200),
    ...single('older months', false, 100),
    ...some(titles, 50).map(([title, [page]]) => ask('titles', title, page)),
    ...pairs,
    ...nowhere.map((word) => ask('nowhere', word, undefined)),
    ...planted('languages', LANGUAGES),
    ...planted('code', NAMES),
  ];
}

function monthOf(url: string): string {
  return /\d{4}\/\d\d/.exec(url)?.[0] ?? '';
}

function letters(random: () => number): string {
  return Array.from({ length: 9 }, () => 'abcdefghijklmnopqrstuvwxyz'[Math.floor(random() * 26)]).join('');
}
