import { escapeHtml } from '../core/clean-text.ts';
import { directionOfLanguage } from '../core/language.ts';
import { absolute, dayAnchor, isByMonth, type PagesSince, routes, withBase } from '../core/paths.ts';
import type { AuthorRecord, PlanetSettings } from '../core/records.ts';

export const MOVED = { headers: { 'Content-Type': 'text/html; charset=utf-8' } } as const;

/** For hosts that do not read `_redirects`. `moved` is the sentence on the page. */
export function movedPage(
  { title, site, language }: Pick<PlanetSettings, 'title' | 'site' | 'language'>,
  name: string,
  path: string,
  moved: string,
): string {
  const [to, whole] = [withBase(new URL(site).pathname, path), absolute(site, path)].map(escapeHtml);
  return `<!doctype html>
<html lang="${escapeHtml(language)}"${directionOfLanguage(language) === 'rtl' ? ' dir="rtl"' : ''}>
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(name)} · ${escapeHtml(title)}</title>
<meta name="robots" content="noindex, follow">
<link rel="canonical" href="${whole}">
<meta http-equiv="refresh" content="0; url=${to}">
</head>
<body>
<h1><a href="${to}"><bdi>${escapeHtml(name)}</bdi></a></h1>
<p>${escapeHtml(moved)}</p>
</body>
</html>
`;
}

/** Rules of `_redirects` for former names of authors. Other hosts serve redirect pages. */
export function authorRedirects(site: string, authors: readonly Pick<AuthorRecord, 'slug' | 'formerly'>[]): string {
  const base = new URL(site).pathname;
  const to = (slug: string) => withBase(base, routes.author(slug));
  const rules = authors.flatMap(({ slug, formerly }) => formerly.map((old) => `${to(old)} ${to(slug)} 301\n`));
  return rules.sort().join('');
}

/** Rules of `_redirects` from permalinks to anchors of months: two for each year, because hosts limit their number. */
export function redirects(site: string, years: readonly string[], since: PagesSince): string {
  const base = new URL(site).pathname;
  const rules = years
    .filter((year) => isByMonth(year, since))
    .flatMap((year) => [
      `${withBase(base, `/${year}/:month/:day/:entry/`)} ${withBase(base, `/${year}/:month/#:entry`)} 301`,
      `${withBase(base, `/${year}/:month/:day/`)} ${withBase(base, `/${year}/:month/#${dayAnchor(`${year}-:month-:day`)}`)} 301`,
    ]);
  return rules.map((rule) => `${rule}\n`).join('');
}
