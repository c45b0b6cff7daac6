import type { SearchRecord } from '../../../scripts/site/search/search-records.ts';
import { escapeHtml } from '../../../src/core/clean-text.ts';
import { recordOf } from '../../lib/search-pages.ts';
import { planOf, write } from '../planet/plan.ts';
import { LANGUAGES, NAMES } from './planted.ts';

/** What the search of a planet of so many entries is built from, oldest first. Planted posts stand all over its months. */
export function plantedRecords(entries: number): SearchRecord[] {
  const plan = planOf(entries);
  const planted = [...LANGUAGES, ...NAMES];
  const step = Math.floor(entries / planted.length);
  return Array.from({ length: entries }, (_, index) => {
    const planned = plan.at(index);
    const { title, content } = write(planned);
    const path = (name: number) => `${planned.published.toISOString().slice(0, 10).replaceAll('-', '/')}/post-${name}`;
    const own = recordOf({ path: path(index), title: title ?? '', html: content, author: planned.blog.title });
    const extra = index % step === 0 ? planted.shift() : undefined;
    if (extra === undefined) return [own];
    const html = `<p>${escapeHtml(extra.text)}</p>`;
    return [own, recordOf({ path: path(entries + index), title: extra.title, html, author: 'A. Planter' })];
  })
    .flat()
    .sort((a, b) => (a.url < b.url ? -1 : 1));
}
