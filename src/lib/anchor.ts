import { permalinkText } from './dates.ts';
import { entryAnchor } from './layout.ts';
import type { Shown } from './shown.ts';

/** What makes an article in the page of a month one that can be led to, and found: what the entry's own page says around it. */
export function anchorOf({ entry, feed }: Pick<Shown, 'entry' | 'feed'>, timezone: string): Record<string, string> {
  return {
    id: entryAnchor(entry.path),
    'data-pagefind-body': '',
    'data-pagefind-meta': 'feed[data-feed], date[data-date]',
    'data-pagefind-filter': 'feed[data-feed], year[data-year]',
    'data-pagefind-sort': 'date[data-published]',
    'data-feed': feed.title,
    'data-year': entry.day.slice(0, 4),
    'data-date': permalinkText(entry.published, timezone),
    'data-published': entry.published,
  };
}
