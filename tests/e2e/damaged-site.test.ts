import { lstatSync, readdirSync } from 'node:fs';
import { readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderHarms, oddIn } from '../lib/damage.ts';
import { rss } from '../lib/feed-server.ts';
import { aFolder, type Folder, hashes, planetYaml, run, siteOf } from '../lib/planet.ts';
import { Random } from '../lib/random.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';
import { areaFor } from '../lib/test-folder.ts';

/** A small planet, built once, and built again over damage that no build makes. What may become of single files, `never-stale` asks. */
let folder: Folder;
const area = areaFor('damaged');
const dist = join(area, 'dist');
const store = join(area, '.orrery');
let unharmed: Record<string, string>;

beforeAll(async () => {
  folder = await aFolder(planetYaml({ a: 'a.xml', b: 'b.xml' }));
  for (const feed of ['a', 'b']) {
    const posts = Array.from({ length: 5 }, (_, i) => ({
      title: `Post ${i} of ${feed}`,
      link: `https://${feed}.example/${i}`,
      date: `202${4 + (i % 2)}-0${i + 1}-10T00:00:00Z`,
      html: `<p>Words of ${feed}, number ${i}.</p>`,
    }));
    await folder.write(`${feed}.xml`, rss(posts));
  }
  await snapshotHere(folder.path, new Date('2026-01-30'));
  await build();
  unharmed = await hashes(dist);
});
afterAll(() => folder[Symbol.asyncDispose]());

/** In a process of its own, as an operator has it. */
const site = (env = {}) => run(['scripts/site.ts'], { ...siteOf(folder.path, dist), ...env });

async function build(): Promise<void> {
  // As an operator's build has it: what is compiled lies among the rest.
  const built = await site({ NODE_COMPILE_CACHE: join(store, 'compiled') });
  expect(built.code, built.stdout + built.stderr).toBe(0);
  expect(built.stderr).not.toMatch(/^ +at /m);
}

async function expectUnharmed(what: unknown): Promise<void> {
  expect.soft(await hashes(dist), String(what)).toEqual(unharmed);
  expect.soft(oddIn(dist)).toEqual([]);
}

/** Adds the address of each module that a program loads to the file `LOADED`. */
const NOTE_MODULES = `import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
const load = (url, context, next) => (appendFileSync(process.env.LOADED, url + '\\n'), next(url, context));
registerHooks({ load });`;

test('a build in which nothing changed loads no library for what it does not make, and prints the same once it does not even ask', async () => {
  const LOADED = join(area, 'loaded');
  const NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(NOTE_MODULES)}`;
  const libraries = async () => {
    const built = await site({ LOADED, NODE_OPTIONS });
    const loaded = (await readFile(LOADED, 'utf8')).match(/(?<=\/node_modules\/)(?:@[^/]+\/)?[^/]+(?=\/)/g);
    await rm(LOADED);
    return { built, loaded: [...new Set(loaded)] };
  };
  await rm(join(store, 'dist.last'), { force: true });
  const asking = await libraries();
  expect(asking.built).toMatchObject({ code: 0, stdout: expect.stringContaining('site: 0 of ') });
  expect(asking.loaded).toContain('yaml');
  for (const name of ['@astrojs/rss', 'fontkitten', 'pagefind', 'satteri']) expect(asking.loaded).not.toContain(name);
  expect(await libraries()).toEqual({ built: asking.built, loaded: ['commander'] });
});

test('files and links in the place of folders, of the site and of what is remembered', async () => {
  const random = new Random(6);
  const folders = (root: string) =>
    readdirSync(root)
      .map((name) => join(root, name))
      .filter((path) => lstatSync(path).isDirectory());
  // Links that lead elsewhere: the site is no place for them, and what lies there stays.
  const elsewhere = join(area, 'elsewhere');
  await rename(join(dist, '2025'), elsewhere);
  await symlink(elsewhere, join(dist, '2025'));
  await writeFile(join(elsewhere, 'mine.html'), 'mine');
  await rm(join(dist, 'index.html'));
  await symlink(join(elsewhere, 'mine.html'), join(dist, 'index.html'));
  const before = await hashes(elsewhere);
  for (const path of [...folders(dist), ...folders(store)]) {
    if (random.chance(0.3) || path.endsWith('2025')) continue;
    await random.oneOf(Object.values(folderHarms))(path, random);
  }
  await build();
  await expectUnharmed('folders');
  expect(await hashes(elsewhere)).toEqual(before);
});

test('a build waits for no other, and takes over from one that was killed', async () => {
  const lock = join(store, 'dist.lock');
  await writeFile(lock, `${process.pid} ${hostname()}\n`);
  const refused = await site();
  const sentence = `Another build is running (process ${process.pid} ${hostname()}). If it is not, remove ${lock}.\n`;
  expect(refused).toEqual({ code: 1, stdout: '', stderr: sentence });
  await writeFile(lock, `99999999 ${hostname()}\n`);
  await build();
  await expectUnharmed('a lock');
  expect(readdirSync(store)).not.toContain('dist.lock');
});

test('a file in the place of all that is remembered, and of the site', async () => {
  await rm(store, { recursive: true });
  await writeFile(store, 'a file');
  await rm(dist, { recursive: true });
  await writeFile(dist, 'a file');
  await build();
  await expectUnharmed('all of it');
});
