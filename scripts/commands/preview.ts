import { once } from 'node:events';
import { existsSync, readFile } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import sirv from 'sirv';
import { outputFolder } from '../../src/archive/environment.ts';
import { operatorPlanet } from '../../src/archive/load-planet.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { print } from '../cli.ts';
import { readHostRules } from '../site/host-rules.ts';

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

export const previewCommand = new Command('preview')
  .description('Serve the built site on this machine as a host would, with its headers, redirects, 404 page and path.')
  .option('--port <number>', 'the port; 0 for any free port', portOf, 4321)
  .option('--host <name>', 'the interface to listen on: 0.0.0.0 for the whole network', 'localhost')
  .addHelpText('after', '\n  npm run preview -- --port 8080')
  .action(preview);

async function preview({ port, host }: { port: number; host: string }): Promise<void> {
  const dist = outputFolder();
  const name = relative('.', dist) || '.';
  if (!existsSync(join(dist, 'index.html')))
    throw new OperatorError(`There is no built site in ${name}: run "npm run build" first.`);
  const { planet } = await operatorPlanet();
  const base = new URL(planet.site).pathname.replace(/\/?$/, '/');
  const server = createServer(siteHost(dist, base)).listen(port, host);
  await once(server, 'listening').catch(({ code }: NodeJS.ErrnoException) => {
    throw new OperatorError(
      code === 'EADDRINUSE'
        ? `Port ${port} is in use: stop the other program, or choose another port with --port.`
        : `The server cannot listen on port ${port} of "${host}" (${code}): choose others with --port and --host.`,
    );
  });
  const address = server.address();
  const at = typeof address === 'object' && address !== null ? address.port : port;
  print(`http://${host.includes(':') ? `[${host}]` : host}:${at}${base} shows the site in ${name}. Ctrl+C stops it.`);
}

function portOf(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('A port is a number up to 65535.');
  return Number(text);
}
