import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { siteInBrowser } from '../lib/site-in-browser.ts';

const demo = siteInBrowser();

/** A reader with a browser of their own, that asks nobody but this site and remembers what it is told. */
async function reader(
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; context: BrowserContext; go: (path: string) => Promise<unknown> } & AsyncDisposable> {
  const context = await demo.browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const go = (path: string) => page.goto(new URL(path, demo.url).href);
  return { page, context, go, [Symbol.asyncDispose]: () => context.close() };
}

const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const pathOf = (page: Page) => new URL(page.url()).pathname;

describe('the choices of a reader are stored', () => {
  test('light or dark, from page to page, before the first paint, until it is left to the device again', async () => {
    await using at = await reader({ colorScheme: 'light' });
    await at.go('/');
    const day = await ground(at.page);
    await at.page.getByRole('radio', { name: 'Dark' }).check();
    const night = await ground(at.page);
    expect(night).not.toBe(day);
    // With the scripts that follow the page held back, as on a slow line: all but the one that comes with the styles.
    const first = await at.page
      .locator('head > script:not([type])')
      .evaluate((script: HTMLScriptElement) => script.src);
    await at.page.route('**/_astro/*.js', (route) => (route.request().url() === first ? route.continue() : undefined));
    await at.page.goto(new URL('/archive/', demo.url).href, { waitUntil: 'commit' });
    await at.page.locator('h1').waitFor();
    // Before the styles have come there is no ground, and nothing is painted.
    await expect.poll(() => ground(at.page)).not.toBe('rgba(0, 0, 0, 0)');
    expect(await ground(at.page)).toBe(night);
    await at.page.unrouteAll({ behavior: 'ignoreErrors' });
    await at.go('/authors/');
    expect(await at.page.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
    await at.page.getByRole('radio', { name: 'Like the device' }).check();
    await expect.poll(() => ground(at.page)).toBe(day);
    await at.page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => ground(at.page)).toBe(night);
  });

  test('the length of entries is stored: titles stay titles, and full is full again', async () => {
    await using at = await reader();
    await at.go('/');
    await at.page.getByRole('link', { name: 'Titles' }).click();
    await at.page.waitForURL('**/titles/');
    expect(await at.page.locator('main .prose').count()).toBe(0);
    await at.go('/#day-2026-01-22');
    await at.page.waitForURL('**/titles/#day-2026-01-22');
    // The menu of a link is no choice of it.
    await at.page.getByRole('link', { name: 'Full' }).click({ button: 'right' });
    await at.go('/');
    await at.page.waitForURL('**/titles/');
    await at.page.getByRole('link', { name: 'Full' }).click();
    await at.page.locator('main .prose').first().waitFor();
    await at.go('/');
    expect(pathOf(at.page)).toBe('/');
  });

  test('for this page, where the browser stores nothing', async () => {
    await using at = await reader({ colorScheme: 'light' });
    await at.page.addInitScript(() =>
      Object.defineProperty(globalThis, 'localStorage', {
        get: () => {
          throw new DOMException('Blocked', 'SecurityError');
        },
      }),
    );
    await at.go('/titles/');
    const day = await ground(at.page);
    await at.page.getByRole('radio', { name: 'Dark' }).check();
    expect(await ground(at.page)).not.toBe(day);
    await at.page.keyboard.press('?');
    await at.page.getByLabel('Use these keys').uncheck();
    await at.page.getByRole('button', { name: 'Close' }).click();
    await at.page.keyboard.press('?');
    expect(await at.page.locator('dialog[open]').count()).toBe(0);
  });

  test('the three densities tell of the same entries, and the titles of a day have the order of their times', async () => {
    await using at = await reader({ javaScriptEnabled: false });
    const titles = async (path: string) => {
      await at.go(path);
      return at.page.locator('main article :is(h3, h4)').allTextContents();
    };
    const full = await titles('/');
    expect(full.length).toBeGreaterThan(9);
    expect(await titles('/excerpts/')).toEqual(full);
    expect((await titles('/titles/')).toSorted()).toEqual(full.toSorted());
    const times = await at.page
      .locator('.line time')
      .evaluateAll((all) => all.map((time) => time.getAttribute('datetime') ?? ''));
    expect(times).toEqual(times.toSorted().reverse());
  });
});

describe('the number of new entries', () => {
  test('is said at the next visit and not at the first, on any density, and gone at the one after', async () => {
    await using at = await reader();
    await at.page.clock.install({ time: new Date('2026-03-01T08:00:00Z') });
    const told = () => at.page.locator('.fresh').innerText();
    /** As if the newest entries had come after the last visit: what the browser remembers is of the day before. */
    const forget = () =>
      at.page.evaluate(() => {
        const key = Object.keys(localStorage).find((name) => name.startsWith('orrery-visits')) ?? '';
        const { at } = JSON.parse(localStorage.getItem(key) ?? '{}');
        localStorage.setItem(key, JSON.stringify({ known: '2000-01-01', shown: '2000-01-01T00:00:00Z', at }));
      });
    await at.go('/');
    expect(await told()).toBe('');
    await forget();
    await at.page.clock.setFixedTime(new Date('2026-03-02T08:00:00Z'));
    await at.go('/');
    const count = await at.page.locator('main article').count();
    expect(await told()).toBe(`${count} new since your last visit`);
    expect(await at.page.locator('main article.new').count()).toBe(count);
    for (const path of ['/', '/excerpts/', '/titles/']) {
      await at.go(path);
      expect(await told()).toBe(`${count} new since your last visit`);
      const marks = await at.page
        .locator('article.new :is(h3, h4)')
        .evaluateAll((headings) => headings.map((heading) => getComputedStyle(heading, '::before').content));
      expect(marks, path).toEqual(Array(count).fill('"●" / "New: "'));
    }
    await at.page.clock.setFixedTime(new Date('2026-03-03T08:00:00Z'));
    await at.go('/');
    expect(await told()).toBe('');
  });

  test('sends nothing anywhere', async () => {
    await using at = await reader();
    const asked: string[] = [];
    at.page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).search}`));
    await at.go('/titles/');
    await at.go('/titles/');
    expect(asked.filter((each) => each !== 'GET ')).toEqual([]);
    expect(await at.context.cookies()).toEqual([]);
  });
});

describe('the keys', () => {
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim());

  test('walk through entries and days, open, search and help', async () => {
    await using at = await reader();
    await at.go('/');
    const titles = (await at.page.locator('article a.title').allTextContents()).map((title) => title.trim());
    await at.page.keyboard.press('j');
    expect(await focused(at.page)).toBe(titles[0]);
    await at.page.keyboard.press('j');
    await at.page.keyboard.press('j');
    expect(await focused(at.page)).toBe(titles[2]);
    await at.page.keyboard.press('k');
    expect(await focused(at.page)).toBe(titles[1]);
    await at.page.keyboard.press('/');
    const search = at.page.locator('dialog[open] input[name=q]');
    await search.waitFor();
    await at.page.keyboard.type('jk?');
    expect(await search.inputValue()).toBe('jk?');
    await at.page.keyboard.press('Escape');
    await at.page.keyboard.press('Escape');
    await search.waitFor({ state: 'hidden' });
    await at.page.locator('article a.title').first().focus();
    await at.page.keyboard.press('?');
    const help = at.page.getByRole('dialog', { name: 'Keys' });
    await help.waitFor();
    expect(await help.locator('dt').allInnerTexts()).toEqual(['j', 'k', 'o', 'n', 'p', '/', '?']);
    await at.page.keyboard.press('Escape');
    await help.waitFor({ state: 'hidden' });
  });

  test('walk on from an entry’s own page', async () => {
    await using at = await reader();
    await at.go('/authors/mara-okafor/');
    await at.page.locator('.rows .permalink').nth(1).click();
    await at.page.locator('.leads').waitFor();
    const links = at.page.locator('.leads li a');
    const texts = (await links.allTextContents()).map((text) => text.trim());
    expect(texts.length).toBeGreaterThan(2);
    const walked: (string | undefined)[] = [];
    for (const _ of ['the title', ...texts]) {
      await at.page.keyboard.press('j');
      walked.push(await focused(at.page));
    }
    expect(walked).toEqual([(await at.page.locator('h1 a.title').textContent())?.trim(), ...texts]);
    await at.page.keyboard.press('k');
    expect(await focused(at.page)).toBe(texts.at(-2));
    const to = await links.nth(-2).evaluate((link: HTMLAnchorElement) => link.href);
    await at.page.keyboard.press('o');
    await at.page.waitForURL(to);
  });

  test('o opens no entry from which the reader has scrolled away', async () => {
    await using at = await reader();
    await at.go('/');
    await at.page.keyboard.press('j');
    const opened = await at.page.evaluateHandle(() => {
      const titles: (string | null)[] = [];
      addEventListener('click', (event) => {
        event.preventDefault();
        titles.push((event.target as Element).textContent);
      });
      return titles;
    });
    await at.page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }));
    await at.page.keyboard.press('o');
    expect(await opened.jsonValue()).toEqual([]);
    await at.page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    await at.page.keyboard.press('o');
    expect((await opened.jsonValue()).map((title) => title?.trim())).toEqual([await focused(at.page)]);
  });

  test('o opens the entry where it was first published, n and p go from day to day', async () => {
    await using at = await reader();
    // An answer without a page leaves the reader where they are.
    await at.page.route('https://mara.okafor.example/**', (route) => route.fulfill({ status: 204 }));
    await at.go('/2026/01/23/');
    await at.page.keyboard.press('j');
    const asked = at.page.waitForRequest((request) => request.isNavigationRequest());
    await at.page.keyboard.press('o');
    expect((await asked).url()).toBe('https://mara.okafor.example/2026/gear-train/');
    await at.go('/2026/01/23/');
    await at.page.keyboard.press('n');
    await at.page.waitForURL('**/2026/01/22/');
    await at.page.keyboard.press('p');
    await at.page.waitForURL('**/2026/01/23/');
    await at.go('/');
    await at.page.keyboard.press('n');
    const top = () =>
      at.page
        .locator('.day')
        .nth(1)
        .evaluate((day) => Math.abs(day.getBoundingClientRect().top));
    await expect.poll(top).toBeLessThan(60);
  });

  test('n and p stop at each day, however short it is, and at the end of the page go on', async () => {
    await using at = await reader();
    await at.go('/2026/01/23/');
    await at.page.locator('.day').evaluate((day) => {
      for (const entry of [...day.querySelectorAll('article')].slice(1)) entry.remove();
      for (const text of day.querySelectorAll('.prose, .fold, .when')) text.remove();
      day.after(...Array.from({ length: 30 }, () => day.cloneNode(true)));
    });
    const current = () =>
      at.page
        .locator('.day')
        .evaluateAll((days) => days.findIndex((day) => Math.abs(day.getBoundingClientRect().top) < 1));
    const stops: number[] = [];
    for (const key of 'nnnpp') {
      await at.page.keyboard.press(key);
      stops.push(await current());
    }
    expect(stops).toEqual([1, 2, 3, 2, 1]);
    await at.page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await at.page.keyboard.press('n');
    await at.page.waitForURL('**/2026/01/22/');
  });

  test('are let alone with a modifier, and can be switched off for good', async () => {
    await using at = await reader();
    await at.go('/titles/');
    await at.page.keyboard.press('Control+j');
    expect(await at.page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await at.page.keyboard.press('?');
    await at.page.getByLabel('Use these keys').uncheck();
    await at.page.getByRole('button', { name: 'Close' }).click();
    await at.go('/titles/');
    await at.page.keyboard.press('j');
    expect(await at.page.evaluate(() => document.activeElement === document.body)).toBe(true);
    // The way back is a button, not a key.
    await at.page.getByRole('button', { name: 'Keys' }).click();
    await at.page.getByLabel('Use these keys').check();
    await at.page.keyboard.press('Escape');
    await at.page.keyboard.press('j');
    expect(await at.page.evaluate(() => document.activeElement?.className)).toContain('title');
    // A button for colours takes no letters.
    await at.page.getByRole('radio', { name: 'Dark' }).check();
    await at.page.keyboard.press('j');
    expect(await at.page.evaluate(() => document.activeElement?.className)).toContain('title');
  });

  test('Tab alone reaches the content first, then every part of the head, and always shows where it is', async () => {
    await using at = await reader();
    await at.go('/');
    const seen: string[] = [];
    for (let presses = 0; presses < 14; presses++) {
      await at.page.keyboard.press('Tab');
      const { name, outlined } = await at.page.evaluate(() => {
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
