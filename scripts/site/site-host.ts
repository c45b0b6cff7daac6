import { existsSync, readFile } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sirv from 'sirv';
import { readHostRules } from './host-rules.ts';

/** Serves a built site below `base` as hosts do, with `_headers` and `_redirects` (read once) and its 404 page. */
export function siteHost(dist: string, base = '/'): RequestListener {
  const rules = readHostRules(dist);
  const serveFile = sirv(dist, {
    // Reads the disk for each request: a new build is served at once.
    dev: true,
    etag: true,
    // Hosts choose the type by the file's ending alone.
    setHeaders: (response, path) => {
      if (path.endsWith('.xml')) response.setHeader('Content-Type', 'application/xml');
    },
  });
  const folder = pathToFileURL(`${dist}/`);
  const lacksSlash = (path: string) => !path.endsWith('/') && existsSync(new URL(`.${path}/index.html`, folder));

  return (request, response) => {
    const { pathname, search } = URL.parse(`http://host${request.url}`) ?? { pathname: '/', search: '' };
    const redirectTo = (status: number, to: string) => response.writeHead(status, { location: to }).end();
    const notFound = () =>
      readFile(join(dist, '404.html'), (error, page) => {
        response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' }).end(error ? '' : page);
      });
    for (const [name, value] of rules.headersOf(pathname)) response.appendHeader(name, value);
    const redirect = rules.redirectOf(pathname);
    if (redirect) return redirectTo(redirect.status, redirect.to);
    if (!pathname.startsWith(base)) {
      // Not permanent: another planet may have this address tomorrow.
      return pathname === '/' || `${pathname}/` === base ? redirectTo(302, base) : notFound();
    }
    const path = `/${pathname.slice(base.length)}`;
    if (path === '/_headers' || path === '/_redirects') return notFound();
    if (lacksSlash(path)) return redirectTo(301, `${pathname}/${search}`);
    request.url = path;
    // Without it, a file that cannot be opened ends the program.
    response.once('pipe', (file) => file.once('error', () => response.destroy()));
    serveFile(request, response, notFound);
  };
}
