import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { makeFolder, stateFolder } from '../../scripts/disk/files.ts';
import { buildSearch } from '../../scripts/site/search/build-search.ts';
import { postsOf, sourceOf } from './search-pages.ts';
import { serveSite } from './site.ts';

/** A site that is nothing but posts and the search page of the demo, served. */
export async function siteOf(
  days: Parameters<typeof postsOf>[0],
  { language, ...options }: Parameters<typeof buildSearch>[2] & { language?: string } = {},
): Promise<AsyncDisposable & { url: string; dist: string }> {
  const area = await mkdtemp(join(tmpdir(), 'orrery-found-'));
  const dist = join(area, 'dist');
  await mkdir(dist);
  for (const part of ['_astro', 'search', '404.html'])
    await cp(join(inject('demo').dist, part), join(dist, part), { recursive: true });
  makeFolder(stateFolder(dist));
  await buildSearch(dist, sourceOf(postsOf(days), language), options);
  const site = await serveSite(dist);
  return {
    url: site.url,
    dist,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await rm(area, { recursive: true, force: true });
    },
  };
}

const status = (page: Page, question: string) =>
  page.locator('.search [role=status]', {
    hasText: new RegExp(`“${RegExp.escape(question.trim())}”.*Searched`),
  });

/** Asks on the search page. @returns the names of the posts in its list, in their order */
export async function ask(page: Page, question: string): Promise<string> {
  await page.locator('.search input[name=q]').fill(question);
  await page.locator('.search button[type=submit]').click();
  await status(page, question).waitFor();
  const names = await namesIn(page);
  const total = /^No|^\d+/.exec(await status(page, question).innerText())?.[0];
  expect(total, question).toBe(names === '' ? 'No' : String(names.split(' ').length));
  return names;
}

export async function namesIn(page: Page): Promise<string> {
  const urls = await page.locator('.results a').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
  return urls.map((url) => url.split('/').at(-2)).join(' ');
}
