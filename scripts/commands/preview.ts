import { once } from 'node:events';
import { existsSync, readFile, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import sirv from 'sirv';
import { outputFolder } from '../../src/archive/environment.ts';
import { ownPlanet } from '../../src/archive/load-planet.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { print } from '../cli.ts';

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

export const previewCommand = new Command('preview')
  .description(
    'Serve the built site on this machine as a host would: its headers, redirects and 404 page, below its path.',
  )
  .option('--port <number>', 'the port; 0 for any that is free', portOf, 4321)
  .option('--host <name>', 'whose requests are answered: 0.0.0.0 for the whole network', 'localhost')
  .addHelpText('after', '\n  npm run preview -- --port 8080')
  .action(preview);

async function preview({ port, host }: { port: number; host: string }): Promise<void> {
  const dist = outputFolder();
  const name = relative('.', dist) || '.';
  if (!existsSync(join(dist, 'index.html')))
    throw new OperatorError(`There is no built site in ${name}: run "npm run build" first.`);
  const { planet } = await ownPlanet();
  const base = new URL(planet.site).pathname.replace(/\/?$/, '/');

  const server = createServer(siteHost(dist, base)).listen(port, host);
  await once(server, 'listening').catch(({ code }: NodeJS.ErrnoException) => {
    throw new OperatorError(
      code === 'EADDRINUSE'
        ? `Port ${port} is taken: end what listens there, or choose another one with --port.`
        : `Nothing can listen at port ${port} of "${host}" (${code}): choose others with --port and --host.`,
    );
  });
  const address = server.address();
  const at = typeof address === 'object' && address !== null ? address.port : port;
  print(`http://${host.includes(':') ? `[${host}]` : host}:${at}${base} shows the site in ${name}. Ctrl+C ends it.`);
}

function portOf(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('A port is a number up to 65535.');
  return Number(text);
}

/** What a host's files `_headers` and `_redirects` say of a path, as Netlify and Cloudflare Pages read them. */
export interface HostRules {
  headersOf: (path: string) => [name: string, value: string][];
  /** Where the first rule that fits leads; null where none does. */
  redirectOf: (path: string) => { to: string; status: number } | null;
}

/** The values of a pattern's placeholders in a path; null where it does not fit. */
type Pattern = (path: string) => ReadonlyMap<string, string> | null;

/** Reads both files of a built site; one that is missing has no rules. */
export function readHostRules(dist: string): HostRules {
  const headers = headerRules(linesOf(`${dist}/_headers`));
  const redirects = linesOf(`${dist}/_redirects`).flatMap((line) => {
    const [from = '', to, status = '301'] = line.trim().split(/\s+/);
    // Others than these show another page under the same address, which we never write.
    return to !== undefined && /^30\d$/.test(status) ? [{ pattern: patternOf(from), to, status: Number(status) }] : [];
  });
  return {
    headersOf: (path) => headers.flatMap(({ pattern, headers }) => (pattern(path) === null ? [] : headers)),
    redirectOf: (path) => {
      for (const { pattern, to, status } of redirects) {
        const values = pattern(path);
        if (values) return { to: to.replace(/:([a-z]\w*)/gi, (sign, name) => values.get(name) ?? sign), status };
      }
      return null;
    },
  };
}

/** Without notes and empty lines. */
function linesOf(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text.split(/\r?\n/).filter((line) => !/^\s*(?:#|$)/.test(line));
}

/** A path begins a line; the headers for it are indented. */
function headerRules(lines: readonly string[]) {
  const rules: { pattern: Pattern; headers: [name: string, value: string][] }[] = [];
  for (const line of lines) {
    const [, name, value] = /^\s+([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) rules.at(-1)?.headers.push([name, value]);
    else rules.push({ pattern: patternOf(line.trim()), headers: [] });
  }
  return rules;
}

/** `:name` is a step of a path, `*` is anything. */
function patternOf(pattern: string): Pattern {
  const names: string[] = [];
  const source = pattern.replace(/:([a-z]\w*)|\*|[^\w/]/gi, (sign, name) => {
    if (name === undefined && sign !== '*') return `\\${sign}`;
    names.push(name ?? 'splat');
    return name === undefined ? '(.*)' : '([^/]+)';
  });
  const form = new RegExp(`^${source}$`);
  return (path) => {
    const found = form.exec(path);
    return found && new Map(names.map((name, index) => [name, found[index + 1] ?? '']));
  };
}
