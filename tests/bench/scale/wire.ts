import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { launch } from '../../browser.ts';

/** What a reader's browser receives, in bytes as they come over the wire, headers included. */
export interface Wire {
  /** Until the first result of a search can be read: the page, the engine and what it fetches. The dearest of the questions. */
  firstResults: number;
  /** A first visit to one page of each kind: what comes beside the page itself, and the page. */
  visits: Record<string, { page: number; beside: number }>;
}

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

async function serve(dist: string): Promise<AsyncDisposable & { url: string }> {
  const server = createServer(async (request, response) => {
    const path = decodeURI(new URL(request.url ?? '/', 'http://x').pathname);
    const file = join(dist, path.endsWith('/') ? `${path}index.html` : path);
    const bytes = await readFile(file).catch(() => null);
    const type = TYPES[extname(file)];
    if (bytes === null) response.writeHead(404).end();
    else if (type === undefined) response.writeHead(200).end(bytes);
    else response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(gzipSync(bytes));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** `paths` by kind of page; `questions` are what is searched for. */
export async function measureWire(dist: string, paths: Record<string, string>, questions: string[]): Promise<Wire> {
  await using server = await serve(dist);
  const browser = await launch();
  try {
    const visits: Wire['visits'] = {};
    for (const [kind, path] of Object.entries(paths)) {
      const got = await received(browser, `${server.url}${path}`, (page) => page.waitForLoadState('networkidle'));
      const page = got.get(`${server.url}${path}`) ?? 0;
      visits[kind] = { page, beside: sum(got) - page };
    }
    let firstResults = 0;
    for (const question of questions) {
      const shown = (page: Page) => page.waitForSelector('ol.results li h2 a:not(:empty)', { timeout: 120_000 });
      const got = await received(browser, `${server.url}/search/?q=${encodeURIComponent(question)}`, shown);
      firstResults = Math.max(firstResults, sum(got));
    }
    return { firstResults, visits };
  } finally {
    await browser.close();
  }
}

function sum(sizes: ReadonlyMap<string, number>): number {
  return [...sizes.values()].reduce((total, size) => total + size, 0);
}

/** What a browser that has never been here receives, by address, until `done`. Workers' requests too. */
async function received(
  browser: Browser,
  url: string,
  done: (page: Page) => Promise<unknown>,
): Promise<Map<string, number>> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const sizes = new Map<string, number>();
  const pending: Promise<void>[] = [];
  context.on('requestfinished', (request) => {
    const add = async () => {
      const { responseBodySize, responseHeadersSize } = await request.sizes();
      sizes.set(request.url(), (sizes.get(request.url()) ?? 0) + responseBodySize + responseHeadersSize);
    };
    pending.push(add().catch(() => undefined));
  });
  await page.goto(url);
  await done(page);
  await Promise.all(pending);
  await context.close();
  return sizes;
}
