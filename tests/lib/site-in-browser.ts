import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { sharedBrowser } from './browser.ts';
import { serveSite } from './site.ts';

/**
 * A browser, and a built site behind a server, for all tests of a file or of a `describe`. Both are there when the tests run.
 * @param dist the folder of the site; asked for before the first test
 */
export function siteInBrowser(dist = () => inject('demo').dist): { browser: Browser; url: string } {
  let browser: Browser | undefined;
  let site: Awaited<ReturnType<typeof serveSite>> | undefined;
  beforeAll(async () => {
    site = await serveSite(dist());
    browser = await sharedBrowser();
  });
  afterAll(async () => {
    await site?.[Symbol.asyncDispose]();
  });
  const ready = <T>(opened: T | undefined): T => {
    if (opened === undefined) throw new Error('The site is opened just before the first test');
    return opened;
  };
  return {
    get browser() {
      return ready(browser);
    },
    get url() {
      return ready(site).url;
    },
  };
}
