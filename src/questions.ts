import type { Question } from './adapter/asking.ts';
import type { Listing } from './lib/listings.ts';
import type { Answer, EntryFilter, SiteData } from './site-data.ts';

type One<T> = (data: SiteData, id: string) => Answer<T> | undefined;
type Many<T> = (data: SiteData, filter: EntryFilter) => Answer<T[]>;

const listing = (id: string) => id as Listing;

/** How each live collection answers a question for one entry, by its id. */
export const one = {
  settings: (data) => data.settings(),
  entries: (data, path) => data.entry(path),
  counts: (data, period) => data.countsIn(period),
  neighbours: (data, period) => data.neighbours(period),
  listings: (data, id) => data.listingCounts(listing(id)),
  years: (data, id) => data.listingYears(listing(id)),
  authors: (data, slug) => data.author(slug),
  feeds: (data, id) => data.feed(id),
  status: (data) => data.status(),
  history: (data, of) => data.history(of),
  sitemap: (data, ownPages) => data.sitemap(ownPages === '' ? [] : ownPages.split(',')),
  redirects: (data) => data.redirects(),
  avatars: (data, file) => data.avatar(file),
} satisfies Record<string, One<unknown>>;

/** How they answer a question for many. */
export const many = {
  entries: (data, filter) => data.entries(filter),
  authors: (data) => data.authors(),
  feeds: (data) => data.feeds(),
} satisfies Record<string, Many<unknown>>;

const anyOne: Record<string, One<unknown>> = one;
const anyMany: Record<string, Many<unknown>> = many;

/** The hash of today's answer to a question that was asked before; `none` where there is none any more. */
export function answerHash(data: SiteData, [collection, asked]: Question): string {
  const answer = typeof asked === 'string' ? anyOne[collection]?.(data, asked) : anyMany[collection]?.(data, asked);
  return answer?.hash ?? 'none';
}
