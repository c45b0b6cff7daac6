import { cp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { hashes, type Ran } from '../lib/planet.ts';
import { buildSite, pagesOf } from '../lib/site.ts';
import { areaFor } from '../lib/test-folder.ts';

/** One planet that changes step by step and is built over its last build each time: what is made of it. Whether any change leads to what a build from scratch makes, `never-stale` asks. */
const demo = inject('demo');
const area = areaFor('frozen');
const [folder, dist] = [join(area, 'content'), join(area, 'dist')];
let yaml: string;

const planetYaml = () => join(folder, 'planet.yaml');
const monthFile = (month: string) => join(folder, 'archive', `${month}.ndjson`);

beforeAll(async () => {
  await cp(demo.folder, folder, { recursive: true });
  yaml = await readFile(planetYaml(), 'utf8');
  expect((await buildSite(folder, dist)).code).toBe(0);
});

/** Builds over what is there, and says how many folders were rendered. */
async function build(): Promise<Ran & { made: number }> {
  const built = await buildSite(folder, dist);
  expect(built.code, built.stdout + built.stderr).toBe(0);
  // What is printed is ours: a library's warning on every build would be read by nobody.
  expect(built.stdout).not.toContain('WARN');
  return { ...built, made: Number(/site: (\d+) of/.exec(built.stdout)?.[1]) };
}

async function changeLine(month: string, change: (entry: Record<string, unknown>) => Record<string, unknown>[]) {
  const [first = '', ...rest] = (await readFile(monthFile(month), 'utf8')).trimEnd().split('\n');
  const changed = change(JSON.parse(first)).map((entry) => JSON.stringify(entry));
  await writeFile(monthFile(month), `${[...changed, ...rest].join('\n')}\n`);
}

describe('a site that is built over its last build', () => {
  test('the same archive: no file is written', async () => {
    const before = await stat(join(dist, 'index.html'));
    expect((await build()).made).toBe(0);
    expect((await stat(join(dist, 'index.html'))).mtimeMs).toBe(before.mtimeMs);
    expect(await hashes(dist)).toEqual(await hashes(demo.dist));
  });

  test('with an old entry edited, one more and a page lost: only what shows them is made', async () => {
    const old = '2024-06';
    await changeLine(old, (entry) => [
      { ...entry, title: 'Quite another title', content: '<p>And another text</p>' },
      { ...entry, id: 'one-more', path: '2024/06/02/one-more-0123456789', title: 'One more', url: null },
    ]);
    const [untouched, lost] = ['2023/11', join(dist, '2023/12/index.html')];
    const page = await readFile(lost, 'utf8');
    await rm(lost);
    const before = await stat(join(dist, untouched, 'index.html'));
    const { made } = await build();
    expect(made).toBeGreaterThan(1);
    // Also the months of entries that lead to it: the next one of its feed, and later ones of its author.
    expect(made).toBeLessThan(22);
    expect((await stat(join(dist, untouched, 'index.html'))).mtimeMs).toBe(before.mtimeMs);
    expect(await readFile(join(dist, '2024/06/index.html'), 'utf8')).toContain('Quite another title');
    expect(await readFile(lost, 'utf8')).toBe(page);
  });

  test('with rules that hide and rename; and without them again what it was before, byte for byte', async () => {
    const before = await hashes(dist);
    const hiding = `${yaml}\nhide:\n  authors: [Mara Okafor]\n`
      .replace('authors:\n', 'authors:\n  - name: Tevita\n    aliases: [Tevita Fonua]\n')
      .replace('id: almanac\n', 'id: almanac\n    exclude: [sundials, nowhere-at-all]\n')
      .replace('id: planet-quadrant\n', 'id: planet-quadrant\n    include: [nowhere-at-all]\n');
    await writeFile(planetYaml(), hiding);
    const { stderr } = await build();
    expect(stderr).toContain('feeds[2].exclude: nowhere-at-all: this rule hides no entries');
    const paths = (await pagesOf(dist)).map(({ path }) => path);
    expect(paths).not.toContain('/authors/mara-okafor/');
    expect(paths).toContain('/authors/tevita/');
    const old = await readFile(join(dist, 'authors/tevita-fonua/index.html'), 'utf8');
    expect(old).toMatch(/http-equiv="refresh" content="0; url=\/[^"]*authors\/tevita\/"/);
    for (const feed of ['rss.xml', 'atom.xml', 'feed.json']) {
      const [before, now] = ['tevita-fonua', 'tevita'].map((slug) =>
        readFile(join(dist, 'authors', slug, feed), 'utf8'),
      );
      expect(await before, feed).toBe(await now);
    }
    expect(await readFile(join(dist, '_redirects'), 'utf8')).toMatch(
      /authors\/tevita-fonua\/ \S*authors\/tevita\/ 301\n/,
    );
    expect(await readFile(join(dist, 'sitemap-0.xml'), 'utf8').catch(() => '')).not.toContain('tevita-fonua');
    expect(paths.filter((path) => path.includes('sundials'))).toEqual([]);
    const status = JSON.parse(await readFile(join(dist, 'status.json'), 'utf8'));
    expect(status.rules).toEqual([
      { rule: 'hide.authors[0]', feed: null, hides: 3 },
      { rule: 'feeds[1].include: nowhere-at-all', feed: 'planet-quadrant', hides: expect.any(Number) },
      { rule: 'feeds[2].exclude: sundials', feed: 'almanac', hides: 1 },
      { rule: 'feeds[2].exclude: nowhere-at-all', feed: 'almanac', hides: 0 },
    ]);
    expect(await readFile(join(dist, 'status/index.html'), 'utf8')).not.toMatch(/Mara|none yet/);
    const emptied = await readFile(join(dist, 'feeds/planet-quadrant/index.html'), 'utf8');
    expect(emptied).toMatch(/class="lede"[^>]*>\s*0 entries/);
    for (const page of [emptied, await readFile(join(dist, 'feeds/index.html'), 'utf8')])
      expect(page).not.toContain('Nothing has come from it yet');
    await writeFile(planetYaml(), yaml);
    await build();
    expect(await hashes(dist)).toEqual(before);
  });
});
