import { existsSync, readFile, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sirv from 'sirv';

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

/** The rules of `_headers` and `_redirects` in a built site, as Netlify and Cloudflare Pages read them; a missing file has none. */
export function readHostRules(dist: string) {
  const headers: { pattern: RegExp; headers: [name: string, value: string][] }[] = [];
  for (const line of ruleLines(`${dist}/_headers`)) {
    // A line with a path, then its headers, indented.
    const [, name, value] = /^\s+([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) headers.at(-1)?.headers.push([name, value]);
    else headers.push({ pattern: patternOf(line.trim()), headers: [] });
  }
  const redirects = ruleLines(`${dist}/_redirects`).flatMap((line) => {
    const [from = '', to, status = '301'] = line.trim().split(/\s+/);
    return to === undefined ? [] : [{ pattern: patternOf(from), to, status: Number(status) }];
  });
  return {
    headersOf: (path: string) => headers.flatMap(({ pattern, headers }) => (pattern.test(path) ? headers : [])),
    /** Whether a rule leads from a path to another, also as a rewrite. */
    leadsFrom: (path: string) => redirects.some(({ pattern }) => pattern.test(path)),
    /** The target of the first redirect that matches; null if none does. */
    redirectOf: (path: string) => {
      for (const { pattern, to, status } of redirects) {
        // Other statuses are rewrites, which only an operator's own file has.
        const found = status >= 300 && status < 310 ? pattern.exec(path) : null;
        if (found) return { to: to.replace(/:([a-z]\w*)/gi, (sign, name) => found.groups?.[name] ?? sign), status };
      }
      return null;
    },
  };
}

function ruleLines(file: string): string[] {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text.split(/\r?\n/).filter((line) => !/^\s*(?:#|$)/.test(line));
}

/** `:name` matches one segment of a path, `*` anything: its name is `splat`. */
function patternOf(pattern: string): RegExp {
  const names = new Set<string>();
  const source = pattern.replace(/:([a-z]\w*)|\*|[^\w/]/gi, (sign, name = 'splat') => {
    if (sign.length === 1 && sign !== '*') return `\\${sign}`;
    const group = names.has(name) ? '?:' : `?<${name}>`;
    names.add(name);
    return `(${group}${sign === '*' ? '.*' : '[^/]+'})`;
  });
  return new RegExp(`^${source}$`);
}
