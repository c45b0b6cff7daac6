import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { siteInBrowser } from '../lib/site-in-browser.ts';

const demo = siteInBrowser();

/** A reader with a browser of their own, that asks nobody but this site and remembers what it is told. */
async function reader(options: BrowserContextOptions = {}) {
  const context = await demo.browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const go = (path: string) => page.goto(new URL(path, demo.url).href);
  onTestFinished(() => context.close());
  return { page, context, go };
}

const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const pathOf = (page: Page) => new URL(page.url()).pathname;

describe('the choices of a reader are stored', () => {
  test('light or dark, from page to page, before the first paint, until it is left to the device again', async () => {
    const { page, go } = await reader({ colorScheme: 'light' });
    await go('/');
    const day = await ground(page);
    await page.getByRole('radio', { name: 'Dark' }).check();
    const night = await ground(page);
    expect(night).not.toBe(day);
    // With the scripts that follow the page held back, as on a slow line: all but the one that comes with the styles.
    const first = await page.locator('head > script:not([type])').evaluate((it: HTMLScriptElement) => it.src);
    await page.route('**/_astro/*.js', (route) => (route.request().url() === first ? route.continue() : undefined));
    await page.goto(new URL('/archive/', demo.url).href, { waitUntil: 'commit' });
    await page.locator('h1').waitFor();
    // Before the styles have come there is no ground, and nothing is painted.
    await expect.poll(() => ground(page)).not.toBe('rgba(0, 0, 0, 0)');
    expect(await ground(page)).toBe(night);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await go('/authors/');
    expect(await page.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: 'Like the device' }).check();
    await expect.poll(() => ground(page)).toBe(day);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => ground(page)).toBe(night);
  });

  test('the length of entries is stored: titles stay titles, and full is full again', async () => {
    const { page, go } = await reader();
    await go('/');
    await page.getByRole('link', { name: 'Titles' }).click();
    await page.waitForURL('**/titles/');
    expect(await page.locator('main .prose').count()).toBe(0);
    await go('/#day-2026-01-22');
    await page.waitForURL('**/titles/#day-2026-01-22');
    // The menu of a link is no choice of it.
    await page.getByRole('link', { name: 'Full' }).click({ button: 'right' });
    await go('/');
    await page.waitForURL('**/titles/');
    await page.getByRole('link', { name: 'Full' }).click();
    await page.locator('main .prose').first().waitFor();
    await go('/');
    expect(pathOf(page)).toBe('/');
  });

  test('for this page, where the browser stores nothing', async () => {
    const { page, go } = await reader({ colorScheme: 'light' });
    await page.addInitScript(() => {
      const get = () => {
        throw new DOMException('Blocked', 'SecurityError');
      };
      Object.defineProperty(globalThis, 'localStorage', { get });
    });
    await go('/titles/');
    const day = await ground(page);
    await page.getByRole('radio', { name: 'Dark' }).check();
    expect(await ground(page)).not.toBe(day);
    await page.keyboard.press('?');
    await page.getByLabel('Use these keys').uncheck();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('?');
    expect(await page.locator('dialog[open]').count()).toBe(0);
  });

  test('the three densities tell of the same entries, and the titles of a day have the order of their times', async () => {
    const { page, go } = await reader({ javaScriptEnabled: false });
    const titles = async (path: string) => {
      await go(path);
      return page.locator('main article :is(h3, h4)').allTextContents();
    };
    const full = await titles('/');
    expect(full.length).toBeGreaterThan(9);
    expect(await titles('/excerpts/')).toEqual(full);
    expect((await titles('/titles/')).toSorted()).toEqual(full.toSorted());
    const lines = page.locator('.line time');
    const times = await lines.evaluateAll((all) => all.map((time) => time.getAttribute('datetime') ?? ''));
    expect(times).toEqual(times.toSorted().reverse());
  });
});

describe('the number of new entries', () => {
  test('is said at the next visit and not at the first, on any density, and gone at the one after', async () => {
    const { page, go } = await reader();
    await page.clock.install({ time: new Date('2026-03-01T08:00:00Z') });
    const told = () => page.locator('.fresh').innerText();
    /** As if the newest entries had come after the last visit: what the browser remembers is of the day before. */
    const forget = () =>
      page.evaluate(() => {
        const key = Object.keys(localStorage).find((name) => name.startsWith('orrery-visits')) ?? '';
        const { at } = JSON.parse(localStorage.getItem(key) ?? '{}');
        localStorage.setItem(key, JSON.stringify({ known: '2000-01-01', shown: '2000-01-01T00:00:00Z', at }));
      });
    await go('/');
    expect(await told()).toBe('');
    await forget();
    await page.clock.setFixedTime(new Date('2026-03-02T08:00:00Z'));
    await go('/');
    const count = await page.locator('main article').count();
    expect(await told()).toBe(`${count} new since your last visit`);
    expect(await page.locator('main article.new').count()).toBe(count);
    for (const path of ['/', '/excerpts/', '/titles/']) {
      await go(path);
      expect(await told()).toBe(`${count} new since your last visit`);
      const headings = page.locator('article.new :is(h3, h4)');
      const marks = await headings.evaluateAll((all) => all.map((it) => getComputedStyle(it, '::before').content));
      expect(marks, path).toEqual(Array(count).fill('"●" / "New: "'));
    }
    await page.clock.setFixedTime(new Date('2026-03-03T08:00:00Z'));
    await go('/');
    expect(await told()).toBe('');
  });

  test('sends nothing anywhere', async () => {
    const { page, go, context } = await reader();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).search}`));
    await go('/titles/');
    await go('/titles/');
    expect(asked.filter((each) => each !== 'GET ')).toEqual([]);
    expect(await context.cookies()).toEqual([]);
  });
});

describe('the keys', () => {
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim());

  test('walk through entries and days, open, search and help', async () => {
    const { page, go } = await reader();
    await go('/');
    const titles = (await page.locator('article a.title').allTextContents()).map((title) => title.trim());
    await page.keyboard.press('j');
    expect(await focused(page)).toBe(titles[0]);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await focused(page)).toBe(titles[2]);
    await page.keyboard.press('k');
    expect(await focused(page)).toBe(titles[1]);
    await page.keyboard.press('/');
    const search = page.locator('dialog[open] input[name=q]');
    await search.waitFor();
    await page.keyboard.type('jk?');
    expect(await search.inputValue()).toBe('jk?');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await search.waitFor({ state: 'hidden' });
    await page.locator('article a.title').first().focus();
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keys' });
    await help.waitFor();
    expect(await help.locator('dt').allInnerTexts()).toEqual(['j', 'k', 'o', 'n', 'p', '/', '?']);
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'hidden' });
  });

  test('walk on from an entry’s own page', async () => {
    const { page, go } = await reader();
    await go('/authors/mara-okafor/');
    await page.locator('.rows .permalink').nth(1).click();
    await page.locator('.leads').waitFor();
    const links = page.locator('.leads li a');
    const texts = (await links.allTextContents()).map((text) => text.trim());
    expect(texts.length).toBeGreaterThan(2);
    const walked: (string | undefined)[] = [];
    for (const _ of ['the title', ...texts]) {
      await page.keyboard.press('j');
      walked.push(await focused(page));
    }
    expect(walked).toEqual([(await page.locator('h1 a.title').textContent())?.trim(), ...texts]);
    await page.keyboard.press('k');
    expect(await focused(page)).toBe(texts.at(-2));
    const to = await links.nth(-2).evaluate((link: HTMLAnchorElement) => link.href);
    await page.keyboard.press('o');
    await page.waitForURL(to);
  });

  test('o opens no entry from which the reader has scrolled away', async () => {
    const { page, go } = await reader();
    await go('/');
    await page.keyboard.press('j');
    const opened = await page.evaluateHandle(() => {
      const titles: (string | null)[] = [];
      addEventListener('click', (event) => {
        event.preventDefault();
        titles.push((event.target as Element).textContent);
      });
      return titles;
    });
    await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }));
    await page.keyboard.press('o');
    expect(await opened.jsonValue()).toEqual([]);
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    await page.keyboard.press('o');
    expect((await opened.jsonValue()).map((title) => title?.trim())).toEqual([await focused(page)]);
  });

  test('o opens the entry where it was first published, n and p go from day to day', async () => {
    const { page, go } = await reader();
    // An answer without a page leaves the reader where they are.
    await page.route('https://mara.okafor.example/**', (route) => route.fulfill({ status: 204 }));
    await go('/2026/01/23/');
    await page.keyboard.press('j');
    const asked = page.waitForRequest((request) => request.isNavigationRequest());
    await page.keyboard.press('o');
    expect((await asked).url()).toBe('https://mara.okafor.example/2026/gear-train/');
    await go('/2026/01/23/');
    await page.keyboard.press('n');
    await page.waitForURL('**/2026/01/22/');
    await page.keyboard.press('p');
    await page.waitForURL('**/2026/01/23/');
    await go('/');
    await page.keyboard.press('n');
    const second = page.locator('.day').nth(1);
    const top = () => second.evaluate((day) => Math.abs(day.getBoundingClientRect().top));
    await expect.poll(top).toBeLessThan(60);
  });

  test('n and p stop at each day, however short it is, and at the end of the page go on', async () => {
    const { page, go } = await reader();
    await go('/2026/01/23/');
    await page.locator('.day').evaluate((day) => {
      for (const entry of [...day.querySelectorAll('article')].slice(1)) entry.remove();
      for (const text of day.querySelectorAll('.prose, .fold, .when')) text.remove();
      day.after(...Array.from({ length: 30 }, () => day.cloneNode(true)));
    });
    const days = page.locator('.day');
    const tops = () => days.evaluateAll((all) => all.map((day) => Math.abs(day.getBoundingClientRect().top)));
    const stops: number[] = [];
    for (const key of 'nnnpp') {
      await page.keyboard.press(key);
      stops.push((await tops()).findIndex((top) => top < 1));
    }
    expect(stops).toEqual([1, 2, 3, 2, 1]);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.keyboard.press('n');
    await page.waitForURL('**/2026/01/22/');
  });

  test('are let alone with a modifier, and can be switched off for good', async () => {
    const { page, go } = await reader();
    await go('/titles/');
    await page.keyboard.press('Control+j');
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await page.keyboard.press('?');
    await page.getByLabel('Use these keys').uncheck();
    await page.getByRole('button', { name: 'Close' }).click();
    await go('/titles/');
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    // The way back is a button, not a key.
    await page.getByRole('button', { name: 'Keys' }).click();
    await page.getByLabel('Use these keys').check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('title');
    // A button for colours takes no letters.
    await page.getByRole('radio', { name: 'Dark' }).check();
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('title');
  });

  test('Tab alone reaches the content first, then every part of the head, and always shows where it is', async () => {
    const { page, go } = await reader();
    await go('/');
    const seen: string[] = [];
    for (let presses = 0; presses < 14; presses++) {
      await page.keyboard.press('Tab');
      const { name, outlined } = await page.evaluate(() => {
        const { activeElement: element } = document;
        const isRadio = element?.matches('input[type=radio]');
        const drawn = isRadio ? element?.parentElement?.querySelector('svg') : element;
        // The ring of the search is round its button too.
        const shown = element?.matches('input[type=search]') ? element.parentElement : drawn;
        const style = shown ? getComputedStyle(shown) : undefined;
        const name = element?.getAttribute('aria-label') ?? element?.textContent ?? element?.getAttribute('value');
        return { name: name?.trim(), outlined: style?.outlineStyle !== 'none' };
      });
      seen.push(name ?? '');
      expect.soft(outlined, name).toBe(true);
    }
    expect(seen[0]).toBe('Skip to the content');
    for (const name of ['Archive', 'Subscribe', 'Search all entries', 'Excerpts', 'Titles'])
      expect(seen).toContain(name);
  });
});
