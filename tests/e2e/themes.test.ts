import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { siteInBrowser } from '../lib/site-in-browser.ts';

const THEMES = 'src/styles/themes';
const themes = (await readdir(THEMES)).map((name) => name.replace('.css', ''));
const demo = siteInBrowser();

/** A page of the demo in another theme. Its style sheet comes last, as in a build. */
async function open(path: string, theme: string, width: number) {
  const page = await demo.browser.newPage({ viewport: { width, height: 900 }, bypassCSP: true });
  await page.goto(new URL(path, demo.url).href);
  await page.addStyleTag({ content: await readFile(`${THEMES}/${theme}.css`, 'utf8') });
  return page;
}

test('a browser without light-dark() shows black on white, also in the dark', async () => {
  await using page = await demo.browser.newPage({ colorScheme: 'dark' });
  await page.route('**/*.css', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll('light-dark(', 'unknown(') });
  });
  await page.goto(demo.url);
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

describe.for(themes)('in the theme %s', (theme) => {
  test.for([1000, 1300])('the filters of the search have room on a screen of %d px', async (width) => {
    await using page = await open('/search/?q=clock', theme, width);
    await page.locator('.results li').first().waitFor();
    const box = await page.locator('.facets').boundingBox();
    expect(box?.width).toBeGreaterThanOrEqual(120);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  test.for([
    { path: '/2026/', list: '.wall' },
    { path: '/authors/', list: '.index' },
  ])('$list begins where the heading of $path does', async ({ path, list }) => {
    await using page = await open(path, theme, 1300);
    const left = (selector: string) =>
      page.locator(selector).evaluate((element) => Math.round(element.getBoundingClientRect().left));
    expect(await left(list)).toBe(await left('h1'));
  });
});
