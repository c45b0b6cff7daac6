import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, inject, test } from 'vitest';
import { sharedBrowser } from '../lib/browser.ts';
import { type HtmlPage, isEntryPath, pagesOf, serveSite } from '../lib/site.ts';

const { dist } = inject('demo');
const pages = await pagesOf(dist);

/** The contents of the `<meta>` elements of a page, by name or property; of several with one name, the last. */
function metaOf({ elements }: HtmlPage): Record<string, string> {
  const metas = elements.filter(({ tag }) => tag === 'meta').map(({ attributes }) => attributes);
  const named = ['name', 'property'].flatMap((key) => metas.map((meta) => [meta[key], meta['content']]));
  return Object.fromEntries(named.filter(([name]) => name !== undefined));
}

test('every page says what a preview of a link to it shows', async () => {
  const card = await sharp(join(dist, 'card.png')).metadata();
  expect(card).toMatchObject({ width: 1200, height: 630 });
  for (const page of pages) {
    const meta = metaOf(page);
    const name = /<title>([^<]*)<\/title>/.exec(page.html)?.[1]?.replaceAll('&#39;', "'").replaceAll('&amp;', '&');
    expect.soft(meta, page.path).toMatchObject({
      'og:title': name?.replace(/ · The Orrery Demo Planet$/, ''),
      'og:type': isEntryPath(page.path) ? 'article' : 'website',
      'og:image': 'http://localhost:4321/card.png',
      'twitter:card': 'summary_large_image',
      'theme-color': '#f8f4ea',
      'og:description': meta['description'],
    });
  }
});

test('an entry has its times and its authors', () => {
  const page = pages.find(({ path }) => path.includes('/two-clocks-')) as HtmlPage;
  expect(metaOf(page)).toMatchObject({
    'og:title': 'Solveig Aasen and Nikhil Borkar: Two clocks, one mountain',
    'article:published_time': '2026-01-22T07:00:00Z',
    'article:modified_time': '2026-01-22T11:00:00Z',
    'article:author': 'Solveig Aasen and Nikhil Borkar',
    author: 'Solveig Aasen and Nikhil Borkar',
  });
});

test('every page has its icons, and they are files of the size that it says', async () => {
  for (const { path, elements } of pages) {
    const links = elements.filter(({ tag }) => tag === 'link').map(({ attributes }) => attributes);
    const of = (rel: string) => links.filter((link) => link['rel'] === rel).map(({ href }) => href);
    expect.soft(of('icon'), path).toEqual(['/favicon.png', '/favicon.svg']);
    expect.soft(of('apple-touch-icon'), path).toEqual(isEntryPath(path) ? [] : ['/apple-touch-icon.png']);
    expect.soft(of('manifest'), path).toEqual(isEntryPath(path) ? [] : ['/manifest.webmanifest']);
  }
  const widths = ['favicon.png', 'apple-touch-icon.png', 'favicon.svg'].map(
    async (file) => (await sharp(join(dist, file)).metadata()).width,
  );
  expect(await Promise.all(widths)).toEqual([32, 180, 32]);
});

test('a browser reads the manifest, which the policy allows, and finds its icons', async () => {
  await using site = await serveSite(dist);
  await using page = await (await sharedBrowser()).newPage();
  await page.goto(site.url);
  const devtools = await page.context().newCDPSession(page);
  const { url, errors, data = '{}' } = await devtools.send('Page.getAppManifest');
  expect({ url, errors }).toEqual({ url: new URL('/manifest.webmanifest', site.url).href, errors: [] });
  const manifest = JSON.parse(data);
  expect(manifest).toMatchObject({ name: 'The Orrery Demo Planet', lang: 'en', theme_color: '#f8f4ea' });
  expect(manifest.icons).toHaveLength(2);
  for (const { src } of manifest.icons) expect((await readFile(join(dist, src))).length).toBeGreaterThan(100);
});
