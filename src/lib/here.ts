import { isByMonth, type PagesSince, standing } from './layout.ts';
import { link } from './routes.ts';

let since: PagesSince = '';

/** Says from which year on entries have pages of their own, before anything is rendered. */
export function standSince(year: PagesSince): void {
  since = year;
}

/** A path of this site as a page links to it: where it stands, under the base that Astro builds for. */
export function here(path: string): string {
  return link(import.meta.env.BASE_URL, standing(path, since));
}

/** Whether the days and entries of a period stand in the page of their month, and have no pages of their own. */
export function isAnchor(period: string): boolean {
  return isByMonth(period, since);
}
