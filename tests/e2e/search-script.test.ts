import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { fingerprint, type RenderedFolder, writeManifest } from '../../scripts/site/manifest.ts';
import { decodeCbor, encodeCbor } from '../../scripts/site/search/index-files.ts';
import { putChunks } from '../../scripts/site/search/word-chunks.ts';
import { periodsOf, spansOf } from '../../src/core/search-periods.ts';
import { fold, keysOf } from '../../src/core/search-words.ts';
import { hashes, run } from '../lib/planet.ts';
import { otherDisk } from '../lib/site.ts';

const area = await mkdtemp(join(tmpdir(), 'orrery-search-'));
afterAll(() => rm(area, { recursive: true, force: true }));

const page = (body: string) =>
  `<!doctype html><html lang="en"><head><title>x</title></head><body>${body}</body></html>`;

/** The last step of a build, over pages that it remembers as it made them, of so many entries: else as many as have a page. */
async function search(dist: string, entries?: number) {
  const files = Object.keys(await hashes(dist)).filter((path) => !path.startsWith('pagefind/'));
  const folderOf = (path: string) => /^\d{4}\/\d\d(?=\/)/.exec(path)?.[0] ?? 'front';
  const manifest = [...Map.groupBy(files, folderOf)].map(([name, paths]): [string, RenderedFolder] => [
    name,
    {
      questions: [],
      answers: '',
      entries: entries ?? paths.filter((path) => path.split('/').length === 5).length,
      files: new Map(paths.map((path) => [path, fingerprint(dist, path)])),
    },
  ]);
  writeManifest(dist, 'pages', new Map(manifest));
  return run(['tests/lib/search-site.ts'], { PLANET_DIST: dist });
}

/** A built site of these pages, and what the postbuild makes of it. */
async function index(name: string, pages: Record<string, string>, entries?: number) {
  const dist = resolve(area, name);
  for (const [path, body] of Object.entries(pages)) {
    await mkdir(dirname(join(dist, path)), { recursive: true });
    await writeFile(join(dist, path), page(body));
  }
  return { dist, ...(await search(dist, entries)) };
}

const filtered = (name: string) =>
  `<main data-pagefind-body><h1>${name}</h1><span data-pagefind-filter="author">${name}</span>` +
  '<span data-pagefind-filter="feed">A</span><time data-pagefind-sort="date">2026</time></main>';
const entry = '<main data-pagefind-body><h1>First light</h1><p>We saw it.</p></main>';

test('indexes every entry page, and no other', async () => {
  const { dist, code, stdout } = await index('good', {
    'index.html': '<main>The river</main>',
    '2026/01/23/index.html': '<main>A day</main>',
    '2026/01/23/first-light-0123456789/index.html': entry,
    '2026/01/22/second-light-0123456789/index.html': entry.replace('First', 'Second'),
    'about/index.html': '<main>About</main>',
  });
  expect(code).toBe(0);
  expect(stdout).toContain('2 of 2 entries');
  expect(await readdir(join(dist, 'pagefind/2026-01/fragment'))).toHaveLength(2);
});

test('keeps words in files so small that a search fetches little of what it did not ask for', async () => {
  const words = Array.from({ length: 20_000 }, (_, at) => `w${at.toString(36)}`);
  const pages = Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [
      `2026/01/23/light-${at}/index.html`,
      entry.replace('We saw it.', words.slice(at * 1000, at * 1000 + 1000).join(' ')),
    ]),
  );
  const { dist } = await index('words', pages);
  const folder = join(dist, 'pagefind/2026-01/index');
  const chunks = await Promise.all((await readdir(folder)).map(async (file) => readFile(join(folder, file))));
  expect(chunks.length).toBeGreaterThan(10);
  for (const chunk of chunks) expect(gunzipSync(chunk).length).toBeLessThan(20_000);
  // And those that begin with the same three letters in one: who types these finds them all.
  const bundle = join(dist, 'pagefind/2026-01');
  const [meta = ''] = (await readdir(bundle)).filter((file) => file.endsWith('.pf_meta'));
  const [, , ranges] = decodeCbor(gunzipSync(await readFile(join(bundle, meta))).subarray('pagefind_dcd'.length)) as [
    string,
    unknown,
    [from: string, to: string, file: string][],
  ];
  expect(ranges.map(([, , file]) => `${file}.pf_index`).sort()).toEqual((await readdir(folder)).sort());
  const [begin, end] = [ranges.map(([from]) => from.slice(0, 3)), ranges.map(([, to]) => to.slice(0, 3))];
  expect(end.slice(0, -1).filter((letters, at) => letters === begin[at + 1])).toEqual([]);
});

test('keeps Korean words that begin with the same syllable in one file', () => {
  const syllables = Array.from({ length: 40 }, (_, at) => String.fromCodePoint(0xac00 + 28 * at));
  const words = syllables.flatMap((syllable) => [...'가나다마바사'].map((end) => fold(syllable + end)));
  const keys = words.map((word) => ({ text: keysOf(word, word)[0] ?? '', places: encodeCbor([[0, [-25, 1], []]]) }));
  const chunks = putChunks(new Map(), keys, 400, 'en') as [from: string, to: string, file: string][];
  expect(chunks.length).toBeGreaterThan(5);
  const shared = chunks.filter(([from], at) => chunks[at - 1]?.[1].slice(0, 2) === from.slice(0, 2));
  expect(shared).toEqual([]);
});

describe('a month of more entries than are indexed as one is indexed by its days', () => {
  const slugs = Array.from({ length: 501 }, (_, at) => `light-${String(at).padStart(10, '0')}`);
  const days = ['22', '23'];
  test.for([
    {
      where: 'they have pages of their own',
      name: 'days',
      pages: () =>
        Object.fromEntries(
          days.flatMap((day) => slugs.map((slug) => [`2026/01/${day}/${slug}/index.html`, entry] as const)),
        ),
    },
    {
      where: 'they stand in the page of the month',
      name: 'days-anchored',
      pages: () => {
        const sections = days.map((day) => {
          const articles = slugs.map((slug) => `<article id="${slug}" data-pagefind-body><p>We saw it.</p></article>`);
          return `<section aria-labelledby="day-2026-01-${day}">${articles.join('')}</section>`;
        });
        return { '2026/01/index.html': sections.join('') };
      },
    },
  ])('where $where', async ({ name, pages }) => {
    const { dist, stdout, stderr } = await index(name, pages(), 1002);
    expect(stdout + stderr).toContain('1002 of 1002 entries indexed, 2 of 2 bundles rebuilt');
    const list = JSON.parse(await readFile(join(dist, 'pagefind/bundles.json'), 'utf8'));
    expect(list.bundles).toMatchObject([
      { period: '2026-01-23', entries: 501 },
      { period: '2026-01-22', entries: 501 },
    ]);
  });
});

test('publishes an entry page that gives it nothing to index, and names it', async () => {
  const { code, stderr } = await index('less', {
    '2026/01/23/first-light-0123456789/index.html': entry,
    '2026/01/22/lost-0123456789/index.html': '<main>Somebody forgot the attribute</main>',
  });
  expect(stderr).toBe('search: 2026/01/22/lost-0123456789/ is published, but has no words to search\n');
  expect(code).toBe(0);
});

test('fails where there is no entry page', async () => {
  const { code, stderr } = await index('none', { 'index.html': '<main>The river</main>' });
  expect(code).toBe(1);
  expect(stderr).toContain('nothing to search');
});

test('makes the same index of the same pages, to the byte, on any disk', async () => {
  const names = ['Ada', 'Émile', 'Grace', 'Edith', 'Ólafur', 'Priya', 'Zoë', '森下', 'א', 'Bob'];
  const pages = Object.fromEntries(
    names.map((name, at) => [`2026/0${1 + (at % 2)}/2${at}/light-${at}/index.html`, filtered(name)]),
  );
  // Another disk tells of its files in another order.
  const disk = await mkdtemp(join(otherDisk() ?? area, 'orrery-search-'));
  onTestFinished(() => rm(disk, { recursive: true, force: true }));
  const runs = await Promise.all(
    [join(area, 'first'), join(area, 'second'), join(disk, 'third')].map((dist) => index(dist, pages)),
  );
  const [first, ...others] = await Promise.all(runs.map(({ dist }) => hashes(join(dist, 'pagefind'))));
  expect(Object.keys(first ?? {}).filter((path) => path.endsWith('facts.json'))).toHaveLength(2);
  for (const other of others) expect(other).toEqual(first);
});

describe('a second run', () => {
  const pages = {
    '2024/05/01/old-0123456789/index.html': entry.replace('First', 'Old'),
    '2025/12/31/late-0123456789/index.html': entry.replace('First', 'Late'),
    '2026/01/23/first-light-0123456789/index.html': entry,
    '2026/01/24/second-light-0123456789/index.html': entry.replace('First', 'Second'),
  };
  const times = async (dist: string) =>
    Promise.all(
      Object.keys(await hashes(join(dist, 'pagefind'))).map(async (file) => [
        file,
        (await stat(join(dist, 'pagefind', file))).mtimeMs,
      ]),
    );
  /** What another run says after something was done to a built site. */
  const again = async (name: string, change: (dist: string) => Promise<unknown>) => {
    const { dist } = await index(name, pages);
    const before = { files: await hashes(join(dist, 'pagefind')), times: await times(dist) };
    await change(dist);
    const ran = await search(dist);
    return { dist, before, after: { files: await hashes(join(dist, 'pagefind')), times: await times(dist) }, ...ran };
  };
  const [closed, newest] = ['2024-05_2025-12', '2026-01'];

  test('touches nothing where nothing changed', async () => {
    const { stdout, before, after } = await again('same', async () => {});
    expect(stdout).toContain('4 of 4 entries indexed, 0 of 2 bundles rebuilt');
    expect(after).toEqual(before);
  });

  test('after a new entry makes the newest month anew and leaves what is closed', async () => {
    const path = '2026/01/24/second-light-0123456789/index.html';
    const third = entry.replace('First', 'Third');
    const { stdout, before, after } = await again('new', (dist) => writeFile(join(dist, path), page(third)));
    expect(stdout).toContain('4 of 4 entries indexed, 1 of 2 bundles rebuilt');
    const of = (period: string, list: typeof before.times) => list.filter(([file]) => String(file).startsWith(period));
    expect(of(closed, after.times)).toEqual(of(closed, before.times));
    expect(of(newest, after.times)).not.toEqual(of(newest, before.times));
    const fresh = await index('fresh', { ...pages, [path]: third });
    expect(after.files).toEqual(await hashes(join(fresh.dist, 'pagefind')));
  });

  test.for([
    {
      what: 'lost a file',
      harm: async (folder: string) => rm(join(folder, 'fragment'), { recursive: true }),
    },
    {
      what: 'had a file damaged',
      harm: async (folder: string) => writeFile(join(folder, 'pagefind-entry.json'), '{}'),
    },
  ])('mends a bundle that $what, and no other', async ({ what, harm }) => {
    const { stdout, before, after } = await again(what, (dist) => harm(join(dist, 'pagefind', closed)));
    expect(stdout).toContain('1 of 2 bundles rebuilt');
    expect(after.files).toEqual(before.files);
  });

  test('mends the engine', async () => {
    const { before, after } = await again('engine', (dist) => rm(join(dist, 'pagefind/engine'), { recursive: true }));
    expect(after.files).toEqual(before.files);
  });

  test('of a site that lost an entry finds it no more, and a period that lost all of them has no bundle', async () => {
    const { stdout, dist, after } = await again('hidden', async (dist) => {
      await rm(join(dist, '2024'), { recursive: true });
      await rm(join(dist, '2025'), { recursive: true });
      await rm(join(dist, '2026/01/24'), { recursive: true });
    });
    expect(stdout).toContain('1 of 1 entries indexed');
    expect(Object.keys(after.files).filter((file) => file.includes('fragment'))).toHaveLength(1);
    expect(await readdir(join(dist, 'pagefind'))).toEqual([newest, 'bundles.json', 'engine']);
    const list = JSON.parse(await readFile(join(dist, 'pagefind/bundles.json'), 'utf8'));
    expect(list.bundles).toMatchObject([{ period: newest, entries: 1 }]);
  });
});

describe('the past is cut into periods', () => {
  /** Each month has a third of its entries on each of three days. */
  const daysOf =
    (entries = 0) =>
    (month: string) =>
      new Map(['03', '17', '29'].map((day) => [`${month}-${day}`, entries / 3]));
  const cut = (months: Record<string, number>) => {
    const spans = spansOf(new Map(Object.entries(months)), (month) => daysOf(months[month])(month));
    return periodsOf(spans).map(({ name, entries }) => `${name}: ${entries}`);
  };
  test.for([
    { when: 'there is none', months: {}, gives: [] },
    { when: 'it is one month', months: { '2026-01': 5 }, gives: ['2026-01: 5'] },
    {
      when: 'there is little of it',
      months: { '2009-05': 1, '2025-12': 10, '2026-01': 5, '2026-02': 3 },
      gives: ['2009-05_2026-01: 16', '2026-02: 3'],
    },
    {
      when: 'there is much of it',
      months: { '2025-10': 450, '2025-11': 450, '2025-12': 450, '2026-01': 450, '2026-02': 3 },
      gives: ['2025-10_2025-11: 900', '2025-12_2026-01: 900', '2026-02: 3'],
    },
    {
      when: 'one month is more than is indexed as one',
      months: { '2025-11': 10, '2025-12': 1200, '2026-01': 20, '2026-02': 2400 },
      gives: [
        '2025-11: 10',
        '2025-12-03_2025-12-17: 800',
        '2025-12-29: 400',
        '2026-01: 20',
        '2026-02-03: 800',
        '2026-02-17: 800',
        '2026-02-29: 800',
      ],
    },
    {
      when: 'the months come in any order',
      months: { '2026-02': 3, '2026-01': 5, '2025-12': 10 },
      gives: ['2025-12_2026-01: 15', '2026-02: 3'],
    },
  ])('where $when', ({ months, gives }) => expect(cut(months)).toEqual(gives));

  test('a new month moves what was the newest and nothing before it', () => {
    const months = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        `${2020 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`,
        210,
      ]),
    );
    const before = cut(months);
    const after = cut({ ...months, '2023-05': 1 });
    expect(after.slice(0, before.length - 2)).toEqual(before.slice(0, -2));
  });
});

test.for([0, 23, 24, 255, 256, 65_535, 65_536, 4_294_967_295])('%i comes back from CBOR as it went', (number) => {
  const items = [number, 'x'.repeat(Math.min(number, 70_000)), [], [[number, 'é']]];
  expect(decodeCbor(encodeCbor(items))).toEqual(items);
});
