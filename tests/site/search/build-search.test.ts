import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { makeFolder, stateFolder } from '../../../scripts/disk/files.ts';
import { buildSearch, openPieces } from '../../../scripts/site/search/build-search.ts';
import { decodeCbor, encodeCbor, wordsIn } from '../../../scripts/site/search/cbor.ts';
import { putChunks, unpack } from '../../../scripts/site/search/index-files.ts';
import { stemsOf } from '../../../scripts/site/search/pagefind.ts';
import { searchedText } from '../../../scripts/site/search/record-text.ts';
import type { SearchRecord, SearchSource } from '../../../scripts/site/search/search-records.ts';
import { finderOf } from '../../../src/client/search/finder.ts';
import { fileOfWord, keysOf, titleForm } from '../../../src/core/search-keys.ts';
import { type FinderList, periodsOf, type Reach, type SearchIndex, spansOf } from '../../../src/core/search-periods.ts';
import { readQuery } from '../../../src/core/search-query.ts';
import { fold } from '../../../src/core/search-words.ts';
import { hashes } from '../../lib/planet.ts';
import { recordOf, sourceOf } from '../../lib/search-pages.ts';
import { otherDisk } from '../../lib/site.ts';
import { areaFor } from '../../lib/test-folder.ts';

const area = areaFor('search');

/** The index of these records, in the output folder `name`. */
async function index(
  name: string,
  records: readonly SearchRecord[],
  over: Partial<SearchSource> = {},
  options: { inBundle?: number; reach?: Reach } = {},
) {
  const dist = resolve(area, name);
  makeFolder(dist);
  makeFolder(stateFolder(dist));
  return { dist, ...(await buildSearch(dist, { ...sourceOf(records), ...over }, options)) };
}

/** The finder of a search in which all but the newest bundle are older: its list, its files, and the places of a word by its key there. */
async function finderOfIndex(name: string, posts: readonly SearchRecord[]) {
  const { dist } = await index(name, posts, {}, { inBundle: 1, reach: { first: 1, further: 2 } });
  const [tag = ''] = await readdir(join(dist, 'pagefind/finder'));
  const folder = join(dist, 'pagefind/finder', tag);
  const names = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  const texts = await Promise.all(names.map((file) => readFile(join(folder, file), 'utf8')));
  const read = Object.fromEntries(names.map((file, at) => [file, JSON.parse(texts[at] ?? '')]));
  const list: FinderList = read['finder.json'];
  /** Of each place the distance from the one before. A bundle has thirty-two: its sixteen parts, each twice. */
  const placesOf = (word: string, key = `${word}\u0001`): number[] =>
    read[`${fileOfWord(word, list.files, list.crowded)}.json`][key];
  return { list, texts, placesOf };
}

const post = (path: string, title = 'First light', html = '<p>We saw it.</p>') => recordOf({ path, title, html });
const first = post('2026/01/23/first-light-0123456789');

test('indexes every entry', async () => {
  const second = post('2026/01/22/second-light-0123456789', 'Second light');
  const { dist, ...summary } = await index('good', [second, first]);
  expect(summary).toMatchObject({ entries: 2, rebuilt: 1, bundles: 1 });
  expect(await readdir(join(dist, 'pagefind/2026-01/fragment'))).toHaveLength(2);
});

test('the text of a body is indexed, with a full stop after a block that has none', () => {
  const html =
    '<p>One <b>two</b>\n three</p><ul><li>four<li>five!</ul><pre>x\n  y</pre><p>six<br>seven &amp; 日本語</p>';
  const text = searchedText(post('2026/01/23/a', 'A title', `${html}<img src="a.png" alt="eight">`));
  expect(text).toBe('Ada: A title. One two three. four. five! x y. six seven & 日本語.');
});

test('numbers of footnotes and arrows back are no part of words', () => {
  const html = `<p>A gear<sup><a href="#fn1">1</a></sup> turns [<a href="#fn2">2</a>]. See <a href="#notes">the notes</a>, or
    <a href="https://blog.example/#1">1</a>.</p><ol><li id="fn1">Brass <a href="#fnref1">↩︎</a></li></ol>
    <p>As <sup><a href="#fn3">3</a></sup> 図<a href="#f4">4</a> of <a href="#v">1.2.0</a></p><h3><a href="#y">2026</a></h3>`;
  const text = searchedText(post('2026/01/23/a', 'A title', html));
  // Other numbers that are links are words.
  expect(text).toBe('Ada: A title. A gear turns. See the notes, or 1. Brass. As 図4 of 1.2.0. 2026.');
});

test('the readings of ruby stand behind their sentence, so that a word with one for each letter is found', () => {
  const html = '<p>さあ<ruby>東<rt>とう</rt>京<rp>(</rp><rt>きょう</rt><rp>)</rp></ruby>へ</p><p>x</p>';
  expect(searchedText(post('2026/01/23/a', 'A title', html))).toBe('Ada: A title. さあ東京へ とう きょう. x.');
});

test('keeps words in files so small that a search fetches little of what it did not ask for', async () => {
  const words = Array.from({ length: 8_000 }, (_, at) => `w${at.toString(36)}`);
  const textOf = (at: number) => words.slice(at * 1000, at * 1000 + 1000).join(' ');
  const posts = Array.from({ length: 8 }, (_, at) => post(`2026/01/23/light-${at}`, 'First light', textOf(at)));
  const { dist } = await index('words', posts);
  const folder = join(dist, 'pagefind/2026-01/index');
  const chunks = await Promise.all((await readdir(folder)).map(async (file) => readFile(join(folder, file))));
  expect(chunks.length).toBeGreaterThan(10);
  for (const chunk of chunks) expect(gunzipSync(chunk).length).toBeLessThan(20_000);
  // And those that begin with the same three letters in one: who types these finds them all.
  const bundle = join(dist, 'pagefind/2026-01');
  const [meta = ''] = (await readdir(bundle)).filter((file) => file.endsWith('.pf_meta'));
  const read = decodeCbor(gunzipSync(await readFile(join(bundle, meta))).subarray('pagefind_dcd'.length));
  const [, , ranges] = read as [string, unknown, [from: string, to: string, file: string][]];
  expect(ranges.map(([, , file]) => `${file}.pf_index`).sort()).toEqual((await readdir(folder)).sort());
  const [begin, end] = [ranges.map(([from]) => from.slice(0, 3)), ranges.map(([, to]) => to.slice(0, 3))];
  expect(end.slice(0, -1).filter((letters, at) => letters === begin[at + 1])).toEqual([]);
});

test('an older bundle keeps its results in at most 32 files if files must be few', async () => {
  const old = Array.from({ length: 130 }, (_, at) => post(`2025/12/23/light-${at}`));
  const { dist } = await index('packed', [...old, first], { isPacked: true }, { reach: { first: 1, further: 2 } });
  expect(await readdir(join(dist, 'pagefind/2025-12/fragment'))).toHaveLength(26);
  expect(await readdir(join(dist, 'pagefind/2026-01/fragment'))).toHaveLength(1);
});

test('finds the stem of an Arabic word, also in the letters of a Persian keyboard', async () => {
  const { stems } = await stemsOf(['المعلمين', 'كتابين', 'کتابین'].map(fold), 'ar');
  expect([...stems.values()]).toEqual(['معلم', 'كتاب'].map(fold));
});

test('keeps Korean words that begin with the same syllable in one file', () => {
  const syllables = Array.from({ length: 40 }, (_, at) => String.fromCodePoint(0xac00 + 28 * at));
  const words = syllables.flatMap((syllable) => [...'가나다마바사'].map((end) => fold(syllable + end)));
  const keys = words.map((word) => ({ text: keysOf(word, word)[0] ?? '', places: encodeCbor([[0, [-25, 1], []]]) }));
  const chunks = putChunks(new Map(), keys, 'en', 400) as [from: string, to: string, file: string][];
  expect(chunks.length).toBeGreaterThan(5);
  const shared = chunks.filter(([from], at) => chunks[at - 1]?.[1].slice(0, 2) === from.slice(0, 2));
  expect(shared).toEqual([]);
});

test('keeps the beginning of a long text for results, and finds all its words', async () => {
  const words = Array.from({ length: 4000 }, (_, at) => `word${at}`).join(' ');
  const { dist } = await index('long', [post('2026/01/23/long', 'Long', `${words} 🎉 last`)]);
  const folder = join(dist, 'pagefind/2026-01');
  const [name = ''] = await readdir(join(folder, 'fragment'));
  const { content, word_count } = JSON.parse(unpack(await readFile(join(folder, 'fragment', name))).toString());
  expect(content).toHaveLength(8000);
  expect(word_count).toBeGreaterThan(4000);
  const files = await readdir(join(folder, 'index'));
  const chunks = await Promise.all(files.map((file) => readFile(join(folder, 'index', file))));
  expect(chunks.flatMap((chunk) => [...wordsIn(unpack(chunk), -1)]).map(({ word }) => word)).toContain('last\u0001');
});

test('has each word of older bundles in the file for its first letters and in that for its stem, however many begin alike', async () => {
  const wordOf = (at: number) => `${['snake', 'turning', 'clocks'][at % 3]}_${at.toString(36)}a`;
  const words = Array.from({ length: 12_000 }, (_, at) => wordOf(at));
  const posts = ['2026/03/01/new', '2026/02/01/older', '2026/01/01/oldest'].map((path, at) =>
    post(path, `First light ${at}`, `Turning clocks and C++ ${words.slice(at * 4000, at * 4000 + 4000).join(' ')}`),
  );
  const { list, texts, placesOf } = await finderOfIndex('finder', posts.reverse());
  for (const word of words.slice(0, 4000)) expect(placesOf(word)).toBeUndefined();
  for (const word of words.slice(4000, 8000)) expect(placesOf(word)).toEqual([32]);
  for (const word of words.slice(8000)) expect(placesOf(word)).toEqual([0]);
  for (const word of ['turning', 'turn']) expect(placesOf(word, 'turning\u0001turn')).toEqual([0, 32]);
  expect(placesOf('c++')).toEqual([0, 32]);
  expect(placesOf('light')).toEqual([1, 32]);
  // Words with a crowded beginning are in other files, but not forgotten.
  expect(list.crowded).toMatchObject({ sna: 1, snake_: 1 });
  for (const beginning of ['sna', 'snake', 'snake_'])
    expect(placesOf(beginning, `${beginning}\u{f0000}\u0001`)).toEqual([0, 32]);
  expect(placesOf(titleForm('First light 1'))).toEqual([33]);
  expect(Math.max(...texts.map(({ length }) => length))).toBeLessThan(40_000);
});

test('joins words of any script in the order of their bytes, and titles, over all older bundles', async () => {
  // In the order of JavaScript's strings, the second word is before the first.
  const words = ['\u{fa0e}\u{fa0f}', '\u{20bb7}\u{91ce}'];
  const [oldest, older] = [words[1], words.join(' ')];
  const posts = [post('2026/01/01/oldest', 'Same title', oldest), post('2026/02/01/older', 'Same title', older)];
  const { placesOf } = await finderOfIndex('scripts', [...posts, post('2026/03/01/new', 'New')]);
  expect(placesOf(words[0] ?? '')).toEqual([32]);
  expect(placesOf(words[1] ?? '')).toEqual([0, 32]);
  expect(placesOf(titleForm('Same title'))).toEqual([1, 32]);
});

test('a search opens the older bundles that may have an entry with all its words, those with a better hit first', async () => {
  const texts = Array.from({ length: 16 }, (_, at) => ({ 0: 'gear', 8: 'wheel' })[at] ?? 'clock');
  const posts = [
    ...texts.map((text, at) => post(`2025/11/01/clock-${at}`, 'A clock', text)),
    ...texts.map((text, at) => post(`2025/12/01/clock-${at}`, `A ${text}`, at === 9 ? 'gear wheel' : 'clock')),
    post('2026/01/01/new', 'New'),
  ];
  const { dist } = await index('parts', posts, {}, { inBundle: 16, reach: { first: 1, further: 2 } });
  const read = async (path: string) => JSON.parse(await readFile(join(dist, 'pagefind', path), 'utf8'));
  const list: SearchIndex = await read('bundles.json');
  const fileOf = (name: string | number) => read(`finder/${list.finder}/${name}.json`);
  const holding = finderOf(list, fileOf, async () => undefined);
  const held = (words: string, round = 1) =>
    holding({ ...readQuery(new URLSearchParams()), words }, list.bundles.slice(1), round);
  expect(list.bundles.map(({ period }) => period)).toEqual(['2026-01', '2025-12', '2025-11']);
  // In November, one post has the first word and one far from it the second.
  expect(await held('gear wheel')).toEqual(['2025-12']);
  expect(await held('clock')).toEqual(['2025-12', '2025-11']);
  expect(await held('A clock', 0)).toEqual(['2025-12', '2025-11']);
  expect(await held('A wheel', 0)).toEqual(['2025-12']);
  expect(await held('whe')).toEqual(['2025-12', '2025-11']);
  expect(await held('whe gear')).toEqual([]);
  expect(await held('whe gear', 2)).toEqual(['2025-12']);
  expect(await held('spring', 2)).toEqual([]);
});

test('a month that is indexed by its days has a bundle for each', async () => {
  const posts = ['22', '23'].map((day) => post(`2026/01/${day}/light-0123456789`));
  const spans = new Map(['22', '23'].map((day) => [`2026-01-${day}`, { entries: 1, hash: day }]));
  const { dist, ...summary } = await index('days', posts, { spans }, { inBundle: 1 });
  expect(summary).toMatchObject({ entries: 2, rebuilt: 2, bundles: 2 });
  const list = JSON.parse(await readFile(join(dist, 'pagefind/bundles.json'), 'utf8'));
  expect(list.bundles).toMatchObject(['23', '22'].map((day) => ({ period: `2026-01-${day}`, entries: 1 })));
});

test('makes the same index of the same entries, to the byte, on any disk', async () => {
  const names = ['Ada', 'Émile', 'Grace', 'Edith', 'Ólafur', 'Priya', 'Zoë', '森下', 'א', 'Bob'];
  const pathOf = (at: number) => `2026/0${1 + (at % 2)}/2${at}/light-${at}`;
  const posts = names.map((author, at) => recordOf({ path: pathOf(at), title: author, html: '', author }));
  posts.sort((a, b) => (a.url < b.url ? -1 : 1));
  // Another disk tells of its files in another order.
  const disk = areaFor('search', otherDisk() ?? area);
  const runs = await Array.fromAsync([join(area, 'first/dist'), join(disk, 'other')], (dist) => index(dist, posts));
  const [one = {}, other] = await Promise.all(runs.map(({ dist }) => hashes(join(dist, 'pagefind'))));
  expect(Object.keys(one).filter((path) => path.endsWith('facts.json'))).toHaveLength(2);
  expect(other).toEqual(one);
});

test('another run makes anew what changed, was lost or was damaged, and touches nothing else', async () => {
  const posts = [
    post('2024/05/01/old-0123456789', 'Old light'),
    post('2025/12/31/late-0123456789', 'Late light'),
    ...[first, post('2026/01/24/second-light-0123456789', 'Second light')],
  ];
  const [closed, newest] = ['2024-05_2025-12', '2026-01'];
  const { dist } = await index('again', posts);
  const at = (...names: string[]) => join(dist, 'pagefind', ...names);
  const state = async () => {
    const files = await hashes(at());
    const times = Object.keys(files).map(async (file) => [file, (await stat(at(file))).mtimeMs] as const);
    return { files, times: await Promise.all(times) };
  };
  const before = await state();
  expect(await index('again', posts)).toMatchObject({ rebuilt: 0 });
  expect(await state(), 'nothing changed').toEqual(before);

  for (const [what, rebuilt, harm] of [
    ['lost a file', 1, () => rm(at(closed, 'fragment'), { recursive: true })],
    ['had a file damaged', 1, () => writeFile(at(closed, 'pagefind-entry.json'), '{}')],
    ['lost the engine', 0, () => rm(at('engine'), { recursive: true })],
  ] as const) {
    await harm();
    expect(await index('again', posts), what).toMatchObject({ rebuilt });
    expect((await state()).files, what).toEqual(before.files);
  }

  const [mended, longer] = [await state(), [...posts, post('2026/01/25/third-light-0123456789', 'Third light')]];
  expect(await index('again', longer)).toMatchObject({ rebuilt: 1 });
  const after = await state();
  const of = (period: string, { times }: typeof before) => times.filter(([file]) => file.startsWith(period));
  expect(of(closed, after)).toEqual(of(closed, mended));
  expect(of(newest, after)).not.toEqual(of(newest, mended));
  const fresh = await index('fresh', longer);
  expect(after.files).toEqual(await hashes(join(fresh.dist, 'pagefind')));

  // A period that lost all of its entries has no bundle.
  expect(await index('again', [first])).toMatchObject({ entries: 1 });
  expect(await readdir(at())).toEqual([newest, 'bundles.json', 'engine']);
  expect(await readdir(at(newest, 'fragment'))).toHaveLength(1);
  const list = JSON.parse(await readFile(at('bundles.json'), 'utf8'));
  expect(list.bundles).toMatchObject([{ period: newest, entries: 1 }]);
});

test('a killed run keeps the folders that it has finished', async () => {
  const dist = resolve(area, 'killed');
  makeFolder(dist);
  const make = async (to: string) => {
    makeFolder(to);
    await writeFile(join(to, 'file'), 'words');
  };
  const killed = openPieces(dist);
  await killed.ensure('2025-12', [], make);
  void killed.ensure('2026-01', [], () => new Promise(() => {}));
  expect(await openPieces(dist).ensure('2025-12', [], make)).toBe('kept');
});

describe('the past is cut into periods', () => {
  const cut = (months: Record<string, number>) => {
    // Each month has a third of its entries on each of three days.
    const days = ['03', '17', '29'];
    const daysOf = (month: string) => new Map(days.map((day) => [`${month}-${day}`, (months[month] ?? 0) / 3]));
    const periods = periodsOf(spansOf(new Map(Object.entries(months)), daysOf));
    return periods.map(({ name, entries }) => `${name}: ${entries}`);
  };
  const last = { '2026-01': 5, '2026-02': 3 };
  const much = { '2025-10': 225, '2025-11': 225, '2025-12': 225, '2026-01': 225, '2026-02': 3 };
  const crowded = { '2025-11': 10, '2025-12': 600, '2026-01': 20, '2026-02': 1200 };
  test.for<[when: string, months: Record<string, number>, gives: string]>([
    ['there is none', {}, ''],
    ['it is one month', { '2026-01': 5 }, '2026-01: 5'],
    ['there is little of it', { '2009-05': 1, '2025-12': 10, ...last }, '2009-05_2026-01: 16, 2026-02: 3'],
    ['there is much of it', much, '2025-10_2025-11: 450, 2025-12_2026-01: 450, 2026-02: 3'],
    [
      ...(['one month is more than is indexed as one', crowded] as const),
      '2025-11: 10, 2025-12-03_2025-12-17: 400, 2025-12-29: 200, 2026-01: 20, 2026-02-03: 400, 2026-02-17: 400, 2026-02-29: 400',
    ],
    [
      ...(['the newest month has many entries', { '2026-01': 180, '2026-02': 180, '2026-03': 180 }] as const),
      '2026-01_2026-02: 360, 2026-03-03_2026-03-17: 120, 2026-03-29: 60',
    ],
    ['the months come in any order', { '2026-02': 3, '2026-01': 5, '2025-12': 10 }, '2025-12_2026-01: 15, 2026-02: 3'],
  ])('where %s', ([, months, gives]) => expect(cut(months).join(', ')).toBe(gives));

  test('a new month moves what was the newest and nothing before it', () => {
    const monthOf = (at: number) => new Date(Date.UTC(2020, at)).toISOString().slice(0, '2020-01'.length);
    const months = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [monthOf(at), 210]));
    const before = cut(months);
    const after = cut({ ...months, '2023-05': 1 });
    expect(after.slice(0, before.length - 3)).toEqual(before.slice(0, -3));
  });
});

test.for([0, 23, 24, 255, 256, 65_535, 65_536, 4_294_967_295])('%i comes back from CBOR as it went', (number) => {
  const items = [number, 'x'.repeat(Math.min(number, 70_000)), [], [[number, 'é']]];
  expect(decodeCbor(encodeCbor(items))).toEqual(items);
});

test('a chunk of the index returns words, their pages, and the fields that have them', () => {
  const files = new Map<string, Buffer>();
  const places = (inTitle: number[]) => encodeCbor([[300, [-25, 4, 70_000], inTitle], ...[[1, [-25, 2], []]]]);
  const keys = [-1, -2].map((field) => ({ text: field === -1 ? 'clock' : 'wheel', places: places([field, 3]) }));
  putChunks(files, keys, 'en', 1000);
  const [chunk = Buffer.of()] = files.values();
  expect([...wordsIn(gunzipSync(chunk).subarray('pagefind_dcd'.length), -1)]).toEqual([
    { word: 'clock', pages: [601, 602] },
    { word: 'wheel', pages: [600, 602] },
  ]);
});
