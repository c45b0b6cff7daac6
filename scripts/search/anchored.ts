import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';
import { dayAnchor } from '../../src/lib/layout.ts';
import { monthOfSpan } from '../../src/lib/search-periods.ts';

/** An entry that is an anchor in the page of its month: a page of its own for Pagefind, and where readers find it. */
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

/** The entries that stand in the page of a month, which marks each with what Pagefind looks for, in the section of its day. Of a day, those of that day. */
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
