import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { joinSite } from '../scripts/shards/join-sites.ts';
import { shareOfSite } from '../scripts/shards/share-of-site.ts';
import { marksOf } from '../scripts/site/marks.ts';
import { type Parts, readParts, writeParts } from '../scripts/site/parts.ts';
import { SITE } from '../src/lib/parts.ts';
import { hashes } from './planet.ts';

describe('the shares of a site', () => {
  /** Twenty years of 600 entries a month: three months make a period of the search. */
  const months = Array.from({ length: 240 }, (_, index) => {
    return `${2006 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
  }).reverse();
  /** One of the months is indexed in pieces. */
  const daysOf = (month: string) => (month === '2015-03' ? ['01', '02', '03', '04'] : ['01']);
  const entries = months.flatMap((month) =>
    daysOf(month)
      .reverse()
      .flatMap((day) => Array.from({ length: 600 }, () => ({ day: `${month}-${day}` }))),
  );
  const shelves = ['author:ada', 'author:ada:2019', 'feed:a', 'feed:b'];
  const names = [...months.flatMap((month) => [`month:${month}`, `atom:${month}`]), ...shelves, SITE];
  const shares = [1, 2, 3].map((number) => shareOfSite(names, entries, '', { number, of: 3 }));

  test('are all of it but what counts everything, each part once', () => {
    const parts = shares.flatMap((share) => [...share.parts]);
    expect(parts.sort()).toEqual(names.filter((name) => name !== SITE).sort());
  });

  test('agree on which bundles are packed: where old years have a page a month, all but the newest', () => {
    const of = (since: string) => shareOfSite(names, entries, since, { number: 1, of: 3 }).packed;
    expect(of('').size).toBe(0);
    expect(of('2006').size).toBe(0);
    expect(of('2025').size).toBe(shares.flatMap(({ periods }) => periods).length - 1);
    expect(of('2025')).not.toContain('2025-12');
  });

  test('have about as many months each, and every month that a bundle of the search is made of', () => {
    for (const { parts, periods } of shares) {
      const own = [...parts].filter((name) => name.startsWith('month:'));
      expect(own.length).toBeGreaterThan(70);
      const indexed = periods.flatMap(({ spans }) => spans.map((span) => `month:${span.slice(0, 7)}`));
      expect([...new Set(indexed)].sort()).toEqual(own.sort());
    }
    const all = shares.flatMap(({ periods }) => periods.map(({ name }) => name));
    expect(all).toEqual(expect.arrayContaining(['2015-03-01', '2015-03-04']));
    expect(all).not.toContain('2015-03');
    expect(shares.some(({ parts }) => parts.has('author:ada') && parts.has('author:ada:2019'))).toBe(true);
  });
});

describe('what another machine made', () => {
  let area: string;
  let here: string;
  let there: string;
  beforeEach(async () => {
    area = await mkdtemp(join(tmpdir(), 'orrery-join-'));
    [here, there] = [join(area, 'here/dist'), join(area, 'there/dist')];
  });
  afterEach(() => rm(area, { recursive: true }));

  /** Lays a build there: by part the input and the files, path and text. */
  async function built(output: string, said: Record<string, [input: string, files: Record<string, string>]>) {
    const parts: Parts = new Map();
    for (const [name, [input, files]] of Object.entries(said)) {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(output, path)), { recursive: true });
        await writeFile(join(output, path), text);
      }
      parts.set(name, { input, files: marksOf(output, Object.keys(files)) });
    }
    await writeParts(output, 'pages', parts);
    await writeParts(output, 'search', new Map());
  }
  const remembered = async () => [...(await readParts(here, 'pages')).keys()].sort();

  test('is laid beside what is here, with its times; what a part does not have any more goes', async () => {
    await built(here, { a: ['old', { 'a/1': 'one', 'a/gone/2': 'two' }], b: ['same', { 'b/1': 'b' }] });
    await built(there, { a: ['new', { 'a/1': 'one, changed', 'a/3': 'three' }], c: ['new', { 'c/1': 'c' }] });
    expect(await joinSite(here, there)).toBe(2);
    expect(await remembered()).toEqual(['a', 'b', 'c']);
    expect(Object.keys(await hashes(here))).toEqual(['a/1', 'a/3', 'b/1', 'c/1']);
    const [left, right] = [await stat(join(here, 'a/3')), await stat(join(there, 'a/3'))];
    expect(Math.floor(left.mtimeMs)).toBe(Math.floor(right.mtimeMs));
    expect(await joinSite(here, there)).toBe(0);
  });

  test('may lack files that are here already, and is not taken where it lacks others or one is damaged', async () => {
    await built(here, { a: ['old', { 'a/1': 'one', 'a/2': 'two' }], d: ['old', { 'd/1': 'd' }] });
    await built(there, {
      a: ['new', { 'a/1': 'one', 'a/2': 'two, changed' }],
      b: ['new', { 'b/1': 'b', 'b/2': 'b' }],
      d: ['new', { 'd/1': 'd, changed' }],
    });
    await Promise.all([rm(join(there, 'a/1')), rm(join(there, 'b/2')), writeFile(join(there, 'd/1'), 'D, changed')]);
    expect(await joinSite(here, there)).toBe(1);
    expect(await remembered()).toEqual(['a', 'd']);
    expect((await readParts(here, 'pages')).get('d')?.input).toBe('old');
    expect(await readFile(join(here, 'a/1'), 'utf8')).toBe('one');
    expect(await readFile(join(here, 'd/1'), 'utf8')).toBe('d');
  });

  test('is refused where what is remembered of it did not come with it', async () => {
    await built(there, { a: ['new', { 'a/1': 'one' }] });
    await rm(join(there, '../.orrery'), { recursive: true });
    expect(await joinSite(here, there)).toBeNull();
  });
});
