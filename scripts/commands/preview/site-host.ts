import { existsSync, readFile } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sirv from 'sirv';
import { readHostRules } from './host-rules.ts';

/**
 * Answers as a host does that has a built site in the folder `base`: with the headers and redirects that its files `_headers`
 * and `_redirects` ask for, and with its 404 page. What is built again is served at once; those two files are read once.
 */
export function siteHost(dist: string, base = '/'): RequestListener {
  const rules = readHostRules(dist);
  const serveFile = sirv(dist, {
    // Asks the disk each time.
    dev: true,
    etag: true,
    // As hosts name it, by the end of the file's name alone.
    setHeaders: (response, path) => {
      if (path.endsWith('.xml')) response.setHeader('Content-Type', 'application/xml');
    },
  });
  const folder = pathToFileURL(`${dist}/`);
  const lacksSlash = (path: string) => !path.endsWith('/') && existsSync(new URL(`.${path}/index.html`, folder));

  return (request, response) => {
    const { pathname, search } = URL.parse(`http://host${request.url}`) ?? { pathname: '/', search: '' };
    const lead = (status: number, to: string) => response.writeHead(status, { location: to }).end();
    const notFound = () =>
      readFile(join(dist, '404.html'), (error, page) => {
        response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' }).end(error ? '' : page);
      });

    for (const [name, value] of rules.headersOf(pathname)) response.appendHeader(name, value);
    const redirect = rules.redirectOf(pathname);
    if (redirect) return lead(redirect.status, redirect.to);
    if (!pathname.startsWith(base)) {
      // Not for good: at this address another planet may be looked at tomorrow.
      return pathname === '/' || `${pathname}/` === base ? lead(302, base) : notFound();
    }
    const path = `/${pathname.slice(base.length)}`;
    if (path === '/_headers' || path === '/_redirects') return notFound();
    if (lacksSlash(path)) return lead(301, `${pathname}/${search}`);
    request.url = path;
    serveFile(request, response, notFound);
  };
}
