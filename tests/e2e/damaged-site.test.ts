import { lstatSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesIn, folderHarms, harmsOf, oddIn, seeded } from '../lib/damage.ts';
import { rss } from '../lib/feed-server.ts';
import { aFolder, type Folder, hashes, planetYaml } from '../lib/planet.ts';
import { buildSite } from '../lib/site.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';

/** A small planet, built once, and built again after each kind of damage to what is remembered of it or to the site itself. */
let folder: Folder;
let area: string;
let dist: string;
let store: string;
let harms: ReturnType<typeof harmsOf>;
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
  area = await mkdtemp(join(tmpdir(), 'orrery-damaged-'));
  dist = join(area, 'dist');
  store = join(area, '.orrery');
  const aside = join(area, 'aside');
  await mkdir(aside);
  harms = harmsOf(aside);
  await build();
  unharmed = await hashes(dist);
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await rm(area, { recursive: true });
});

async function build(): Promise<{ stdout: string; stderr: string }> {
  // As an operator's build has it: what is compiled lies among the rest.
  const built = await buildSite(folder.path, dist, { NODE_COMPILE_CACHE: join(store, 'compiled') });
  expect(built.code, built.stdout + built.stderr).toBe(0);
  expect(built.stderr).not.toMatch(/^ +at /m);
  return built;
}

async function expectUnharmed(what: unknown): Promise<void> {
  expect.soft(await hashes(dist), String(what)).toEqual(unharmed);
  expect.soft(oddIn(dist)).toEqual([]);
}

const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T;

test('any damage to many files of what is remembered', async () => {
  const random = seeded(1);
  const done: string[] = [];
  for (const file of filesIn(store)) {
    // Compiled code is many files of one kind.
    if (random() < (file.includes('compiled') ? 0.9 : 0.4)) continue;
    const [name, harm] = pick(Object.entries(harms), random);
    done.push(`${name}: ${file}`);
    await harm(file, random);
  }
  const { stderr } = await build();
  expect(stderr).toMatch(/removed, and built again/);
  await expectUnharmed(done.join('\n'));
});

test('any damage to many files of the site', async () => {
  await rm(join(area, 'aside'), { recursive: true });
  await mkdir(join(area, 'aside'));
  const random = seeded(4);
  const kinds = Object.entries(harms);
  const done: string[] = [];
  for (const [place, file] of filesIn(dist).entries()) {
    const [name, harm] = kinds[place % kinds.length] ?? pick(kinds, random);
    if (random() < 0.5) continue;
    done.push(`${name}: ${file}`);
    await harm(file, random);
  }
  await build();
  await expectUnharmed(done.join('\n'));
  // Where a link led to, nothing was written.
  const known = new Set(Object.values(unharmed));
  for (const hash of Object.values(await hashes(join(area, 'aside')))) expect(known).toContain(hash);
});

test('files and links in the place of folders, of the site and of what is remembered', async () => {
  const random = seeded(6);
  const folders = (root: string) =>
    readdirSync(root)
      .map((name) => join(root, name))
      .filter((path) => lstatSync(path).isDirectory());
  // A link that leads to what was there before: the site is no place for it, and what lies there stays.
  const elsewhere = join(area, 'elsewhere');
  await rename(join(dist, '2025'), elsewhere);
  await symlink(elsewhere, join(dist, '2025'));
  const before = await hashes(elsewhere);
  for (const path of [...folders(dist), ...folders(store)]) {
    if (random() < 0.3 || path.endsWith('2025')) continue;
    await pick(Object.values(folderHarms), random)(path, random);
  }
  await build();
  await expectUnharmed('folders');
  expect(await hashes(elsewhere)).toEqual(before);
});

test('a file in the place of all that is remembered, and of the site', async () => {
  await rm(store, { recursive: true });
  await writeFile(store, 'a file');
  await rm(dist, { recursive: true });
  await writeFile(dist, 'a file');
  await build();
  await expectUnharmed('all of it');
});
