import { cp, glob, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { currentPath } from '../../src/core/paths.ts';
import { redirects } from '../../src/outputs/redirect-pages.ts';
import { sharedBrowser } from '../lib/browser.ts';
import { brokenLinks, buildSite, serveSite } from '../lib/site.ts';
import { areaFor } from '../lib/test-folder.ts';

describe('the current address of a permalink', () => {
  test.for([
    ['/2024/06/02/learn-0123456789/', '2026', '/2024/06/#learn-0123456789'],
    ['/2024/06/02/', '2026', '/2024/06/#day-2024-06-02'],
    ['/2024/06/02/learn-0123456789/#0123456789-fn1', '2026', '/2024/06/#0123456789-fn1'],
    ['/2024/06/02/#learn-0123456789', '2026', '/2024/06/#learn-0123456789'],
    ['/2024/06/', '2026', '/2024/06/'],
    ['/2026/06/02/learn-0123456789/', '2026', '/2026/06/02/learn-0123456789/'],
    ['/2024/06/02/learn-0123456789/', '', '/2024/06/02/learn-0123456789/'],
    ['/authors/ada/2024/', '2026', '/authors/ada/2024/'],
  ])('%s, with pages since "%s", at %s', ([path, since, at]) => {
    expect(currentPath(path as string, since as string)).toBe(at);
  });

  test('redirect rules for hosts: two a year, under the path of the site', () => {
    expect(redirects('https://example.org/planet/', ['2024', '2025', '2026'], '2025')).toBe(
      '/planet/2024/:month/:day/:entry/ /planet/2024/:month/#:entry 301\n' +
        '/planet/2024/:month/:day/ /planet/2024/:month/#day-2024-:month-:day 301\n',
    );
  });
});

describe('a planet with a page a month for the years before the newest', () => {
  const area = areaFor('month');
  const dist = join(area, 'dist');

  beforeAll(async () => {
    const folder = join(area, 'content');
    await cp(inject('demo').folder, folder, { recursive: true });
    const yaml = await readFile(join(folder, 'planet.yaml'), 'utf8');
    // Without pages of its own it is rendered by what other tests have compiled.
    await rm(join(folder, 'pages'), { recursive: true });
    await writeFile(join(folder, 'planet.yaml'), `${yaml.replace('4321/about/', '4321/')}\nlayout: month\n`);
    await writeFile(join(folder, 'public/_redirects'), '/old/ /archive/ 301');
    const built = await buildSite(folder, dist);
    expect(built.code, built.stdout + built.stderr).toBe(0);
    expect(built.stdout).toContain('search: 41 entries indexed');
  });

  test('has no other page in those years, and pages as ever in the newest', async () => {
    const files = await readdir(dist, { recursive: true });
    const old = files.filter((file) => /^202[345]\/\d\d\/\d\d/.test(file));
    expect(old).toEqual([]);
    expect(files.filter((file) => /^2026\/01\/\d\d\/[^/]+\/index.html$/.test(file))).toHaveLength(24);
    // 17 old entries, of which Pagefind keeps some together in no more than 64 files.
    expect(await readFile(join(dist, 'pagefind/bundles.json'), 'utf8')).toContain('"entries":17');
    expect(files.filter((file) => file.startsWith('pagefind/2023') && file.endsWith('.pf_fragment'))).toHaveLength(17);
  });

  test('has anchors in the page of a month for the addresses of its days and entries', async () => {
    const lines = await Array.fromAsync(glob(join(area, 'content/archive/202[345]-*.ndjson')), (file) =>
      readFile(file, 'utf8'),
    );
    const paths = lines.join('').matchAll(/"path":"(\d{4}\/\d\d)\/(\d\d)\/([^"]+)","url":"[^"]+","copyOf":null/g);
    const missing: string[] = [];
    for (const [, month = '', day, slug] of paths) {
      const html = await readFile(join(dist, month, 'index.html'), 'utf8');
      for (const id of [`day-${month.replace('/', '-')}-${day}`, slug])
        if (!html.includes(` id="${id}"`)) missing.push(`${month}/#${id}`);
    }
    expect(lines.length).toBeGreaterThan(2);
    expect(missing).toEqual([]);
  });

  test('has every link lead to an entry or a day where it stands', async () => {
    expect(await brokenLinks(dist, 'http://localhost:4321/')).toEqual([]);
  });

  test('has every footnote of an old entry in a feed lead to the page of its month', async () => {
    const feeds = await Array.fromAsync(glob(join(dist, '**/*.{xml,json}')), (file) => readFile(file, 'utf8'));
    const places = feeds.flatMap((text) => [...text.matchAll(/:4321\/(202[345]\/[^"#&\\<]*)#([^"&\\<]+)/g)]);
    const missing: string[] = [];
    for (const [, path = '', id] of places) {
      const html = await readFile(join(dist, path, 'index.html'), 'utf8').catch(() => '');
      if (!html.includes(` id="${id}"`)) missing.push(`${path}#${id}`);
    }
    expect(places.length).toBeGreaterThan(2);
    expect(missing).toEqual([]);
  });

  test('finds an old entry, and leads to it in the page of its month', async () => {
    await using site = await serveSite(dist);
    await using page = await (await sharedBrowser()).newPage({ viewport: { width: 800, height: 300 } });
    const html = await readFile(join(dist, '2024/06/index.html'), 'utf8');
    const title = [...html.matchAll(/<a class="title[^>]*><bdi>([^<]+)</g)].at(-1)?.[1] ?? '';
    await page.goto(`${site.url}search/?q=${encodeURIComponent(title)}&year=2024`);
    const found = page.locator('.results a').first();
    await found.waitFor();
    expect(await found.textContent()).toBe(title);
    await found.click();
    await page.waitForURL(/\/2024\/06\/#[a-z0-9-]+-[0-9a-f]{10}$/);
    const anchor = page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`);
    expect(await anchor.innerText()).toContain(title);
    // From the page itself, where the search is a dialog over it.
    await page.goto(`${site.url}2024/06/`);
    await page.keyboard.press('/');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.type(title);
    await page.locator('.results').getByText(title, { exact: true }).click();
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
    expect(page.url()).toContain('#');
    expect((await page.locator('article:target').boundingBox())?.y).toBeLessThan(100);
  });

  test('shows videos in an old month, and a long entry that is linked to, without a script', async () => {
    await using site = await serveSite(dist);
    const browser = await sharedBrowser();
    await using context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.url}2025/06/`);
    expect(await page.locator('meta[http-equiv]').getAttribute('content')).toContain('frame-src https:');
    await page.goto(`${site.url}2025/05/`);
    const fold = page.locator('.fold').first();
    const hidden = () => fold.locator('.prose').evaluate((text) => text.scrollHeight - text.clientHeight);
    expect(await hidden()).toBeGreaterThan(100);
    await fold.locator('.unfold').click();
    expect([await hidden(), await fold.locator('.unfold').isVisible()]).toEqual([0, false]);
  });

  test('leads an old permalink on by a rule of the host; where it knows none, from the page that says "not found"', async () => {
    const [, id = ''] =
      /<article[^>]* id="([^"]+)"/.exec(await readFile(join(dist, '2024/06/index.html'), 'utf8')) ?? [];
    expect(await readFile(join(dist, '_redirects'), 'utf8')).toMatch(/^\/old\/ \/archive\/ 301\n+\/20/);
    await using host = await serveSite(dist);
    const answer = await fetch(`${host.url}2024/06/02/${id}/`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([301, `/2024/06/#${id}`]);

    await rm(join(dist, '_redirects'));
    await using site = await serveSite(dist);
    await using page = await (await sharedBrowser()).newPage();
    await page.goto(`${site.url}2024/06/02/${id}/`);
    await page.waitForURL(`${site.url}2024/06/#${id}`);
    // Many people leave out the last slash.
    await page.goto(`${site.url}2024/06/02/${id}`);
    await page.waitForURL(`${site.url}2024/06/#${id}`);
    // A place in its text, as a reader saved it while the entry had its own page.
    await page.goto(`${site.url}2024/06/02/${id}/#day-2024-06-02`);
    await page.waitForURL(`${site.url}2024/06/#day-2024-06-02`);
  });
});
