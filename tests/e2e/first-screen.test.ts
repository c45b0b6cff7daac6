import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launch } from '../lib/browser.ts';
import { serveSite } from '../lib/site.ts';

let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;
beforeAll(async () => {
  site = await serveSite(inject('demo').dist);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
});

test.for([
  { path: '/', least: 3, shows: 'posts' },
  { path: '/excerpts/', least: 4, shows: 'excerpts' },
  { path: '/titles/', least: 12, shows: 'titles' },
])('at least $least $shows begin on the first screen of a desk', async ({ path, least }) => {
  await using page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(new URL(path, site.url).href);
  const begin = await page.evaluate(() =>
    [...document.querySelectorAll('.entry .title')].filter(
      (title) => title.getBoundingClientRect().bottom < innerHeight,
    ),
  );
  expect(begin.length).toBeGreaterThanOrEqual(least);
});

test('on a phone the first title begins above 300 px, its first sentence above 400', async () => {
  await using page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await page.goto(site.url);
  const top = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => element.getBoundingClientRect().top);
  expect(await top('.entry h4')).toBeLessThan(300);
  expect(await top('.entry .prose p')).toBeLessThan(400);
});
