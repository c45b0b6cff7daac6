import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedBrowser } from '../lib/browser.ts';
import { ask, namesIn, siteOf } from '../lib/search-ask.ts';

/** A bundle a month, newest first. The newest holds more than ten of what two old titles are. */
const POSTS = {
  '2025-07-01': {
    ...Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`new${at}`, `Brass and its gears, part ${at}, turning`]),
    ),
  },
  '2025-06-01': { june: 'A lathe turns', pivots: 'Brass: Pivots wear' },
  '2025-05-01': { may: 'Brass gears in a text', springs: 'Springs relax' },
  '2025-04-01': { april: 'A lathe again', wheel: 'Straße und 時計' },
  '2025-03-01': { title: 'Brass gears: How they are cut', march: 'Nothing of it' },
  '2025-02-01': { february: 'Springs and pivots', news: 'The newest lathes' },
  '2025-01-01': { oldest: 'An escapement of ruby', january: 'Springs' },
};
const IN_BUNDLE = 2;
const NEWEST = '2025-07';

let finding: Awaited<ReturnType<typeof siteOf>>;
/** One search page for all tests, and the bundles that it has asked since it was opened. */
let page: Page;
const asked = new Set<string>();
const bundles = () => [...asked].sort().reverse().join(' ');

beforeAll(async () => {
  finding = await siteOf(POSTS, { reach: { first: 2, further: 4 }, inBundle: IN_BUNDLE });
  page = await (await sharedBrowser()).newPage();
  page.on('request', (request) => {
    const [, month] = /pagefind\/(\d{4}-\d\d)\//.exec(request.url()) ?? [];
    if (month !== undefined) asked.add(month);
  });
});
afterAll(async () => {
  await page.close();
  await finding[Symbol.asyncDispose]();
});

async function open(url: string): Promise<void> {
  await page.goto('about:blank');
  asked.clear();
  await page.goto(url);
}

/** Asks by an address, and waits for the answer. */
async function openAnswer(url: string): Promise<void> {
  await open(url);
  await page.locator('.search [role=status]', { hasText: 'Searched' }).waitFor();
}

describe('the older bundles that a search asks', () => {
  test.for([
    { question: 'escapement', names: 'oldest', bundles: '2025-01' },
    { question: 'ruby escapement', names: 'oldest', bundles: '2025-01' },
    { question: 'escapemen', names: 'oldest', bundles: '2025-01' },
    { question: 'rubies', names: 'oldest', bundles: '2025-01' },
    { question: '"escapement of ruby"', names: 'oldest', bundles: '2025-01' },
    { question: 'strasse', names: 'wheel', bundles: '2025-04' },
    { question: '時計', names: 'wheel', bundles: '2025-04' },
    { question: '時', names: 'wheel', bundles: '2025-04' },
    { question: 'springs', names: 'springs january february', bundles: '2025-05 2025-02 2025-01' },
    { question: 'pivots', names: 'pivots february', bundles: '2025-06 2025-02' },
    { question: 'lathe', names: 'june april news', bundles: '2025-06 2025-04 2025-02' },
    { question: 'springs pivots', names: 'february', bundles: '2025-02' },
    { question: "l'escapement", names: 'oldest', bundles: '2025-01' },
    { question: "escapement's rubies", names: 'oldest', bundles: '2025-01' },
    { question: 'ruby lathe', names: '', bundles: '' },
    { question: 'asdfghjkl', names: '', bundles: '' },
  ])('that hold $question', async ({ question, names, bundles: older }) => {
    await open(`${finding.url}search/`);
    expect(await ask(page, question)).toBe(names);
    expect(bundles()).toBe(`${NEWEST} ${older}`.trim());
  });

  test('bundles with a title hit are asked, also if ten newer posts have the word in their texts', async () => {
    await openAnswer(`${finding.url}search/?q=brass+gears`);
    expect(await namesIn(page)).toMatch(/^title new\d+ /);
    expect(bundles()).toBe(`${NEWEST} 2025-03`);
  });

  test('bundles with the query as a title are asked, also if newer ones have its words in two titles', async () => {
    const months = Array.from({ length: 7 }, (_, at) => [
      `2025-0${at + 1}-01`,
      { [`copper${at}`]: 'Copper: A text', [`wheel${at}`]: 'Wheels: A text' },
    ]);
    const posts = {
      '2025-08-01': Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`new${at}`, 'Of copper wheels, a text'])),
      ...Object.fromEntries(months),
      '2025-03-01': { both: 'Wheels of copper: A text', other: 'Another text' },
      '2024-12-01': { right: 'Copper wheels: A text', other: 'Another text' },
    };
    await using site = await siteOf(posts, { reach: { first: 2, further: 4 }, inBundle: IN_BUNDLE });
    await openAnswer(`${site.url}search/?q=copper+wheels`);
    expect(await namesIn(page)).toMatch(/^right new\d+ /);
    expect(bundles()).toBe('2025-08 2024-12');
    // Of a chosen year only its bundles are asked, and those as if the title were not there.
    await openAnswer(`${site.url}search/?q=copper+wheels&year=2025`);
    expect(bundles()).toBe('2025-08 2025-03');
  });

  test('up to thirteen bundles are asked if one has a hit; the reader decides about more', async () => {
    // In each older bundle, two posts beside each other share the words.
    const older = Array.from({ length: 18 }, (_, at) => [
      `${2023 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`,
      Object.fromEntries(
        Array.from({ length: 32 }, (_, post) => [`post${10 + post}`, ['Of copper', 'Of wheels'][post] ?? 'Of clocks']),
      ),
    ]);
    const posts = { '2024-07-01': { hit: 'Copper wheels' }, ...Object.fromEntries(older) };
    await using site = await siteOf(posts, { reach: { first: 2, further: 4 }, inBundle: 32 });
    await open(`${site.url}search/`);
    expect(await ask(page, 'copper wheels')).toBe('hit');
    expect(bundles().split(' ')).toHaveLength(13);
    await page.locator('.older').click();
    await expect.poll(() => bundles().split(' ').length).toBe(19);
    await expect.poll(() => page.locator('.older').isVisible()).toBe(false);
  });

  test('bundles are asked in the order of time if the newest entries come first', async () => {
    const posts = {
      '2025-07-01': { newest: 'Of nothing' },
      '2025-05-01': { may: 'Silver wheels in a text' },
      '2025-03-01': { title: 'Silver wheels: A text' },
      '2025-02-01': { february: 'Wheels of silver' },
    };
    await using site = await siteOf(posts, { reach: { first: 1, further: 2 }, inBundle: 1 });
    await open(`${site.url}search/`);
    expect(await ask(page, 'silver wheels')).toBe('title february may');
    await openAnswer(`${site.url}search/?q=silver+wheels&sort=date`);
    expect(await namesIn(page)).toBe('may title february');
  });
});

test('asks older bundles when it is told to, and says what it has searched', async () => {
  const status = page.locator('.search [role=status]');
  await open(`${finding.url}search/?q=brass`);
  await expect.poll(() => status.innerText()).toBe('12 entries for “brass”. Searched July 2025.');
  expect(bundles()).toBe('2025-07');
  await page.getByRole('button', { name: /^Search January\s–\sJune 2025 as well$/ }).click();
  await expect.poll(() => status.innerText()).toMatch(/^15 entries for “brass”\. Searched January\s–\sJuly 2025\.$/);
  expect(bundles()).toBe('2025-07 2025-06 2025-05 2025-03');
  expect(await status.evaluate((line) => line === document.activeElement)).toBe(true);
  // More of the same answer, and the answer after a visit to another page, are of all that was searched.
  await page.locator('.more:not(.older)').click();
  await expect.poll(() => page.locator('.results > li').count()).toBe(15);
  await page.goto(`${finding.url}404.html`);
  await page.goBack();
  await expect.poll(() => page.locator('.results > li').count()).toBe(15);
  await expect.poll(() => status.innerText()).toMatch(/Searched January\s–\sJuly 2025\.$/);
});
