import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ledgerText, NO_LEDGER } from '../../src/archive/ledger.ts';
import { avatarsText } from '../../src/core/avatar-files.ts';
import { archiveOf, post, withLedger } from '../lib/builders.ts';
import { serveFeeds } from '../lib/feed-server.ts';
import { aRemote, archive, execute, inRepository, type Remote, readArchive, writeArchive } from '../lib/git-remote.ts';
import { planetYaml } from '../lib/planet.ts';
import { archiveHere, programHere, refuses } from '../lib/program-here.ts';
import { serveSite } from '../lib/site.ts';
import { mayMount, tinyDisk } from '../lib/tiny-disk.ts';

const unixTest = test.skipIf(process.platform === 'win32');
let remote: Remote;
beforeAll(async () => {
  remote = await aRemote();
});
afterAll(() => remote[Symbol.asyncDispose]());
beforeEach(() => remote.setBranch(null));

/** A repository that holds the archive as the branch does, or will begin it. */
async function anOperator(): Promise<string> {
  const operator = await remote.operator();
  expect(await archiveHere(operator, 'pull')).toMatchObject({ code: 0 });
  return operator;
}

const posts = (...ids: string[]) =>
  archiveOf(
    ids.map((id) => post(id)),
    { a: {} },
  );

async function push(operator: string, files: ReadonlyMap<string, string>): Promise<void> {
  await writeArchive(operator, files);
  expect(await archiveHere(operator, 'push')).toMatchObject({ code: 0 });
}

/** Operators who have pushed an archive, by its files, and their commits: git's many processes are most of a test's time. */
const operators = new Map<string, { folder: string; commit: string }>();

/** A repository whose archive is these files, and the branch as it pushed them. */
async function holder(files: ReadonlyMap<string, string>): Promise<string> {
  const key = JSON.stringify([...files]);
  let known = operators.get(key);
  if (known === undefined) {
    const folder = await remote.operator();
    await push(folder, files);
    known = { folder, commit: await remote.head() };
    operators.set(key, known);
  }
  await remote.setBranch(known.commit);
  return remote.operator(known.folder);
}

/** Commits of operators who have pushed an archive after another one, by the files of both. */
const later = new Map<string, string>();

/** Sets the branch of a holder on to the commit of another one, who has pushed these files after the same ones. */
async function moveOn(operator: string, before: ReadonlyMap<string, string>, files: ReadonlyMap<string, string>) {
  const key = JSON.stringify([...before, ...files]);
  const known = later.get(key);
  if (known !== undefined) return remote.setBranch(known);
  await push(await remote.operator(operator), files);
  later.set(key, await remote.head());
}

/** Commits to the branch by other means than ours: without these files, and with others of this text. */
async function tamper(change: { without?: RegExp; add?: [name: string, text: string, mode?: string][] }) {
  const names = Object.keys(await remote.archive()).filter((name) => change.without?.test(name));
  const added = (change.add ?? []).map(
    ([name, text, mode = '100644']) => `M ${mode} inline ${name}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
  );
  const lines = ['commit refs/heads/archive', 'committer T <t@t.example> 1772000000 +0000', 'data 6', 'Tamper'];
  const changes = [...names.map((name) => `D ${name}\n`), ...added].join('');
  const running = promisify(execFile)('git', ['fast-import', '--quiet'], { cwd: remote.url });
  running.child.stdin?.end(`${lines.join('\n')}\nfrom refs/heads/archive^0\n${changes}`);
  await running;
}

/** The environment in which `git` of a repository is a script: in it, `git` is the true one. */
async function withGit(operator: string, script: string): Promise<Record<string, string>> {
  await writeFile(join(operator, 'git'), `#!/bin/sh\nPATH="\${PATH#*:}"\n${script}\n`, { mode: 0o755 });
  return { ...inRepository(operator), PATH: `${operator}:${process.env['PATH']}` };
}

/** Runs a command that is killed when it writes a file. */
async function isKilled(operator: string, command: string, file: string): Promise<void> {
  const args = ['--import', './tests/lib/kill-at.ts', 'scripts/archive.ts', command];
  expect((await execute(process.execPath, args, '.', { ...inRepository(operator), KILL_AT_FILE: file })).code).toBe(1);
}

async function holds(operator: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, text] of files) expect(await readArchive(operator, name), name).toBe(text);
}

/** Begins the branch: one feed with one entry. */
const begin = () => holder(posts('one'));

describe('the branch that keeps the archive', () => {
  test('begins with the first push, grows, and is let alone where nothing changed: with git and Node alone', async () => {
    await begin();
    const clone = await remote.clone();
    const here = (...args: string[]) => execute(process.execPath, ['scripts/planet.ts', 'archive', ...args], clone);
    expect(await here('pull')).toMatchObject({ code: 0 });
    expect(await readArchive(clone, '2026-01.ndjson')).toContain('"id":"one"');
    expect(await here('push')).toMatchObject({ code: 0, stdout: 'Nothing changed.\n' });
    expect(await remote.commits()).toBe(1);
    // Nothing but the archive goes there, and it is in no other branch.
    await writeArchive(clone, new Map([...posts('one', 'two'), ['2026-01.ndjson.damaged', '']]));
    await here('push');
    expect(await remote.commits()).toBe(2);
    expect(Object.keys(await remote.archive())).toEqual(['2026-01.ndjson', 'feeds.json']);
    expect((await execute('git', ['status', '--porcelain'], clone)).stdout).toBe('?? src/content/archive/\n');
    // Several machines begin with one commit, whatever has come since.
    const [late, first] = [await remote.operator(), await remote.git('rev-parse', 'archive~1')];
    expect(await archiveHere(late, 'pull', '--base', first)).toMatchObject({ code: 0, stdout: `${first}\n` });
    expect(await readArchive(late, '2026-01.ndjson')).not.toContain('"id":"two"');
    expect((await archiveHere(await remote.operator(), 'pull', '--base', '')).stdout).toMatch(/^There is no branch/);
    await refuses([late, 'push', '--folder', join(late, 'no')], `There is no folder ${join(late, 'no')}.\n`);
    const unknown = '0123456789'.repeat(4);
    await refuses([late, 'pull', '--base', unknown], `The branch "archive" has no commit ${unknown}.\n`);
  });

  test('is never begun anew because the host did not answer', async () => {
    const operator = await remote.operator();
    const nowhere = ['--remote', join(remote.area, 'nowhere.git')];
    for (const command of ['pull', 'push'])
      await refuses([operator, command, ...nowhere], /^git ls-remote failed: .*nowhere/);
  });

  unixTest.for([
    { git: null, says: 'git is not installed, and this command needs it.' },
    { git: 'kill -9 $$', says: 'git ls-remote failed: it ended with SIGKILL' },
    { git: 'exit 3', says: 'git ls-remote failed: it ended with 3' },
  ])('says in a sentence that git did not work ($git), without the token of an address', async ({ git, says }) => {
    const operator = await remote.operator();
    const env = { ...(git !== null && (await withGit(operator, git))), ...inRepository(operator), PATH: operator };
    const args = ['scripts/archive.ts', 'pull', '--remote', 'https://ada:secret@h.invalid/x.git'];
    expect(await programHere(args, env)).toMatchObject({ code: 1, stderr: `${says}\n` });
  });

  unixTest('is not mistaken for what another program fetches meanwhile', async () => {
    await begin();
    const operator = await remote.operator();
    await remote.git('branch', 'other', await remote.git('commit-tree', 'archive^{tree}', '-m', 'Other'));
    const fetch = `case " $* " in *" fetch "*) git fetch --quiet origin other ;; esac`;
    const env = await withGit(operator, `git "$@" || exit\n${fetch}`);
    const pulled = await programHere(['scripts/archive.ts', 'pull'], env);
    expect(pulled).toMatchObject({ code: 0, stdout: `${await remote.head()}\n` });
  });

  unixTest('fetches and writes nothing that is there already', async () => {
    const operator = await begin();
    await writeArchive(operator, posts('one', 'two'));
    const env = await withGit(operator, 'case " $* " in *" fetch "*) exit 1 ;; esac\nexec git "$@"');
    const file = () => stat(join(operator, 'src/content/archive/2026-01.ndjson'));
    const { ino } = await file();
    for (const command of ['push', 'push', 'pull']) {
      expect(await programHere(['scripts/archive.ts', command], env)).toMatchObject({ code: 0, stderr: '' });
      if (command === 'push') expect(await file()).toMatchObject({ ino });
    }
    expect(await remote.ids()).toEqual(['one', 'two']);
    // A branch whose name only ends as ours does.
    await remote.git('update-ref', 'refs/heads/x/refs/heads/archive', 'archive');
    await remote.setBranch(null);
    await refuses([operator, 'pull'], /^The branch "archive" was deleted/);
    await remote.git('update-ref', '-d', 'refs/heads/x/refs/heads/archive');
  });

  test('packs the loose objects of many pushes', async () => {
    const operator = await begin();
    const git = (...args: string[]) => execute('git', args, operator);
    await git('config', 'gc.auto', '1');
    await git('config', 'gc.autoDetach', 'false');
    // Git counts those whose hash begins with 17.
    const sha1 = (text: string) => createHash('sha1').update(`blob ${text.length}\0${text}`).digest('hex');
    const texts = Array.from({ length: 2_000 }, (_, at) => `${at}`).filter((text) => sha1(text).startsWith('17'));
    for (const text of texts.slice(0, 2)) {
      await writeFile(join(operator, text), text);
      await git('hash-object', '-w', text);
    }
    await push(operator, posts('one', 'two'));
    expect((await git('count-objects', '-v')).stdout).toMatch(/^packs: [1-9]/m);
    await push(operator, posts('one', 'two', 'three'));
  });

  unixTest('is not waited for without end where a server does not answer', async () => {
    const operator = await remote.operator();
    await using silent = await serveFeeds({ '/x.git/info/refs?service=git-upload-pack': () => {} });
    // Two minutes in a second.
    const env = await withGit(operator, 'exec git $(echo "$@" | sed s/lowSpeedTime=120/lowSpeedTime=1/)');
    const { code, stderr } = await programHere(['scripts/archive.ts', 'pull', '--remote', silent.url('/x.git')], env);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^git ls-remote failed: .*too slow/s);
  });

  test('takes no archive that has lost an entry, and overwrites nothing that it does not hold', async () => {
    const operator = await begin();
    await writeArchive(operator, posts('two'));
    const lacks = /^2026-01\.ndjson lacks an entry of the branch \(\["a","one"\]\); nothing was pushed\./;
    await refuses([operator, 'push'], lacks);
    await rm(join(operator, 'src/content/archive/2026-01.ndjson'));
    await refuses([operator, 'push'], lacks);
    expect(await remote.ids()).toEqual(['one']);
    await refuses([operator, 'pull'], '-- push" first');
  });

  test('loses nothing where one is refused in the middle of its push', async () => {
    const [a, b] = [await begin(), await begin()];
    await writeArchive(a, posts('from-a', 'one'));
    // Just before b's push goes out, a's arrives.
    await mkdir(join(b, '.git/hooks'));
    const hook = join(b, '.git/hooks/pre-push');
    const settings = Object.entries(inRepository(a)).map(([name, value]) => `'${name}=${value}'`);
    const first = `env ${settings.join(' ')} '${process.execPath}' scripts/archive.ts push`;
    await writeFile(hook, `#!/bin/sh\nrm "$0"\ncd '${resolve('.')}' && exec ${first}\n`);
    await chmod(hook, 0o755);
    await writeArchive(b, posts('from-b', 'one'));
    expect(await archiveHere(b, 'push')).toMatchObject({ code: 0, stderr: '' });
    expect(await remote.ids()).toEqual(['from-a', 'from-b', 'one']);
    expect(await remote.commits()).toBe(3);
    expect(await readArchive(b, '2026-01.ndjson')).toBe((await remote.archive())['2026-01.ndjson']);
  });

  test('loses nothing where two begin it at the same time', async () => {
    const both = [await remote.operator(), await remote.operator()];
    for (const [index, operator] of both.entries()) await writeArchive(operator, posts(`${index}`));
    const done = await Promise.all(both.map((operator) => archive(operator, 'push')));
    expect(done.map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array(2).fill({ code: 0, stderr: '' }));
    expect(await remote.ids()).toEqual(['0', '1']);
    expect(await remote.commits()).toBe(2);
  });

  test('forgets a feed that left, its history included, whoever was at work meanwhile', async () => {
    const both = [post('one'), post('theirs', { feed: 'gone' })];
    const operator = await remote.operator();
    await push(operator, archiveOf(both, { a: {}, gone: {} }, [post('waits', { feed: 'gone' })]));
    const running = await anOperator();
    const late = [...both, post('new'), post('again', { feed: 'gone' })];
    await writeArchive(running, archiveOf(late, { a: {}, gone: {} }));
    await writeFile(join(operator, 'src/content/planet.yaml'), planetYaml({ a: 'https://a.example/' }));
    await refuses([operator, 'forget', 'a'], 'follows "a", and the next snapshot would read it again');
    expect(await archiveHere(operator, 'forget', 'gone')).toMatchObject({ code: 0, stderr: '' });
    expect(Object.keys(await remote.archive())).toEqual(['2026-01.ndjson', 'feeds.json']);
    expect(await remote.commits()).toBe(1);
    expect(await archiveHere(running, 'push')).toMatchObject({ code: 0 });
    expect(await remote.ids()).toEqual(['new', 'one']);
    expect(JSON.parse((await remote.archive())['feeds.json'] ?? '')).not.toHaveProperty('gone');
  });

  test.for([
    ['without a repository', (folder: string) => rm(join(folder, '.git'), { recursive: true })],
    ['without a remote repository', (folder: string) => rm(join(folder, '.git/config'))],
    ['before the first push', () => Promise.resolve()],
  ] as const)('%s forgets a feed in the folder, and also after it was killed', async ([, change]) => {
    const operator = await remote.operator();
    const both = withLedger(archiveOf([post('one'), post('theirs', { feed: 'gone' })], { a: {}, gone: {} }));
    await writeArchive(operator, both);
    await writeFile(join(operator, 'src/content/planet.yaml'), planetYaml({ a: 'https://a.example/' }));
    await change(operator);
    const said =
      'Erased 1 entry of gone from this folder. There is no branch "archive"; your backups still have them.\n';
    expect(await archiveHere(operator, 'forget', 'gone')).toEqual({ code: 0, stderr: '', stdout: said });
    const left = withLedger(archiveOf([post('one')], { a: {} }));
    await holds(operator, left);
    // A run that was killed after the ledger.
    await writeFile(join(operator, 'src/content/archive/feeds.json'), both.get('feeds.json') ?? '');
    await writeFile(join(operator, 'src/content/archive/2026-01.ndjson'), both.get('2026-01.ndjson') ?? '');
    expect(await archiveHere(operator, 'forget', 'gone')).toMatchObject({ code: 0, stdout: said });
    await holds(operator, left);
    await refuses([operator, 'forget', 'gone'], 'The archive has no feed "gone".\n');
  });

  test.for([
    ['with a mark in front is read', '\uFEFF{ "a": {}, "gone": {} }', 0, ''],
    ['that is damaged is named', '{ "a": {}, "go', 1, 'feeds.json is damaged. Move it away; "npm run archive -- pull"'],
  ] as const)('to forget a feed, a feeds.json %s', async ([, text, code, says]) => {
    const operator = await remote.operator();
    const both = archiveOf([post('one'), post('theirs', { feed: 'gone' })], {});
    await writeArchive(operator, new Map([...both, ['feeds.json', text]]));
    await writeFile(join(operator, 'src/content/planet.yaml'), planetYaml({ a: 'https://a.example/' }));
    const forgot = await archiveHere(operator, 'forget', 'gone');
    expect(forgot).toMatchObject({ code, stderr: expect.stringMatching(`^${says}`) });
  });

  test('without a repository names the steps to one', async () => {
    const operator = await remote.operator();
    await rm(join(operator, '.git'), { recursive: true });
    for (const command of ['pull', 'push'])
      await refuses([operator, command], /^This folder has no git repository "origin"\. Name one: "git init" and/);
  });

  test('in a repository of another user, says what git wants', async () => {
    const clone = await remote.clone();
    await symlink(resolve('node_modules'), join(clone, 'node_modules'));
    // The settings of the tests trust every folder.
    const others = { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1', GIT_CONFIG_GLOBAL: devNull };
    for (const command of ['pull', 'push', 'forget gone']) {
      const args = ['scripts/archive.ts', ...command.split(' ')];
      const { code, stderr } = await execute(process.execPath, args, clone, others);
      expect(code).toBe(1);
      expect(stderr).toContain('git config --global --add safe.directory ');
    }
  });

  describe('with a ledger', () => {
    /** A repository whose archive a snapshot has looked at, pushed. */
    const kept = (...ids: string[]) => holder(withLedger(posts(...ids)));
    const ledgerOn = async () => JSON.parse((await remote.archive())['ledger.json'] ?? '').months['2026-01'].entries;

    test('brings back what went missing here, beside what is new here', async () => {
      const operator = await kept('one', 'two', 'three');
      await writeArchive(operator, posts('four', 'one'));
      await refuses([operator, 'push'], /nothing was pushed\. Restore it with "npm run archive -- pull", or accept/);
      const { code, stderr } = await archiveHere(operator, 'pull');
      expect(code).toBe(0);
      expect(stderr).toMatch(/^Restored missing entries: 2 entries, 2026-01\.ndjson: \["a","t/);
      expect(await archiveHere(operator, 'push')).toMatchObject({ code: 0 });
      expect(await remote.ids()).toEqual(['four', 'one', 'three', 'two']);
      expect(await ledgerOn()).toBe(4);
    });

    test.for([
      { branch: 'as it was', theirs: [] },
      { branch: 'ahead', theirs: ['theirs'] },
      { branch: 'ahead, and feeds.json moved away', theirs: ['theirs'], away: true },
      { branch: 'ahead, and the pull killed', theirs: ['theirs'], killed: true },
    ])('$branch, joins what a run did not push', async ({ theirs, away, killed }) => {
      const ids = ['one', 'ours', ...theirs];
      const operator = await kept('one');
      if (theirs.length > 0) await moveOn(operator, withLedger(posts('one')), withLedger(posts('one', ...theirs)));
      await writeArchive(operator, withLedger(posts('one', 'ours')));
      const feeds = join(operator, 'src/content/archive/feeds.json');
      if (away) await rm(feeds);
      if (killed) await isKilled(operator, 'pull', '2026-01.ndjson');
      // Twice: the site may fail again.
      for (let run = 1; run <= 2; run++)
        expect(await archiveHere(operator, 'pull')).toMatchObject({ code: 0, stderr: '' });
      await holds(operator, withLedger(posts(...ids)));
      expect(await archiveHere(operator, 'push')).toMatchObject({ code: 0 });
      expect(await remote.ids()).toEqual(ids);
    });

    test('a pull restores entries that wait where held.ndjson was moved away', async () => {
      const operator = await remote.operator();
      const trouble = { outcome: 'held', reason: 'x', since: '2026-01-01T00:00:00Z' } as const;
      const waiting = `${JSON.stringify(post('waits'))}\n`;
      const files = withLedger(archiveOf([post('one')], { a: { trouble } }));
      await push(operator, new Map([...files, ['held.ndjson', waiting]]));
      const held = join(operator, 'src/content/archive/held.ndjson');
      await rename(held, `${held}.damaged`);
      expect(await archiveHere(operator, 'pull')).toMatchObject({ code: 0, stderr: '' });
      expect(await readFile(held, 'utf8')).toBe(waiting);
    });

    test('a pull restores a folder in which only a picture is left', async () => {
      const operator = await kept('one');
      const folder = join(operator, 'src/content/archive');
      await rm(folder, { recursive: true });
      await mkdir(join(folder, 'avatars'), { recursive: true });
      await writeFile(join(folder, 'avatars/0123456789abcdef0123.48.webp'), 'not on the branch');
      expect(await archiveHere(operator, 'pull')).toMatchObject({ code: 0, stderr: '' });
      expect(await readArchive(operator, '2026-01.ndjson')).toContain('"one"');
    });

    test('a commit that is missing after a crash is fetched again', async () => {
      const operator = await remote.operator();
      await push(operator, withLedger(posts('one')));
      const commit = await remote.head();
      await rm(join(operator, '.git/objects', commit.slice(0, 2), commit.slice(2)));
      expect(await archiveHere(operator, 'pull')).toMatchObject({ code: 0, stdout: `${commit}\n` });
    });

    test('takes no month that lost what was never on the branch', async () => {
      const operator = await kept('one');
      await writeArchive(operator, new Map([...withLedger(posts('one', 'two')), ...posts('one')]));
      await refuses([operator, 'push'], /^2026-01\.ndjson holds 1 of the 2 entries it should hold\./);
      expect(await remote.ids()).toEqual(['one']);
    });

    test('loses what an operator has accepted to be lost, and nothing else', async () => {
      const [operator, other] = [await kept('one', 'two'), await kept('one', 'two')];
      await writeArchive(operator, archiveOf([post('two')], { a: { entries: 2 } }));
      expect(await archiveHere(operator, 'accept-loss', '2026-01')).toMatchObject({ code: 0, stderr: '' });
      expect(await archiveHere(operator, 'push')).toMatchObject({ code: 0, stderr: '' });
      expect(await remote.ids()).toEqual(['two']);
      await push(other, withLedger(posts('new', 'one', 'two')));
      expect(await remote.ids()).toEqual(['new', 'two']);
      expect(await ledgerOn()).toBe(2);
    });

    test('a branch that was set back or deleted is named, and a push restores the entries that only this folder has', async () => {
      const operator = await kept('one');
      const first = await remote.head();
      await push(operator, withLedger(posts('one', 'two')));
      await remote.setBranch(first);
      await writeArchive(operator, withLedger(posts('one', 'three', 'two')));
      await refuses([operator, 'pull'], / was set back: /);
      await writeArchive(operator, withLedger(posts('one', 'two')));
      const lacks = 'The branch "archive" was set back: it lacks 1 entry of this folder, 2026-01.ndjson: ["a","two"].';
      const restores = 'Nothing was changed. "npm run archive -- push" restores them on the branch;';
      const accepts = `"npm run archive -- pull --base ${first}" accepts the branch as it is.\n`;
      await refuses([operator, 'pull'], `${lacks} ${restores} ${accepts}`);
      expect(await readArchive(operator, '2026-01.ndjson')).toContain('"id":"two"');
      expect(await archiveHere(operator, 'push')).toMatchObject({ code: 0 });
      expect(await remote.ids()).toEqual(['one', 'two']);
      await remote.setBranch(null);
      await refuses(
        [operator, 'pull'],
        /^The branch "archive" was deleted, .* "npm run archive -- push" creates it again/,
      );
      expect(await archiveHere(operator, 'push')).toMatchObject({ code: 0 });
      expect(await remote.ids()).toEqual(['one', 'two']);
      await remote.setBranch(first);
      expect(await archiveHere(operator, 'pull', '--base', first)).toMatchObject({ code: 0 });
      expect(await readArchive(operator, '2026-01.ndjson')).not.toContain('"id":"two"');
    });

    test.for([
      { command: 'pull', what: 'first pull', at: 'feeds.json' },
      { command: 'pull', what: 'pull', at: '2025-12.ndjson' },
      { command: 'pull', what: 'pull', at: 'ledger.json' },
      { command: 'push', what: 'push', at: '2026-01.ndjson' },
    ])('is pulled after a $what that was stopped as it installed $at', async ({ command, what, at }) => {
      const known = await kept('one');
      const operator = what === 'first pull' ? await remote.operator() : known;
      const old = post('old', { published: '2025-12-01T00:00:00Z' });
      const files = withLedger(archiveOf([old, post('one'), post('two')], { a: {} }));
      if (command === 'push') await writeArchive(operator, withLedger(archiveOf([old, post('one')], { a: {} })));
      // Only after a join has a push something to install.
      await moveOn(known, withLedger(posts('one')), command === 'push' ? withLedger(posts('one', 'two')) : files);
      await isKilled(operator, command, at);
      expect(await archiveHere(operator, 'pull')).toMatchObject({ code: 0, stderr: '' });
      await holds(operator, files);
      expect(await remote.ids()).toEqual(['one', 'two']);
    });

    test.for<{ is: string; lacks: RegExp; without?: RegExp; add?: [name: string, text: string][] }>([
      { is: 'another tree', without: /./, add: [['README.md', 'x']], lacks: /3 entries of/ },
      { is: 'one without feeds.json', without: /^feeds\.json$/, lacks: /a valid feeds\.json/ },
      {
        is: 'one without feeds.json and a month',
        without: /^(2026-01|feeds)/,
        lacks: /2 entries of this folder, 2026-01/,
      },
      { is: 'one with a damaged feeds.json', add: [['feeds.json', '{"a":']], lacks: /a valid feeds/ },
    ])('that became $is takes nothing from this folder, and a push restores it whole', async ({ lacks, ...change }) => {
      const posts = [post('old', { published: '2025-12-01T00:00:00Z' }), post('one'), post('two')];
      const trouble = { outcome: 'held', reason: 'a flood', since: '2026-01-24T00:00:00Z' } as const;
      const states = { a: { rejected: ['0123456789'] }, b: { trouble } };
      const files = withLedger(archiveOf(posts, states, [post('waits', { feed: 'b' })]));
      const operator = await holder(files.set('avatars.json', avatarsText([{ feed: 'a', author: null, hash: null }])));
      const before = await remote.archive();
      await tamper(change);
      await refuses([operator, 'pull'], lacks);
      expect(await archiveHere(operator, 'push')).toMatchObject({ code: 0 });
      expect(await remote.archive()).toEqual(before);
      expect(await readArchive(operator, 'held.ndjson')).toContain('"id":"waits"');
    });

    test('the branch of another planet is refused by pull and push', async () => {
      const operator = await kept('one');
      await tamper({ without: /./, add: [['feeds.json', '{"other":{}}']] });
      await writeArchive(operator, withLedger(posts('one', 'two')));
      const before = await remote.archive();
      for (const command of ['push', 'pull'])
        await refuses([operator, command], /^The branch "archive" has no feed of this/);
      await writeArchive(operator, withLedger(posts('one')));
      const other = / but "other": perhaps it is the branch of another planet\. Nothing was changed/;
      await refuses([operator, 'pull'], other);
      expect(await readArchive(operator, '2026-01.ndjson')).toContain('"id":"one"');
      expect(await remote.archive()).toEqual(before);
    });

    const WHOLE = ' shows no entry that the archive lacks.\n';
    const gaveUp = ' lacks, but those whose loss';
    const ofMachines = ['feeds.json', 'ledger.json'];
    const shown = 'shows 2 entries of a, and the archive has';
    test.for([
      { now: 'whole', branch: ['one', 'two'], tells: WHOLE },
      { now: 'whole but for feeds.json', branch: ['one', 'two'], without: ['feeds.json'], tells: WHOLE },
      { now: 'whole but for its states and ledger', branch: ['one', 'two'], without: ofMachines, tells: WHOLE },
      { now: 'set back', branch: ['one'], says: `${shown} 1: .* old backup` },
      { now: 'deleted', branch: null, says: `${shown} 0`, atGitLab: 'ACCEPT_LOSS: "true"' },
      { now: 'deleted before the first site', branch: null, published: '<p>404', tells: 'Nothing was compared: ' },
      { now: 'deleted, and the feed with it', branch: null, feed: 'b', tells: WHOLE },
      { now: 'short of what an operator gave up', branch: ['one'], lost: ['0123456789'], tells: gaveUp },
    ])('$now, a fresh clone compares it with the published site', async (row) => {
      const status = JSON.stringify({ feeds: [{ id: 'a', entries: 2 }] });
      if (row.branch) await kept(...row.branch);
      const fresh = await anOperator();
      for (const name of row.without ?? []) await rm(join(fresh, 'src/content/archive', name));
      if (row.lost) await writeArchive(fresh, new Map([['ledger.json', ledgerText({ ...NO_LEDGER, lost: row.lost })]]));
      await mkdir(join(fresh, 'site'));
      await writeFile(join(fresh, 'site/status.json'), row.published ?? status);
      await using site = await serveSite(join(fresh, 'site'));
      const yaml = planetYaml({ [row.feed ?? 'a']: 'https://a.example/' }).replace(/^site: .*/m, `site: ${site.url}`);
      await writeFile(join(fresh, 'src/content/planet.yaml'), yaml);
      expect(await archiveHere(fresh, 'compare')).toEqual({
        code: row.says ? 1 : 0,
        stderr: expect.stringMatching(new RegExp(`${row.says ?? ''}.*${row.atGitLab ?? ''}`)),
        stdout: expect.stringContaining(row.tells ?? ''),
      });
    });

    test.skipIf(!mayMount)('is laid whole or not at all where the disk is full', async () => {
      using disk = tinyDisk(65_536);
      const writer = await kept('one');
      const reader = await remote.operator();
      await symlink(disk.path, join(reader, 'src/content/archive'));
      expect(await archiveHere(reader, 'pull')).toMatchObject({ code: 0 });
      const before = await readArchive(reader, '2026-01.ndjson');
      const long = post('long', { content: `<p>${'word '.repeat(20_000)}</p>` });
      await push(writer, withLedger(archiveOf([post('one'), long], { a: {} })));
      const full = await archiveHere(reader, 'pull');
      expect(full.code).toBe(1);
      expect(full.stderr).not.toMatch(/^ +at /m);
      expect(await readArchive(reader, '2026-01.ndjson')).toBe(before);
      expect((await readdir(disk.path)).sort()).toEqual(['2026-01.ndjson', 'feeds.json', 'ledger.json']);
    });
  });
});

describe('a branch that others may write to', () => {
  const addLinks = (...names: string[]) => tamper({ add: names.map((name) => [name, '/etc/passwd', '120000']) });

  test('names no command of git by its commit', async () => {
    const operator = await remote.operator();
    await begin();
    const base = `--base=--upload-pack=touch ${join(operator, 'obeyed')};`;
    await refuses([operator, 'pull', base], 'has no commit --upload-pack');
    expect(await readdir(operator)).not.toContain('obeyed');
  });

  test('lays no link', async () => {
    await begin();
    await addLinks('2026-02.ndjson');
    const operator = await remote.operator();
    await refuses([operator, 'pull'], /^The branch "archive" has 2026-02\.ndjson as a link, .*\n$/);
    for (const name of ['2026-02.ndjson', '2026-01.ndjson'])
      await expect(readArchive(operator, name)).rejects.toThrow('ENOENT');
  });

  test('lays nothing but an archive, and says so', async () => {
    await begin();
    const ignores = async (operator: string, what: string) => {
      const { code, stderr } = await archiveHere(operator, 'pull');
      const it = what.includes(' more') ? 'them' : 'it';
      const advice = `delete ${it} on that branch, unless a newer version wrote ${it}.\n`;
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: `The branch "archive" also has ${what}. This version ignores ${it}: ${advice}`,
      });
    };
    await addLinks('::error::x');
    await ignores(await remote.operator(), '::error::x');
    await addLinks('.gitattributes', 'notes.txt', 'sub/2026-01.ndjson');
    const operator = await remote.operator();
    await ignores(operator, '.gitattributes and 3 more');
    expect(await readdir(join(operator, 'src/content/archive'))).toEqual(['2026-01.ndjson', 'feeds.json']);
    expect(await readArchive(operator, '2026-01.ndjson')).toContain('"id":"one"');
    // Nor is the folder taken for one that was changed, because it lacks them.
    expect(await archiveHere(operator, 'changed')).toMatchObject({ code: 0, stdout: 'changed=false\n' });
    expect(await archiveHere(operator, 'pull')).toMatchObject({ code: 0 });
    expect(await archiveHere(operator, 'push')).toMatchObject({ code: 0 });
    // Both commits that are joined with this folder have them.
    await writeArchive(operator, posts('one', 'two'));
    await tamper({ add: [['more.txt', 'x']] });
    await ignores(operator, '.gitattributes and 4 more');
  });

  test('keeps the files of a newer version, and no others', async () => {
    await begin();
    const texts = { 'words.json': '{}\n', 'notes.txt': 'x', 'sub/a.json': '{}' };
    const names = await Promise.all(['.', 'docs/hosts'].map((folder) => readdir(folder)));
    const ofMain = names
      .flat()
      .flatMap((name): [string, string][] => (/^\w.*\.json$/.test(name) ? [[name, '{}']] : []));
    for (const name of ['package', 'vercel']) expect(ofMain).toContainEqual([`${name}.json`, '{}']);
    await tamper({ add: [...Object.entries(texts), ...ofMain] });
    const operator = await remote.operator();
    expect(await archiveHere(operator, 'pull')).toMatchObject({ code: 0 });
    expect(await archiveHere(operator, 'push')).toMatchObject({ code: 0 });
    expect(await remote.commits()).toBe(2);
    await push(operator, posts('one', 'two'));
    expect(Object.keys(await remote.archive()).sort()).toEqual(['2026-01.ndjson', 'feeds.json', 'words.json']);
    expect(await remote.ids()).toHaveLength(2);
    expect(await archiveHere(operator, 'pull')).toMatchObject({ code: 0 });
    expect(await readdir(join(operator, 'src/content/archive'))).not.toContain('words.json');
  });

  test('changes no line end by what others wish for their files', async () => {
    const before = await readArchive(await begin(), '2026-01.ndjson');
    const wishes = '* text=auto eol=crlf\n';
    const operator = await remote.operator();
    await writeFile(join(operator, 'attributes'), wishes);
    await writeFile(join(operator, 'config'), `[core]\nattributesFile = ${join(operator, 'attributes')}\n`);
    const env = { ...inRepository(operator), GIT_CONFIG_GLOBAL: join(operator, 'config') };
    const here = (name: string) => programHere(['scripts/archive.ts', name], env);
    expect(await here('pull')).toMatchObject({ code: 0, stderr: '' });
    expect(await readArchive(operator, '2026-01.ndjson')).toBe(before);
    await tamper({ add: [['.gitattributes', wishes]] });
    expect(await here('pull')).toMatchObject({ code: 0, stderr: expect.stringMatching(/has \.gitattributes\. This/) });
    expect(await readArchive(operator, '2026-01.ndjson')).toBe(before);
    // Git obeys these in any case.
    await mkdir(join(operator, '.git/info'), { recursive: true });
    await writeFile(join(operator, '.git/info/attributes'), wishes);
    await rm(join(operator, 'src/content/archive'), { recursive: true });
    await mkdir(join(operator, 'src/content/archive'));
    const { code, stderr } = await here('pull');
    expect(code).toBe(1);
    expect(stderr).toContain('was changed by git: remove the rules of .git/info/attributes. The folder was not');
  });

  test('is not given what a link leads to', async () => {
    const operator = await begin();
    await symlink('/etc/passwd', join(operator, 'src/content/archive/2026-02.ndjson'));
    await refuses([operator, 'push'], '2026-02.ndjson is a link or a folder instead of a file');
    expect(await remote.commits()).toBe(1);
  });
});
