import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { decode, encode } from '../scripts/search/cbor.ts';
import { hashes, run } from './planet.ts';

const area = await mkdtemp(join(tmpdir(), 'orrery-search-'));
afterAll(() => rm(area, { recursive: true, force: true }));

/** A built site of these pages, and what the postbuild makes of it. */
async function index(name: string, pages: Record<string, string>) {
  const dist = join(area, name);
  for (const [path, body] of Object.entries(pages)) {
    await mkdir(dirname(join(dist, path)), { recursive: true });
    await writeFile(
      join(dist, path),
      `<!doctype html><html lang="en"><head><title>x</title></head><body>${body}</body></html>`,
    );
  }
  return { dist, ...(await run(['scripts/search.ts'], { PLANET_DIST: dist })) };
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
  expect(await readdir(join(dist, 'pagefind/fragment'))).toHaveLength(2);
});

test('fails where an entry page gives it nothing to index', async () => {
  const { code, stderr } = await index('less', {
    '2026/01/23/first-light-0123456789/index.html': entry,
    '2026/01/22/lost-0123456789/index.html': '<main>Somebody forgot the attribute</main>',
  });
  expect(code).toBe(1);
  expect(stderr).toContain('1 of 2 entries');
});

test('fails where there is no entry page', async () => {
  const { code, stderr } = await index('none', { 'index.html': '<main>The river</main>' });
  expect(code).toBe(1);
  expect(stderr).toContain('nothing to search');
});

test('makes the same index of the same pages, to the byte', async () => {
  const names = ['Ada', 'Émile', 'Grace', 'Edith', 'Ólafur', 'Priya', 'Zoë', '森下', 'א', 'Bob'];
  const pages = Object.fromEntries(names.map((name, at) => [`2026/01/2${at}/light-${at}/index.html`, filtered(name)]));
  const runs = await Promise.all(['first', 'second', 'third'].map((name) => index(name, pages)));
  const [first, ...others] = await Promise.all(runs.map(({ dist }) => hashes(join(dist, 'pagefind'))));
  expect(Object.keys(first ?? {}).filter((path) => path.endsWith('.pf_filter'))).toHaveLength(2);
  for (const other of others) expect(other).toEqual(first);
});

test.for([0, 23, 24, 255, 256, 65_535, 65_536, 4_294_967_295])('%i comes back from CBOR as it went', (number) => {
  const items = [number, 'x'.repeat(Math.min(number, 70_000)), [], [[number, 'é']]];
  expect(decode(encode(items))).toEqual(items);
});
