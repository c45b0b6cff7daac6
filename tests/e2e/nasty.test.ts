import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIGHT, violations } from '../lib/axe.ts';
import { sharedBrowser } from '../lib/browser.ts';
import { nastyPlanet, POSTS_OF_THE_TIRELESS } from '../lib/nasty-planet.ts';
import { alignments, buildSite, type HtmlPage, isEntryPath, pagesOf, serveSite, TABLE } from '../lib/site.ts';
import { areaFor } from '../lib/test-folder.ts';

/** A planet of the worst posts, in another theme, in colours of its operator's and with all of its operator's slots. */
const dist = join(areaFor('nasty'), 'dist');
const SLOTS = {
  head: '<link rel="me" href="https://social.example/@planet" />\n',
  masthead: '<aside aria-label="News">Meet us in May</aside>\n',
  'after-entry': '---\nconst { path } = Astro.props;\n---\n<p>Answer to {path}</p>\n',
  footer: '<p>Hosted by Ada</p>\n',
};
let pages: HtmlPage[];
const browser = await sharedBrowser();
let site: Awaited<ReturnType<typeof serveSite>>;

beforeAll(async () => {
  await using folder = await nastyPlanet();
  const logo = '.brand a::before { mask: none; background: url("./public/own.svg") center / contain no-repeat }';
  const font = '@font-face { font-family: Own; src: url("./public/own.woff2") } .motto { font-family: Own }';
  await folder.write('theme.css', `:root { --paper: light-dark(#fdfdfe, #010203) }\n${logo}\n${font}\n`);
  await folder.write('public/own.svg', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>');
  await copyFile('src/fonts/literata-latin-500-normal.woff2', join(folder.path, 'public/own.woff2'));
  for (const [name, html] of Object.entries(SLOTS)) await folder.write(`slots/${name}.astro`, html);
  await folder.write('pages/table.md', TABLE);
  const built = await buildSite(folder.path, dist);
  expect(built.code, built.stderr).toBe(0);
  pages = await pagesOf(dist);
  site = await serveSite(dist);
});
afterAll(() => site?.[Symbol.asyncDispose]());

test('the slots of an operator are on every page, in their places', () => {
  for (const { path, html } of pages) {
    expect.soft(html, path).toMatch(/<link rel="me" href="https:\/\/social\.example\/@planet">.*<\/head>/s);
    expect.soft(html, path).toMatch(/<\/header>\s*<aside[^>]*>Meet us in May<\/aside>.*<main/s);
    expect.soft(html, path).toMatch(/<p>Hosted by Ada<\/p>\s*<\/footer>/);
    expect.soft(html.includes(`<p>Answer to ${path}</p>`), path).toBe(isEntryPath(path));
  }
});

test('a category in which the search finds no word is no link to it', () => {
  const [entry] = pages.filter(({ html }) => html.includes('<ul class="tags"'));
  const categories = entry?.html.match(/(?<=<li class="p-category">).*?(?=<\/li>)/gs) ?? [];
  const links = categories.map((category) => /<a href="\/search\/\?q=([^"]*)"/.exec(category)?.[1] ?? category);
  const wordless = ['++', '🎉'].map((name) => `<bdi>${name}</bdi>`);
  expect(links).toEqual(['C%2B%2B', ...wordless, encodeURIComponent('日時計')]);
});

test('a Markdown page has aligned columns, boxes in place of bullets, and no heading above its footnotes', async () => {
  await using page = await browser.newPage();
  await go(page, '/table/');
  const row = ['start', 'start', 'center', 'end'];
  expect(await alignments(page)).toEqual([...row, ...row]);
  const styleOf = (selector: string, name: string) =>
    page.locator(selector).evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), name);
  expect(await styleOf('li:has(> input)', 'list-style-type')).toBe('none');
  expect(await styleOf('#footnote-label', 'clip-path')).toBe('inset(50%)');
});

const go = (page: Page, path: string) => page.goto(new URL(path, site.url).href);

/** One page of every kind but entries. */
const kinds = [
  ...['/', '/titles/', '/excerpts/', '/2026/01/23/', '/2026/01/', '/2025/', '/archive/', '/authors/', '/feeds/'],
  ...['/authors/nemo/', '/authors/tireless/', '/authors/tireless/2024/', '/feeds/nasty/', '/feeds/tireless/2024/'],
  ...['/search/', '/subscribe/', '/status/', '/404.html'],
];

/** Every entry of the nasty feed. */
const entries = () => pages.map(({ path }) => path).filter((path) => /^\/2026\/01\/23\/./.test(path));

/** Of the body too: what is cut off at the window's edge would be lost without a bar to show it. */
const widthOf = (page: Page) =>
  page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth));

test('no kind of page scrolls sideways, at any width, or on a phone with letters twice as large, or shows its skip link', async () => {
  await using page = await browser.newPage();
  const wide: string[] = [];
  for (const path of [...kinds, '/table/']) {
    await go(page, path);
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      if ((await widthOf(page)) > width) wide.push(`${path} at ${width}: ${await widthOf(page)}`);
    }
    await page.setViewportSize({ width: 360, height: 900 });
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    if ((await widthOf(page)) > 360) wide.push(`${path} with large letters: ${await widthOf(page)}`);
    // Two lines high here, and above the page until it has the focus.
    const lower = await page.locator('.skip').evaluate((link) => link.getBoundingClientRect().bottom + scrollY);
    if (lower > 0) wide.push(`${path} with a stripe of ${lower} at its top`);
  }
  expect(wide).toEqual([]);
});

test('no formula is drawn over what stands above its post', async () => {
  await using page = await browser.newPage();
  await go(page, entries().find((path) => path.includes('formula')) ?? '');
  const shown = await page.locator('mtext').evaluate((text) => {
    const { x, y, width, height } = text.getBoundingClientRect();
    return { y, isOver: document.elementFromPoint(x + width / 2, y + height / 2)?.closest('.prose') !== null };
  });
  expect(shown).toEqual({ y: expect.any(Number), isOver: false });
  expect(shown.y).toBeGreaterThan(0);
});

test('axe finds nothing wrong with the worst posts, in the light, in the dark and with contrast', async () => {
  await using page = await browser.newPage({ viewport: { width: 390, height: 800 } });
  const found: string[] = [];
  const look = async (path: string, looks?: Parameters<typeof violations>[1]) => {
    await go(page, path);
    found.push(...(await violations(page, looks)).map((violation) => `${path} ${violation}`));
  };
  // The river holds them all; of its colours there is nothing that these two pages have not.
  await look('/', LIGHT);
  for (const path of ['/titles/', entries().find((path) => path.includes('everything')) ?? '']) await look(path);
  expect(found).toEqual([]);
});

describe('a long entry in the river', () => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  });
  afterAll(() => page.close());

  const long = (page: Page) => page.locator('article', { hasText: 'A very long post' });
  const height = async (page: Page) => (await long(page).locator('.prose').boundingBox())?.height ?? Number.NaN;
  const linkOf = (page: Page, name: RegExp) => long(page).getByRole('link', { name });
  const folded = 12.5 * 16 + 1;

  test('is folded, and Enter on a link with its title unfolds it', async () => {
    await go(page, '/');
    expect(await height(page)).toBeLessThanOrEqual(folded);
    await linkOf(page, /Read it all.*A very long post/).focus();
    await page.keyboard.press('Enter');
    expect(await height(page)).toBeGreaterThan(2 * folded);
    await linkOf(page, /Fold it again.*A very long post/).click();
    expect(await height(page)).toBeLessThanOrEqual(folded);
  });

  test('leads to the whole of it without a script', async () => {
    await using page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });
    await go(page, '/');
    expect(await height(page)).toBeLessThanOrEqual(folded);
    await linkOf(page, /Read it all/).click();
    await page.getByRole('link', { name: 'the last link' }).waitFor();
    expect(await height(page)).toBeGreaterThan(2 * folded);
  });

  test('hides nothing that has the focus, and does not close behind it', async () => {
    await go(page, '/');
    await long(page).locator('a.title').focus();
    for (const _ of [1, 2]) await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('the last link');
    expect(await height(page)).toBeGreaterThan(2 * folded);
    await page.keyboard.press('Tab');
    expect(await height(page)).toBeGreaterThan(2 * folded);
  });

  test.for(['Chromium', 'Firefox'])('opens where a search of %s finds something in it', async (name) => {
    await go(page, '/');
    const link = page.getByRole('link', { name: 'the last link' });
    // All that a page learns of a match: most browsers scroll whatever holds it; Firefox selects it, and scrolls only the page.
    await link.evaluate((match, name) => {
      if (name === 'Chromium') return match.scrollIntoView({ block: 'center' });
      getSelection()?.selectAllChildren(match);
      scrollBy(0, match.getBoundingClientRect().top - 450);
    }, name);
    await expect.poll(() => height(page)).toBeGreaterThan(2 * folded);
    const top = () => link.evaluate((element) => element.getBoundingClientRect().top);
    await expect.poll(async () => (await top()) > 0 && (await top()) < 900).toBe(true);
  });

  test('has three screens on the page of its day, and leads on to its own', async () => {
    await go(page, '/2026/01/23/');
    expect(await height(page)).toBeGreaterThan(1.5 * 900);
    expect(await height(page)).toBeLessThanOrEqual(3 * 900);
    await long(page).getByRole('link', { name: 'Read it all' }).click();
    await page.getByRole('link', { name: 'the last link' }).waitFor();
  });

  test('is whole on paper', async () => {
    await using page = await browser.newPage({ viewport: { width: 800, height: 900 } });
    await go(page, '/');
    await page.emulateMedia({ media: 'print' });
    expect(await height(page)).toBeGreaterThan(2 * folded);
    expect(await page.locator('.bar nav').isVisible()).toBe(false);
    const cut = (codes: Element[]) => codes.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length;
    expect(await page.locator('.prose pre').evaluateAll(cut)).toBe(0);
  });
});

/** Of a word of 100,000 letters, thousands of breaks, pictures of a great height, and what is nested without end. */
test('no entry is as high or wide as it wants to be, at any width', { timeout: 300_000 }, async () => {
  await using page = await browser.newPage({ javaScriptEnabled: false });
  const high: string[] = [];
  const look = async (path: string, highest: number, heightsOf: () => Promise<number[]>) => {
    await go(page, path);
    for (const width of [360, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const heights = await heightsOf();
      if (Math.max(...heights) > highest) high.push(`${path} at ${width}: ${heights}`);
      if ((await widthOf(page)) > width) high.push(`${path} at ${width} is wide: ${await widthOf(page)}`);
    }
  };
  for (const path of ['/', '/2026/01/23/', '/excerpts/']) {
    await look(path, 5_300, async () => {
      const heights = await page.locator('article').evaluateAll((all) => {
        for (const each of all) if (each instanceof HTMLElement) each.style.contentVisibility = 'visible';
        return all.map((each) => each.clientHeight);
      });
      expect.soft(heights.length, path).toBeGreaterThan(15);
      return heights;
    });
  }
  // On its own page a text may be as long as its words, and no longer.
  for (const path of entries()) {
    const highest = /high-(breaks|rows|one-word)-/.test(path) ? Number.POSITIVE_INFINITY : 20_000;
    await look(path, highest, async () => [await page.evaluate(() => document.documentElement.scrollHeight)]);
  }
  expect(high).toEqual([]);
});

test('without script every page can be read, and nothing that needs it is offered', async () => {
  await using page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  for (const path of kinds) {
    await go(page, path);
    expect.soft((await page.locator('main').innerText()).length, path).toBeGreaterThan(20);
    expect.soft(await page.locator('.scheme, .keys').filter({ visible: true }).count(), path).toBe(0);
  }
});

const html = (path: string) => readFile(join(dist, path, 'index.html'), 'utf8');
const rows = (page: string) => page.match(/class="permalink"/g)?.length ?? 0;

test.for(['authors/tireless', 'feeds/tireless'])(
  'many posts have a page of the newest, and one for each year: %s',
  async (path) => {
    const years = (await readdir(join(dist, path))).filter((name) => /^\d{4}$/.test(name));
    const perYear = await Promise.all(years.map(async (year) => rows(await html(`${path}/${year}`))));
    expect(years).toEqual(['2023', '2024', '2025', '2026']);
    expect(perYear.reduce((sum, count) => sum + count, 0)).toBe(POSTS_OF_THE_TIRELESS);
    const front = await html(path);
    expect(rows(front)).toBe(100);
    for (const year of years) expect(front).toContain(`href="/${path}/${year}/"`);
  },
);

describe('the look', () => {
  test.for([
    ['is of the theme that planet.yaml names, with the operator’s own colours above it', {}, 'rgb(253, 253, 254)'],
    ['gives way to a reader who needs contrast', { contrast: 'more' }, 'rgb(255, 255, 255)'],
  ] as const)('%s', async ([, wishes, ground]) => {
    await using page = await browser.newPage({ colorScheme: 'light', ...wishes });
    await go(page, '/404.html');
    const look = await page.evaluate(() => {
      const { backgroundColor } = getComputedStyle(document.documentElement);
      return [backgroundColor, getComputedStyle(document.documentElement).getPropertyValue('--round')];
    });
    expect(look).toEqual([ground, '0']);
  });

  test.for(['none', 'active'] as const)('shows the operator’s logo, with forced colors: %s', async (forcedColors) => {
    await using page = await browser.newPage({ forcedColors });
    await go(page, '/feeds/');
    const { backgroundColor, backgroundImage, maskImage } = await page.locator('.brand a').evaluate((link) => {
      return getComputedStyle(link, '::before');
    });
    expect({ backgroundColor, maskImage }).toEqual({ backgroundColor: 'rgba(0, 0, 0, 0)', maskImage: 'none' });
    expect(backgroundImage).toMatch(/^url\(".*\.svg"\)$/);
  });

  test('shows the operator’s font', async () => {
    await using page = await browser.newPage();
    await go(page, '/');
    expect(await page.evaluate(async () => (await document.fonts.load('1em Own')).map(({ status }) => status))).toEqual(
      ['loaded'],
    );
  });

  test('begins the river at once, also below the operator’s masthead', async () => {
    await using page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await go(page, '/');
    const bottom = (selector: string) =>
      page.locator(selector).evaluate((element) => element.getBoundingClientRect().bottom);
    expect((await bottom('.density')) - (await bottom('aside:not(.rail)'))).toBeLessThan(50);
  });

  test('shows where a reader is, also in colours of their own', async () => {
    await using page = await browser.newPage({ forcedColors: 'active', colorScheme: 'dark' });
    await go(page, '/');
    const drawn = (link: Element) => {
      const { color, outlineColor, outlineStyle, outlineWidth, textDecorationLine } = getComputedStyle(link);
      const ground = getComputedStyle(document.documentElement).backgroundColor;
      const outlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && outlineColor !== ground;
      return { seen: color !== ground, outlined, underlined: textDecorationLine === 'underline' };
    };
    const densities = page.locator('.density a');
    await page.locator('.scheme').waitFor();
    const current = await densities.evaluateAll((links) => links.map((link) => link.hasAttribute('aria-current')));
    expect(current).toEqual([true, false, false]);
    await densities.nth(0).focus();
    await page.keyboard.press('Tab');
    expect([await densities.nth(0).evaluate(drawn), await densities.nth(1).evaluate(drawn)]).toEqual([
      { seen: true, outlined: false, underlined: true },
      { seen: true, outlined: true, underlined: false },
    ]);
  });
});
