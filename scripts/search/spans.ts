import { hash } from 'node:crypto';
import { monthPart } from '../../src/lib/parts.ts';
import { isByDays, monthOfSpan } from '../../src/lib/search-periods.ts';
import { briefsOfParts, readParts } from '../site/parts.ts';
import { anchoredEntries } from './anchored.ts';

/** The entries of a month, or of one day of a month that has too many to be indexed as one. */
export interface Span {
  entries: number;
  /** Of the paths and bytes of all files of the month, or of the day's own pages. */
  hash: string;
  /** Whether they stand in the page of their month, and have no pages of their own. */
  anchored: boolean;
}

/** `2026/01/23/<slug>/index.html`, as JSON writes it. */
const ENTRY_PAGE = /"\d{4}\/\d\d\/\d\d\/[^/"]+\/index\.html"/;

/** What Pagefind reads for a span under the output folder. Only these: no other page is worth finding, and reading them would cost. */
export function entryPagesOf(span: string): string {
  return `${pathOf(span)}/${span === monthOfSpan(span) ? '[0-9][0-9]/*' : '*'}/index.html`;
}

/** By `2026-01` or `2026-01-23`, what there is to search: as the build remembers what it made, so that hardly a page need be read for it. */
export async function readSpans(output: string): Promise<Map<string, Span>> {
  const spans = new Map<string, Span>();
  for (const [name, { bytes: hash, entries, has }] of await briefsOfParts(output, 'pages')) {
    const [, month] = /^month:(.*)$/.exec(name) ?? [];
    if (month === undefined) continue;
    const span = { entries, hash, anchored: !has(ENTRY_PAGE) };
    if (isByDays(entries)) for (const [day, each] of await daysOf(output, month, span)) spans.set(day, each);
    else spans.set(month, span);
  }
  return spans;
}

/** A month in its days. Those that stand in the page of the month change together. */
async function daysOf(output: string, month: string, { hash: whole, anchored }: Span): Promise<[string, Span][]> {
  if (anchored) {
    const days = Map.groupBy(anchoredEntries(output, month), ({ day }) => day);
    return [...days].map(([day, { length: entries }]) => [day, { entries, hash: whole, anchored }]);
  }
  const parts = await readParts(output, 'pages', (name) => name === monthPart(month));
  const files = [...parts.values()].flatMap((part) => Object.entries(part.files));
  const lines = files
    .filter(([path]) => ENTRY_PAGE.test(`"${path}"`))
    .map(([path, [, , bytes]]) => `${path} ${bytes}\n`);
  return [...Map.groupBy(lines.sort(), dayOfPage)].map(([day, own]) => [
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
