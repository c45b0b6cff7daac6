import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { errorAnnotations } from '../scripts/ci/annotations.ts';
import { operatorError } from '../scripts/cli.ts';
import { makeFolder } from '../scripts/disk/files.ts';
import { printable } from '../src/core/clean-text.ts';
import { aServedPlanet } from './lib/a-planet.ts';
import { rss } from './lib/feed-server.ts';
import { execute } from './lib/git-remote.ts';
import { aFolder, planetYaml, run, surroundings } from './lib/planet.ts';
import { planetHere, programHere } from './lib/program-here.ts';
import { Random } from './lib/random.ts';
import { mayMount, tinyDisk } from './lib/tiny-disk.ts';

/** As GitHub's runner and Azure's agent read lines, and as a terminal reads signs. */
function obeyed(printed: string): string[] {
  const lines = printed.split(/\r\n?|\n/);
  const commands = lines.filter((line) => /^\s*::[^:]/.test(line) || /##[\w.-]*\[/.test(line));
  const signs = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;
  return [...commands, ...(printed.replaceAll('\r\n', '\n').match(signs) ?? [])];
}

test.skipIf(process.platform === 'win32')('eight names that no server knows keep no other work waiting', async () => {
  await using folder = await aFolder('');
  const pipes = Array.from({ length: 16 }, (_, index) => join(folder.path, `pipe${index}`));
  expect(await execute('mkfifo', pipes, folder.path)).toMatchObject({ code: 0 });
  // Like a look-up, the opening of a pipe takes a thread until somebody answers; look-ups get half of the threads.
  const program = `
    import { constants, openSync } from 'node:fs';
    import { open, stat } from 'node:fs/promises';
    await import(${JSON.stringify(new URL('../scripts/cli.ts', import.meta.url).href)});
    const pipes = ${JSON.stringify(pipes)};
    const opened = pipes.map((pipe) => open(pipe));
    await stat('.');
    for (const pipe of pipes) openSync(pipe, constants.O_RDWR);
    await Promise.all(opened);
    console.log('done');
    process.exit();`;
  const ran = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { timeout: 30_000 });
  expect(ran.stdout.toString(), ran.stderr.toString()).toBe('done\n');
});

describe('printed text', () => {
  test.for([
    ['plain lines\n  and more', 'plain lines\n  and more'],
    ['a::b', 'a::b'],
    ['::error::x', ': :error::x'],
    ['\u00A0\u3000::error::x', '\u00A0\u3000: :error::x'],
    ['a\r::error::x', 'a\n: :error::x'],
    ['a\u2028::error::x', 'a\u2028: :error::x'],
    ['\u200E::x', '\u200E::x'],
    ['a ##[error]x ##vso[task.setvariable]y', 'a # #[error]x # #vso[task.setvariable]y'],
    ['## A heading', '## A heading'],
    ['\u001B]8;;https://evil.example\u0007link\u001B]8;;\u0007', 'link'],
    ['\u001B[2J\u009B31mred\u001B(B', 'red'],
    ['section_start:1:x\r\u001B[0K', 'section_start:1:x\n'],
    ['a\u0007\u0008b', 'ab'],
    ['👨‍👩‍👧 می\u200Cخواهم', '👨‍👩‍👧 می\u200Cخواهم'],
  ])('%j reads %j', ([said = '', printed]) => expect(printable(said)).toBe(printed));

  test('is nothing that a machine obeys, whatever it is made of', () => {
    const pieces = '::|##|#|[|]|:|error| |\t|\n|\r|\u001B|[0m|[1m|\u202E|\u0000|vso'.split('|');
    const random = new Random(1);
    for (let round = 0; round < 5_000; round++) {
      const printed = printable(Array.from({ length: 12 }, () => random.oneOf(pieces)).join(''));
      expect(obeyed(printed)).toEqual([]);
      expect(printable(printed)).toBe(printed);
    }
  });

  test('takes no time to speak of, however much of it there is', () => {
    for (const piece of ['\n', ' ', '#', ':', '\u001B]', '\u001B[', '\n \n'])
      expect(printable(piece.repeat(200_000)).length).toBeLessThanOrEqual(600_000);
  });
});

const WORDS = '\n::error::taken\r::add-mask::a\n##[error]x ##vso[y] \u001B[31mred\u202Edeinrut';
const HIDDEN = WORDS.replaceAll('\u001B', '');

/** Every program that prints strangers' words, given the worst of them. */
describe('whatever servers and feeds say', () => {
  test('a snapshot and every command print nothing that a machine obeys', async () => {
    const feed = rss([{ title: HIDDEN, link: 'https://a.example/1', html: HIDDEN }]);
    const link = (path: string) => `<link rel="alternate" type="application/rss+xml" title="${HIDDEN}" href="${path}">`;
    const { server, folder, env, planet } = await aServedPlanet(
      {
        '/a': feed.replace('<title>T<', `<title>${HIDDEN}<`),
        '/b': (_, answer) => answer.writeHead(200, { 'content-encoding': 'x ##[error]y ::z::' }).end('x'),
        '/c': (_, answer) => answer.writeHead(302, { location: 'ftp://##[error]x/::y::' }).end(),
        '/d': `<rss><channel>${HIDDEN}</wrong></rss>`,
        '/e': `${HIDDEN} no feed`,
        '/page': `<!doctype html><title>x</title>${link('/a')}${link('/d')}`,
      },
      (url) => planetYaml(Object.fromEntries([...'abcde'].map((id) => [id, url(`/${id}`)]))),
    );
    const text = await programHere(['scripts/snapshot.ts'], env);
    expect(text.stdout).toContain('a  ');
    const json = await programHere(['scripts/snapshot.ts', '--json'], env);
    expect(JSON.parse(json.stdout).feeds).toHaveLength(5);
    const runs = [text, json, await planetHere(['::error::x', '##[x]'], env)];
    for (const args of [
      ...[['held'], ['authors'], ['doctor'], ['check'], ['export', 'csv'], ['export', 'opml']],
      ['parse', '/nowhere\n::error::x', '--url', server.url('/')],
      ...['/a', '/page'].map((path) => ['add', server.url(path), '--dry-run']),
      ['reject', '\n::error::x'],
    ])
      runs.push(await planet(args));
    for (const { stdout, stderr } of runs) expect(obeyed(stdout + stderr)).toEqual([]);
    const states = JSON.parse(await readFile(join(folder.path, 'archive/feeds.json'), 'utf8'));
    for (const { trouble } of Object.values<{ trouble: { reason: string } | null }>(states))
      expect(trouble?.reason ?? '').not.toMatch(/[\p{Cc}\u202A-\u202E]/u);
  });

  test('JSON output keeps every character', async () => {
    const title = '##[error]x ::y:: 👨‍👩‍👧';
    await using folder = await aFolder('');
    await folder.write('a.xml', rss([{ title, link: 'https://a.example/1' }]));
    const { stdout } = await planetHere(['parse', join(folder.path, 'a.xml'), '--url', 'https://a.example/']);
    expect(JSON.parse(stdout).entries[0].title).toBe(title);
    expect(obeyed(stdout)).toEqual([]);
  });

  test('the text of a bug gives no command to a terminal or a workflow', async () => {
    const crash = "await run(async () => { throw new Error('a\\n::error::b') })";
    const program = `const { run } = await import('./scripts/cli.ts'); ${crash}`;
    const { stderr, code } = await run(['--input-type=module', '--eval', program]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Error: a\n: :error::b\n {4}at /);
  });

  test('the text of git gives no command to a terminal or a workflow', async () => {
    await using folder = await aFolder(planetYaml({ a: 'a.xml' }));
    await execute('git', ['init', '--quiet'], folder.path);
    const args = ['scripts/archive.ts', 'pull', '--remote', '/nowhere\n::error::x\n##[error]y'];
    const { stderr, code } = await run(args, { PLANET_CONTENT: folder.path });
    expect(code).toBe(1);
    expect(stderr).toContain('failed');
    expect(obeyed(stderr)).toEqual([]);
  });
});

describe('in GitHub Actions, why a program stops is on the page of the run', () => {
  test.for([
    ['The branch is gone.\n::error::x 100%', '::error::The branch is gone.%0A: :error::x 100%25'],
    ['planet.yaml:12: write it', '::error file=planet.yaml,line=12,title=planet.yaml::write it'],
    [
      'planet.yaml:8:5: a: b,\npages/a,b.mdx:1:2: c',
      '::error file=planet.yaml,line=8,col=5,title=planet.yaml::a: b,',
      '::error file=pages/a%2Cb.mdx,line=1,col=2,title=pages/a%2Cb.mdx::c',
    ],
    ['planet.yaml:8:5: a\nand more', '::error::planet.yaml:8:5: a%0Aand more'],
  ])('%j', ([message = '', ...annotations]) => {
    vi.stubEnv('GITHUB_WORKSPACE', undefined);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(errorAnnotations(message)).toEqual(annotations);
  });

  test.for([
    { program: 'scripts/snapshot.ts', args: [], yaml: 'titel: T\n', says: /^::error file=planet\.yaml,line=1,col=1,/m },
    { program: 'scripts/archive.ts', args: ['compare'], yaml: '- a\n', says: /^::error file=planet\.yaml,line=1,/m },
    { program: 'scripts/archive.ts', args: ['accept-loss', '2026-01'], yaml: '', says: /^::error::(?!.* at )/m },
    { program: 'scripts/orrery.ts', args: ['nonsense'], yaml: '', says: /^::error::There is no command "nonsense"/m },
  ])('$program $args', async ({ program, args, yaml, says }) => {
    await using folder = await aFolder(yaml);
    // Standard output may go to GITHUB_OUTPUT.
    const env = { PLANET_CONTENT: folder.path, GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: folder.path };
    const { code, stdout, stderr } = await run([program, ...args], env);
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(says);
  });
});

describe('a fault of the machine is one sentence that names the file', () => {
  /** An error of the system as a program meets it. */
  const errorOf = (work: () => unknown): Error => {
    try {
      work();
    } catch (error) {
      return error as Error;
    }
    throw new Error('It works');
  };
  const nowhere = '/nowhere/orrery-';
  test.for([
    { what: 'a missing folder', work: () => mkdtempSync(nowhere), says: /^\/nowhere\/orrery-\S+ does not exist; / },
    { what: 'a folder that is not empty', work: () => rmdirSync('tests'), says: /^tests is a folder that another/ },
    { what: 'a file without a path', work: () => readFileSync(openSync('.', 'r')), says: /^A file is a folder where/ },
  ])('$what', ({ work, says }) => {
    const error = errorOf(work);
    expect(operatorError(error).message).toMatch(says);
    const page = new Error('The page / cannot be rendered', { cause: error });
    expect(operatorError(page).message).toMatch(says);
  });

  test.skipIf(!mayMount)('a read-only disk, also where Node knows no code or another one', () => {
    using disk = tinyDisk(16_384);
    mkdirSync(join(disk.path, 'waiting'));
    disk.makeReadOnly();
    const error = errorOf(() => rmSync(join(disk.path, 'waiting'), { recursive: true }));
    expect(operatorError(error).message).toMatch(/waiting cannot be (?:removed|written): .*read-only/);
    const refused = errorOf(() => makeFolder(join(disk.path, '.orrery')));
    expect(operatorError(refused).message).toMatch(/\.orrery cannot be created: .*read-only/);
  });

  test('a bug with a cause stays a bug', () => {
    const bug = new Error('a bug', { cause: new Error('its cause') });
    expect(errorOf(() => operatorError(bug))).toBe(bug);
  });
});

/** A program that prints by `print`, run by a script of the shell as $NODE with the arguments "$@". */
function inShell(script: string, main: string) {
  const program = `const { print, run } = await import('./scripts/cli.ts'); await run(async () => { ${main} });`;
  const args = ['-c', script, 'bash', '--input-type=module', '--eval', program];
  const cwd = resolve(import.meta.dirname, '..');
  return spawnSync('bash', args, { cwd, env: { ...surroundings, NODE: process.execPath }, encoding: 'utf8' });
}

test('a command goes on when the reader of its output leaves', () => {
  const step = "print('line'); if (at % 100 === 0) await new Promise(setImmediate);";
  const main = `for (let at = 0; at < 20_000; at++) { ${step} } process.exitCode = 7;`;
  const ran = inShell('set -o pipefail; "$NODE" "$@" | head -1', main);
  expect(ran).toMatchObject({ status: 7, stdout: 'line\n', stderr: '' });
});

test.skipIf(!existsSync('/dev/full'))('an output that cannot be written is one sentence', () => {
  const { status, stderr } = inShell('exec "$NODE" "$@" > /dev/full', "print('line');");
  expect(stderr).toMatch(/^The output cannot be written: the disk is full; .*\n$/);
  expect(status).toBe(1);
});
