import { hash } from 'node:crypto';
import { readParts } from '../site/parts.ts';
import { monthPage } from './anchored.ts';

/** The entries of a month. */
export interface Month {
  entries: number;
  /** Of the names and bytes of the pages that they stand in. */
  hash: string;
  /** Whether they stand in the page of the month, and have no pages of their own. */
  anchored: boolean;
}

/** `2026/01/23/<slug>/index.html`. Only these: no other page is worth finding, and reading them would cost. */
const ENTRY_PAGE = /^\d{4}\/\d\d\/\d\d\/[^/]+\/index\.html$/;

/** What Pagefind reads for a month, `2026-01`, under the output folder. */
export function entryPagesOf(month: string): string {
  return `${month.replace('-', '/')}/[0-9][0-9]/*/index.html`;
}

/** By `2026-01`, what there is to search: as the build remembers what it made, so that no page need be read for it. */
export async function readMonths(output: string): Promise<Map<string, Month>> {
  const months = new Map<string, Month>();
  for (const [name, { entries = 0, files }] of await readParts(output, 'pages')) {
    const [, month] = /^month:(.*)$/.exec(name) ?? [];
    if (month === undefined) continue;
    const anchored = !Object.keys(files).some((path) => ENTRY_PAGE.test(path));
    const isWanted = (path: string) => (anchored ? path === monthPage(month) : ENTRY_PAGE.test(path));
    const said = Object.entries(files).map(([path, [, , bytes]]) => (isWanted(path) ? `${path} ${bytes}\n` : ''));
    months.set(month, { entries, hash: hash('sha256', said.sort().join('')), anchored });
  }
  return months;
}
