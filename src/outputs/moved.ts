import { escapeHtml } from '../lib/markup.ts';
import { absolute, link } from '../lib/routes.ts';
import type { Settings } from '../model/site.ts';

export const MOVED = { headers: { 'Content-Type': 'text/html; charset=utf-8' } } as const;

/** A page that leads to another of the planet: what every host can serve, where `_redirects` is read by few. */
export function movedPage(
  { title, site, language }: Pick<Settings, 'title' | 'site' | 'language'>,
  name: string,
  path: string,
): string {
  const [to, whole] = [link(new URL(site).pathname, path), absolute(site, path)].map(escapeHtml);
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
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
<p>This page has moved.</p>
</body>
</html>
`;
}
