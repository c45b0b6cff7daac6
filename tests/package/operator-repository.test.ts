import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FeedServer, rss, serveFeeds } from '../lib/feed-server.ts';
import { execute } from '../lib/git-remote.ts';
import { npm, orrery, type Packages, packages } from '../lib/operator.ts';
import { hashes } from '../lib/planet.ts';

/** npm fetches what the engine depends on, where it has not done so before. */
const npmTakesLong = { timeout: 600_000 };

let engine: Packages;
let blogs: FeedServer;
/** The planet of an operator, as it grows from test to test. */
let planet: string;
const dist = (file: string) => readFile(join(planet, 'dist', file), 'utf8');

beforeAll(async () => {
  engine = await packages();
  planet = join(engine.area, 'planet-horology');
  const page = (path: string) => `<link rel="alternate" type="application/rss+xml" href="${path}">`;
  const feed = (name: string) => rss([{ title: `News of ${name}`, link: `https://${name}.example/1` }]);
  blogs = await serveFeeds({
    '/ada/': page('/ada.xml'),
    '/ada.xml': feed('ada'),
    '/bob.xml': feed('bob'),
    '/eve.xml': feed('eve'),
  });
});
afterAll(async () => {
  await blogs[Symbol.asyncDispose]();
  await engine[Symbol.asyncDispose]();
});

test(
  'a planet is made of nothing, by the starter as npm installs it, and follows two blogs',
  npmTakesLong,
  async () => {
    const folder = join(engine.area, 'starter');
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), '{}');
    const installed = await npm(folder, 'install', `file:${engine.now}`, `file:${engine.starter}`);
    expect(installed, installed.stderr).toMatchObject({ code: 0 });
    // No second engine: the version that the starter asks for is the one of the other package.
    expect(await readdir(join(folder, 'node_modules/create-orrery-planet'))).not.toContain('node_modules');
    const starter = join(folder, 'node_modules/.bin/create-orrery-planet');
    const help = await execute(starter, ['--help'], folder);
    expect(help.stdout).toMatch(/^Usage: npm create orrery-planet \[folder\] -- \[options\]$/m);
    expect(help.stdout).not.toContain('npx orrery create');

    const env = { PLANET_ALLOW_PRIVATE: blogs.host, npm_config_prefer_offline: 'true' };
    const options = { title: 'Planet Horology', site: 'https://ada.github.io/horology/', engine: `file:${engine.now}` };
    const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const feeds = ['/ada/', '/bob.xml'].flatMap((path) => ['--feed', blogs.url(path)]);
    const made = await execute(starter, [planet, ...given, ...feeds], folder, env);
    expect(made, made.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('News of ada') });
    expect(
      (await readdir(planet, { recursive: true }))
        .filter((name) => !/^node_modules/.test(name) && /\./.test(name.slice(1)))
        .sort(),
    ).toEqual([
      '.github/dependabot.yml',
      '.github/workflows/planet.yml',
      'package-lock.json',
      'package.json',
      'pages/about.mdx',
      'planet.yaml',
    ]);
    const added = await orrery(planet, ['add', blogs.url('/eve.xml')], { PLANET_ALLOW_PRIVATE: blogs.host });
    expect(added, added.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('"npx orrery build"') });
    const lock = JSON.parse(await readFile(join(planet, 'package-lock.json'), 'utf8'));
    expect(Object.keys(lock.packages)).not.toContain('node_modules/typescript');
  },
);

test('it is built and shown', npmTakesLong, async () => {
  const built = await orrery(planet, ['build'], { PLANET_ALLOW_PRIVATE: blogs.host });
  expect(built, built.stderr).toMatchObject({ code: 0 });
  for (const name of ['ada', 'bob', 'eve']) expect(await dist('index.html')).toContain(`News of ${name}`);
  expect(await dist('about/index.html')).toContain('This planet gathers the newest posts');
  const again = await orrery(planet, ['site']);
  expect(again.stdout).toMatch(/^site: 0 of \d+ folders rendered/);

  const preview = spawn(process.execPath, [join(planet, 'node_modules/.bin/orrery'), 'preview', '--port', '0'], {
    cwd: planet,
  });
  const [told] = await once(preview.stdout, 'data');
  const [address = ''] = /^http:\S+/.exec(String(told)) ?? [];
  expect(await (await fetch(address)).text()).toContain('Planet Horology');
  preview.kill();
});

test(
  'a later version is taken by one command, and changes neither the archive nor an address',
  npmTakesLong,
  async () => {
    const [archive, before] = [
      await hashes(join(planet, 'archive')),
      await readdir(join(planet, 'dist'), { recursive: true }),
    ];
    const upgraded = await npm(planet, 'install', `file:${engine.later}`);
    expect(upgraded, upgraded.stderr).toMatchObject({ code: 0 });
    expect((await orrery(planet, ['--version'])).stdout).toBe('99.0.0\n');
    expect(await orrery(planet, ['site'])).toMatchObject({ code: 0 });
    expect(await hashes(join(planet, 'archive'))).toEqual(archive);
    expect((await readdir(join(planet, 'dist'), { recursive: true })).sort()).toEqual(before.sort());
  },
);

test(
  'a clone of the engine, as planets were before, becomes such a folder, its archive byte by byte',
  npmTakesLong,
  async () => {
    const clone = join(engine.area, 'clone');
    await cp('tests/fixtures/first-version', join(clone, 'src/content'), { recursive: true });
    await mkdir(join(clone, 'public'));
    await writeFile(join(clone, 'public/CNAME'), 'planet.example\n');
    const moved = join(engine.area, 'moved');
    const migrated = await orrery(planet, ['migrate', clone, moved, '--engine', `file:${engine.later}`]);
    expect(migrated, migrated.stderr).toMatchObject({ code: 0 });
    const archive = await hashes(join(clone, 'src/content/archive'));
    expect(await hashes(join(moved, 'archive'))).toEqual(archive);
    expect(await npm(moved, 'install')).toMatchObject({ code: 0 });
    const built = await orrery(moved, ['site']);
    expect(built, built.stderr).toMatchObject({ code: 0 });
    expect(await readFile(join(moved, 'dist/CNAME'), 'utf8')).toBe('planet.example\n');
    expect(await hashes(join(moved, 'archive'))).toEqual(archive);
  },
);

test('who must change a template ejects the engine, and is told what that costs', npmTakesLong, async () => {
  const ejected = await orrery(planet, ['eject']);
  expect(ejected, ejected.stderr).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('To upgrade later'),
  });
  expect(await npm(planet, 'install')).toMatchObject({ code: 0 });
  const footer = join(planet, 'engine/src/components/Footer.astro');
  await writeFile(footer, (await readFile(footer, 'utf8')).replace("{t('site.engine')}", 'Ada keeps it turning.'));
  const built = await orrery(planet, ['site']);
  expect(built, built.stderr).toMatchObject({ code: 0 });
  expect(await dist('index.html')).toContain('Ada keeps it turning.');
  expect(ejected.stdout).toContain('Remove .github/dependabot.yml');
  const doctor = await orrery(planet, ['doctor']);
  expect(doctor, doctor.stderr).toMatchObject({ code: 0, stdout: expect.not.stringContaining('There is no .github') });
  // The workflow calls the version that the planet was created with, and the engine is a later one.
  expect(doctor.stdout).toContain('and the engine has version 99.0.0. Write "@v99.0.0" into its "uses:".');
  expect(await orrery(planet, ['eject'])).toMatchObject({ code: 2 });
});
