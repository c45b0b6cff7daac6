import { expect, test } from 'vitest';
import { ENTRY, KINDS } from '../lib/build-demo.ts';
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

test('on a phone the first title begins above 300 px, its first sentence above 400; on an entry’s page a bit below', async () => {
  await using page = await demo.browser.newPage({ viewport: { width: 390, height: 844 } });
  await page.goto(demo.url);
  const top = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => element.getBoundingClientRect().top);
  expect(await top('.entry h4')).toBeLessThan(300);
  expect(await top('.entry .prose p')).toBeLessThan(400);
  await page.goto(new URL(ENTRY, demo.url).href);
  expect(await top('h1')).toBeLessThan(290);
  expect(await top('.alone .prose')).toBeLessThan(480);
});

test('on a slow phone nothing moves while a page loads, of any kind', async () => {
  await using page = await demo.browser.newPage({ viewport: { width: 412, height: 823 } });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 2 });
  const speed = { latency: 150, downloadThroughput: 200_000, uploadThroughput: 80_000, offline: false };
  await devtools.send('Network.emulateNetworkConditions', speed);
  // As at a first visit: nothing has come before.
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.addInitScript(`globalThis.moved = 0; new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) moved += value;
  }).observe({ type: 'layout-shift', buffered: true })`);
  for (const path of KINDS) {
    await page.goto(new URL(path, demo.url).href);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    // A head that comes in two pieces, as from a busy machine, moves by 0.023 when its font comes with the second.
    expect.soft(await page.evaluate<number>('moved'), path).toBeLessThanOrEqual(0.05);
  }
});
