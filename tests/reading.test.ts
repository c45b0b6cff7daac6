import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launch } from './browser.ts';
import { serveSite } from './site.ts';

let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;

beforeAll(async () => {
  site = await serveSite(inject('demo').dist);
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  await site[Symbol.asyncDispose]();
});

/** A reader's tab, and every address that it asked for. */
async function open(
  path: string,
  options: { width?: number; javaScriptEnabled?: boolean } = {},
): Promise<{ page: Page; asked: string[] } & AsyncDisposable> {
  const { width = 1280, javaScriptEnabled = true } = options;
  const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(new URL(path, site.url).href);
  return { page, asked, [Symbol.asyncDispose]: () => context.close() };
}

describe('the river', () => {
  test('reads as day, feed, Author: Title, text and permalink', async () => {
    await using reader = await open('/');
    const days = await reader.page.locator('main .day h2').allInnerTexts();
    expect(days.length).toBeGreaterThan(2);
    for (const day of days) expect(day).toMatch(/^\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}$/);
    const article = reader.page.locator('article', { hasText: 'Mara Okafor: ' }).first();
    const [author, title] = [article.locator('h4 a').nth(0), article.locator('h4 a').nth(1)];
    expect((await article.locator('h4').innerText()).startsWith('Mara Okafor: ')).toBe(true);
    expect(await author.getAttribute('href')).toBe('/authors/mara-okafor/');
    expect(await title.getAttribute('href')).toMatch(/^https:\/\/(?!localhost)/);
    expect((await article.locator('a time').last().textContent())?.trim()).toMatch(
      /^\d{1,2} [A-Z][a-z]{2} \d{4} \d{1,2}:\d{2}[ap]m GMT$/,
    );
  });

  test('shows three entries of a feed at the most', async () => {
    await using reader = await open('/');
    const runs = reader.page.locator('main section:has(> h3)');
    const feeds = await runs.evaluateAll((all) =>
      all.flatMap((run) => [...run.querySelectorAll('article')].map(() => run.querySelector('h3')?.textContent)),
    );
    const counts = [...Map.groupBy(feeds, (feed) => feed).values()].map((each) => each.length);
    expect(counts).toEqual([3, 3, 3, 3]);
  });

  test('asks nobody but this site, and nothing of the search', async () => {
    await using reader = await open('/');
    await reader.page.waitForLoadState('networkidle');
    const ours = reader.asked.filter((url) => url.startsWith(site.url));
    expect(ours.filter((url) => url.includes('pagefind'))).toEqual([]);
    const foreignChrome = reader.asked.filter((url) => !url.startsWith(site.url) && !/youtube|localhost/.test(url));
    expect(foreignChrome).toEqual([]);
  });
});

describe('on a phone', () => {
  const paths = ['/', '/archive/', '/2026/', '/2026/01/', '/authors/', '/feeds/', '/search/', '/subscribe/', '/about/'];
  test.for(paths)('%s does not scroll sideways', async (path) => {
    await using reader = await open(path, { width: 360 });
    expect(await reader.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});

describe('search', () => {
  const results = (page: Page) => page.locator('ol.results > li');

  test('from any page: a word, its results, and the entry behind one', async () => {
    await using reader = await open('/authors/');
    const { page } = reader;
    await page.locator('header input[name=q]').fill('orrery');
    await page.locator('header input[name=q]').press('Enter');
    await results(page).first().waitFor();
    expect(new URL(page.url()).search).toContain('q=orrery');
    expect(await page.locator('mark').first().innerText()).toMatch(/orrer/i);
    const title = await results(page).first().locator('a').first().innerText();
    await results(page).first().locator('a').first().click();
    await page.waitForURL(/\/\d{4}\/\d{2}\/\d{2}\//);
    expect(await page.locator('main article').innerText()).toContain(title);
  });

  test('filtered by author shows that author alone, and the address can be shared', async () => {
    await using reader = await open('/search/?q=the');
    const { page } = reader;
    await results(page).first().waitFor();
    const all = await results(page).count();
    await page.getByLabel(/Mara Okafor/).check();
    await page.waitForURL(/author=Mara/);
    await expect
      .poll(async () => (await results(page).allInnerTexts()).every((text) => text.includes('Mara Okafor')))
      .toBe(true);
    expect(await results(page).count()).toBeLessThanOrEqual(all);
    await using friend = await open(new URL(page.url()).pathname + new URL(page.url()).search);
    await results(friend.page).first().waitFor();
    expect(await results(friend.page).allInnerTexts()).toEqual(await results(page).allInnerTexts());
  });

  test('without a match says so and helps', async () => {
    await using reader = await open('/search/?q=zzzzqqqqxxxx');
    await expect
      .poll(() => reader.page.locator('main').innerText(), { timeout: 10_000 })
      .toMatch(/nothing|no entr|no post/i);
  });

  test('without JavaScript the page says what it needs', async () => {
    await using reader = await open('/search/', { javaScriptEnabled: false });
    expect(await reader.page.locator('main').innerText()).toMatch(/JavaScript/);
  });
});
