import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { tabsOf } from '../lib/reader-tabs.ts';
import { recordsIn, writePlainIndex } from '../lib/search-pages.ts';
import { serveSite } from '../lib/site.ts';
import { siteInBrowser } from '../lib/site-in-browser.ts';
import { areaFor } from '../lib/test-folder.ts';

const demo = siteInBrowser();

const open = tabsOf(demo);

const results = (page: Page) => page.locator('ol.results > li');
/** What stands beside each result: the address of a picture, or a letter. */
const faces = async (page: Page) => {
  const avatars = results(page).locator('.avatar');
  return avatars.evaluateAll((all) => all.map((face) => face.getAttribute('src') ?? face.textContent));
};
/** Where results lead. */
const hrefs = (page: Page) =>
  page.locator('.results a').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
const status = (page: Page) => page.locator('.search [role=status]');
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('href') ?? '');

/** As if each bundle held thousands: only the newest is then searched without being asked to. */
async function inflate(page: Page): Promise<void> {
  await page.context().route('**/pagefind/bundles.json', async (route) => {
    const list = await (await route.fetch()).json();
    for (const bundle of list.bundles) bundle.entries = 6000;
    await route.fulfill({ json: list });
  });
}

test('a result shows the face of its author, as the page of the entry does', async () => {
  const { page } = await open('/search/?q=clock');
  await results(page).first().waitFor();
  expect(await faces(page)).toHaveLength(await results(page).count());
  expect((await faces(page)).slice(0, 3)).toEqual(['/avatars/priya-raghunathan.svg', 'A', 'S']);
  const [letter] = await results(page).locator('span.avatar').all();
  const tone = /tone-\d+/.exec((await letter?.getAttribute('class')) ?? '')?.[0] ?? '';
  expect(tone).not.toBe('');
  await results(page).nth(1).getByRole('link').click();
  await page.locator('h1').waitFor();
  expect(await page.locator('article .avatar').getAttribute('class')).toContain(tone);
});

test('the date of a result is on one line, in a window of any width, but with large letters not wider than that', async () => {
  const { page } = await open('/search/?q=clock');
  await results(page).first().waitFor();
  const broken: number[] = [];
  for (const width of [320, 340, 360, 380, 400, 420]) {
    await page.setViewportSize({ width, height: 700 });
    const dates = page.locator('.results .about span:last-child bdi');
    const lines = await dates.evaluateAll((all) =>
      all.map((date) => {
        const range = document.createRange();
        range.selectNodeContents(date);
        return new Set([...range.getClientRects()].map(({ top }) => top)).size;
      }),
    );
    if (lines.some((count) => count !== 1)) broken.push(width);
  }
  expect(broken).toEqual([]);
  await page.setViewportSize({ width: 360, height: 700 });
  const widest = await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
    return document.documentElement.scrollWidth;
  });
  expect(widest).toBeLessThanOrEqual(360);
  const field = page.locator('main input[name=q]');
  expect(await field.evaluate(({ clientWidth }) => clientWidth)).toBeGreaterThan(200);
});

test('a category of an entry leads to the entries that have it', async () => {
  const { page } = await open('/search/?q=日時計');
  await results(page).first().getByRole('link').click();
  const title = await page.locator('h1 .title').innerText();
  await page.locator('.tags').getByRole('link', { name: '工作' }).click();
  await expect.poll(() => results(page).allInnerTexts()).toEqual([expect.stringContaining(title)]);
  expect(page.url()).toBe(new URL(`/search/?q=${encodeURIComponent('工作')}`, demo.url).href);
});

test('a result has the language of its entry where it is not the page’s', async () => {
  const { page } = await open('/search/?q=الوقت');
  await results(page).first().waitFor();
  const langs = (selector: string) =>
    page.locator(selector).evaluateAll((all) => all.map((each) => each.closest('[lang]')?.getAttribute('lang')));
  for (const part of ['a', '.excerpt']) expect(new Set(await langs(`.results ${part}`)), part).toEqual(new Set(['ar']));
  // Names and dates are the page's.
  expect(new Set(await langs('.results .about'))).toEqual(new Set(['en']));
  await page.goto(new URL('/search/?q=clock', demo.url).href);
  await results(page).first().waitFor();
  expect(await results(page).first().locator('[lang]').count()).toBe(0);
});

describe('the search over a page', () => {
  test('by keyboard alone: words, results, one of them, and back to where it was opened', async () => {
    const { page } = await open('/authors/');
    const place = page.locator('main a').last();
    await place.focus();
    const top = await page.evaluate(() => scrollY);
    expect(top).toBeGreaterThan(0);
    await page.keyboard.press('/');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.type('clock');
    // Results of its first letters come before those of the word.
    const searched = /^\d+ entries for “clock”\. Searched November 2023\s–\sJanuary 2026\.$/;
    await expect.poll(() => status(page).innerText()).toMatch(searched);
    expect(await page.locator('mark').first().innerText()).toMatch(/clock/i);
    const [first, second] = await hrefs(page);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toBe(first);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe(second);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('dialog[open]').count()).toBe(0);
    await expect.poll(() => place.evaluate((link) => document.activeElement === link)).toBe(true);
    expect(await page.evaluate(() => scrollY)).toBe(top);
    await page.keyboard.press('/');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === first);
  });

  test('is whole in a low window, to its last result', async () => {
    const { page } = await open('/');
    await page.setViewportSize({ width: 1280, height: 500 });
    await page.keyboard.press('/');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.type('the');
    await page.locator('.more:not(.older)').scrollIntoViewIfNeeded();
    for (const part of [page.locator('dialog'), page.locator('.more:not(.older)')]) {
      const { y = 0, height = 0 } = (await part.boundingBox()) ?? {};
      expect(y + height).toBeLessThanOrEqual(500);
    }
  });

  test('costs nothing until it is opened, and little then', async () => {
    const { page, asked } = await open('/');
    await page.waitForLoadState('networkidle');
    expect(asked.filter((url) => /pagefind|worker|dialog/.test(url))).toEqual([]);
    asked.length = 0;
    await page.locator('.bar input[name=q]').click();
    await page.keyboard.type('clock');
    await results(page).first().waitFor();
    await page.locator('[data-facet="author"] li').first().waitFor({ state: 'attached' });
    const sizes = await Promise.all(
      asked.map(async (url) => {
        const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
        return /\.(js|css|json)(\?|$)/.test(url) ? gzipSync(bytes).length : bytes.length;
      }),
    );
    expect(asked.length).toBeGreaterThan(10);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(160_000);
  });

  test('leads to the page of its own on Enter', async () => {
    const { page } = await open('/2026/');
    await page.locator('.bar input[name=q]').click();
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.type('clock');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\/\?q=clock/);
    await results(page).first().waitFor();
  });

  test('leads to that page if its script is no longer there', async () => {
    const { page } = await open('/2026/');
    await page.route('**/_astro/dialog*.js', (route) => route.abort());
    await page.locator('.bar input[name=q]').click();
    await page.waitForURL(/\/search\/\?q=$/);
    await page.getByRole('searchbox', { name: 'Words to search for' }).waitFor();
  });
});

describe('the search field', () => {
  test.for(['/authors/', '/search/'])('on %s keeps the space before a word that is still to come', async (path) => {
    const { page } = await open(path);
    await page.keyboard.press('/');
    const field = page.locator('.search input[name=q]:focus');
    await field.waitFor();
    await page.keyboard.type('gear ');
    await expect.poll(() => status(page).innerText()).toMatch(/“gear”/);
    await page.keyboard.type('train');
    expect(await field.inputValue()).toBe('gear train');
  });

  test('keeps what was typed before the script came, and searches for it', async () => {
    const { page } = await open('/search/');
    const first = await page.locator('head > script:not([type])').evaluate((script: HTMLScriptElement) => script.src);
    const typed = Promise.withResolvers<void>();
    await page.route('**/_astro/*.js', async (route) => {
      if (route.request().url() !== first) await typed.promise;
      await route.continue();
    });
    await page.goto(new URL('/search/?q=clock', demo.url).href, { waitUntil: 'commit' });
    await page.locator('.search input[name=q]').fill('sundial');
    typed.resolve();
    await page.waitForURL((url) => url.search === '?q=sundial');
    await results(page).first().waitFor();
    expect(await page.locator('.search input[name=q]').inputValue()).toBe('sundial');
  });

  test('keeps the arrow keys that choose a character', async () => {
    const { page } = await open('/search/?q=clock');
    await results(page).first().waitFor();
    await page.locator('.search input[name=q]').click();
    const devtools = await page.context().newCDPSession(page);
    const key = { type: 'rawKeyDown', key: 'ArrowDown', code: 'ArrowDown', windowsVirtualKeyCode: 40 } as const;
    await devtools.send('Input.imeSetComposition', { text: 'か', selectionStart: 1, selectionEnd: 1 });
    await devtools.send('Input.dispatchKeyEvent', key);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('q');
  });
});

describe('the search page', () => {
  test('from any page without opening anything: a word, its results, and the entry behind one', async () => {
    const { page } = await open('/authors/');
    await page.locator('.bar input[name=q]').fill('orrery');
    await page.locator('.bar input[name=q]').press('Enter');
    await results(page).first().waitFor();
    expect(new URL(page.url()).search).toContain('q=orrery');
    const title = await results(page).first().locator('a').first().innerText();
    await results(page).first().locator('a').first().click();
    await page.waitForURL(/\/\d{4}\/\d{2}\/\d{2}\//);
    expect(await page.locator('main article').innerText()).toContain(title);
    await page.goBack();
    await results(page).first().waitFor();
    expect(await page.locator('.search input[name=q]').inputValue()).toBe('orrery');
  });

  test('filtered by author shows that author alone; the address can be shared, and the way back drops the filter', async () => {
    const { page } = await open('/search/?q=the');
    await results(page).first().waitFor();
    await expect.poll(() => status(page).innerText()).toMatch(/Searched/);
    const all = await status(page).innerText();
    await page.getByLabel(/Mara Okafor/).check();
    await page.waitForURL(/author=Mara/);
    const others = results(page).filter({ hasNotText: 'Mara Okafor' });
    await expect.poll(async () => [(await results(page).count()) > 0, await others.count()]).toEqual([true, 0]);
    const of = await results(page).allInnerTexts();
    const friend = await open(new URL(page.url()).pathname + new URL(page.url()).search);
    await expect.poll(() => results(friend.page).allInnerTexts()).toEqual(of);
    await page.goBack();
    await others.first().waitFor();
    await expect.poll(() => status(page).innerText()).toBe(all);
    expect(await page.getByLabel(/Mara Okafor/).isChecked()).toBe(false);
  });

  test('in the order of dates goes from the newest to the oldest through all bundles', async () => {
    const { page } = await open('/search/?q=the&sort=date');
    await page.locator('.more:not(.older)').click();
    await expect.poll(() => results(page).count()).toBe(20);
    const days = (await hrefs(page)).map((path) => path.slice(1, 11));
    expect(days).toEqual(days.toSorted().reverse());
  });

  test('asked for a year, searches that alone', async () => {
    const { page, asked } = await open('/');
    await inflate(page);
    await page.goto(new URL('/search/?q=the&year=2024', demo.url).href);
    await results(page).first().waitFor();
    expect(await page.locator('.results .about').allInnerTexts()).not.toEqual([]);
    for (const about of await page.locator('.results .about').allInnerTexts()) expect(about).toMatch(/ 2024 /);
    expect(asked.filter((url) => url.includes('/pagefind/2026-01/'))).toEqual([]);
    const boxes = page.locator('[data-facet="year"] input');
    expect(await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).value))).toContain('2026');
  });

  test('without a match says so and helps', async () => {
    const { page } = await open('/search/?q=zzzzqqqqxxxx&year=2026');
    await expect.poll(() => status(page).innerText()).toMatch(/^No entry for “zzzzqqqqxxxx”/);
    await page.getByRole('button', { name: 'Search without filters' }).click();
    await page.waitForURL((url) => url.search === '?q=zzzzqqqqxxxx');
    for (const name of ['the archive', 'the authors', 'the feeds'])
      expect(await page.locator('.help').getByRole('link', { name }).count()).toBe(1);
  });

  test('comes back as it was left, and nothing on the page moves while it comes', async () => {
    const { page } = await open('/');
    await page.addInitScript(`globalThis.moved = 0; new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) moved += value;
    }).observe({ type: 'layout-shift', buffered: true })`);
    await page.goto(new URL('/search/?q=the', demo.url).href);
    await page.locator('[data-facet="feed"] li').first().waitFor({ state: 'attached' });
    expect(await page.evaluate<number>('moved')).toBeLessThanOrEqual(0.05);
    await page.locator('.more:not(.older)').click();
    await expect.poll(() => results(page).count()).toBe(20);
    await results(page).nth(15).locator('a').click();
    await page.waitForURL(/\/\d{4}\/\d{2}\/\d{2}\//);
    await page.goBack();
    await expect.poll(() => results(page).count()).toBe(20);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(500);
  });

  test('has its words and filters after a browser has emptied the forms that it must not complete', async () => {
    const { page } = await open('/search/?q=the&sort=date&year=2026');
    const year = page.getByRole('checkbox', { name: '2026' });
    await year.waitFor();
    // What WebKit (seen in 2.50) does with them when a reader comes back.
    await page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      for (const form of document.forms) if (form.autocomplete === 'off') form.reset();
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    });
    expect(await page.locator('.search input[name=q]').inputValue()).toBe('the');
    for (const box of [year, page.getByRole('radio', { name: 'Newest first' })])
      expect(await box.isChecked()).toBe(true);
  });

  test('keeps a longer list at a link within the page', async () => {
    const { page } = await open('/search/?q=the');
    const more = page.locator('.more:not(.older)');
    await more.click();
    await expect.poll(() => results(page).count()).toBe(20);
    await page.locator('.skip').press('Enter');
    await page.waitForURL('**#Content');
    await more.click();
    await expect.poll(() => results(page).count()).toBe(30);
  });

  test('offline keeps the results that are there, and goes on from them', async () => {
    const { page } = await open('/search/?q=the');
    await page.locator('[data-facet="feed"] li').first().waitFor({ state: 'attached' });
    await page.context().route('**/pagefind/**', (route) => route.abort('internetdisconnected'));
    await page.locator('.more:not(.older)').click();
    await page.getByText('Are you offline?').waitFor();
    expect(await results(page).count()).toBe(10);
    await page.context().unroute('**/pagefind/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => results(page).count()).toBe(20);
  });

  test('offline says so instead of finding nothing, and tries again', async () => {
    const { page } = await open('/search/?q=clock');
    // The counts come last.
    await page.locator('[data-facet="feed"] li').first().waitFor({ state: 'attached' });
    await page.context().route('**/pagefind/**', (route) => route.abort('internetdisconnected'));
    await page.locator('.search input[name=q]').fill('sundial');
    await page.getByText('Are you offline?').waitFor();
    expect(await status(page).innerText()).toBe('The search could not be loaded.');
    expect(await results(page).count()).toBe(0);
    await page.context().unroute('**/pagefind/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await results(page).first().waitFor();
    expect(await status(page).innerText()).toMatch(/ for “sundial”/);
  });

  test('without JavaScript says what it needs', async () => {
    const page = await demo.browser.newPage({ javaScriptEnabled: false });
    await page.goto(new URL('/search/', demo.url).href);
    expect(await page.locator('main').innerText()).toMatch(/JavaScript/);
    await page.close();
  });
});

describe('many bundles are as one', () => {
  let whole: Awaited<ReturnType<typeof serveSite>>;
  /** A page beside the one index of all. */
  let plain: Page;
  const area = areaFor('whole');

  beforeAll(async () => {
    await writePlainIndex(await recordsIn(inject('demo').folder), join(area, 'pagefind'));
    for (const name of ['index.html', '404.html']) await writeFile(join(area, name), '<!doctype html><title>x</title>');
    whole = await serveSite(area);
    plain = await demo.browser.newPage();
    await plain.goto(`${whole.url}index.html`);
  });
  afterAll(async () => {
    await plain.close();
    await whole[Symbol.asyncDispose]();
  });

  test.for([
    { words: 'clock', filters: {} },
    { words: 'the', filters: {} },
    { words: 'the', filters: { feed: ['Planet Escapement'] } },
    { words: 'the', filters: { year: ['2024', '2026'], author: ['Mara Okafor', 'Jakob Lindqvist'] } },
  ])('$words, $filters: the same entries, and the same counts', async ({ words, filters }) => {
    const any = Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, { any: values }]));
    // As text, or the test runner would put an import of its own into it.
    const expected = await plain.evaluate<{ total: number; counts: Record<string, Record<string, number>> }>(
      `import('/pagefind/pagefind.js').then(async (pagefind) => {
        await pagefind.filters();
        const found = await pagefind.search('${words}', { filters: ${JSON.stringify(any)} });
        return { total: found.results.length, counts: found.filters };
      })`,
    );
    const chosen = Object.entries(filters).flatMap(([name, values]) => values.map((value) => [name, value]));
    const query = new URLSearchParams([['q', words], ...chosen]);
    const { page } = await open(`/search/?${query}`);
    await page.locator('[data-facet="feed"] li').first().waitFor({ state: 'attached' });
    expect(await status(page).innerText()).toMatch(new RegExp(`^${expected.total} entr`));
    for (const facet of ['feed', 'year'].filter((facet) => !(facet in filters))) {
      const shown = await page.locator(`[data-facet="${facet}"] li`).evaluateAll((all) =>
        all.map((item) => {
          return [item.querySelector('input')?.value, Number(item.querySelector('.count')?.textContent)] as const;
        }),
      );
      const counts = Object.entries(expected.counts[facet] ?? {}).filter(([, count]) => count > 0);
      expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(counts));
    }
  });
});
