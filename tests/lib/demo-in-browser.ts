import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { launch } from './browser.ts';
import { serveSite } from './site.ts';

/** A browser, and the built demo planet behind a server, for all tests of a file. Both are there when the tests run. */
export function demoInBrowser(): { browser: Browser; url: string } {
  let browser: Browser | undefined;
  let site: Awaited<ReturnType<typeof serveSite>> | undefined;
  beforeAll(async () => {
    site = await serveSite(inject('demo').dist);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });
  const ready = <T>(opened: T | undefined): T => {
    if (opened === undefined) throw new Error('The demo is opened before the first test, not before');
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
