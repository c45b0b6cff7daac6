import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sanitise } from '../../scripts/snapshot/sanitise/sanitise.ts';
import { liftHeadings } from '../../src/core/printed-body.ts';
import { LIGHT, violations } from '../lib/axe.ts';
import { ENTRY, KINDS } from '../lib/build-demo.ts';
import { isEntryPath, pagesOf } from '../lib/site.ts';
import { siteInBrowser } from '../lib/site-in-browser.ts';

const demo = siteInBrowser();

/** One for all tests: a page costs more than most of what is looked at in it. */
let page: Page;
const pages = await pagesOf(inject('demo').dist);
beforeAll(async () => {
  page = await demo.browser.newPage({ viewport: { width: 390, height: 800 } });
});
afterAll(() => page.close());

/** What takes the focus on the page, and is out of sight. */
const unseen = () =>
  page.locator(':is(a[href], button, input, summary, [tabindex="0"]):visible').evaluateAll((all) =>
    all.flatMap((element) => {
      element.focus();
      const isClipped = (at: Element | null): boolean =>
        at !== null && (getComputedStyle(at).clipPath === 'inset(50%)' || isClipped(at.parentElement));
      return element === document.activeElement && isClipped(element) ? [element.outerHTML] : [];
    }),
  );

test.for([...KINDS, '/search/?q=clock'])(
  'axe finds nothing wrong with %s, where all that has the focus is in sight',
  async (path) => {
    await page.goto(new URL(path, demo.url).href);
    if (path.includes('?')) await page.locator('.results > li').first().waitFor();
    expect.soft(await violations(page)).toEqual([]);
    expect(await unseen()).toEqual([]);
  },
);

/** The contrast of each element's letters on the ground of its cell, of any form of colour. */
function contrasts(elements: (SVGElement | HTMLElement)[]): number[] {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const lightness = (color: string) => {
    if (canvas === null) return Number.NaN;
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) =>
      part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  return elements.map((element) => {
    const cell = element.closest('td') ?? element;
    const [one, two] = [getComputedStyle(element).color, getComputedStyle(cell).backgroundColor].map(lightness);
    return Math.max(one ?? 0, two ?? 0) / Math.min(one ?? 0, two ?? 0);
  });
}

// Axe does not know mixed colours.
test.for(['light', 'dark'] as const)('the counts of the calendar can be read in the %s', async (colorScheme) => {
  await page.emulateMedia({ colorScheme, contrast: null });
  await page.goto(new URL('/2026/01/', demo.url).href);
  const found = await page.locator('.calendar td .count').evaluateAll(contrasts);
  expect(found.length).toBeGreaterThan(5);
  expect(Math.min(...found)).toBeGreaterThanOrEqual(4.5);
});

test.for(['/', '/titles/', '/2026/01/23/', ENTRY])(
  'every entry on %s has a name and a permalink for a finger',
  async (path) => {
    await page.goto(new URL(path, demo.url).href);
    const articles = page.locator('article');
    const count = await articles.count();
    expect(count).toBeGreaterThan(0);
    expect(await page.getByRole('article', { name: /./ }).count()).toBe(count);
    const heights = await articles.evaluateAll((entries) =>
      entries.map((entry) => {
        // What is out of sight has no size.
        entry.style.contentVisibility = 'visible';
        return entry.querySelector('.permalink')?.getBoundingClientRect().height ?? 0;
      }),
    );
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(24);
  },
);

test('each format of each feed that readers subscribe to has a name of its own, and is large enough for a finger', async () => {
  await page.goto(new URL('/subscribe/', demo.url).href);
  const links = page.locator('li > a[type]');
  const names = await links.evaluateAll((all) => all.map((link) => link.ariaLabel ?? link.textContent.trim()));
  expect(names).toContain('JSON Feed: Planet Escapement');
  expect(new Set(names).size).toBe(names.length);
  const heights = await links.evaluateAll((all) => all.map((link) => link.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(24);
});

test('axe finds nothing wrong with the search over a page', async () => {
  await page.goto(new URL('/authors/', demo.url).href);
  await page.locator('.bar input[name=q]').click();
  await page.keyboard.type('clock');
  await page.locator('dialog .results > li').first().waitFor();
  await page.locator('dialog summary').click();
  await page.locator('dialog [data-facet="author"] li').first().waitFor();
  expect(await violations(page)).toEqual([]);
});

const HELD = ['<pre', '<table', '<img', '<iframe', 'lang="ar"', 'class="audio"', 'h-entry note"'];
test.for(HELD)('axe finds nothing wrong with an entry that holds %s', async (what) => {
  const entry = pages.find(({ path, html }) => isEntryPath(path) && html.includes(what));
  expect(entry, `an entry of the demo with ${what}`).toBeDefined();
  await page.goto(new URL(entry?.path ?? '', demo.url).href);
  // Of its colours there is none that the post of every feature has not.
  expect(await violations(page, LIGHT)).toEqual([]);
});

test.for(['/', ENTRY])('axe finds nothing wrong with a post of every feature on %s', async (path) => {
  const post = await readFile(new URL('../fixtures/good-post.html', import.meta.url), 'utf8');
  const safe = sanitise(post, { base: 'https://blog.example.org/posts/orbits/', idPrefix: '1a2b3c4d5e' });
  const url = new URL(path, demo.url).href;
  await page.route(url, async (route) => {
    const served = await route.fetch();
    // An entry's own page prints its headings from h2 on.
    const body = path === '/' ? safe : liftHeadings(safe);
    const html = (await served.text()).replace(/(<div class="prose[^>]*>)/, (opening) => opening + body);
    await route.fulfill({ response: served, body: html });
  });
  await page.goto(url);
  const elements = page.locator('.prose :is(h2, h3, h5, h6, pre, table, math, video, audio, iframe)');
  expect(await elements.count()).toBeGreaterThan(9);
  await page.unroute(url);
  expect(await violations(page, path === '/' ? LIGHT : undefined)).toEqual([]);
});
