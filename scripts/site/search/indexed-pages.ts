import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';
import { dayAnchor } from '../../../src/core/paths.ts';
import { isByDays, monthOfSpan } from '../../../src/core/search-periods.ts';
import { readManifest } from '../manifest.ts';

/** The entries of a month, or of one day if the month has too many for one bundle. */
export interface Span {
  entries: number;
  /** A hash of the paths and bytes of all files of the month, or of the day's pages. */
  hash: string;
  /** Whether the entries are anchors in the page of their month, without own pages. */
  anchored: boolean;
}

/** `2026/01/23/<slug>/index.html` */
const ENTRY_PAGE = /^\d{4}\/\d\d\/\d\d\/[^/]+\/index\.html$/;

/** The pattern of the entry pages of a span in the output folder: only those are indexed. */
export function entryPagesOf(span: string): string {
  return `${pathOf(span)}/${span === monthOfSpan(span) ? '[0-9][0-9]/*' : '*'}/index.html`;
}

/** The spans of the site by `2026-01` or `2026-01-23`, from the manifest: hardly any page must be read. */
export async function readSpans(output: string): Promise<Map<string, Span>> {
  const spans = new Map<string, Span>();
  for (const [name, { entries, files }] of readManifest(output, 'pages')) {
    if (!/^\d{4}\/\d\d$/.test(name)) continue;
    const month = name.replace('/', '-');
    const pages = [...files].filter(([path]) => ENTRY_PAGE.test(path));
    const anchored = pages.length === 0;
    const lines = (anchored ? [...files] : pages).map(([path, [, , written]]) => `${path} ${written}\n`).sort();
    if (!isByDays(entries)) spans.set(month, { entries, hash: hash('sha256', lines.join('')), anchored });
    else for (const [day, span] of daysOf(output, month, lines, anchored)) spans.set(day, span);
  }
  return spans;
}

/** The days of a month as spans. If they are in the page of the month, they change together. */
function daysOf(output: string, month: string, lines: readonly string[], anchored: boolean): [string, Span][] {
  if (anchored) {
    const whole = hash('sha256', lines.join(''));
    const days = Map.groupBy(anchoredEntries(output, month), ({ day }) => day);
    return [...days].map(([day, { length: entries }]) => [day, { entries, hash: whole, anchored }]);
  }
  return [...Map.groupBy(lines, dayOfPage)].map(([day, own]) => [
    day,
    { entries: own.length, hash: hash('sha256', own.join('')), anchored },
  ]);
}

function pathOf(span: string): string {
  return span.replaceAll('-', '/');
}

/** `2026-01-23`, from the path of an entry's page. */
function dayOfPage(path: string): string {
  return path.split('/').slice(0, 3).join('-');
}

/** An entry in the page of its month, as a page for Pagefind. */
export interface AnchoredEntry {
  /** `2019-05-17`, in the planet's time zone. */
  day: string;
  /** `2019/05/#learn-to-code-1a2b3c4d5e` */
  url: string;
  content: string;
}

/** The page of a month, `2019-05`, under the output folder. */
function monthPage(month: string): string {
  return `${month.replace('-', '/')}/index.html`;
}

/** The entries in the page of a month, or only those of one day. They are the elements with `data-pagefind-body`. */
export function anchoredEntries(output: string, span: string): AnchoredEntry[] {
  const month = monthOfSpan(span);
  const html = readFileSync(join(output, monthPage(month)), 'utf8');
  const document = parse(html, { sourceCodeLocationInfo: true });
  const [, language = ''] = /<html lang="([^"]*)"/.exec(html) ?? [];
  const articles = articlesOf(document).filter(({ day }) => day.startsWith(span));
  return articles.map(({ day, id, from, to }) => ({
    day,
    url: `${month.replace('-', '/')}/#${id}`,
    content: `<!doctype html><html lang="${language}"><body>${html.slice(from, to)}</body></html>`,
  }));
}

/** The section of a day, by the anchor of its heading. */
const DAY = new RegExp(`^${dayAnchor('(\\d{4}-\\d\\d-\\d\\d)')}$`);

interface Article {
  day: string;
  id: string;
  from: number;
  to: number;
}

function articlesOf(root: DefaultTreeAdapterTypes.Document): Article[] {
  const found: Article[] = [];
  const open: { node: DefaultTreeAdapterTypes.Node; within: string }[] = [{ node: root, within: '' }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, within } = next;
    let day = within;
    if (defaultTreeAdapter.isElementNode(node)) {
      const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
      const { startOffset: from, endOffset: to } = node.sourceCodeLocation ?? {};
      const id = attributes.get('id');
      [, day = within] = DAY.exec(attributes.get('aria-labelledby') ?? '') ?? [];
      if (attributes.has('data-pagefind-body') && id !== undefined && from !== undefined && to !== undefined)
        found.push({ day, id, from, to });
    }
    if ('childNodes' in node) open.push(...node.childNodes.map((child) => ({ node: child, within: day })));
  }
  return found.sort((a, b) => a.from - b.from);
}
