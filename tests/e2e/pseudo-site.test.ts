import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { stringify } from 'yaml';
import { languageFile } from '../../src/archive/load-planet.ts';
import { english, type Messages } from '../../src/i18n/catalogue.ts';
import { readMessages } from '../../src/i18n/messages-file.ts';
import { LIGHT, violations } from '../lib/axe.ts';
import { sharedBrowser } from '../lib/browser.ts';
import { KINDS } from '../lib/build-demo.ts';
import { pseudo } from '../lib/pseudo.ts';
import { alignments, buildSite, serveSite, TABLE } from '../lib/site.ts';

const PATHS = [...KINDS, '/search/?q=clock'];

const browser = await sharedBrowser();

/** The demo in a language, on a server. */
async function demoIn(language: string, messages?: string): Promise<AsyncDisposable & { url: string; dist: string }> {
  const area = await mkdtemp(join(tmpdir(), 'orrery-language-'));
  const folder = join(area, 'content');
  await cp(inject('demo').folder, folder, { recursive: true });
  const planet = await readFile(join(folder, 'planet.yaml'), 'utf8');
  await writeFile(join(folder, 'planet.yaml'), planet.replace('language: en', `language: ${language}`));
  if (messages !== undefined) await writeFile(join(folder, 'messages.yaml'), messages);
  await writeFile(join(folder, 'pages/table.mdx'), TABLE);
  expect(await buildSite(folder, join(area, 'dist'))).toMatchObject({ code: 0, stderr: '' });
  const site = await serveSite(join(area, 'dist'));
  return {
    url: site.url,
    dist: join(area, 'dist'),
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await rm(area, { recursive: true, force: true });
    },
  };
}

/** Names and strangers' words, addresses and commands: what no catalogue has. */
const NOT_OURS =
  '.prose, .results, bdi, code, kbd, time, .title, .brand, .motto, .about, .excerpt, .addresses, noscript, script, style, [lang]';
const NAMES =
  /^(?:this|clock|Atom|JSON|Feed|Feedly|Inoreader|NewsBlur|Reader|About|planet|heliograph|escapement|quadrant|almanac|localhost|example|community|status|json)$/i;

/** One for all that is looked at, without what it remembers of the page before. */
const tab = await browser.newPage();
afterAll(() => tab.close());

/** The page's language and direction, the pixels by which it is too wide, its texts of ours, and those that are cut off. */
async function look(site: { url: string }, path: string, width: number) {
  await tab.setViewportSize({ width, height: 800 });
  await tab.goto(new URL(path, site.url).href);
  if (path.includes('?')) await tab.locator('.results > li').first().waitFor();
  const found = await tab.evaluate((notOurs) => {
    const { lang, dir } = document.documentElement;
    const isCut = ({ scrollWidth, clientWidth, clientHeight, scrollHeight }: HTMLElement) =>
      clientWidth > 1 && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 8);
    const all = document.querySelectorAll<HTMLElement>('a, button, label, summary, h1, h2, nav li, .badge');
    const ours = [...all].filter((it) => getComputedStyle(it).overflow !== 'visible' && !it.closest(notOurs));
    const cut = ours.filter(isCut).map(({ innerText }) => innerText);
    // In a page from right to left, what is too wide is to the left.
    scrollTo({ left: dir === 'rtl' ? -1000 : 1000, behavior: 'instant' });
    const tooWide = Math.abs(scrollX);
    // The label of a link to a feed holds the feed's name.
    const labelled = document.querySelectorAll('[aria-label]:not(a[type]), [placeholder], label[title], th[abbr]');
    const names = ['aria-label', 'placeholder', 'title'];
    const labels = [...labelled].flatMap((each) => names.map((name) => each.getAttribute(name) ?? ''));
    for (const each of document.querySelectorAll(`body :is(${notOurs})`)) each.remove();
    const nodes = [...document.body.querySelectorAll('*')].flatMap(({ childNodes }) => [...childNodes]);
    const texts = nodes.filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ nodeValue }) => nodeValue ?? '');
    return { page: { lang, dir, tooWide, cut }, said: [...labels, ...texts].join(' ') };
  }, NOT_OURS);
  const hostless = found.said.replace(/[\w-]+(?:\.[\w-]+)+/g, '');
  const words = hostless.match(/(?<![\p{L}\p{M}])[A-Za-z]{4,}(?![\p{L}\p{M}])/gu) ?? [];
  return { ...found, words: [...new Set(words)].filter((word) => !NAMES.test(word)) };
}

describe('in a language from right to left, with long messages of letters with accents', () => {
  let site: Awaited<ReturnType<typeof demoIn>>;
  beforeAll(async () => {
    const groups = Map.groupBy(Object.entries(pseudo), ([key]) => key.slice(0, key.indexOf('.')));
    const named = [...groups].map(([group, texts]) => {
      return [group, Object.fromEntries(texts.map(([key, text]) => [key.slice(group.length + 1), text]))];
    });
    site = await demoIn('ar', stringify(Object.fromEntries(named)));
  }, 400_000);
  afterAll(() => site[Symbol.asyncDispose]());

  test('no script says anything in English', async () => {
    const folder = join(site.dist, '_astro');
    const files = (await readdir(folder)).filter((file) => file.endsWith('.js'));
    const scripts = (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join();
    for (const key of ['reader.k', 'reader.o', 'reader.listen'] as const) {
      expect(scripts).toContain(pseudo[key]);
      expect(scripts).not.toContain(english[key]);
    }
  });

  test.for(PATHS)('every word of ours on %s is translated, and nothing is too wide for 320 px', async (path) => {
    const { page, said, words } = await look(site, path, 320);
    expect(page).toEqual({ lang: 'ar', dir: 'rtl', tooWide: 0, cut: [] });
    expect(words).toEqual([]);
    expect(said).toContain('~');
  });

  test('a Markdown table has its columns on the sides that it names', async () => {
    await tab.goto(new URL('/table/', site.url).href);
    // From right to left, the right side is the start.
    const row = ['start', 'end', 'center', 'start'];
    expect(await alignments(tab)).toEqual([...row, ...row]);
  });

  test('a title from left to right begins where its row does', async () => {
    await tab.goto(new URL('/authors/mara-okafor/', site.url).href);
    const title = tab.locator('.rows .title[dir=ltr]').first();
    const gap = await title.evaluate((it) => {
      const text = document.createRange();
      text.selectNodeContents(it);
      return Math.abs(it.getBoundingClientRect().right - text.getBoundingClientRect().right);
    });
    expect(gap).toBeLessThan(2);
  });

  test('the newest month of a chart stands above its name', async () => {
    await tab.goto(new URL('/authors/mara-okafor/', site.url).href);
    const bars = tab.locator('.activity path').last();
    const newest = await bars.evaluate((bars: SVGPathElement) => {
      const point = bars.getPointAtLength(bars.getTotalLength());
      return point.matrixTransform(bars.getScreenCTM() ?? undefined).x;
    });
    const name = await tab.locator('.activity span').last().boundingBox();
    expect(Math.abs(newest - (name?.x ?? 0))).toBeLessThan(20);
  });
});

// By hand, for a language takes half a minute: LANGUAGES="de fi el".
const languages = (process.env['LANGUAGES'] ?? '').split(' ').filter((language) => language !== '');
const wordsOf = (texts: Partial<Messages>) =>
  new Set(Object.values(texts).flatMap((text) => text.toLowerCase().match(/\p{L}+/gu) ?? []));
const englishWords = wordsOf(english);

test.for(languages)(
  'in %s no word of ours is English, nothing is cut off or too wide for 360 px, axe finds nothing',
  async (language) => {
    await using site = await demoIn(language);
    const own = readMessages(await readFile(languageFile(language), 'utf8'));
    const known = wordsOf(own.kind === 'messages' ? own.messages : {});
    const isEnglish = (word: string) => englishWords.has(word.toLowerCase()) && !known.has(word.toLowerCase());
    for (const path of PATHS) {
      const { page, words } = await look(site, path, 360);
      expect.soft(page, path).toMatchObject({ lang: language, tooWide: 0, cut: [] });
      expect.soft(words.filter(isEnglish), path).toEqual([]);
    }
    const river = await (await fetch(site.url)).text();
    const sources = river.match(/(?<=<script[^>]* src=")[^"]+/g) ?? [];
    const texts = await Promise.all(sources.map(async (src) => (await fetch(new URL(src, site.url))).text()));
    expect.soft(texts.length).toBeGreaterThan(0);
    // English has 2.6 KB; Arabic needs six forms of each plural.
    const packed = gzipSync(texts.join('')).length;
    expect.soft(packed, 'packed bytes of script on the river').toBeLessThanOrEqual(3 * 1024);
    for (const path of ['/', '/archive/', '/feeds/', '/search/?q=clock']) {
      await using page = await browser.newPage({ viewport: { width: 360, height: 800 } });
      await page.goto(new URL(path, site.url).href);
      expect.soft(await violations(page, LIGHT), path).toEqual([]);
    }
  },
);
