import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { launch } from '../../lib/browser.ts';
import { onLoopback } from '../../lib/feed-server.ts';

/** What a reader's browser receives, in bytes as they come over the wire, headers included. */
export interface Wire {
  /** Asked for until the first result of a search can be read: the page, the engine and what it fetches. The dearest of the questions. */
  firstResults: number;
  /** The same until ten entries are found, or enough is searched, and the filters say how many are where. */
  wholeAnswer: number;
  /** A first visit to one page of each kind: what comes beside the page itself, and the page. */
  visits: Record<string, { page: number; beside: number }>;
}

/** Bytes of the headers of an answer, about. */
const HEADERS = 300;

/** Read, packed and served as most static hosts do: text is compressed, Pagefind's own files are already. */
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml',
  '.wasm': 'application/wasm',
};

/** A served folder, and the bytes that were sent of it. Our own script is the page's, and not counted. */
export async function servePacked(dist: string): Promise<AsyncDisposable & { url: string; sent: () => number }> {
  let sent = 0;
  const server = createServer(async (request, response) => {
    const path = decodeURI(new URL(request.url ?? '/', 'http://x').pathname);
    const file = join(dist, path.endsWith('/') ? `${path}index.html` : path);
    const bytes = await readFile(file).catch(() => null);
    const type = TYPES[extname(file)];
    if (bytes === null) return void response.writeHead(404).end();
    const body = type === undefined ? bytes : gzipSync(bytes);
    if (!path.startsWith('/_astro/')) sent += HEADERS + body.length;
    response.writeHead(200, type === undefined ? {} : { 'content-type': type, 'content-encoding': 'gzip' }).end(body);
  });
  const open = await onLoopback(server);
  return { ...open, url: `http://${open.host}`, sent: () => sent };
}

/** `paths` by kind of page; `questions` are what is searched for. */
export async function measureWire(dist: string, paths: Record<string, string>, questions: string[]): Promise<Wire> {
  await using server = await servePacked(dist);
  const browser = await launch();
  try {
    const visits: Wire['visits'] = {};
    for (const [kind, path] of Object.entries(paths)) {
      const got = await received(browser, `${server.url}${path}`, (page) => page.waitForLoadState('networkidle'));
      const page = sum(got.filter(({ url }) => url === `${server.url}${path}`));
      visits[kind] = { page, beside: sum(got) - page };
    }
    const all = { firstResults: 0, wholeAnswer: 0 };
    for (const question of questions) {
      let shown = 0;
      const got = await received(browser, `${server.url}/search/?q=${encodeURIComponent(question)}`, async (page) => {
        await page.waitForSelector('[data-facet="feed"] li', { state: 'attached', timeout: 120_000 });
        shown = await page.evaluate<number>('firstResultAt');
      });
      all.firstResults = Math.max(all.firstResults, sum(got.filter(({ asked }) => asked <= shown)));
      all.wholeAnswer = Math.max(all.wholeAnswer, sum(got));
    }
    return { ...all, visits };
  } finally {
    await browser.close();
  }
}

/** Notes when the first result of a search stands on the page, in milliseconds since 1970. */
const NOTE_FIRST_RESULT = `new MutationObserver(() => {
  if (document.querySelector('ol.results li h2 a:not(:empty)')) globalThis.firstResultAt ??= Date.now();
}).observe(document, { childList: true, subtree: true });`;

interface Received {
  url: string;
  /** When it was asked for, in milliseconds since 1970. */
  asked: number;
  size: number;
}

function sum(all: readonly Received[]): number {
  return all.reduce((total, { size }) => total + size, 0);
}

/** What a browser that has never been here receives until `done`. Workers' requests too. */
async function received(browser: Browser, url: string, done: (page: Page) => Promise<unknown>): Promise<Received[]> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(NOTE_FIRST_RESULT);
  const all: Received[] = [];
  const pending: Promise<void>[] = [];
  context.on('requestfinished', (request) => {
    const add = async () => {
      const { responseBodySize, responseHeadersSize } = await request.sizes();
      all.push({
        url: request.url(),
        asked: request.timing().startTime,
        size: responseBodySize + responseHeadersSize,
      });
    };
    pending.push(add().catch(() => undefined));
  });
  await page.goto(url);
  await done(page);
  await Promise.all(pending);
  await context.close();
  return all;
}
