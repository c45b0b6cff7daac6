import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, inject, test } from 'vitest';
import { type HtmlPage, isEntryPath, pagesOf } from '../lib/site.ts';

const { dist } = inject('demo');
const KB = 1024;

const river = async () => (await pagesOf(dist)).find(({ path }) => path === '/') as HtmlPage;
const file = (address: string) => readFile(join(dist, address), 'utf8');

/** What a browser loads with a page before anybody does anything, as text. */
async function loaded({ elements, html }: HtmlPage): Promise<{ css: string; js: string }> {
  const of = (tag: string, fits: (attributes: Record<string, string>) => boolean) =>
    elements.filter((element) => element.tag === tag && fits(element.attributes)).map(({ attributes }) => attributes);
  const sheets = of('link', ({ rel }) => rel === 'stylesheet').map(({ href = '' }) => href);
  const scripts = of('script', ({ src }) => src !== undefined).map(({ src = '' }) => src);
  const inline = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text = '']) => text);
  expect(sheets.length).toBeGreaterThan(0);
  expect(scripts.length).toBeGreaterThan(0);
  return {
    css: (await Promise.all(sheets.map(file))).join(''),
    js: [...inline, ...(await Promise.all(scripts.map(file)))].join(''),
  };
}

test('the first view of the river weighs no more than it may', async () => {
  const page = await river();
  const { css, js } = await loaded(page);
  const weights = {
    css: css.length / KB,
    cssGzip: gzipSync(css).length / KB,
    js: js.length / KB,
    jsGzip: gzipSync(js).length / KB,
    html: Buffer.byteLength(page.html) / KB,
  };
  const most = { css: 20, cssGzip: 6, js: 6, jsGzip: 2.6, html: 250 };
  for (const [what, weight] of Object.entries(weights))
    expect.soft(weight, `${what} in KB`).toBeLessThanOrEqual(most[what as keyof typeof most]);
});

test('it needs no font from the web, nothing of the search, and nobody else for what is around the posts', async () => {
  const page = await river();
  const { css, js } = await loaded(page);
  expect(css).not.toMatch(/@font-face|@import|url\((?!"data:image\/svg)/);
  expect(js).not.toMatch(/https?:|pagefind/i);
  expect(page.html).not.toMatch(/<link[^>]+rel="?(?:preload|prefetch|preconnect|modulepreload)/);
  const chrome = page.html.replace(/<div class="prose[\s\S]*?<\/article>/g, '');
  expect(chrome.match(/(?:src|srcset|poster)="https?:[^"]*"/g) ?? []).toEqual([]);
});

test('an entry’s page weighs no more than 6.5 KB beside its text', async () => {
  const entries = (await pagesOf(dist)).filter(({ path }) => isEntryPath(path));
  expect(entries.length).toBeGreaterThan(40);
  for (const { path, html } of entries) {
    const text = /<div class="prose[^>]*>.*<\/div>(?=.*<\/article>)/s.exec(html)?.[0] ?? '';
    expect.soft(Buffer.byteLength(html) - Buffer.byteLength(text), path).toBeLessThanOrEqual(6.5 * KB);
  }
});

test('no script has what stops it in browsers of 2022: a lookbehind, or a method of newer ones', async () => {
  const scripts = (await readdir(join(dist, '_astro'))).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(scripts.map(async (name) => [name, await file(`_astro/${name}`)] as const));
  const newer = /\(\?<[=!]|\.to(?:Reversed|Sorted|Spliced)\(|\.groupBy\(/;
  expect(texts.filter(([, text]) => newer.test(text)).map(([name]) => name)).toEqual([]);
});

test('no style sheet has what browsers of 2022 skip: a range of widths, a rule in a rule, a name without its prefix', async () => {
  const sheets = (await readdir(join(dist, '_astro'))).filter((name) => name.endsWith('.css'));
  const texts = await Promise.all(sheets.map((name) => file(`_astro/${name}`)));
  const skipped = texts.flatMap((text) => text.match(/[(\s]width[<>]|&|[{;](?:mask|text-size-adjust)\b[^;}]*/g) ?? []);
  expect(texts.some((text) => text.includes('(max-width:'))).toBe(true);
  expect(skipped).toEqual([]);
});

test('the search weighs no more than 8 KB of our own script', async () => {
  const scripts = (await readdir(join(dist, '_astro'))).filter((name) =>
    /^(?:worker|dialog|search|input)\b.*\.js$/.test(name),
  );
  expect(scripts.some((name) => name.startsWith('worker'))).toBe(true);
  const sizes = await Promise.all(scripts.map(async (name) => gzipSync(await file(`_astro/${name}`)).length));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(8 * KB);
});
