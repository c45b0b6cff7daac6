import { rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readHostRules } from '../../scripts/site/site-host.ts';
import { aFolder, type Folder, planetYaml } from '../lib/planet.ts';
import { planetHere } from '../lib/program-here.ts';
import { serveSite } from '../lib/site.ts';

/** A planet whose site stands at /planet/, and a few files as a build leaves them in `dist`. */
let planet: Folder;
let dist: string;
let server: Awaited<ReturnType<typeof serveSite>>;

beforeAll(async () => {
  planet = await aFolder(planetYaml({ a: 'https://a.example/' }));
  dist = join(planet.path, 'dist');
  const files = {
    'index.html': '<h1>The planet</h1>',
    '404.html': '<h1>Not found</h1>',
    'about/index.html': '<h1>Über uns</h1>',
    'rss.xml': '<rss/>',
    'feed.json': '{}',
    '_astro/page.abc.css': 'a {}',
    'pagefind/2026/index/x.pf_index': 'x',
    _headers: `# A note
/*
  X-Content-Type-Options: nosniff

/planet/_astro/*
  Cache-Control: public, immutable

/planet/pagefind/:period/index/*
  Cache-Control: public, max-age=1
`,
    _redirects: `# A note
/planet/rss20.xml /planet/rss.xml 301
/planet/2024/:month/:day/:entry/ /planet/2024/:month/#:entry 301
/planet/*/old/:a/:a/* https://:b.example:8080/:a/:splat 302
`,
  };
  for (const [name, text] of Object.entries(files)) await planet.write(`dist/${name}`, text);
  server = await serveSite(dist, '/planet/');
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await planet[Symbol.asyncDispose]();
});

const get = (path: string) => fetch(new URL(`/${path}`, server.url), { redirect: 'manual' });

test.skipIf(process.platform !== 'linux')('a file that cannot be read does not end the program', async () => {
  // Nobody may read the start of it.
  await symlink('/proc/self/mem', join(dist, 'mem.html'));
  await expect(get('planet/mem.html').then((response) => response.text())).rejects.toThrow('fetch failed');
  expect((await get('planet/')).status).toBe(200);
  await rm(join(dist, 'mem.html'));
});

test('each file comes with its type, and with the headers of all rules that fit its path', async () => {
  const told = async (path: string) => {
    const { status, headers } = await get(path);
    const [type, cache] = [headers.get('content-type'), headers.get('cache-control')];
    return { status, type, cache, nosniff: headers.get('x-content-type-options') };
  };
  const [status, nosniff, cache] = [200, 'nosniff', 'no-cache'];
  expect(await told('planet/')).toEqual({ status, type: 'text/html;charset=utf-8', cache, nosniff });
  expect(await told('planet/rss.xml')).toEqual({ status, type: 'application/xml', cache, nosniff });
  expect(await told('planet/feed.json')).toEqual({ status, type: 'application/json', cache, nosniff });
  const style = { status, type: 'text/css', cache: 'public, immutable', nosniff };
  expect(await told('planet/_astro/page.abc.css')).toEqual(style);
  expect(await told('planet/pagefind/2026/index/x.pf_index')).toMatchObject({ cache: 'public, max-age=1', nosniff });
  expect(await (await get('planet/about/')).text()).toBe('<h1>Über uns</h1>');
});

test('preview answers with the 404 page for missing files and for those of the host', async () => {
  for (const path of ['planet/nothing/', 'planet/_headers', 'planet/_redirects', 'rss.xml', 'planet/%zz', '%2e%2e/x']) {
    const answer = await get(path);
    expect.soft(answer.status, path).toBe(404);
    expect.soft(answer.headers.get('content-type'), path).toBe('text/html; charset=utf-8');
    expect.soft(await answer.text(), path).toBe('<h1>Not found</h1>');
  }
});

test('the host’s root leads to the planet, a folder to its slash, and an old address by its rule', async () => {
  for (const [path, status, to] of [
    ['', 302, '/planet/'],
    ['planet', 302, '/planet/'],
    ['planet/about?q=1', 301, '/planet/about/?q=1'],
    ['planet/rss20.xml', 301, '/planet/rss.xml'],
    ['planet/2024/05/06/an-entry/', 301, '/planet/2024/05/#an-entry'],
    ['planet/x/old/y/z/1/', 302, 'https://:b.example:8080/y/x'],
  ] as const) {
    const answer = await get(path);
    expect.soft([answer.status, answer.headers.get('location')], path).toEqual([status, to]);
  }
});

test('preview serves a new build at once', async () => {
  await writeFile(join(dist, 'feed.json'), '{"version": 2}');
  expect(await (await get('planet/feed.json')).text()).toBe('{"version": 2}');
});

test('the rules that come with the engine are understood', () => {
  const { headersOf, redirectOf } = readHostRules(resolve(import.meta.dirname, '../../public'));
  const names = 'X-Content-Type-Options Referrer-Policy Permissions-Policy Content-Security-Policy'.split(' ');
  expect(headersOf('/about/').map(([name]) => name)).toEqual(names);
  const forever = ['Cache-Control', 'public, max-age=31536000, immutable'];
  for (const path of ['/_astro/a.css', '/pagefind/engine/a.js', '/pagefind/2026/fragment/a.pf_fragment'])
    expect(headersOf(path)).toContainEqual(forever);
  expect(headersOf('/pagefind/2026/pagefind-entry.json')).not.toContainEqual(forever);
  expect(redirectOf('/rss10.xml')).toEqual({ to: '/rss.xml', status: 301 });
  expect(redirectOf('/rss10-xml')).toBeNull();
});

test('preview says in a sentence why it cannot serve', async () => {
  const told = async (args: string[], { site = dist, exit = 1 } = {}) => {
    const { code, stderr } = await planetHere(['preview', ...args], { PLANET_CONTENT: planet.path, PLANET_DIST: site });
    expect(code).toBe(exit);
    return stderr;
  };
  const { port } = new URL(server.url);
  expect(await told([], { site: resolve('none') })).toBe(
    'There is no built site in none: run "npm run build" first.\n',
  );
  expect(await told(['--port', port, '--host', '127.0.0.1'])).toBe(
    `Port ${port} is in use: stop the other program, or choose another port with --port.\n`,
  );
  expect(await told(['--port', '70000'], { exit: 2 })).toMatch(/^error: .*A port is a number up to 65535\.\n$/);
  expect(await told(['--host', '192.0.2.1'])).toBe(
    'The server cannot listen on port 4321 of "192.0.2.1" (EADDRNOTAVAIL): choose others with --port and --host.\n',
  );
});
