import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { archiveFolder } from '../../src/archive/archive.ts';
import { readSite } from '../../src/data/read-site.ts';
import { printLd } from '../../src/outputs/json-ld.ts';
import { type HtmlPage, pagesOf } from '../lib/site.ts';
import { all, strictXml, textOf } from '../lib/xml.ts';

const SITE = 'http://localhost:4321';
const demo = inject('demo');
let pages: HtmlPage[];
beforeAll(async () => {
  pages = await pagesOf(demo.dist);
});

function linksOf({ elements }: HtmlPage, rel: string) {
  const links = elements.filter(({ tag }) => tag === 'link').map(({ attributes }) => attributes);
  return links.filter((link) => link['rel'] === rel);
}

describe('the head of a page', () => {
  test('names the feeds of what it shows, then the planet’s', () => {
    for (const page of pages) {
      const [, view = '/'] = /^(\/authors\/[^/]+\/|\/feeds\/[^/]+\/)$/.exec(page.path) ?? [];
      const of = (path: string) => ['rss.xml', 'atom.xml', 'feed.json'].map((file) => encodeURI(`${path}${file}`));
      const wanted = view === '/' ? of('/') : [...of(view), ...of('/')];
      const links = linksOf(page, 'alternate').map(({ href }) => href);
      expect.soft(links, page.path).toEqual(wanted);
    }
  });

  test('the river page names the followed feeds', () => {
    const river = pages.find(({ path }) => path === '/') as HtmlPage;
    expect(linksOf(river, 'blogroll')).toMatchObject([{ type: 'text/xml', href: '/opml.xml' }]);
  });
});

test('the list of whom the planet follows is OPML, and RSS names it', async () => {
  await using strict = await strictXml();
  const texts = ['opml.xml', 'rss.xml'].map((file) => readFile(join(demo.dist, file), 'utf8'));
  const [opml, rss] = await strict.parse(await Promise.all(texts));
  const outlines = all(all(opml as never, 'body')[0] as never, 'outline').map(({ attributes }) => attributes);
  expect(opml?.attributes['version']).toBe('2.0');
  expect(outlines[0]).toEqual({
    ...{ type: 'rss', text: 'Planet Escapement', title: 'Planet Escapement' },
    // It is a file of the demo's, which nobody else can ask for.
    xmlUrl: `${SITE}/feeds/planet-escapement/rss.xml`,
    htmlUrl: 'https://planet.escapement.example/',
  });
  expect(outlines).toHaveLength(4);
  expect(textOf(all(rss as never, 'channel')[0] as never, 'source:blogroll')).toBe(`${SITE}/opml.xml`);
});

test('the page on subscribing lists every feed and what takes it in one click', () => {
  const page = pages.find(({ path }) => path === '/subscribe/');
  const links = page?.elements.map(({ attributes }) => attributes['href']);
  const feeds = ['planet-escapement', 'planet-quadrant', 'almanac', 'planet-heliograph'].map((id) => `/feeds/${id}/`);
  const files = ['rss.xml', 'atom.xml', 'feed.json'];
  const wanted = ['/', ...feeds].flatMap((path) => files.map((file) => `${path}${file}`));
  expect(links).toEqual(expect.arrayContaining([...wanted, '/opml.xml', '/authors/']));
  const address = encodeURIComponent(`${SITE}/rss.xml`);
  for (const host of ['feedly.com', 'www.inoreader.com', 'www.newsblur.com', 'theoldreader.com']) {
    expect.soft(links).toContainEqual(expect.stringMatching(new RegExp(`^https://${host}/.*${address}$`)));
  }
});

type Element = DefaultTreeAdapterTypes.Element;

/** What a reader of microformats finds: elements that carry a class. */
function withClass(html: string, name: string): Element[] {
  const found: Element[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    const classes = 'attrs' in node ? node.attrs.find((each) => each.name === 'class')?.value.split(' ') : undefined;
    if (classes?.includes(name)) found.push(node as Element);
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(parse(html));
  return found;
}

describe('for programs that read pages', () => {
  test.for(['/', '/2026/01/22/'])('%s is an h-feed of entries with their originals', async (path) => {
    const html = pages.find((page) => page.path === path)?.html ?? '';
    const { entries, recordOf } = await readSite(demo.folder, archiveFolder(demo.folder));
    const originals = new Set(entries.map((entry) => recordOf(entry).url));
    const shown = withClass(html, 'h-entry').length;
    expect(withClass(html, 'h-feed')).toHaveLength(1);
    expect(shown).toBeGreaterThan(2);
    for (const name of ['u-url', 'p-name', 'dt-published']) {
      expect.soft(withClass(html, name), name).toHaveLength(name === 'p-name' ? shown + 1 : shown);
    }
    for (const { attrs } of withClass(html, 'u-url')) {
      expect.soft(originals).toContain(attrs.find(({ name }) => name === 'href')?.value);
    }
  });

  test('an entry’s page is one h-entry with its original, author, date and text', () => {
    const { html = '' } = pages.find(({ path }) => path.includes('/mara-okafor-')) ?? {};
    const names = ['h-entry', 'u-url', 'p-name', 'p-author', 'dt-published', 'e-content'];
    for (const name of names) expect.soft(withClass(html, name), name).toHaveLength(1);
  });
});

describe('JSON for machines', () => {
  const dataOf = ({ html }: HtmlPage) =>
    [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, json = '']) =>
      JSON.parse(json),
    );

  test('the river is a site that can be searched', () => {
    const [data] = dataOf(pages.find(({ path }) => path === '/') as HtmlPage);
    expect(data).toMatchObject({ '@type': 'WebSite', url: `${SITE}/`, name: 'The Orrery Demo Planet' });
    expect(data.potentialAction.target.urlTemplate).toBe(`${SITE}/search/?q={words}`);
  });

  test('an entry is its author’s, and lies where it was first published', async () => {
    const { entries, recordOf } = await readSite(demo.folder, archiveFolder(demo.folder));
    for (const { path, url, published, credit } of entries.map(recordOf)) {
      const [data, ...more] = dataOf(pages.find((page) => page.path === `/${path}/`) as HtmlPage);
      expect.soft(more).toEqual([]);
      const author = credit.authors.map(() => ({ '@type': 'Person' }));
      expect.soft(data, path).toMatchObject({ '@type': 'BlogPosting', url, datePublished: published, author });
      // The reading views of browsers show it as the title, so it is whole.
      expect.soft(data.headline ?? '', path).toBe(credit.title);
    }
  });

  test('no title can end it', () => {
    const title = '</script><script>alert(1)</script><!--';
    const printed = printLd({ name: title });
    expect(printed).not.toContain('<');
    expect(JSON.parse(printed)).toEqual({ name: title });
  });
});
