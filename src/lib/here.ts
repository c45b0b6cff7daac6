import { type PagesSince, standing } from './layout.ts';
import { link } from './routes.ts';

/** From which year on entries have pages of their own, in this build. */
export const since: PagesSince = import.meta.env.PAGES_SINCE ?? '';

/** A path of this site as a page links to it: where it stands, under the base that Astro builds for. */
export function here(path: string): string {
  return link(import.meta.env.BASE_URL, standing(path, since));
}
