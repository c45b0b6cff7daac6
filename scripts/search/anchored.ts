import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';

/** An entry that is an anchor in the page of its month: a page of its own for Pagefind, and where readers find it. */
export interface AnchoredEntry {
  /** `2019/05/#learn-to-code-1a2b3c4d5e` */
  url: string;
  content: string;
}

/** The page of a month, `2019-05`, under the output folder. */
export function monthPage(month: string): string {
  return `${month.replace('-', '/')}/index.html`;
}

/** The entries that stand in the page of a month, which marks each with what Pagefind looks for. */
export function anchoredEntries(output: string, month: string): AnchoredEntry[] {
  const html = readFileSync(join(output, monthPage(month)), 'utf8');
  const document = parse(html, { sourceCodeLocationInfo: true });
  const [, language = ''] = /<html lang="([^"]*)"/.exec(html) ?? [];
  return articlesOf(document).map(({ id, from, to }) => ({
    url: `${month.replace('-', '/')}/#${id}`,
    content: `<!doctype html><html lang="${language}"><body>${html.slice(from, to)}</body></html>`,
  }));
}

function articlesOf(root: DefaultTreeAdapterTypes.Document): { id: string; from: number; to: number }[] {
  const found: { id: string; from: number; to: number }[] = [];
  const open: DefaultTreeAdapterTypes.Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (defaultTreeAdapter.isElementNode(node)) {
      const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
      const { startOffset: from, endOffset: to } = node.sourceCodeLocation ?? {};
      const id = attributes.get('id');
      if (attributes.has('data-pagefind-body') && id !== undefined && from !== undefined && to !== undefined)
        found.push({ id, from, to });
    }
    if ('childNodes' in node) open.push(...node.childNodes);
  }
  return found.sort((a, b) => a.from - b.from);
}
