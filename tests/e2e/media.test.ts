import { appendFile, copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFeed } from '../../scripts/snapshot/read-feed.ts';
import { type Enclosure, Entry } from '../../src/core/entry.ts';
import { LIGHT, violations } from '../lib/axe.ts';
import { aFolder, type Folder } from '../lib/planet.ts';
import { snapshotCommand } from '../lib/program-here.ts';
import { tabsOf } from '../lib/reader-tabs.ts';
import { buildSite } from '../lib/site.ts';
import { siteInBrowser } from '../lib/site-in-browser.ts';
import { areaFor } from '../lib/test-folder.ts';

const FEEDS = { podcast: 'Long Waves', 'photo-blog': 'North Light', mastodon: 'Runa', youtube: 'Brass and Glass' };

let folder: Folder;
const dist = join(areaFor('media'), 'dist');
let entries: Entry[];

beforeAll(async () => {
  const feeds = Object.entries(FEEDS).map(([id, title]) => `  - { id: ${id}, title: ${title}, url: ${id}.xml }`);
  const head = ['title: P', 'description: P', 'site: http://localhost/', 'layout: entry', 'feeds:'];
  folder = await aFolder([...head, ...feeds, ''].join('\n'));
  for (const id of Object.keys(FEEDS)) await copyFile(`tests/golden/media-${id}.xml`, join(folder.path, `${id}.xml`));
  expect(await snapshotCommand(folder.path, {}, '--strict')).toMatchObject({ code: 0 });
  entries = (await folder.entries()).map((line) => Entry.parse(line));
  const built = await buildSite(folder.path, dist);
  expect(built.code, built.stdout + built.stderr).toBe(0);
});
afterAll(() => folder[Symbol.asyncDispose]());
const site = siteInBrowser(() => dist);

/** A picture of these sides, as every host of the web serves it here. */
const picture = (width: number, height: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#567"/></svg>`;

const image = { contentType: 'image/svg+xml', body: picture(800, 600) };
const player = { contentType: 'text/html', body: '<p>A player</p>' };
/** No host of others is asked: what it would answer comes from here. */
const open = tabsOf(site, (context) =>
  context.route(
    ({ hostname }) => hostname !== '127.0.0.1',
    (route) => route.fulfill(route.request().resourceType() === 'image' ? image : player),
  ),
);

/** The addresses of these elements. */
const sourcesOf = (all: Locator) => all.evaluateAll((each) => each.map((one) => one.getAttribute('src')));
const ratioOf = async (one: Locator) => {
  const { width = 0, height = 1 } = (await one.boundingBox()) ?? {};
  return width / height;
};
const ofOthers = (asked: string[]) => asked.filter((url) => !url.startsWith(site.url));

/** Expects that axe finds nothing wrong. */
const isFoundRight = async (page: Page) => expect(await violations(page, LIGHT)).toEqual([]);

/** The page of the entry with this id. */
function pageOf(id: string): string {
  const found = entries.find((entry) => entry.id === id);
  return `${found?.path}/`;
}

test('a second snapshot of the same feeds changes no entry', async () => {
  const before = await folder.entries();
  for (const id of Object.keys(FEEDS)) await appendFile(join(folder.path, `${id}.xml`), '<!-- Written anew -->\n');
  expect((await snapshotCommand(folder.path)).stdout).toContain(`${before.length} entries: 0 new, 0 changed`);
  expect(await folder.entries()).toEqual(before);
});

describe('a podcast', () => {
  test('has the browser’s own player, which loads nothing by itself, with its length, file and chapters', async () => {
    const { page, asked } = await open(pageOf('lw-12'));
    const figure = page.locator('article figure.audio');
    const audio = figure.locator('audio');
    expect(await audio.getAttribute('preload')).toBe('none');
    const idle = await audio.evaluate(() => HTMLMediaElement.NETWORK_IDLE);
    expect(await audio.evaluate((it: HTMLAudioElement) => it.controls && it.networkState)).toBe(idle);
    const caption = figure.locator('figcaption');
    expect(await caption.innerText()).toBe('12.mp3 (1:02:03 · audio/mpeg · 40 MB) · Chapters');
    const linkOf = (name: string) => caption.getByRole('link', { name }).getAttribute('href');
    expect(await linkOf('12.mp3')).toBe('https://media.waves.example/12.mp3?v=2');
    expect(await linkOf('Chapters')).toMatch(/chapters\.json$/);
    expect(ofOthers(asked)).toEqual([]);
    await isFoundRight(page);
  });

  test('has its videos in one size, with a still, and what is no medium as a link', async () => {
    const { page } = await open(pageOf('lw-10'));
    const video = page.locator('article video');
    expect(await sourcesOf(video)).toEqual(['https://media.waves.example/10-1080.mp4']);
    expect(await video.getAttribute('poster')).toBe('https://media.waves.example/10.jpg');
    expect(await ratioOf(video)).toBeCloseTo(16 / 9, 1);
    expect(await page.locator('article .files a').allInnerTexts()).toEqual(['10.m3u8']);
    await isFoundRight(page);
  });

  test('a video of another site is a link there, with its picture', async () => {
    const { page } = await open(pageOf('lw-9'));
    const film = page.locator('article a.still');
    expect(await film.getAttribute('href')).toBe('https://tube.waves.example/w/9');
    expect(await film.innerText()).toBe('Watch at tube.waves.example');
    expect(await film.locator('img').getAttribute('src')).toBe('https://tube.waves.example/9.jpg');
    await isFoundRight(page);
  });

  test.for([
    ['lw-9', 'a.still', 'img', 99],
    ['lw-10', 'video', 'poster', 0],
  ] as const)('a video without a picture leaves no box on paper: %s', async ([id, selector, picture, height]) => {
    const { page } = await open(pageOf(id));
    const film = page.locator(`article ${selector}`);
    await page.emulateMedia({ media: 'print' });
    const heightOf = () => film.evaluate((it) => it.getBoundingClientRect().height);
    expect(await heightOf()).toBeGreaterThan(100);
    await film.evaluate((it, picture) => {
      it.removeAttribute(picture);
      it.querySelector(picture)?.remove();
    }, picture);
    expect(await heightOf()).toBeLessThanOrEqual(height);
  });

  test('a feed that is its own author has its name once above an entry', async () => {
    const { page } = await open('/');
    const run = page.locator('section.run', { hasText: 'The tide clock' });
    expect((await run.innerText()).match(/Long Waves/g)).toHaveLength(1);
  });
});

describe('a photo', () => {
  test('is a picture in its widest size, with words for who does not see it, and its credit', async () => {
    const { page } = await open(pageOf('1'));
    const figure = page.locator('article figure.picture');
    const widest = 'https://img.light.example/abc/master/4000.jpg?width=700&quality=85&s=bb';
    expect(await sourcesOf(figure.locator('img'))).toEqual([widest]);
    expect(await figure.getByRole('img').getAttribute('alt')).toBe('A white ferry leaves a grey pier.');
    expect(await figure.locator('figcaption').innerText()).toBe('Photograph: Ingrid Aas/North Light');
    await isFoundRight(page);
  });

  test('has its place before it is there', async () => {
    const { page } = await open(pageOf('3'));
    const img = page.locator('article figure.picture img');
    expect(await ratioOf(img)).toBeCloseTo(2000 / 1500, 1);
    expect(await img.getAttribute('loading')).toBe('lazy');
    expect(await img.getAttribute('referrerpolicy')).toBe('no-referrer');
  });

  test('a photo that is in the text is not repeated', async () => {
    const { page } = await open(pageOf('6'));
    await page.locator('article .prose img').waitFor({ state: 'attached' });
    expect(await page.locator('article img').count()).toBe(1);
  });
});

describe('a toot', () => {
  const first = 'https://social.example/@runa/1';

  test('is its text, once and large, with its time as the link, and its pictures below', async () => {
    const { page } = await open('/');
    const toot = page.locator('article.note', { hasText: 'Two boats today.' });
    expect((await toot.innerText()).match(/Two boats/g)).toHaveLength(1);
    const heading = toot.locator('h4');
    expect(await heading.innerText()).toBe('23 Jan 2026 8:40am GMT');
    const link = (await heading.locator('a:visible').getAttribute('href')) ?? '';
    expect(new URL(link, site.url).pathname).toBe(`/${pageOf(first)}`);
    expect(await toot.locator('a.u-url').getAttribute('href')).toBe(first);
    const text = await toot.locator('.e-content').boundingBox();
    const pictures = await toot.locator('.media img').all();
    const words = await Promise.all(pictures.map((img) => img.getAttribute('alt')));
    expect(words).toEqual(['A red boat, half under water', '']);
    for (const img of pictures) expect((await img.boundingBox())?.y).toBeGreaterThan(text?.y ?? 0);
    const size = async (article: string) => {
      const text = page.locator(article).first().locator('.e-content');
      return text.evaluate((it) => Number.parseFloat(getComputedStyle(it).fontSize));
    };
    expect(await size('article.note')).toBeGreaterThan(await size('article.entry:not(.note)'));
  });

  test('goes by its first words in a list, in quotation marks, and in the search', async () => {
    const { page } = await open('/feeds/mastodon/');
    expect(await page.locator('.rows a.title').allInnerTexts()).toContain('“Two boats today.”');
    await page.goto(new URL('/search/?q=boats', site.url).href);
    await expect.poll(() => page.locator('ol.results h2').allInnerTexts()).toEqual(['“Two boats today.”']);
  });

  test('behind a warning shows no picture by itself', async () => {
    const { page } = await open(pageOf('https://social.example/@runa/3'));
    expect(await page.locator('article img').count()).toBe(0);
    expect(await page.locator('article .files').innerText()).toContain('A wound');
    await isFoundRight(page);
  });

  test('is reached with the key for the next entry', async () => {
    const { page } = await open('/feeds/mastodon/');
    await page.goto(new URL('/', site.url).href);
    const toot = page.locator('article.note').first();
    for (let step = 0; step < 12 && !(await toot.evaluate((it) => it.contains(document.activeElement))); step += 1)
      await page.keyboard.press('j');
    expect(await toot.evaluate((it) => it.contains(document.activeElement))).toBe(true);
  });
});

describe('a film of YouTube’s', () => {
  const embedded = 'https://www.youtube-nocookie.com/embed/abcdefghijk';

  test('is a still picture that asks its host for nothing, with a whole ring when it has the focus', async () => {
    const { page, asked } = await open(pageOf('yt:video:abcdefghijk'));
    const film = page.locator('article a.still');
    expect(await film.locator('img').getAttribute('src')).toBe('https://i2.ytimg.com/vi/abcdefghijk/hqdefault.jpg');
    await expect.poll(() => ofOthers(asked)).toEqual(['https://i2.ytimg.com/vi/abcdefghijk/hqdefault.jpg']);
    await isFoundRight(page);
    await film.scrollIntoViewIfNeeded();
    const { x = 0, y = 0, width = 0, height = 0 } = (await film.boundingBox()) ?? {};
    const sides = [
      { x, y: y - 4, width, height: 2 },
      { x, y: y + height + 2, width, height: 2 },
      { x: x - 4, y, width: 2, height },
      { x: x + width + 2, y, width: 2, height },
    ];
    const shown = async () => {
      const shots: string[] = [];
      for (const clip of sides) shots.push((await page.screenshot({ clip })).toString('base64'));
      return shots;
    };
    const before = await shown();
    await film.focus();
    const after = await shown();
    expect(after.map((side, at) => side !== before[at])).toEqual([true, true, true, true]);
  });

  test('becomes its player by a click, and by the keyboard', async () => {
    for (const act of ['click', 'Enter']) {
      const { page, asked } = await open(pageOf('yt:video:abcdefghijk'));
      await page.waitForLoadState('networkidle');
      const film = page.locator('article a.still');
      await (act === 'click' ? film.click() : film.press('Enter'));
      const frame = page.locator('article iframe');
      expect(await frame.getAttribute('src')).toBe(`${embedded}?autoplay=1`);
      expect(await frame.getAttribute('sandbox')).not.toContain('top-navigation');
      await expect.poll(() => ofOthers(asked)).toContain(`${embedded}?autoplay=1`);
      expect(await frame.evaluate((it) => it === document.activeElement)).toBe(true);
    }
  });

  test('is a link without script', async () => {
    const { page } = await open(pageOf('yt:video:abcdefghijk'), { javaScriptEnabled: false });
    const link = await page.locator('article a.still').getAttribute('href');
    expect(link).toBe('https://www.youtube.com/watch?v=abcdefghijk');
  });
});

/** What a feed reads of a file, but for what RSS must say and does not know. */
const known = ({ type: _, length, ...rest }: Enclosure) => ({ ...rest, ...(length && { length }) });

test.for(['rss.xml', 'atom.xml', 'feed.json'])(
  '%s says the same of every file, and makes up no title',
  async (file) => {
    for (const id of Object.keys(FEEDS)) {
      const url = `http://localhost/feeds/${id}/${file}`;
      const read = readFeed(await readFile(join(dist, 'feeds', id, file)), { url, contentType: null });
      const said = read.kind === 'feed' ? read.feed.entries : [];
      const kept = entries.filter(({ feed }) => feed === id).toReversed();
      const [saidFiles, keptFiles] = [said, kept].map((all) => all.map(({ enclosures }) => enclosures.map(known)));
      expect(saidFiles).toEqual(keptFiles);
      expect(said.map(({ title }) => title)).toEqual(kept.map(({ title }) => title));
      for (const [place, { still }] of kept.entries()) if (still) expect(said[place]?.still?.url).toBe(still.url);
    }
  },
);
