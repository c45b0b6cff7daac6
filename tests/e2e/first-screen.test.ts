import { expect, test } from 'vitest';
import { siteInBrowser } from '../lib/site-in-browser.ts';

const demo = siteInBrowser();

test.for([
  { path: '/', least: 3, shows: 'posts' },
  { path: '/excerpts/', least: 4, shows: 'excerpts' },
  { path: '/titles/', least: 15, shows: 'titles' },
])('at least $least $shows begin on the first screen of a desk', async ({ path, least }) => {
  await using page = await demo.browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(new URL(path, demo.url).href);
  // The demo's river holds twelve entries: two days more fill the screen.
  await page.locator('.titles').evaluateAll(([river]) => {
    const days = [...(river?.querySelectorAll('.day') ?? [])];
    days.at(-1)?.after(...days.slice(0, 2).map((day) => day.cloneNode(true)));
  });
  const begin = await page.evaluate(() =>
    [...document.querySelectorAll('.entry .title')].filter(
      (title) => title.getBoundingClientRect().bottom < innerHeight,
    ),
  );
  expect(begin.length).toBeGreaterThanOrEqual(least);
});

test('on a phone the first title begins above 300 px, its first sentence above 400', async () => {
  await using page = await demo.browser.newPage({ viewport: { width: 390, height: 844 } });
  await page.goto(demo.url);
  const top = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => element.getBoundingClientRect().top);
  expect(await top('.entry h4')).toBeLessThan(300);
  expect(await top('.entry .prose p')).toBeLessThan(400);
});
