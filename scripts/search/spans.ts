import { hash } from 'node:crypto';
import { isByDays, monthOfSpan } from '../../src/lib/search-periods.ts';
import { readManifest } from '../site/manifest.ts';
import { anchoredEntries } from './anchored.ts';

/** The entries of a month, or of one day of a month that has too many to be indexed as one. */
export interface Span {
  entries: number;
  /** Of the paths and bytes of all files of the month, or of the day's own pages. */
  hash: string;
  /** Whether they stand in the page of their month, and have no pages of their own. */
  anchored: boolean;
}

/** `2026/01/23/<slug>/index.html` */
const ENTRY_PAGE = /^\d{4}\/\d\d\/\d\d\/[^/]+\/index\.html$/;

/** What Pagefind reads for a span under the output folder. Only these: no other page is worth finding, and reading them would cost. */
export function entryPagesOf(span: string): string {
  return `${pathOf(span)}/${span === monthOfSpan(span) ? '[0-9][0-9]/*' : '*'}/index.html`;
}

/** By `2026-01` or `2026-01-23`, what there is to search: as the build remembers what it made, so that hardly a page need be read for it. */
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

/** A month in its days. Those that stand in the page of the month change together. */
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
