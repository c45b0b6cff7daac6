import { existsSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { Page } from 'playwright-core';
import { siteHost } from '../../scripts/site/site-host.ts';
import { onLoopback } from './feed-server.ts';
import { type Ran, siteOf } from './planet.ts';
import { programHere } from './program-here.ts';

/** `npm run site`, with another operator's folder and another output folder. */
export function buildSite(folder: string, dist: string, env: Record<string, string> = {}): Promise<Ran> {
  return programHere(['scripts/site.ts'], { ...siteOf(folder, dist), ...env });
}

/** A folder on another disk than the temporary one, where the machine has one. */
export function otherDisk(): string | null {
  const isOther = (folder: string) => existsSync(folder) && statSync(folder).dev !== statSync(tmpdir()).dev;
  return ['/dev/shm', '/tmp'].find(isOther) ?? null;
}

/** As `npm run preview` serves it, on a port of its own. */
export async function serveSite(dist: string, base = '/'): Promise<AsyncDisposable & { url: string }> {
  const open = await onLoopback(createServer(siteHost(dist, base)));
  return { ...open, url: `http://${open.host}${base}` };
}

export interface HtmlPage {
  /** `/authors/ada/`, without the base. */
  path: string;
  html: string;
  elements: Element[];
}

interface Element {
  tag: string;
  attributes: Record<string, string>;
}

/** Whether a path is that of an entry's own page. */
export const isEntryPath = (path: string): boolean => /^\/\d{4}\/\d\d\/\d\d\/[^/]+\/$/.test(path);

/** Every page of a built site, read as a browser reads it. */
export async function pagesOf(dist: string): Promise<HtmlPage[]> {
  const all = await readdir(dist, { recursive: true });
  const files = all.filter((file) => file.endsWith('.html') && !file.startsWith('pagefind'));
  return Promise.all(
    files.sort().map(async (file) => {
      const html = await readFile(join(dist, file), 'utf8');
      let elements: Element[] | undefined;
      return {
        path: `/${file.replace(/index\.html$/, '')}`,
        html,
        // Most tests ask for none.
        get elements() {
          elements ??= elementsOf(parse(html));
          return elements;
        },
      };
    }),
  );
}

function elementsOf(root: DefaultTreeAdapterTypes.Document): Element[] {
  const found: Element[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('attrs' in node) {
      const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
      found.push({ tag: node.tagName, attributes });
    }
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(root);
  return found;
}

/** Links, pictures, scripts and styles inside the site that lead to no file or no id: `page → address`. */
export async function brokenLinks(dist: string, site: string): Promise<string[]> {
  const pages = await pagesOf(dist);
  const idsOf = ({ elements }: HtmlPage) => new Set(elements.map(({ attributes }) => attributes.id));
  const ids = new Map(pages.map((page) => [page.path, idsOf(page)]));
  const files = new Set((await readdir(dist, { recursive: true })).map((file) => `/${file}`));
  const base = new URL(site);
  const broken: string[] = [];
  for (const { path, elements } of pages) {
    for (const { attributes } of elements) {
      for (const address of [attributes.href, attributes.src]) {
        if (address === undefined) continue;
        const url = new URL(address, new URL(`.${path}`, base));
        if (url.origin !== base.origin) continue;
        const inside = url.pathname.startsWith(base.pathname)
          ? decodeURI(`/${url.pathname.slice(base.pathname.length)}`)
          : null;
        const file = inside?.endsWith('/') ? `${inside}index.html` : inside;
        const id = decodeURIComponent(url.hash.slice(1));
        if (file === null || file === undefined || !files.has(file)) broken.push(`${path} → ${address}`);
        else if (id !== '' && inside !== null && ids.has(inside) && !ids.get(inside)?.has(id))
          broken.push(`${path} → ${address}`);
      }
    }
  }
  return broken;
}

/** An own page with a table, and the sides to which a browser aligns its columns. */
export const TABLE =
  '---\ntitle: T\ndescription: D\n---\n\n| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |\n\n- [ ] Oil the wheels[^1]\n\n[^1]: Brass.\n';

export function alignments(page: Page): Promise<string[]> {
  return page.locator('th, td').evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell).textAlign));
}
