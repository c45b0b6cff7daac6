import { compare } from '../lib/compare.ts';
import { dayAnchor, isByMonth, type PagesSince } from '../lib/layout.ts';
import { link, routes } from '../lib/routes.ts';
import type { AuthorRecord } from '../model/site.ts';

/** The same for pages of authors who had another name before. Hosts that read no such rules show a page that leads there (`moved.ts`). */
export function authorRedirects(site: string, authors: readonly Pick<AuthorRecord, 'slug' | 'formerly'>[]): string {
  const base = new URL(site).pathname;
  const to = (slug: string) => link(base, routes.author(slug));
  const rules = authors.flatMap(({ slug, formerly }) => formerly.map((old) => `${to(old)} ${to(slug)} 301\n`));
  return rules.sort(compare).join('');
}

/**
 * `_redirects`, as Netlify, Cloudflare Pages and GitLab Pages read it: a permalink of a year whose entries are anchors in the
 * pages of their months leads there. Two rules a year: hosts count them.
 * @param site the planet's own address
 * @param years all that hold entries
 */
export function redirects(site: string, years: readonly string[], since: PagesSince): string {
  const base = new URL(site).pathname;
  const rules = years
    .filter((year) => isByMonth(year, since))
    .flatMap((year) => [
      `${link(base, `/${year}/:month/:day/:entry/`)} ${link(base, `/${year}/:month/#:entry`)} 301`,
      `${link(base, `/${year}/:month/:day/`)} ${link(base, `/${year}/:month/#${dayAnchor(`${year}-:month-:day`)}`)} 301`,
    ]);
  return rules.map((rule) => `${rule}\n`).join('');
}
