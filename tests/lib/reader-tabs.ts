import type { BrowserContext, BrowserContextOptions, Page, Request } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';
import type { siteInBrowser } from './site-in-browser.ts';

/**
 * Opens tabs on a site for the tests of a file: a page each, with every address that it asked for, until the test is over. A new tab
 * costs more than most of what is looked at in it: one that is closed forgets what its pages stored, and is the next one of its kind.
 * @param prepare what the context of a tab is given before its first page
 */
export function tabsOf(
  site: ReturnType<typeof siteInBrowser>,
  prepare: (context: BrowserContext) => Promise<unknown> = async () => {},
) {
  const closed = new Map<string, Page[]>();
  afterAll(async () => {
    for (const page of [...closed.values()].flat()) await page.context().close();
  });
  return async (path: string, { width = 1280, ...options }: BrowserContextOptions & { width?: number } = {}) => {
    const kind = JSON.stringify(options);
    const page = closed.get(kind)?.pop() ?? (await (await site.browser.newContext(options)).newPage());
    const context = page.context();
    await page.setViewportSize({ width, height: 800 });
    await prepare(context);
    const asked: string[] = [];
    const hear = (request: Request) => asked.push(request.url());
    context.on('request', hear);
    await page.goto(new URL(path, site.url).href);
    onTestFinished(async () => {
      await page.evaluate('localStorage.clear(), sessionStorage.clear()');
      await page.goto('about:blank');
      context.off('request', hear);
      await Promise.all([page.unrouteAll(), context.unrouteAll()]);
      closed.set(kind, [...(closed.get(kind) ?? []), page]);
    });
    return { page, asked };
  };
}
