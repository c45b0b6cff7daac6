import { hash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The entry pages of a month. */
export interface Month {
  entries: number;
  /** Of their names and bytes. */
  hash: string;
}

/** `2026/01/23/<slug>/index.html`. Only these: no other page is worth finding, and reading them would cost. */
const ENTRY_PAGES = '[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]/*/index.html';

/** What Pagefind reads for a month, `2026-01`, under the output folder. */
export function entryPagesOf(month: string): string {
  return `${month.replace('-', '/')}/[0-9][0-9]/*/index.html`;
}

/** By `2026-01`, what there is to search. */
export async function readMonths(output: string): Promise<Map<string, Month>> {
  const pages = await Array.fromAsync(glob(ENTRY_PAGES, { cwd: output }));
  const byMonth = Map.groupBy(pages.sort(), (page) => page.slice(0, 7).replace(/[\\/]/, '-'));
  const months = new Map<string, Month>();
  for (const [month, list] of byMonth) {
    const said: string[] = [];
    for (const page of list) said.push(page, hash('sha256', await readFile(join(output, page))));
    months.set(month, { entries: list.length, hash: hash('sha256', said.join('\n')) });
  }
  return months;
}
