import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { withLock } from '../../../scripts/disk/lock.ts';
import { npm, orrery, type Packages, packages } from '../../lib/engine-packages.ts';
import { type FeedServer, rss, serveFeeds } from '../../lib/feed-server.ts';
import { execute } from '../../lib/git-remote.ts';
import { hashes, surroundings } from '../../lib/planet.ts';

let engine: Packages;
let blogs: FeedServer;
/** The planet of an operator, as it grows from test to test. */
let planet: string;
/** The version that comes after. */
let later: string;
const packed = (file: string) => join(engine.installed, 'orrery-planet/', file);
const text = (file: string) => readFile(packed(file), 'utf8');
const dist = (folder: string, file: string) => readFile(join(folder, 'dist', file), 'utf8');

beforeAll(async () => {
  engine = await packages();
  planet = join(engine.area, 'planet-horology');
  const page = (path: string) => `<link rel="alternate" type="application/rss+xml" href="${path}">`;
  const feed = (name: string) => rss([{ title: `News of ${name}`, link: `https://${name}.example/1` }]);
  const feeds = Object.fromEntries(['ada', 'bob', 'eve'].map((name) => [`/${name}.xml`, feed(name)]));
  blogs = await serveFeeds({ '/ada/': page('/ada.xml'), ...feeds });
});
afterAll(async () => {
  await blogs[Symbol.asyncDispose]();
  await engine[Symbol.asyncDispose]();
});

describe('the package', () => {
  let files: string[];

  beforeAll(async () => {
    const found = await readdir(packed(''), { recursive: true, withFileTypes: true });
    const prefix = packed('').length;
    files = found.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name).slice(prefix));
  });

  test('is small, and holds the engine alone', async () => {
    expect((await stat(engine.now)).size).toBeLessThan(1_500_000);
    expect([...new Set(files.map((file) => file.split('/')[0]))].sort().join(' ')).toBe(
      'CHANGELOG.md LICENSE README.md astro.config.mjs docs package.json planet.schema.json public scripts src tsconfig.json',
    );
    const strangers = /^src\/(?:content|demo)\/|^public\/demo|\.test\.|^scripts\/(?:demo|package)|^scripts\/.*\.ts$/;
    expect(files.filter((file) => strangers.test(file))).toEqual([]);
  });

  test('says what it needs to run, and nothing that only its developers need', async () => {
    const own = JSON.parse(await readFile('package.json', 'utf8'));
    const manifest = JSON.parse(await text('package.json'));
    expect(manifest).toMatchObject({ name: own.name, version: own.version, engines: own.engines });
    expect(Object.keys(manifest.dependencies)).not.toContain('node');
    for (const key of ['private', 'devDependencies', 'scripts']) expect(manifest).not.toHaveProperty(key);
    expect(files).toContain(manifest.bin.orrery);
  });

  test('every import of its programs leads to a file of it, to Node or to a dependency', async () => {
    const { dependencies, optionalDependencies, name } = JSON.parse(await text('package.json'));
    const allowed = new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies), name]);
    for (const file of files.filter((each) => each.endsWith('.js') || each === 'astro.config.mjs')) {
      const code = (await text(file)).replaceAll(/^\s*(?:\*|\/\/|\/\*).*$/gm, '');
      for (const [, to = ''] of code.matchAll(/(?:from|import\(|^import) ?'([^'\s]+)'/gm)) {
        if (to.startsWith('.')) expect(existsSync(resolve(packed(file), '..', to)), `${file}: ${to}`).toBe(true);
        else if (!isBuiltin(to))
          expect(allowed, file).toContain(to.startsWith('@') ? to.split('/', 2).join('/') : to.split('/')[0]);
      }
      for (const [, to = ''] of code.matchAll(/new URL\('([^']+)', import\.meta\.url\)/g))
        expect(existsSync(resolve(packed(file), '..', to)), `${file}: ${to}`).toBe(true);
    }
  });

  test('names the commands that an operator has', async () => {
    for (const file of files.filter((each) => /^(?:src|scripts)\//.test(each)))
      expect(await text(file), file).not.toMatch(/npm run|src\/content\/\w/);
  });
});

// npm fetches what the engine depends on, where it has not done so before.
describe('a planet of the package', { timeout: 600_000 }, () => {
  test('it is made of nothing, by the starter that npm would install, and follows two blogs', async () => {
    const starter = join(engine.installed, 'create-orrery-planet/create.js');
    // The version that it asks for is the one beside it: npm lays no second engine.
    const asked = JSON.parse(await readFile(join(starter, '../package.json'), 'utf8'));
    const { name, version } = JSON.parse(await text('package.json'));
    expect(asked).toMatchObject({ bin: { [asked.name]: 'create.js' }, dependencies: { [name]: version } });
    const help = await execute(starter, ['--help'], engine.area);
    expect(help.stdout).toMatch(/^Usage: npm create orrery-planet \[folder\] -- \[options\]$/m);
    expect(help.stdout).not.toContain('npx orrery create');

    const env = { PLANET_ALLOW_PRIVATE: blogs.host, npm_config_prefer_offline: 'true' };
    const options = { title: 'Planet Horology', site: 'https://ada.github.io/horology/', engine: `file:${engine.now}` };
    const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const feeds = ['/ada/', '/bob.xml'].flatMap((path) => ['--feed', blogs.url(path)]);
    const made = await execute(starter, [planet, ...given, ...feeds], engine.area, env);
    expect(made, made.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('News of ada') });
    const all = await readdir(planet, { recursive: true });
    const names = all.filter((name) => !name.startsWith('node_modules') && name.slice(1).includes('.')).sort();
    expect(names.join(' ')).toBe(
      '.github/dependabot.yml .github/workflows/planet.yml package-lock.json package.json pages/about.mdx planet.yaml',
    );
    const added = await orrery(planet, ['add', blogs.url('/eve.xml')], { PLANET_ALLOW_PRIVATE: blogs.host });
    expect(added, added.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('"npx orrery build"') });
    const lock = JSON.parse(await readFile(join(planet, 'package-lock.json'), 'utf8'));
    expect(Object.keys(lock.packages)).not.toContain('node_modules/typescript');
  });

  test('it is built where it lies, after another planet of the same engine, as in an npm workspace, and shown', async () => {
    const writeRules = (text: string) =>
      writeFile(join(planet, 'pages/rules.mdx'), `---\ntitle: Rules\ndescription: D\n---\n\n${text}\n`);
    await writeRules('Be quick.');
    await mkdir(join(planet, 'public'));
    await writeFile(join(planet, 'public/CNAME'), 'horology.example\n');
    const env = { ...surroundings, SOURCE_DATE_EPOCH: '1772000000', PLANET_ALLOW_PRIVATE: blogs.host };
    const building = spawn(join(planet, 'node_modules/.bin/orrery'), ['build'], { cwd: planet, env });
    const ended = once(building, 'exit');
    let said = '';
    for (const stream of [building.stdout, building.stderr])
      stream.on('data', (text) => {
        said += text;
      });
    const own = join(await realpath(join(planet, 'node_modules/orrery-planet')), '.astro');
    await withLock(own, async () => {
      await vi.waitFor(() => expect(said).toContain('Waiting. Another compilation is running'), 60_000);
      await writeRules('Be kind.');
    });
    expect((await ended)[0], said).toBe(0);
    expect(said).toContain('3 new');
    for (const name of ['ada', 'bob', 'eve']) expect(await dist(planet, 'index.html')).toContain(`News of ${name}`);
    expect(await dist(planet, 'about/index.html')).toContain('This planet gathers the newest posts');
    expect(await dist(planet, 'rules/index.html')).toContain('Be kind.');
    expect(await dist(planet, 'CNAME')).toBe('horology.example\n');
    const again = await orrery(planet, ['site']);
    expect(again.stdout).toMatch(/^site: 0 of \d+ folders rendered/);

    const preview = spawn(process.execPath, [join(planet, 'node_modules/.bin/orrery'), 'preview', '--port', '0'], {
      cwd: planet,
    });
    const [told] = await once(preview.stdout, 'data');
    const [address = ''] = /^http:\S+/.exec(String(told)) ?? [];
    expect(await (await fetch(address)).text()).toContain('Planet Horology');
    preview.kill();

    const yaml = await readFile(join(planet, 'planet.yaml'), 'utf8');
    await writeFile(join(planet, 'planet.yaml'), `colour: red\n${yaml}`);
    const dev = await orrery(planet, ['dev']);
    expect(dev).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^planet\.yaml:1:1: colour: is not a setting/),
    });
    await writeFile(join(planet, 'planet.yaml'), yaml);
  });

  test('a later version is taken by one command, and changes neither the archive nor an address', async () => {
    const addresses = async () => (await readdir(join(planet, 'dist'), { recursive: true })).sort();
    const [archive, before] = [await hashes(join(planet, 'archive')), await addresses()];
    later = await engine.later();
    const upgraded = await npm(planet, 'install', `file:${later}`);
    expect(upgraded, upgraded.stderr).toMatchObject({ code: 0 });
    expect((await orrery(planet, ['--version'])).stdout).toBe('99.0.0\n');
    expect(await orrery(planet, ['site'])).toMatchObject({ code: 0 });
    expect(await hashes(join(planet, 'archive'))).toEqual(archive);
    expect(await addresses()).toEqual(before);
    // The workflow calls the version that the planet was created with.
    const doctor = await orrery(planet, ['doctor']);
    expect(doctor.stdout).toContain('and the engine has version 99.0.0. Write "@v99.0.0" into its "uses:".');
  });

  test('a clone of the engine, as planets were before, becomes such a folder, and who must change a template ejects the engine', async () => {
    const clone = join(engine.area, 'clone');
    await cp('tests/fixtures/first-version', join(clone, 'src/content'), { recursive: true });
    await mkdir(join(clone, 'public'));
    await writeFile(join(clone, 'public/CNAME'), 'planet.example\n');
    const archive = await hashes(join(clone, 'src/content/archive'));
    const moved = join(engine.area, 'moved');
    const migrated = await orrery(planet, ['migrate', clone, moved, '--engine', `file:${later}`]);
    expect(migrated, migrated.stderr).toMatchObject({ code: 0 });
    expect(await hashes(join(moved, 'archive'))).toEqual(archive);

    const ejected = await execute(join(planet, 'node_modules/.bin/orrery'), ['eject'], moved);
    expect(ejected, ejected.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('To upgrade later') });
    expect(ejected.stdout).toContain('Remove .github/dependabot.yml');
    // As after an install before: only the engine's place changes. No test needs the other planet after this one.
    await rename(join(planet, 'node_modules'), join(moved, 'node_modules'));
    expect(await npm(moved, 'install')).toMatchObject({ code: 0 });
    const footer = join(moved, 'engine/src/components/Footer.astro');
    await writeFile(footer, (await readFile(footer, 'utf8')).replace("{t('site.engine')}", 'Ada keeps it turning.'));
    const formats = join(moved, 'engine/src/outputs/formats.ts');
    const row = "output('Plain', 'text/plain', '/plain.txt', () => 'plain'),";
    await writeFile(formats, (await readFile(formats, 'utf8')).replace("  output('RSS'", `  ${row}\n$&`));
    const built = await orrery(moved, ['site']);
    expect(built, built.stderr).toMatchObject({ code: 0 });
    expect(await dist(moved, 'index.html')).toContain('Ada keeps it turning.');
    expect(await dist(moved, 'index.html')).toContain('href="/plain.txt"');
    expect(await dist(moved, 'plain.txt')).toBe('plain');
    expect(await dist(moved, 'CNAME')).toBe('planet.example\n');
    expect(await hashes(join(moved, 'archive'))).toEqual(archive);
    const doctor = await orrery(moved, ['doctor']);
    expect(doctor.stdout).toContain('This machine');
    expect(doctor.stdout).not.toContain('There is no .github');
    expect(await orrery(moved, ['eject'])).toMatchObject({ code: 2 });

    const copied = await npm(moved, 'install', '--install-links');
    expect(copied, copied.stderr).toMatchObject({ code: 0 });
    const check = await orrery(moved, ['check']);
    expect(check).toMatchObject({ code: 2, stderr: expect.stringMatching(/^node_modules must link .*\n$/) });
    const linked = await npm(moved, 'install', '--ignore-scripts', '--no-install-links');
    expect(linked, linked.stderr).toMatchObject({ code: 0 });
    expect(await orrery(moved, ['--version'])).toMatchObject({ code: 0 });
  });
});
