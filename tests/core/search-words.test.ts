import { describe, expect, test } from 'vitest';
import { cutWords } from '../../scripts/site/search/cut-words.ts';
import {
  excerptOf,
  type FoundPage,
  facetCounts,
  fits,
  foundPages,
  inOrder,
  isChosen,
  isNear,
  matchOf,
  rarityOf,
  SURE,
  tierOf,
  valuesOf,
} from '../../src/client/search/hits.ts';
import { askedFor, baseOf, keysOf, readKey } from '../../src/core/search-keys.ts';
import type { Facts } from '../../src/core/search-periods.ts';
import type { SearchQuery } from '../../src/core/search-query.ts';
import { fold, termsOf } from '../../src/core/search-words.ts';
import { rows } from '../lib/case-table.ts';

/** A page as Pagefind finds it: with these words, once each; `clocks:clock` has another stem. */
function found(...words: string[]): FoundPage {
  return { scores: words.map((word) => scoreOf(word, 1)), params: { document_length: 400 } };
}

function scoreOf(word: string, times: number): NonNullable<FoundPage['scores']>[number] {
  return { search_term: keyOf(word), params: { weighted_term_frequency: times } };
}

/** The page with these words in its title too. */
function titled(page: FoundPage, ...words: string[]): FoundPage {
  return { ...page, verbose_meta_scores: [{ field_name: 'title', matched_terms: words.map(keyOf) }] };
}

function keyOf(word: string): string {
  const [form = '', stem = form] = word.split(':');
  return keysOf(form, stem)[0] ?? '';
}

test.for([
  ['Straße', 'strasse'],
  ['STRASSE', 'strasse'],
  ['smørrebrød', 'smorrebrod'],
  ['Łódź', 'lodz'],
  ['Đà Nẵng', 'da nang'],
  ['œuvre Ærø', 'oeuvre aero'],
  ['ısı İstanbul', 'isi istanbul'],
  ['naïve Ångström', 'naive angstrom'],
  ['e\u0301te\u0301', 'ete'],
  ['Ёлка', 'елка'],
  ['βάσεις ΡΟΛΌΙ', 'βασεισ ρολοι'],
  ['كِتَاب', 'كتاب'],
  ['کتاب', 'كتاب'],
  ['علی موسى', 'علي موسي'],
  ['۲۰۲۶ ٢٠٢٦', '2026 2026'],
  ['ＰＹＴＨＯＮ ﬁle', 'python file'],
  ['مکہ خانۀ هەولێر', 'مكه خانه ههولێر'],
  ['Azərbaycan', 'azerbaycan'],
  ['Київ ўсё', 'киів усе'],
])('%s is compared as %s', ([text, folded]) => expect(fold(text ?? '')).toBe(folded));

test.for(rows`
  हिन्दी | हनद
  がき | かき
  ที่ | ท
`)('the vowels of %s stay: it is not %s', ([text, other]) => expect(fold(text ?? '')).not.toBe(fold(other ?? '')));

test.for([
  ['a “clock”, clocks!', 'a clock clocks'],
  ['C++, C#; F#. .NET', 'c++ c# f# .net +net'],
  ['asyncio.create_task(coro)', 'asyncio.create_task +asyncio +create_task +create +task coro'],
  ['@astrojs/rss v2.0.1', '@astrojs/rss +astrojs +rss v2.0.1 2.0.1 +v2 +0 +1'],
  ['camelCase user@host', 'camelcase +camel +case user@host +user +host'],
  ['see https://x.org/a.', 'see https x.org/a +x +org +a'],
  ['it’s — well… done', "it's +it +s well done"],
  ["комп’ютер компʼютер комп'ютер", Array(3).fill("комп'ютер компютер +комп +ютер").join(' ')],
  ['צ׳אט', "צ'אט צאט +צ +אט"],
  ["O‘zbek O'Reilly l'été we'll", "o'zbek ozbek +o +zbek o'reilly oreilly +o +reilly l'ete +l +ete we'll +we +ll"],
  ['ґанок', 'ґанок ганок'],
  ['צה״ל צה"ל', Array(2).fill("צה'ל צהל +צה +ל").join(' ')],
  ['בית־ספר', 'בית-ספר ביתספר +בית +ספר'],
  ['ինչո՞ւ', 'ինչու'],
  ['U.S.A., EE.UU. z.B.', 'u.s.a usa +u +s +a ee.uu eeuu +ee +uu z.b zb +z +b'],
  ['col·lecció coŀlecció', 'col·leccio colleccio +col +leccio col·leccio colleccio'],
  ['AI는 הAPI C++', 'ai는 +ai הapi +api c++'.normalize('NFKD')],
  ['ශ්\u200dරී', fold('ශ්රී')],
  ['हिन्दी चाँद फ़िल्म હિન્દી', ['हिन्दी', 'हिंदी', 'चांद', 'चान्द', 'फिल्म', 'હિન્દી', 'હિંદી'].map(fold).join(' ')],
  ['२०२४ ২০২৪', '२०२४ 2024 ২০২৪ 2024'],
  ['東京・大阪', ['東京', '京', '大阪', '阪'].map(fold).join(' ')],
  ['ジョン・スミ', ['ジョ', 'ョン', 'ンス', 'スミ', 'ミ'].map(fold).join(' ')],
  ['အ\u200bစ', ['အစ', 'စ'].map(fold).join(' ')],
  ['東京都 is', '東京 京都 都 is'],
  ['東 京', '東 京'],
  ['كـــتاب ـ 1445هـ', 'كتاب 1445ه +1445'],
  // Persian, whose readers often leave out the break within a word.
  ['می\u200cشود کتاب\u200cها', 'ميشود +مي +شود كتابها +كتاب +ها'],
  ['Auf\u200clage', 'auflage +auf +lage'],
  ['1,024 foo‑bar', '1 024 +1024 foo-bar foobar +foo +bar'],
  ['10.000 ١٬٠٢٤ 1.2.345 1,234.5', '10.000 +10 +000 +10000 1 024 +1024 1.2.345 +1 +2 +345 1 234.5 +234 +5 +1234'],
  ['foo-bar.js', 'foo-bar.js +foo-bar +foobar +js +foo +bar'],
  ['E-Mail, GPT-4, 10-20', 'e-mail email +e +mail gpt-4 gpt4 +gpt +4 10-20 +10 +20'],
  ["Jean-Luc's my-mod_name", "jean-luc's jeanluc's +jean +luc +s my-mod_name mymod_name +my +mod +name"],
  ['Clock!) NASA. ab.Cd', 'clock nasa ab.cd abcd +ab +cd'],
  ['… — !', ''],
])('%s is the words %s', ([text, words]) => {
  const cut = cutWords(text ?? '')
    .flat()
    .map(({ form, isPart }) => (isPart ? '+' : '') + form);
  expect(cut.join(' ')).toBe(words);
});

test.for([
  ['clock', 'clock…'],
  ['clock maker', 'clock maker…'],
  ['clock ', 'clock'],
  ['“Clock Maker” of', '[clock maker] of…'],
  ['"clock', 'clock…'],
  ['e-mail "time-lapse" 10-20', 'email [time-lapse] 10-20…'],
  // https://github.com/redislabs-training/redis-sitesearch/pull/11
  ['v2.0 "v2.0" v8', '2.0 [v2.0] v8…'],
  ['می\u200cشود', 'ميشود…'],
  ['U.S.A.', 'usa…'],
  ['צה"ל ארה"ב', "צה'ל ארה'ב…"],
  ['col·lecció', 'colleccio…'],
  ['C', 'c…'],
  ['C++', 'c++…'],
  ['asyncio.create_task()', 'asyncio.create_task…'],
  ['東京都庁', '東京 京都 都庁'],
  ['京', '京…'],
  ['京都 の宿', '京都 | の宿…'],
  ['"東京都"', '[東京 京都]'],
  ['?!', ''],
])('the question %s asks for %s', ([question, terms]) => {
  const said = termsOf(question ?? '').map(({ forms, isQuoted, isOpen }) => {
    return isQuoted ? `[${forms.join(' ')}]` : forms.join(' ') + (isOpen ? '…' : '');
  });
  const isRun = /\p{sc=Han}/u.test(question ?? '');
  expect(said.join(isRun ? ' | ' : ' ')).toBe(terms);
});

// One letter of Thai and two of Lao are two when folded.
test.for(['ทำงาน', 'น้ำมัน', 'ໜັງສື', 'がっこう', '東京都庁'])('all pairs of %s are in the index of it', (word) => {
  const pairs = cutWords(word).flatMap((words) => words.map(({ form }) => form));
  expect(termsOf(word)).toEqual([{ forms: pairs.slice(0, -1), isOpen: false }]);
});

test.for(rows`
  الكتاب | كتاب
  والكتاب | كتاب
  الى | الى
  הספר | ספר
  l'arbre | arbre
  dell'arte | arte
  qu'elles | elles
  l'ia | ia
  l'a | l'a
  o'reilly | o'reilly
  clock's | clock
  don't | don't
  clock | clock
`)('%s without its article is %s', ([form, base]) => expect(baseOf(form ?? '')).toBe(base));

test.for([
  { form: 'clock', stem: 'clock', keys: 1 },
  { form: 'clocks', stem: 'clock', keys: 1 },
  { form: 'happy', stem: 'happi', keys: 2 },
])('the keys of $form say what it is, and begin with it and its stem', ({ form, stem, keys }) => {
  const all = keysOf(form, stem);
  expect(all).toHaveLength(keys);
  for (const key of all) expect(readKey(key)).toEqual({ form, stem });
  for (const begin of [form, stem]) expect(all.some((key) => key.startsWith(begin))).toBe(true);
});

test.for([
  ['clocks', 'clocks'],
  ['init.py', 'init.'],
  ['c++', 'c++'],
  ['3.14', '3.14'],
  ['الكتاب', 'كتاب'],
])('for %s Pagefind is asked for %s', ([form, asked]) => expect(askedFor(form ?? '')).toBe(asked));

test.for([
  { asked: 'clocks', stem: 'clock', word: 'clocks', of: 'clock', fit: 3 },
  { asked: 'clocks', stem: 'clock', word: 'clock', of: 'clock', fit: 2 },
  { asked: 'clock', stem: 'clock', word: 'clockwork', of: 'clockwork', fit: 1 },
  { asked: 'news', stem: 'new', word: 'newer', of: 'newer', fit: 0 },
  { asked: 'c', stem: 'c', word: 'c++', of: 'c++', fit: 0 },
  { asked: '京', stem: '京', word: '京都', of: '京都', fit: 1 },
  { asked: fold('데'), stem: fold('데'), word: fold('데이터'), of: fold('데이터'), fit: 1 },
  { asked: 'cl', stem: 'cl', word: 'clock', of: 'clock', fit: 0 },
  { asked: 'ча', stem: 'ча', word: 'часы', of: 'час', fit: 0 },
  { asked: 'час', stem: 'ча', word: 'часовой', of: 'часов', fit: 1 },
])('$asked fits by $word: $fit', ({ asked, stem, word, of, fit }) => {
  const [key = ''] = keysOf(word, of);
  const term = { forms: [asked], isQuoted: false, isOpen: true };
  expect(fits(term, asked, stem, key)).toBe(fit);
  expect(fits({ ...term, isOpen: false }, asked, stem, key)).toBe(fit === 1 ? 0 : fit);
  expect(fits({ ...term, isQuoted: true }, asked, stem, key)).toBe(fit === 3 ? 3 : 0);
});

test.for(['QmFzZTY0', 'abcdefgh'])('of a file of %s in a text, as much is in the index as is asked for', (letters) => {
  const file = letters.repeat(10_000);
  const forms = new Set(cutWords(file).flatMap((words) => words.map(({ form }) => form)));
  for (const form of forms) expect(form.length).toBeLessThan(1000);
  expect(forms).toContain(termsOf(file)[0]?.forms[0]);
});

test('a page without one of the words is no match', () => {
  const terms = termsOf('clock maker ');
  expect(matchOf(terms, ['clock', 'maker'], found('clock'))).toBe(null);
  expect(matchOf(terms, ['clock', 'maker'], found('clock', 'makers'))).toBe(null);
  expect(matchOf(terms, ['clock', 'maker'], found('clock', 'makers:maker'))).toMatchObject({ level: 2, title: 0 });
});

test('for one word titles come first, then the word as typed, their other forms, their beginnings; among equals as they came', () => {
  const terms = termsOf('clock');
  const pages = {
    ...{ begins: found('clockwork'), stem: found('clocks:clock'), typed: found('clock'), 'typed too': found('clock') },
    'stem in the title': titled(found('clocks:clock'), 'clocks:clock'),
    'in the title': titled(found('clock'), 'clock'),
    'typed often': { ...found('clock'), scores: [scoreOf('clock', 9)] },
  };
  const hits = Object.entries(pages).flatMap(([name, page]) => {
    const match = matchOf(terms, ['clock'], page);
    return match === null ? [] : [{ name, match }];
  });
  const ordered = inOrder(hits, [3]).map(({ name }) => name);
  expect(ordered.join()).toBe('in the title,typed often,typed,typed too,stem in the title,stem,begins');
});

const terms = termsOf('brass gear');
const page = found('brass', 'gears:gear');
test.for([
  [6, titled(page, 'brass', 'gear')],
  [5, titled(page, 'brass', 'gears:gear')],
  [3, found('brass', 'gear')],
  [2, titled(page, 'brass')],
] as const)(
  'for several words, other forms of all in a title come before a text with them as typed: tier %i',
  ([tier, each]) => {
    const match = matchOf(terms, ['brass', 'gear'], each);
    expect(match && [tierOf(match), tierOf(match) >= SURE]).toEqual([tier, tier > 3]);
  },
);

test('the number of pages with a word follows from its rarity', () => {
  for (const pages of [0, 1, 17, 1000]) expect(foundPages(rarityOf(pages, 1000), 1000)).toBeCloseTo(pages, 5);
});

describe('filters', () => {
  const values = 'feed A, author Ada, year 2025, feed B, author Grace, year 2026, year 2023'.split(', ');
  const pages = { ada: [0, 1, 2], grace: [3, 4, 1, 5] };
  const facts: Facts = { values: values.map((each) => each.split(' ') as Facts['values'][number]), pages };
  const [ada, grace] = [valuesOf(facts, 'ada'), valuesOf(facts, 'grace')];
  const filters = { feed: ['B'], author: [], year: ['2026', '2024'], language: [] };
  const chosen: SearchQuery = { words: '', chosen: filters, newestFirst: false };
  test('any of the chosen ones in each facet', () =>
    expect([ada, grace].map((values) => isChosen(chosen, values))).toEqual([false, true]));
  test('count what another choice would leave, and what nothing is left of', () => {
    const counts = Object.entries(facetCounts(chosen, [ada, grace], facts.values));
    expect(counts.map(([facet, counts]) => [facet, Object.fromEntries(counts)])).toEqual([
      ['feed', { A: 0, B: 1 }],
      ['author', { Ada: 1, Grace: 1 }],
      ['year', { '2025': 0, '2026': 1, '2023': 0 }],
      ['language', {}],
    ]);
  });
});

test.for([
  { text: '', places: [], gives: '' },
  { text: 'one two', places: [], gives: 'one two' },
  { text: 'Clocks and  more <b>', places: [0, 2], gives: '[Clocks] and  [more] <b>' },
  { text: '“Clocks?” in C# (now).', places: [0, 2, 3], gives: '“[Clocks]?” in [C#] ([now]).' },
  { text: 'in 東京都庁 now', places: [2, 3], gives: 'in 東[京][都]庁 now' },
])('the excerpt of "$text" is its words', ({ text, places, gives }) => {
  const pieces = excerptOf(text, places).map(({ text, marked }) => (marked ? `[${text}]` : text));
  expect(pieces.join('')).toBe(gives);
});

test('an excerpt shows where most of the words are', () => {
  const text = Array.from({ length: 200 }, (_, at) => `w${at}`).join(' ');
  const pieces = excerptOf(text, [3, 120, 124]);
  expect(pieces.filter(({ marked }) => marked).map(({ text }) => text)).toEqual(['w120', 'w124']);
  expect(pieces.map(({ text }) => text).join('')).toMatch(/^w115 /);
  const behind = excerptOf(text, [200, 201]);
  expect(behind.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('')).toMatch(/^w0 [^[]*$/);
});

test.for([
  ['pyhton', 'python', true],
  ['clok', 'clock', true],
  ['clocl', 'clock', true],
  ['clockk', 'clock', true],
  ['cloak', 'smock', false],
] as const)('%s is near %s: %s', ([a, b, near]) => expect(isNear(a, b)).toBe(near));
