import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complaints } from '../lib/feed-checks.ts';
import { rss } from '../lib/feed-server.ts';
import { aFolder, type Folder, hashes, planetYaml } from '../lib/planet.ts';
import { tabsOf } from '../lib/reader-tabs.ts';
import { brokenLinks, buildSite, type HtmlPage, pagesOf } from '../lib/site.ts';
import { siteInBrowser } from '../lib/site-in-browser.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';
import { strictXml } from '../lib/xml.ts';

const SITE = 'https://planet.example';
const LANGUAGES = ['en', 'es', 'pt-BR'];
const now = new Date('2026-02-25T06:13:20Z');

const texts = new Map(
  (await readFile('tests/fixtures/languages.txt', 'utf8')).split(/^# /m).map((part) => {
    const [language = '', ...lines] = part.trim().split('\n');
    return [language, lines.slice(0, 4).join(' ')];
  }),
);
const post = (language: string, number: number) => ({
  title: `Post ${number} in ${language}`,
  link: `https://${language}.example/${number}`,
  html: `<p>${texts.get(language) ?? 'Sin.'}</p>`,
  date: `Fri, ${10 + number} Jan 2026 08:40:00 GMT`,
});

let folder: Folder;
let dist: string;
let pages: Map<string, HtmlPage>;
const file = (path: string) => readFile(join(dist, path), 'utf8');

/** Languages of the posts that a page shows, by what their titles say. */
const shown = (html: string) => [...new Set(html.match(/(?<=Post \d in )\w+/g))].sort();

beforeAll(async () => {
  const more = `languages: [${LANGUAGES.join(', ')}]\nriver:\n  entriesPerFeed: 9\n`;
  folder = await aFolder(planetYaml({ en: 'en.xml', mixed: 'mixed.xml' }, more));
  dist = join(folder.path, 'dist');
  await folder.write('en.xml', rss([post('en', 1), post('en', 2)]));
  await folder.write('mixed.xml', rss(['es', 'pt', 'ca', 'de', 'unknown'].map((language) => post(language, 1))));
  await snapshotHere(folder.path, now);
  const { stderr, code } = await buildSite(folder.path, dist);
  expect(code, stderr).toBe(0);
  pages = new Map((await pagesOf(dist)).map((page) => [page.path, page]));
});
afterAll(() => folder[Symbol.asyncDispose]());

describe('a planet of three languages', () => {
  test('has a river of each, and each entry in the whole', () => {
    const ofEach = { '/in/en/': ['en'], '/in/es/': ['es'], '/in/pt-br/': ['pt'] };
    const rivers = { '/': ['ca', 'de', 'en', 'es', 'pt', 'unknown'], ...ofEach };
    for (const [path, languages] of Object.entries(rivers))
      for (const density of ['', 'excerpts/', 'titles/'])
        expect.soft(shown(pages.get(`${path}${density}`)?.html ?? ''), `${path}${density}`).toEqual(languages);
  });

  test('has feeds of each in every format, which say their language and are valid', async () => {
    await using strict = await strictXml();
    for (const language of LANGUAGES) {
      const at = `in/${language.toLowerCase()}`;
      const names = ['rss.xml', 'atom.xml', 'feed.json'];
      const [rssFeed = '', atom = '', json = ''] = await Promise.all(names.map((name) => file(`${at}/${name}`)));
      for (const text of [rssFeed, atom, json]) expect.soft(shown(text), at).toEqual([language.slice(0, 2)]);
      for (const root of await strict.parse([rssFeed, atom])) expect.soft(complaints(root), at).toEqual([]);
      expect.soft(rssFeed).toContain(`<language>${language}</language>`);
      expect.soft(atom).toMatch(new RegExp(`<feed [^>]*xml:lang="${language}"`));
      expect.soft(JSON.parse(json)).toMatchObject({ language, home_page_url: `${SITE}/${at}/` });
      expect.soft(pages.get(`/${at}/`)?.html).toContain(`href="/${at}/rss.xml"`);
    }
  });

  test('its rivers name each other to search engines, and nothing else does', async () => {
    const each = LANGUAGES.map((language) => [language, `${SITE}/in/${language.toLowerCase()}/`]);
    const wanted = [...each, ['x-default', `${SITE}/`]];
    const named = [...pages].map(([path, { elements }]) => {
      const links = elements.filter(({ tag, attributes }) => tag === 'link' && attributes['hreflang'] !== undefined);
      return [path, links.map(({ attributes }) => [attributes['hreflang'], attributes['href']])] as const;
    });
    const rivers = ['/', '/in/en/', '/in/es/', '/in/pt-br/'].map((path) => [path, wanted]);
    expect(Object.fromEntries(named.filter(([, links]) => links.length > 0))).toEqual(Object.fromEntries(rivers));
    for (const [, address = ''] of wanted) {
      expect.soft(pages.get(address.slice(SITE.length))?.html).toContain(`<link rel="canonical" href="${address}"`);
      expect(await file('sitemap-0.xml')).toContain(`<loc>${address}</loc>`);
    }
    expect(await brokenLinks(dist, `${SITE}/`)).toEqual([]);
  });

  test('counts on the status page, and names the feeds of each where readers subscribe', async () => {
    const counted = JSON.parse(await file('status.json')).languages;
    const counts = [['en', 2], ...['es', 'pt-BR', 'ca', 'de', null].map((language) => [language, 1])];
    expect(counted).toEqual(counts.map(([language, entries]) => ({ language, entries })));
    expect(pages.get('/status/')?.html).toMatch(/<bdi lang="es">Español<\/bdi>: 1 entry/);
    expect(pages.get('/subscribe/')?.html).toContain('href="/in/es/atom.xml"');
  });
});

describe('in the browser', () => {
  const site = siteInBrowser(() => dist);
  const open = tabsOf(site);
  const path = (page: Page) => new URL(page.url()).pathname;

  test('the chosen language comes up the next time, with the chosen density, until all are chosen', async () => {
    const { page } = await open('');
    await page.getByRole('navigation', { name: 'Languages' }).getByRole('link', { name: 'Español' }).click();
    await page.waitForURL('**/in/es/');
    expect(await page.locator('.languages [aria-current]').innerText()).toBe('Español');
    await page.goto(site.url);
    await page.waitForURL('**/in/es/');
    await page.locator('.density').getByRole('link', { name: 'Titles' }).click();
    await page.waitForURL('**/in/es/titles/');
    await page.goto(site.url);
    await page.waitForURL('**/in/es/titles/');
    await page.locator('.languages').getByRole('link', { name: 'All' }).click();
    await page.waitForURL(`${site.url}titles/`);
    await page.locator('.density').getByRole('link', { name: 'Full' }).click();
    await page.waitForURL(site.url);
    await page.reload();
    expect(path(page)).toBe('/');
  });

  test('a language that another planet of the host has leads nowhere', async () => {
    const { page } = await open('search/');
    await page.evaluate(() => localStorage.setItem('orrery-density', 'in/fi/titles'));
    await page.goto(site.url);
    expect(path(page)).toBe('/');
  });

  test('without script the switch leads there', async () => {
    const { page } = await open('excerpts/', { javaScriptEnabled: false });
    await page.locator('.languages').getByRole('link', { name: 'Português (Brasil)' }).click();
    expect(path(page)).toBe('/in/pt-br/excerpts/');
  });

  test('the search filters by language', async () => {
    const { page } = await open('search/?q=post');
    await page.locator('.search [role=status]', { hasText: 'Searched' }).waitFor();
    const box = page.locator('[data-facet=language]');
    const names = ['English', 'Español', 'Português (Brasil)'];
    await expect.poll(() => box.locator('li bdi').allInnerTexts()).toEqual(names);
    await box.getByLabel('Español').check();
    await expect.poll(() => page.locator('.results h2').allInnerTexts()).toEqual(['Post 1 in es']);
  });
});

test('an entry of one language renders the rivers of no other', async () => {
  const before = await hashes(dist);
  await folder.write('mixed.xml', rss([post('es', 2)]));
  await snapshotHere(folder.path, new Date('2026-02-25T07:13:20Z'));
  const { stdout, stderr } = await buildSite(folder.path, dist);
  expect(stderr + stdout).toMatch(/rendered/);
  const after = await hashes(dist);
  expect(after['in/es/index.html']).not.toBe(before['in/es/index.html']);
  expect(after['in/es/atom.xml']).not.toBe(before['in/es/atom.xml']);
  expect(after['in/en/atom.xml']).toBe(before['in/en/atom.xml']);
  expect(await readdir(join(dist, 'in'))).toEqual(['en', 'es', 'pt-br']);
});

test('a file public/in, which leaves these rivers no place, is named', async () => {
  await folder.write('public/in', 'x');
  const { code, stderr } = await buildSite(folder.path, dist);
  const sentence = 'public/in is in the way of the page /in/en/; give it another name.\n';
  expect({ code, stderr }).toEqual({ code: 1, stderr: sentence });
});
