import { hash } from 'node:crypto';
import { monthOfSpan, spansOf } from '../../src/lib/search-periods.ts';
import { readParts } from '../site/parts.ts';
import { anchoredEntries, monthPage } from './anchored.ts';

/** The entries of a month, or of one day of a month that has too many to be indexed as one. */
export interface Span {
  entries: number;
  /** Of the names and bytes of the pages that they stand in. */
  hash: string;
  /** Whether they stand in the page of their month, and have no pages of their own. */
  anchored: boolean;
}

/** `2026/01/23/<slug>/index.html`. Only these: no other page is worth finding, and reading them would cost. */
const ENTRY_PAGE = /^\d{4}\/\d\d\/\d\d\/[^/]+\/index\.html$/;

/** What Pagefind reads for a span under the output folder. */
export function entryPagesOf(span: string): string {
  return `${pathOf(span)}/${span === monthOfSpan(span) ? '[0-9][0-9]/*' : '*'}/index.html`;
}

/** By `2026-01` or `2026-01-23`, what there is to search: as the build remembers what it made, so that hardly a page need be read for it. */
export async function readSpans(output: string): Promise<Map<string, Span>> {
  const counts = new Map<string, number>();
  const pages = new Map<string, { anchored: boolean; lines: string[] }>();
  for (const [name, { entries = 0, files }] of await readParts(output, 'pages')) {
    const [, month] = /^month:(.*)$/.exec(name) ?? [];
    if (month === undefined) continue;
    const anchored = !Object.keys(files).some((path) => ENTRY_PAGE.test(path));
    const isWanted = (path: string) => (anchored ? path === monthPage(month) : ENTRY_PAGE.test(path));
    const wanted = Object.entries(files).filter(([path]) => isWanted(path));
    counts.set(month, entries);
    pages.set(month, { anchored, lines: wanted.map(([path, [, , bytes]]) => `${path} ${bytes}\n`).sort() });
  }
  const daysOf = (month: string) => {
    const { anchored = false, lines = [] } = pages.get(month) ?? {};
    const days = anchored ? anchoredEntries(output, month).map(({ day }) => day) : lines.map(dayOfPage);
    return new Map([...Map.groupBy(days, (day) => day)].map(([day, { length }]) => [day, length]));
  };
  const spans = [...spansOf(counts, daysOf)].map(([span, entries]): [string, Span] => {
    const { anchored = false, lines = [] } = pages.get(monthOfSpan(span)) ?? {};
    const own = anchored ? lines : lines.filter((line) => line.startsWith(`${pathOf(span)}/`));
    return [span, { entries, hash: hash('sha256', own.join('')), anchored }];
  });
  return new Map(spans);
}

function pathOf(span: string): string {
  return span.replaceAll('-', '/');
}

/** `2026-01-23`, from the path of an entry's page. */
function dayOfPage(path: string): string {
  return path.split('/').slice(0, 3).join('-');
}
