import { describe, expect, test } from 'vitest';
import { ENTRY, KINDS } from '../lib/build-demo.ts';
import { tabsOf } from '../lib/reader-tabs.ts';
import { siteInBrowser } from '../lib/site-in-browser.ts';

const demo = siteInBrowser();

const open = tabsOf(demo);

test('the river reads as day, feed, Author: Title, text and permalink, with three entries of a feed at the most', async () => {
  const { page } = await open('/');
  const days = await page.locator('main .day h2').allInnerTexts();
  expect(days.length).toBeGreaterThan(2);
  for (const day of days) expect(day).toMatch(/^\d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}$/);
  const article = page.locator('article', { hasText: 'Mara Okafor: ' }).first();
  const [author, title] = [article.locator('h4 a').nth(0), article.locator('h4 a').nth(1)];
  expect((await article.locator('h4').innerText()).startsWith('Mara Okafor: ')).toBe(true);
  expect(await author.getAttribute('href')).toBe('/authors/mara-okafor/');
  expect(await title.getAttribute('href')).toMatch(/^https:\/\/(?!localhost)/);
  const time = (await article.locator('a time').last().textContent())?.trim();
  expect(time).toMatch(/^\d{2} [A-Z][a-z]{2} \d{4} \d{1,2}:\d{2}[ap]m GMT$/);
  const runs = page.locator('main section:has(> h3)');
  const feeds = await runs.evaluateAll((all) =>
    all.flatMap((run) => [...run.querySelectorAll('article')].map(() => run.querySelector('h3')?.textContent)),
  );
  const counts = [...Map.groupBy(feeds, (feed) => feed).values()].map((each) => each.length);
  expect(counts).toEqual([3, 3, 3, 3]);
});

test.for([320, 1440])('a reader who comes back, or loads the page again, is where they were (%i px)', async (width) => {
  const { page } = await open('/', { width });
  const title = page.locator('article a.title').last();
  await page.evaluate(async () => {
    for (const entry of document.querySelectorAll('article')) {
      entry.scrollIntoView();
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    }
  });
  const top = () => title.evaluate((each) => each.getBoundingClientRect().top);
  const before = await top();
  const moved = async () => Math.abs((await top()) - before);
  // A click by the mouse would scroll.
  const permalink = page.locator('article .permalink').last();
  await permalink.evaluate((link: HTMLElement) => link.click());
  await page.waitForURL(/\/\d{4}\//);
  await page.goBack();
  await expect.poll(moved).toBeLessThan(3);
  await page.reload();
  await expect.poll(moved).toBeLessThan(3);
});

test('an entry’s page begins with its title, leads to the original, and on to what to read next', async () => {
  const { page } = await open('/authors/mara-okafor/');
  await page.locator('.rows .permalink').nth(1).click();
  const first = page.locator('h1, h2, h3, h4, h5, h6').first();
  await expect.poll(() => first.innerText()).toMatch(/^Mara Okafor: ./);
  const original = (await first.locator('a.title').getAttribute('href')) ?? '';
  const button = page.getByRole('link', { name: `Read at ${new URL(original).host}`, exact: true });
  expect(await button.getAttribute('href')).toBe(original);
  await page.getByRole('heading', { name: 'More by Mara Okafor' }).waitFor();
  const here = page.url();
  await page.locator('.leads [rel=prev]').click();
  await expect.poll(() => page.url()).not.toBe(here);
  await page.locator('.leads [rel=next]').click();
  await expect.poll(() => page.url()).toBe(here);
});

describe('the feeds', () => {
  const names = ['Planet Escapement', 'Planet Heliograph', 'Planet Quadrant', 'The Almanac'];

  test('stand by name with what they are about and said last, and can be sorted by that', async () => {
    const { page } = await open('/feeds/');
    const feeds = page.locator('.followed');
    const titles = async () =>
      (await feeds.locator('h2').allTextContents()).map((title) => names.find((name) => title.includes(name)));
    expect(await titles()).toEqual(names);
    await feeds.first().getByText('What the people of Escapement write').waitFor();
    await feeds.first().getByRole('link', { name: 'Teaching a gear train to count' }).waitFor();
    expect(await feeds.first().locator('time').innerText()).toBe('23 Jan 2026');
    expect(await page.getByRole('link', { name: 'OPML' }).getAttribute('href')).toBe('/opml.xml');
    await page.getByRole('radio', { name: 'By newest entry' }).check();
    const times = feeds.locator('time');
    const newest = await times.evaluateAll((all) => all.map((time) => time.getAttribute('datetime') ?? ''));
    expect(newest).toEqual(newest.toSorted().reverse());
    expect((await titles()).at(-1)).toBe('Planet Heliograph');
    await page.getByRole('radio', { name: 'By name' }).check();
    expect(await titles()).toEqual(names);
  });

  test('offer no order where no script can sort them', async () => {
    const { page } = await open('/feeds/', { javaScriptEnabled: false });
    expect(await page.locator('.order').isVisible()).toBe(false);
  });

  test('the front page and the status page have the date of the last entry', async () => {
    for (const path of ['/', '/status/']) {
      const { page } = await open(path);
      const told = page.getByText(/^Last new entry: \d{2} [A-Z][a-z]{2} \d{4} \d{1,2}:\d{2}[ap]m GMT\./);
      expect(await told.count(), path).toBe(1);
    }
    const other = await open('/authors/');
    expect(await other.page.getByText('Last new entry').count()).toBe(0);
  });
});

test('says the reading time of a folded text once, and that of another text next to its date', async () => {
  const timesOf = async (path: string) => {
    const { page } = await open(path);
    const texts = await page.locator('article', { hasText: 'Teaching a gear train' }).first().innerText();
    return texts.match(/\b2\smin\b/g);
  };
  for (const path of ['/', '/2026/01/23/', ENTRY]) expect.soft(await timesOf(path), path).toHaveLength(1);
});

test.for([
  { page: 'ltr', name: 'ليلى', date: '24 Jan 2026 7:10am EET', day: 'left' },
  { page: 'rtl', name: 'Priya', date: '24 يناير 2026، 7:10 ص', day: 'right' },
] as const)('in a page that is $page the date after a name of the other direction keeps its order', async (row) => {
  const { page } = await open('/');
  const sides = await page.evaluate(({ page, name, date }) => {
    document.documentElement.dir = page;
    const [heading] = document.querySelectorAll('h4');
    heading?.setAttribute('dir', page === 'ltr' ? 'rtl' : 'ltr');
    if (heading) heading.innerHTML = `<bdi>${name}</bdi> · <a href="/"><time>${date}</time></a>`;
    const text = heading?.querySelector('time')?.firstChild;
    const left = (from: number, to: number) => {
      const range = document.createRange();
      range.setStart(text as Text, from);
      range.setEnd(text as Text, to);
      return range.getBoundingClientRect().left;
    };
    return left(0, 2) < left(3, 6) ? 'left' : 'right';
  }, row);
  expect(sides).toBe(row.day);
});

test('on a phone the date at the top covers no target of a link', async () => {
  const { page } = await open('/authors/brigid-ni-shuilleabhain/', { width: 390 });
  await page.locator('.rows .permalink').first().click();
  await page.locator('a[href*="fnref:2"]').first().click();
  const edges = await page.evaluate(() =>
    ['.day > .gutter', ':target'].map((selector) => document.querySelector(selector)?.getBoundingClientRect()),
  );
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(300);
  expect(edges[1]?.top).toBeGreaterThanOrEqual(edges[0]?.bottom ?? Number.NaN);
});

test('on a desk the names of authors leave half of the line to the title, and none of the demo is cut', async () => {
  const { page } = await open('/titles/');
  const shares = await page.locator('.line h3:not([dir=rtl])').evaluateAll((lines) =>
    lines.map((line) => {
      const title = line.querySelector('.title')?.getBoundingClientRect() ?? new DOMRect();
      return (line.getBoundingClientRect().right - title.left) / Math.min(title.width, line.clientWidth);
    }),
  );
  expect(shares.length).toBeGreaterThan(5);
  for (const share of shares) expect(share).toBeGreaterThan(0.4);
  const isCut = (h3: Element) => h3.scrollWidth > h3.clientWidth || h3.scrollHeight > h3.clientHeight;
  const titles = await page.locator('.line h3').all();
  const cut = await Promise.all(titles.map(async (title) => (await title.evaluate(isCut)) && title.textContent()));
  expect(titles.length).toBeGreaterThan(5);
  expect(cut.filter(Boolean)).toEqual([]);
});

const LOOKS: readonly (readonly [what: string, where: string, property: string, is: RegExp])[] = [
  ['black on nothing is seen in the dark', '.prose img', 'background-color', /^rgb\(200, 204, 209\)$/],
  ['long words break with a hyphen', '.prose p', 'hyphens', /^auto$/],
  ['code has no hyphen that is not its own', '.prose code', 'hyphens', /^(manual|none)$/],
  ['titles fill their lines', '.entry h4', 'text-wrap-style', /^pretty$/],
  ['a list in a list is near to its line', '.prose li ul', 'margin-top', /^[0-8](\.\d+)?px$/],
  ['a list stands apart', '.prose > ul', 'margin-top', /^16px$/],
  ['a wide table shows that it scrolls', '.prose table', 'background-image', /gradient/],
  ['a wide table from right to left shows it at its left', '[dir=rtl] table', 'background-image', /\(90deg.*\(90deg/],
  ['code shows it at its right, also there', '[dir=rtl] pre', 'background-image', /\(-90deg.*\(-90deg/],
  ['a wide formula shows that it scrolls', '.wide-math', 'background-image', /gradient/],
  ['a table has rules', '.prose th', 'border-bottom-width', /^1px$/],
  ['the names of rows have the rule of their row', 'tr + tr th', 'border-bottom-color', /^rgb\(43, 49, 69\)$/],
  ['a cell across columns begins where the others do', '.prose td[colspan]', 'padding-left', /^12px$/],
  ['a table that frames a picture has none', '.frame td', 'border-bottom-width', /^0px$/],
  ['a film without a size is as wide as its text', '.prose video', 'width', /^3[45]\dpx$/],
  ['the line below the current density is not covered', '.density [aria-current]', 'box-shadow', /inset/],
];

test('the elements of a post have the usual look', async () => {
  const { page } = await open('/', { width: 390, colorScheme: 'dark' });
  const post =
    '<p>Brass <code>mod 10</code></p><ul><li>Wheels<ul><li>cut</li></ul></li></ul><p><img alt="" src="data:,"></p>' +
    '<table><tr><th>a</th><th>b</th></tr><tr><th>c</th><td>d</td></tr><tr><td colspan="2">e</td></tr></table><div class="wide-math"></div><video></video>' +
    '<table class="frame"><tr><td>A caption</td></tr></table><p></p>' +
    '<div dir="rtl"><table><tr><td><pre></pre></td></tr></table></div>';
  await page.evaluate((html) => Object.assign(document.querySelector('.prose') ?? {}, { innerHTML: html }), post);
  for (const [what, where, property, is] of LOOKS) {
    const first = page.locator(where).first();
    const found = await first.evaluate((it, name) => getComputedStyle(it).getPropertyValue(name), property);
    expect.soft(found, what).toMatch(is);
  }
});

test('dates in the margin stand on the line beside them, and below the planet’s name is no empty line', async () => {
  const { page } = await open('/');
  const lines = { '/': '.run h3 a', '/titles/': '.line h3', [ENTRY]: '.from a' };
  for (const [path, line] of Object.entries(lines)) {
    await page.goto(new URL(path, demo.url).href);
    const [date = Number.NaN, beside = Number.NaN] = await page.evaluate(
      (selectors) =>
        selectors.map((selector) => {
          const mark = document.createElement('span');
          mark.style.display = 'inline-block';
          document.querySelector(selector)?.append(mark);
          return mark.getBoundingClientRect().bottom;
        }),
      ['.day .gutter time', line],
    );
    expect.soft(Math.abs(date - beside), path).toBeLessThan(1);
  }
  const brand = page.locator('.brand, .brand a');
  const heights = await brand.evaluateAll((all) => all.map((it) => Math.round(it.getBoundingClientRect().height)));
  expect(heights[0]).toBe(heights[1]);
});

test('the field of the search has one ring, round all of it', async () => {
  const { page } = await open('/');
  await page.keyboard.press('/');
  await page.locator('dialog .find input:focus').waitFor();
  const outline = (selector: string) =>
    page.locator(selector).evaluate((element) => getComputedStyle(element).outlineStyle);
  expect([await outline('dialog .find'), await outline('dialog .find input')]).toEqual(['solid', 'none']);
});

test('with widely spaced letters no page is wider than 320 px, and no field makes an iPhone enlarge it', async () => {
  const { page } = await open('/', { width: 320 });
  // An entry with one before and one after it.
  await page.goto(new URL(ENTRY, demo.url).href);
  const between = (await page.locator('.leads a[rel=prev]').getAttribute('href')) ?? '';
  for (const path of [...KINDS, between]) {
    await page.goto(new URL(path, demo.url).href);
    const { width, letters } = await page.evaluate(() => {
      const spaced = new CSSStyleSheet();
      // https://www.w3.org/TR/WCAG22/#text-spacing
      spaced.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
      );
      document.adoptedStyleSheets = [spaced];
      const fields = [...document.querySelectorAll('input[type=search]')];
      return {
        width: document.documentElement.scrollWidth,
        letters: Math.min(...fields.map((field) => Number.parseFloat(getComputedStyle(field).fontSize))),
      };
    });
    expect.soft(width, path).toBeLessThanOrEqual(320);
    expect.soft(letters, path).toBeGreaterThanOrEqual(16);
  }
});

test('on a phone all entries of a day have the same room above them', async () => {
  const { page } = await open('/', { width: 390 });
  const all = page.locator('.river .entry:not(.note)');
  const room = await all.evaluateAll((entries) => entries.map((entry) => getComputedStyle(entry).paddingTop));
  expect(new Set(room)).toEqual(new Set(['16px']));
});

test('the planets at the top are in free space, and no orbit crosses the words of who needs contrast', async () => {
  const { page } = await open('/');
  const orbits = page.locator('.orbits');
  for (const width of [1024, 1440, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    const covered = await orbits.locator('circle').evaluateAll((circles) =>
      circles.flatMap((circle) => {
        const { left, right, top, bottom } = circle.getBoundingClientRect();
        const above = document.elementsFromPoint((left + right) / 2, (top + bottom) / 2);
        return above
          .filter((element) => element.matches('.bar :not(.orbits, .orbits *)'))
          .map(({ className }) => className);
      }),
    );
    expect.soft(covered, `${width} px`).toEqual([]);
  }
  const other = await open('/', { contrast: 'more' });
  expect(await other.page.locator('.orbits').isVisible()).toBe(false);
});

test('on paper there is no hole for a picture, and the address of the original', async () => {
  const { page } = await open(ENTRY);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.avatar').filter({ visible: true }).count()).toBe(0);
  const drawn = (selector: string, pseudo: string) =>
    page.locator(selector).evaluate((element, pseudo) => {
      const { content, display } = getComputedStyle(element, pseudo);
      return { content, display };
    }, pseudo);
  expect((await drawn('.brand a', '::before')).display).toBe('none');
  expect((await drawn('.read-on a[href^=http]', '::after')).content).toContain('https://');
  await page.emulateMedia({ media: null });
});

test('in colours of a reader’s own the day has its place in the calendar', async () => {
  const { page } = await open('/2026/01/23/', { forcedColors: 'active' });
  const day = page.locator('.calendar [aria-current]').first();
  expect(await day.evaluate((cell) => getComputedStyle(cell).outlineStyle)).toBe('solid');
});
