import { currentPath, link } from '../core/paths.ts';

/** A permalink whose entry stands in the page of its month, on a host that knows no redirects: on to there. */
const base = import.meta.env.BASE_URL;
const path = location.pathname.slice(base.replace(/\/$/, '').length);
const since = document.querySelector('[data-pages-since]')?.getAttribute('data-pages-since') ?? '';
if (currentPath(path, since) !== path) location.replace(link(base, currentPath(path, since)));
