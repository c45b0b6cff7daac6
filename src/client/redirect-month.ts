import { currentPath, link } from '../core/paths.ts';

/** Redirects a permalink whose entry is in the page of its month, for hosts without redirects. */
const base = import.meta.env.BASE_URL;
const path = location.pathname.slice(base.replace(/\/$/, '').length);
const since = document.querySelector('[data-pages-since]')?.getAttribute('data-pages-since') ?? '';
if (currentPath(path, since) !== path) location.replace(link(base, currentPath(path, since)));
