import { hash } from 'node:crypto';
import { readParts } from '../site/parts.ts';

/** The entry pages of a month. */
export interface Month {
  entries: number;
  /** Of their names and bytes. */
  hash: string;
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
  for (const [name, { files }] of await readParts(output, 'pages')) {
    const pages = Object.entries(files).filter(([path]) => ENTRY_PAGE.test(path));
    if (pages.length === 0) continue;
    const said = pages.map(([path, [, , bytes]]) => `${path} ${bytes}`).sort();
    months.set(name.replace('month:', ''), { entries: pages.length, hash: hash('sha256', said.join('\n')) });
  }
  return months;
}
