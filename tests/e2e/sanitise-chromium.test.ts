import { createServer } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { sanitise } from '../../scripts/snapshot/sanitise/sanitise.ts';
import { HOSTILE_DRAWINGS } from '../fixtures/hostile-drawings.ts';
import { HOSTILE_HTML } from '../fixtures/hostile-html.ts';
import { tagSoup } from '../fixtures/tag-soup.ts';
import { sharedBrowser } from '../lib/browser.ts';
import { onLoopback } from '../lib/feed-server.ts';
import { type Watched, watchTab } from '../lib/watched-tab.ts';

const browser = await sharedBrowser();
const pages = new Map<string, string>();
const server = await onLoopback(
  createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(pages.get(request.url ?? '') ?? '');
  }),
);
const origin = `http://${server.host}`;
afterAll(() => server[Symbol.asyncDispose]());

const HARMLESS = new Set(['image', 'media', 'texttrack']);
const PLAYERS = /^https:\/\/(www\.youtube-nocookie\.com\/embed|player\.vimeo\.com\/video)\//;

async function watch(): Promise<Watched> {
  const watched = await watchTab(
    browser,
    `${origin}/`,
    (request) =>
      HARMLESS.has(request.resourceType()) || (request.resourceType() === 'document' && PLAYERS.test(request.url())),
  );
  const { page, misdeeds } = watched;
  page.on('pageerror', (error) => misdeeds.push(`script error: ${error.message}`));
  page.on('framenavigated', (frame) => {
    const expected = frame === page.mainFrame() ? frame.url().startsWith(`${origin}/`) : true;
    if (!expected) misdeeds.push(`went to ${frame.url()}`);
  });
  return watched;
}

/** Serves the pieces in one page and does to it what a reader, a hurried one and a mean one might. */
async function visit({ page }: Watched, pieces: readonly string[]): Promise<void> {
  const boxes = pieces.map((piece) => `<div class="box">${piece}</div>`).join('\n');
  pages.set('/', `<!doctype html><html lang="en"><head><title>x</title></head><body>${boxes}</body></html>`);
  await page.goto(`${origin}/`, { waitUntil: 'load' });
  await page.evaluate(provoke);
  await page.evaluate((inner) => {
    const boxes = [...document.querySelectorAll('.box')];
    for (const [index, html] of inner.entries()) {
      const box = boxes[index];
      if (box) box.innerHTML = html;
    }
  }, pieces);
  await page.evaluate(provoke);
}

async function provoke(): Promise<void> {
  const stay = (event: Event) => event.preventDefault();
  document.addEventListener('click', stay);
  const events = 'click mouseover mouseenter focus blur error load toggle animationstart begin'.split(' ');
  for (const element of document.querySelectorAll('.box *')) {
    for (const name of events) element.dispatchEvent(new Event(name, { bubbles: name === 'click', cancelable: true }));
    if (element instanceof HTMLElement) element.focus({ preventScroll: true });
    if (element instanceof HTMLImageElement) element.loading = 'eager';
  }
  await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
  await new Promise((idle) => requestIdleCallback(idle));
}

/** What the browser's own parser made of the pieces, and whether any of it waits to be set off. */
function armedInPage(): string[] {
  const found: string[] = [];
  const inert = /^(https?:|mailto:)$/;
  const armed =
    'script style object embed form button select option textarea input svg template base meta link noscript'.split(
      ' ',
    );
  for (const element of document.querySelectorAll('.box *')) {
    const name = element.tagName.toLowerCase();
    if (armed.includes(name)) found.push(`<${name}>`);
    for (const { name: key, value } of element.attributes)
      if (/^on|^style$|^srcdoc$|^formaction$|^target$/.test(key)) found.push(`<${name} ${key}="${value}">`);
    const addresses = ['href', 'src', 'poster', 'cite'].map((key) => element.getAttribute(key));
    for (const address of addresses)
      if (name === 'img' && address?.startsWith('data:image/svg+xml,')) continue;
      else if (address !== null && !inert.test(new URL(address, document.baseURI).protocol))
        found.push(`<${name} ${address}>`);
  }
  return found;
}

const outline = () =>
  [...document.querySelectorAll('.box')].map((box) =>
    [...box.querySelectorAll('*')].map((each) => each.tagName.toLowerCase()).join(' '),
  );

const safe = (html: string, index: number) =>
  sanitise(html, { base: 'https://ok.example/post/', idPrefix: `own${index}` });

test('the watch sees what raw HTML does', { timeout: 60_000 }, async () => {
  await using watched = await watch();
  await visit(watched, [
    '<script>alert("inline")</script>',
    '<img src=x: onerror=alert("handler")>',
    '<p onclick=alert("click")>x</p>',
    '<script src="https://evil.example/x.js"></script>',
    '<iframe src="https://evil.example/frame"></iframe>',
    '<link rel=stylesheet href="https://evil.example/x.css">',
    '<a href="javascript:alert(1)">x</a>',
    `<iframe src="data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(\'drawing\')"/>')}"></iframe>`,
  ]);
  for (const expected of [
    'dialog: inline',
    'dialog: handler',
    'dialog: click',
    'dialog: drawing',
    'script https://evil.example/x.js',
    'document https://evil.example/frame',
    'stylesheet https://evil.example/x.css',
  ])
    expect(watched.misdeeds).toContain(expected);
  expect(await watched.page.evaluate(armedInPage)).toContain('<a javascript:alert(1)>');
});

describe('without a policy', { timeout: 60_000 }, () => {
  test('no hostile vector does anything, once sanitised', async () => {
    await using watched = await watch();
    await visit(watched, HOSTILE_HTML.map(safe));
    expect(watched.misdeeds).toEqual([]);
    expect(await watched.page.evaluate(armedInPage)).toEqual([]);
  });

  test('no hostile drawing does anything, as a picture and as a page of its own', async () => {
    await using watched = await watch();
    const pieces = HOSTILE_DRAWINGS.map(safe);
    await visit(watched, pieces);
    expect(watched.misdeeds).toEqual([]);
    expect(watched.asked).toEqual([]);
    expect(await watched.page.evaluate(armedInPage)).toEqual([]);
    const drawn = await watched.page.evaluate(
      () => [...document.images].filter((image) => image.naturalWidth > 0).length,
    );
    expect(drawn).toBeGreaterThanOrEqual(HOSTILE_DRAWINGS.length - 5);
    // A reader may open a picture by itself, where a script in it would run.
    const addresses = await watched.page.evaluate(() => [...new Set([...document.images].map(({ src }) => src))]);
    const frames = addresses.map((src) => `<object data="${src}"></object><iframe src="${src}"></iframe>`);
    pages.set('/alone', `<!doctype html><title>x</title>${frames.join('')}`);
    await watched.page.goto(`${origin}/alone`, { waitUntil: 'load' });
    expect(watched.misdeeds.filter((misdeed) => !misdeed.startsWith('document data:'))).toEqual([]);
    expect(watched.asked).toEqual([]);
  });

  test('tag soup runs no script, and keeps its meaning', async () => {
    await using watched = await watch();
    const pieces = Array.from({ length: 600 }, (_, seed) => safe(tagSoup(seed + 10_000, 40), seed));
    await visit(watched, pieces);
    expect(watched.misdeeds).toEqual([]);
    expect(await watched.page.evaluate(armedInPage)).toEqual([]);
    const openings = pieces.map((piece) =>
      [...piece.matchAll(/<([a-z][a-z0-9]*)(?:[^">]|"[^"]*")*>/g)].map(([, name]) => name).join(' '),
    );
    expect(await watched.page.evaluate(outline)).toEqual(openings);
  });
});
