import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { HOSTILE_HTML } from '../fixtures/hostile-html.ts';
import { pagesOf } from '../lib/site.ts';
import { siteInBrowser } from '../lib/site-in-browser.ts';
import { type Watched, watchTab } from '../lib/watched-tab.ts';

const { dist } = inject('demo');
const site = siteInBrowser();
const pages = await pagesOf(dist);

// A prefetch (`other`) runs nothing, and Chromium asks no policy about it.
const HARMLESS = new Set(['image', 'media', 'texttrack', 'document', 'other']);
const watch = () => watchTab(site.browser, site.url, (request) => HARMLESS.has(request.resourceType()));

describe('the policy', () => {
  test('stands on every page, once, and before anything that it could stop', () => {
    for (const { path, html } of pages) {
      expect.soft(html.match(/http-equiv="content-security-policy"/g), path).toHaveLength(1);
      expect
        .soft(html, path)
        .toMatch(
          /^[^>]*><html[^>]*><head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src 'none';/,
        );
    }
  });

  test('lets no script stand in a page, and no style', () => {
    const loose = (html: string) =>
      html.match(/<style|<script(?! (?:type="module" )?src="\/_astro\/| type="application\/ld\+json")/g);
    for (const { path, html } of pages) expect.soft(loose(html), path).toBeNull();
  });

  test('lets no page use WebAssembly, nor fetch from anywhere but the site: the search does both in a worker, under the worker’s own', () => {
    expect(pages.filter(({ html }) => html.includes('wasm-unsafe-eval'))).toEqual([]);
    expect(pages.filter(({ html }) => /connect-src (?!'self';)/.test(html) || !html.includes('connect-src'))).toEqual(
      [],
    );
    expect(pages.filter(({ html }) => !html.includes("worker-src 'self'"))).toEqual([]);
  });

  test('stops nothing that the site itself does, on any kind of page', async () => {
    await using watched = await watch();
    // Pages of one kind are made by one template: of months, days, entries and authors some are enough.
    const isOfMany = (path: string) => /^\/(?:\d{4}\/\d\d|authors\/.)/.test(path);
    const paths = pages.map(({ path }) => path);
    const many = paths.filter(isOfMany).filter((_, place) => place % 8 === 0);
    expect(new Set(many.map((path) => path.split('/').length)).size).toBe(3);
    for (const path of [...paths.filter((path) => !isOfMany(path)), ...many]) {
      await watched.page.goto(new URL(path, site.url).href);
      expect.soft(watched.stopped.splice(0), path).toEqual([]);
    }
    expect(watched.misdeeds).toEqual([]);
  });

  test('lets the search search', async () => {
    await using watched = await watch();
    await watched.page.goto(new URL('/search/?q=clock', site.url).href);
    await watched.page.locator('.results > li').first().waitFor();
    await watched.page.getByLabel('Newest first').check({ force: true });
    await watched.page.waitForURL(/sort=date/);
    await watched.page.locator('.results > li').first().waitFor();
    await watched.page.goto(site.url);
    await watched.page.locator('.bar input[name=q]').click();
    await watched.page.keyboard.type('clock');
    await watched.page.locator('dialog .results > li').first().waitFor();
    expect(watched.stopped).toEqual([]);
    expect(watched.misdeeds).toEqual([]);
  });
});

/** Does to an unsanitised post what a reader might: its handlers, its links that are no addresses, its forms. */
function provoke(): void {
  // The post may have named something after the page's own methods.
  const all = (selector: string) => Array.from(Document.prototype.querySelectorAll.call(document, selector));
  for (const element of all('.prose *')) {
    for (const name of ['click', 'mouseover', 'focus', 'error', 'load', 'toggle', 'animationstart', 'begin'])
      EventTarget.prototype.dispatchEvent.call(element, new Event(name, { cancelable: true }));
    const href = Element.prototype.getAttribute.call(element, 'href') ?? '';
    if (href !== '' && !/^\s*(https?:|\/|#|mailto:)/i.test(href) && element instanceof HTMLElement)
      HTMLElement.prototype.click.call(element);
    if (element instanceof HTMLFormElement) HTMLFormElement.prototype.requestSubmit.call(element);
  }
}

/** A real page of the site with strangers' HTML in the place of its text, as if nothing had sanitised it. */
async function visit({ page }: Watched, shell: string, raw: string): Promise<void> {
  const url = new URL('/unsanitised/', site.url).href;
  const body = shell.replace(/(<div class="[^"]*\bprose\b[^"]*"[^>]*>)/, (opening) => opening + raw);
  await page.route(url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
  // Some lead away at once, to where nothing answers.
  await page.goto(url).catch(() => null);
  await page.evaluate(provoke).catch(() => null);
  await page.unroute(url);
}

/** What each piece did that the policy should have stopped. */
async function misdeedsOf(shell: string, pieces: readonly string[]): Promise<string[]> {
  const queue = [...pieces];
  const found: string[] = [];
  const tab = async () => {
    await using watched = await watch();
    for (let raw = queue.shift(); raw !== undefined; raw = queue.shift()) {
      await visit(watched, shell, raw);
      found.push(...watched.misdeeds.splice(0).map((misdeed) => `${raw}: ${misdeed}`));
    }
  };
  await Promise.all(Array.from({ length: 4 }, tab));
  return found;
}

describe('on a page with unsanitised posts', { timeout: 180_000 }, () => {
  /** Each costs a page of its own, which is minutes for all of them; sanitised, all are served in another test. */
  const some = HOSTILE_HTML.filter((_, place) => place % 32 === 0);
  const shell = () => readFile(join(dist, 'about/index.html'), 'utf8');

  test('the policy lets nothing run, and no script or style of others load', async () => {
    expect(await misdeedsOf(await shell(), some)).toEqual([]);
  });

  test('without the policy much of it would', async () => {
    const open = (await shell()).replace(/<meta http-equiv="content-security-policy"[^>]*>/, '');
    expect((await misdeedsOf(open, some.slice(0, 10))).length).toBeGreaterThan(3);
  });
});
