import { since } from './lib/here.ts';
import { isByMonth } from './lib/layout.ts';
import { routes } from './lib/routes.ts';
import type { Everything } from './queries.ts';

/** Whether a period or the path of an entry has a page of its own: months and years always do. */
function hasPage(period: string): boolean {
  return period.length <= 7 || !isByMonth(period, since);
}

/** Paths of all pages that search engines may list, whether or not this build makes them; in a fixed order. */
export function listedPages({ pages, counts, authors, feeds, shelfYears, indexed }: Everything): string[] {
  const { river, archive, search, subscribe, status } = routes;
  return [
    ...[river, archive, routes.authors, routes.feeds, search, subscribe, status],
    ...pages.map(({ id }) => routes.page(id)),
    ...[...counts.keys()].filter(hasPage).map(routes.period),
    ...authors.map(({ slug }) => routes.author(slug)),
    ...feeds.map(({ id }) => routes.feed(id)),
    ...shelfYears.map(({ shelf, year }) => {
      const [of = '', name = ''] = shelf.split(':');
      return of === 'author' ? routes.authorYear(name, year) : routes.feedYear(name, year);
    }),
    // Entry pages are canonical to the original: nothing to list, unless their blogger wants it.
    ...indexed.filter(hasPage).map(routes.entry),
  ];
}
