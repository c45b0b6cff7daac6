import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { readHostRules } from '../../scripts/commands/preview.ts';
import { aFolder, type Folder, planetYaml, run } from '../lib/planet.ts';

const PROGRAM = resolve(import.meta.dirname, '../../scripts/planet.ts');

/** A planet whose site stands at /planet/, and a few files as a build leaves them in `dist`. */
let planet: Folder;
let dist: string;
let server: ChildProcess;
let url: string;

beforeAll(async () => {
  planet = await aFolder(
    planetYaml({ a: 'https://a.example/' }).replace('https://planet.example/', 'https://planet.example/planet'),
  );
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
`,
  };
  for (const [name, text] of Object.entries(files)) await planet.write(`dist/${name}`, text);
  const env = { ...process.env, PLANET_CONTENT: planet.path, PLANET_DIST: dist };
  server = spawn(process.execPath, [PROGRAM, 'preview', '--port', '0', '--host', '127.0.0.1'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [told] = server.stdout ? await once(server.stdout, 'data') : [];
  url = /^(\S+)planet\/ shows the site/.exec(String(told))?.[1] ?? '';
});
afterAll(async () => {
  server.kill();
  await planet[Symbol.asyncDispose]();
});

const get = (path: string) => fetch(`${url}${path}`, { redirect: 'manual' });

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

test('what is not there gets the 404 page, and so do the host’s own files', async () => {
  for (const path of [
    'planet/nothing/',
    'planet/_headers',
    'planet/_redirects',
    'rss.xml',
    'planet/%zz',
    '/%2e%2e/x',
  ]) {
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
  ] as const) {
    const answer = await get(path);
    expect.soft([answer.status, answer.headers.get('location')], path).toEqual([status, to]);
  }
});

test('what is built again is served at once', async () => {
  await writeFile(join(dist, 'feed.json'), '{"version": 2}');
  expect(await (await get('planet/feed.json')).text()).toBe('{"version": 2}');
});

test('the rules that come with the engine are understood', () => {
  const { headersOf, redirectOf } = readHostRules(resolve(import.meta.dirname, '../../public'));
  expect(headersOf('/about/').map(([name]) => name)).toEqual([
    'X-Content-Type-Options',
    'Referrer-Policy',
    'Permissions-Policy',
    'Content-Security-Policy',
  ]);
  const forever = ['Cache-Control', 'public, max-age=31536000, immutable'];
  for (const path of ['/_astro/a.css', '/pagefind/engine/a.js', '/pagefind/2026/fragment/a.pf_fragment'])
    expect(headersOf(path)).toContainEqual(forever);
  expect(headersOf('/pagefind/2026/pagefind-entry.json')).not.toContainEqual(forever);
  expect(redirectOf('/rss10.xml')).toEqual({ to: '/rss.xml', status: 301 });
  expect(redirectOf('/rss10-xml')).toBeNull();
});

test('without a built site it says so in a sentence', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'orrery-no-site-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  expect(await run([PROGRAM, 'preview'], { PLANET_DIST: 'dist' }, folder)).toEqual({
    code: 1,
    stdout: '',
    stderr: 'There is no built site in dist: run "npm run build" first.\n',
  });
});

test('where something else listens at the port it says so in a sentence', async () => {
  const { port } = new URL(url);
  const env = { PLANET_CONTENT: planet.path, PLANET_DIST: dist };
  expect(await run([PROGRAM, 'preview', '--port', port, '--host', '127.0.0.1'], env)).toEqual({
    code: 1,
    stdout: '',
    stderr: `Port ${port} is in use: stop the other program, or choose another port with --port.\n`,
  });
});

test('a port that is none, and a host that is not this machine, are mistakes told in a sentence', async () => {
  const env = { PLANET_CONTENT: planet.path, PLANET_DIST: dist };
  const told = async (...args: string[]) => (await run([PROGRAM, 'preview', ...args], env)).stderr;
  expect(await told('--port', '70000')).toMatch(/^error: .*A port is a number up to 65535\.\n$/);
  expect(await told('--host', '192.0.2.1')).toBe(
    'The server cannot listen on port 4321 of "192.0.2.1" (EADDRNOTAVAIL): choose others with --port and --host.\n',
  );
});
