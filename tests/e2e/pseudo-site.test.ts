import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { stringify } from 'yaml';
import { launch } from '../lib/browser.ts';
import { pseudo } from '../lib/pseudo.ts';
import { buildSite, serveSite } from '../lib/site.ts';

// The demo in a language that reads to the left, of which every message of ours is long and has accents.
let area: string;
let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;

beforeAll(async () => {
  area = await mkdtemp(join(tmpdir(), 'orrery-pseudo-'));
  const folder = join(area, 'content');
  await cp(inject('demo').folder, folder, { recursive: true });
  const planet = await readFile(join(folder, 'planet.yaml'), 'utf8');
  await writeFile(join(folder, 'planet.yaml'), planet.replace('language: en', 'language: ar'));
  const groups = Map.groupBy(Object.entries(pseudo), ([key]) => key.slice(0, key.indexOf('.')));
  const named = [...groups].map(([group, texts]) => [
    group,
    Object.fromEntries(texts.map(([key, text]) => [key.slice(group.length + 1), text])),
  ]);
  await writeFile(join(folder, 'messages.yaml'), stringify(Object.fromEntries(named)));
  const built = await buildSite(folder, join(area, 'dist'));
  expect(built).toMatchObject({ code: 0, stderr: '' });
  site = await serveSite(join(area, 'dist'));
  browser = await launch();
}, 400_000);
afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
  await rm(area, { recursive: true, force: true });
});

/** Names and strangers' words, addresses and commands: what no catalogue has. */
const NOT_OURS =
  '.prose, .results, bdi, code, kbd, time, .title, .brand, .motto, .about, .excerpt, .addresses, noscript, script, style, [lang]';
const NAMES =
  /^(?:this|clock|Atom|JSON|Feed|Feedly|Inoreader|NewsBlur|Reader|About|planet|heliograph|escapement|quadrant|almanac|localhost|example|community|status|json)$/i;

test.for([
  ...['/', '/excerpts/', '/titles/', '/archive/', '/2026/', '/2026/01/', '/2026/01/23/', '/authors/', '/feeds/'],
  ...['/authors/mara-okafor/', '/feeds/almanac/', '/subscribe/', '/status/', '/search/', '/search/?q=clock'],
  ...['/2026/01/23/mara-okafor-teaching-a-gear-train-to-count-53cca4bdab/', '/there-is-no-such-page/'],
])('on %s every word of ours is translated, from right to left, and nothing is too wide for 320 px', async (path) => {
  await using page = await browser.newPage({ viewport: { width: 320, height: 800 } });
  await page.goto(new URL(path, site.url).href);
  if (path.includes('?')) await page.locator('.results > li').first().waitFor();
  const found = await page.evaluate((notOurs) => {
    const { lang, dir } = document.documentElement;
    // What is too wide here lies to the left.
    scrollTo({ left: -1000, behavior: 'instant' });
    const tooWide = Math.abs(scrollX);
    const labels = [...document.querySelectorAll('[aria-label], [placeholder], label[title], th[abbr]')].flatMap(
      (each) => ['aria-label', 'placeholder', 'title'].map((name) => each.getAttribute(name) ?? ''),
    );
    for (const each of document.querySelectorAll(`body :is(${notOurs})`)) each.remove();
    const texts = [...document.body.querySelectorAll('*')].flatMap(({ childNodes }) =>
      [...childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ nodeValue }) => nodeValue ?? ''),
    );
    return { page: { lang, dir, tooWide }, said: [...labels, ...texts].join(' ') };
  }, NOT_OURS);
  expect(found.page).toEqual({ lang: 'ar', dir: 'rtl', tooWide: 0 });
  const hostless = found.said.replace(/[\w-]+(?:\.[\w-]+)+/g, '');
  const words = hostless.match(/(?<![\p{L}\p{M}])[A-Za-z]{4,}(?![\p{L}\p{M}])/gu) ?? [];
  expect([...new Set(words)].filter((word) => !NAMES.test(word))).toEqual([]);
  expect(found.said).toContain('~');
});
