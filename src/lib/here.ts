import { link } from './routes.ts';

/** A path of this site as a page links to it: under the base that Astro builds for. */
export function here(path: string): string {
  return link(import.meta.env.BASE_URL, path);
}
