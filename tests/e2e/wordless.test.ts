import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sharedBrowser } from '../lib/browser.ts';
import { rss } from '../lib/feed-server.ts';
import { aFolder, type Folder, type Ran } from '../lib/planet.ts';
import { buildSite, serveSite } from '../lib/site.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';
import { areaFor } from '../lib/test-folder.ts';

/** What people title a picture, or a feed's software leaves of a title. */
const TITLES = '… !!! :) — ??? . & ~~ $ € 「」 \u200b\u200d <!-- 🎉 ́'.split(' ').concat('');
const BODIES = [
  '<img src="https://pictures.example/1.png" alt="">',
  '<video src="https://pictures.example/1.mp4"></video>',
  '',
];

let folder: Folder;
const dist = join(areaFor('wordless'), 'dist');
let built: Ran;
beforeAll(async () => {
  const planet = [
    '  - { id: whole, title: Shutterbug, url: whole.xml, content: full }',
    '  - { id: titles, title: "…", url: titles.xml, content: title }',
  ];
  folder = await aFolder(
    ['title: P', 'description: P', 'site: http://localhost/', 'layout: entry', 'feeds:', ...planet, ''].join('\n'),
  );
  for (const feed of ['whole', 'titles']) {
    const posts = TITLES.flatMap((title, t) =>
      BODIES.map((html, b) => ({
        title,
        link: `https://${feed}.example/${t}/${b}`,
        date: new Date(Date.UTC(2026, 0, 20, t, b)).toISOString(),
        html,
      })),
    );
    await folder.write(`${feed}.xml`, rss(posts));
  }
  await snapshotHere(folder.path, new Date('2026-01-30'));
  built = await buildSite(folder.path, dist);
});
afterAll(() => folder[Symbol.asyncDispose]());

test('posts without a word are published, each in the search', async () => {
  const entries = await folder.entries();
  expect(entries.length).toBe(2 * TITLES.length * BODIES.length);
  expect(built.stdout + built.stderr).toContain(`search: ${entries.length} entries indexed`);
  expect(built.code).toBe(0);
  for (const { path } of entries)
    expect(await readFile(join(dist, String(path), 'index.html'), 'utf8')).toContain('<article');
});

test('they are found by the name of their feed, or where that has no word by the host of their link', async () => {
  await using site = await serveSite(dist);
  await using page = await (await sharedBrowser()).newPage();
  for (const [word, host] of [
    ['shutterbug', 'whole'],
    ['titles', 'titles'],
  ]) {
    await page.goto(`${site.url}search/?q=${word}`);
    const status = page.locator('.search [role=status]').first();
    await expect.poll(() => status.innerText()).toMatch(/\d+ entries/);
    expect(await page.locator('ol.results > li').count(), host).toBeGreaterThan(5);
  }
});
