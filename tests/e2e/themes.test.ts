import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ENTRY } from '../lib/build-demo.ts';
import { siteInBrowser } from '../lib/site-in-browser.ts';

const THEMES = 'src/styles/themes';
const themes = (await readdir(THEMES)).map((name) => name.replace('.css', ''));
const demo = siteInBrowser();

test('a browser without light-dark() and :has() shows black on white, also in the dark, and folds texts', async () => {
  await using page = await demo.browser.newPage({ colorScheme: 'dark' });
  await page.route('**/*.css', async (route) => {
    const response = await route.fetch();
    const sheet = (await response.text()).replaceAll('light-dark(', 'unknown(').replaceAll(':has(', ':unknown(');
    await route.fulfill({ response, body: sheet });
  });
  await page.goto(demo.url);
  // Else the button below does nothing.
  const hidden = await page
    .locator('.fold > .prose')
    .first()
    .evaluate((text) => text.scrollHeight - text.clientHeight);
  expect(hidden).toBeGreaterThan(100);
  await expect.poll(() => page.locator('.scheme input').count()).toBe(3);
  expect(await page.locator('.scheme label').filter({ visible: true }).count()).toBe(0);
  await page.keyboard.press('/');
  await page.locator('dialog[open]').waitFor();
  for (const selector of ['html', 'dialog']) {
    const { color, backgroundColor, colorScheme } = await page
      .locator(selector)
      .evaluate((element) => getComputedStyle(element));
    const found = [color, backgroundColor, colorScheme];
    expect(found, selector).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)', 'light']);
  }
  const button = await page
    .locator('.search .find button')
    .evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(button).toBe('rgb(0, 0, 0)');
});

test.for(themes)(
  'in the theme %s the filters of the search have room, and texts begin where headings do, within their measure',
  async (theme) => {
    await using page = await demo.browser.newPage({ viewport: { width: 1300, height: 900 }, bypassCSP: true });
    const sheet = await readFile(`${THEMES}/${theme}.css`, 'utf8');
    const open = async (path: string) => {
      await page.goto(new URL(path, demo.url).href);
      // It comes last, as in a build.
      await page.addStyleTag({ content: sheet });
    };
    for (const [path, list] of [
      ['/2026/', '.wall'],
      ['/authors/', '.index'],
    ] as const) {
      const left = (selector: string) =>
        page.locator(selector).evaluate((element) => Math.round(element.getBoundingClientRect().left));
      await open(path);
      for (const width of [768, 1300]) {
        await page.setViewportSize({ width, height: 900 });
        expect.soft(await left(list), `${path} at ${width} px`).toBe(await left('h1'));
      }
    }
    await open(ENTRY);
    const [text, crumbs] = await page
      .locator('.alone .prose, .crumbs')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect()).sort((a, b) => b.top - a.top));
    const measure = /--measure: (.+)rem/.exec(sheet)?.[1] ?? '35';
    expect.soft(text?.width).toBeLessThanOrEqual(Number(measure) * 16);
    expect.soft(text?.left).toBe(crumbs?.left);
    await open('/search/?q=clock');
    await page.locator('.results li').first().waitFor();
    for (const width of [1300, 1000]) {
      await page.setViewportSize({ width, height: 900 });
      const box = await page.locator('.facets').boundingBox();
      expect.soft(box?.width, `${width} px`).toBeGreaterThanOrEqual(120);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  },
);
