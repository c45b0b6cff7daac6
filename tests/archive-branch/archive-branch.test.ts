import { chmod, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { archiveOf, post, withLedger } from '../lib/builders.ts';
import { aRemote, archive, execute, type Remote, readArchive, writeArchive } from '../lib/git-remote.ts';
import { mayMount, tinyDisk } from '../lib/tiny-disk.ts';

let remote: Remote;
beforeAll(async () => {
  remote = await aRemote();
});
afterAll(() => remote[Symbol.asyncDispose]());
beforeEach(() => remote.git('update-ref', '-d', 'refs/heads/archive'));

/** A clone that holds the archive as the branch does, or will begin it. */
async function aClone(): Promise<string> {
  const clone = await remote.clone();
  expect(await archive(clone, 'pull')).toMatchObject({ code: 0 });
  return clone;
}

/** Begins the branch: one feed with one entry. */
async function begin(): Promise<void> {
  const clone = await aClone();
  await writeArchive(clone, archiveOf([post('one')], { a: {} }));
  expect(await archive(clone, 'push')).toMatchObject({ code: 0 });
}

describe('the branch that keeps the archive', () => {
  test('begins with the first push, grows, and is let alone where nothing changed', async () => {
    await begin();
    const clone = await aClone();
    expect(await readArchive(clone, '2026-01.ndjson')).toContain('"id":"one"');
    expect(await archive(clone, 'push')).toMatchObject({ code: 0, stdout: 'Nothing changed.\n' });
    expect(await remote.commits()).toBe(1);
    // Nothing but the archive goes there, and it is in no other branch.
    await writeArchive(
      clone,
      new Map([...archiveOf([post('one'), post('two')], { a: {} }), ['2026-01.ndjson.damaged', '']]),
    );
    await archive(clone, 'push');
    expect(await remote.commits()).toBe(2);
    expect(Object.keys(await remote.archive())).toEqual(['2026-01.ndjson', 'feeds.json']);
    expect((await execute('git', ['status', '--porcelain'], clone)).stdout).toBe('?? src/content/archive/\n');
    // Several machines begin with one commit, whatever has come since.
    const [late, first] = [await remote.clone(), await remote.git('rev-parse', 'archive~1')];
    expect(await archive(late, 'pull', '--base', first)).toMatchObject({ code: 0, stdout: `${first}\n` });
    expect(await readArchive(late, '2026-01.ndjson')).not.toContain('"id":"two"');
    expect((await archive(await remote.clone(), 'pull', '--base', '')).stdout).toMatch(/^There is no branch/);
    const unknown = '0123456789'.repeat(4);
    expect(await archive(late, 'pull', '--base', unknown)).toMatchObject({
      code: 1,
      stderr: `The branch "archive" has no commit ${unknown}.\n`,
    });
  });

  test('is never begun anew because the host did not answer', async () => {
    const clone = await remote.clone();
    for (const command of ['pull', 'push']) {
      const lost = await archive(clone, command, '--remote', join(remote.area, 'nowhere.git'));
      expect(lost).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/^git ls-remote failed: .*nowhere/),
      });
    }
  });

  test('takes no archive that has lost an entry, and overwrites nothing that it does not hold', async () => {
    await begin();
    const clone = await aClone();
    await writeArchive(clone, archiveOf([post('two')], { a: {} }));
    const { code, stderr } = await archive(clone, 'push');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^2026-01\.ndjson lacks an entry of the branch \(\["a","one"\]\); nothing was pushed\./);
    await rm(join(clone, 'src/content/archive/2026-01.ndjson'));
    expect(await archive(clone, 'push')).toMatchObject({ code: 1 });
    expect(await remote.ids()).toEqual(['one']);
    expect(await archive(clone, 'pull')).toMatchObject({ code: 1, stderr: expect.stringContaining('-- push" first') });
  });

  test('loses nothing where one is refused in the middle of its push', async () => {
    await begin();
    const [a, b] = [await aClone(), await aClone()];
    await writeArchive(a, archiveOf([post('from-a'), post('one')], { a: {} }));
    await writeArchive(b, archiveOf([post('from-b'), post('one')], { a: {} }));
    // Just before b's push goes out, a's arrives.
    const hook = join(b, '.git/hooks/pre-push');
    const first = `cd ${a} && unset GIT_DIR && exec ${process.execPath} scripts/archive.ts push`;
    await writeFile(hook, `#!/bin/sh\nrm "$0"\n${first}\n`);
    await chmod(hook, 0o755);
    expect(await archive(b, 'push')).toMatchObject({ code: 0 });
    expect(await remote.ids()).toEqual(['from-a', 'from-b', 'one']);
    expect(await remote.commits()).toBe(3);
    expect(await readArchive(b, '2026-01.ndjson')).toBe((await remote.archive())['2026-01.ndjson']);
  });

  test('loses nothing where two begin it at the same time', async () => {
    const clones = [await remote.clone(), await remote.clone()];
    for (const [index, clone] of clones.entries()) await writeArchive(clone, archiveOf([post(`${index}`)], { a: {} }));
    const done = await Promise.all(clones.map((clone) => archive(clone, 'push')));
    expect(done.map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array(2).fill({ code: 0, stderr: '' }));
    expect(await remote.ids()).toEqual(['0', '1']);
    expect(await remote.commits()).toBe(2);
  });

  test('forgets a feed that left, its history included, whoever was at work meanwhile', async () => {
    const both = [post('one'), post('theirs', { feed: 'gone' })];
    const first = await aClone();
    await writeArchive(first, archiveOf(both, { a: {}, gone: {} }, [post('waits', { feed: 'gone' })]));
    await archive(first, 'push');
    const [operator, running] = [await aClone(), await aClone()];
    await symlink(resolve('node_modules'), join(operator, 'node_modules'));
    await writeArchive(
      running,
      archiveOf([...both, post('new'), post('again', { feed: 'gone' })], { a: {}, gone: {} }),
    );
    expect(await archive(operator, 'forget', 'planet-python')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('follows "planet-python", and the next snapshot would read it again'),
    });
    expect(await archive(operator, 'forget', 'gone')).toMatchObject({ code: 0, stderr: '' });
    expect(Object.keys(await remote.archive())).toEqual(['2026-01.ndjson', 'feeds.json']);
    expect(await remote.commits()).toBe(1);
    await archive(running, 'push');
    expect(await remote.ids()).toEqual(['new', 'one']);
    expect(JSON.parse((await remote.archive())['feeds.json'] ?? '')).not.toHaveProperty('gone');
  });

  describe('with a ledger', () => {
    /** A clone whose archive a snapshot has looked at, pushed. */
    async function kept(ids: string[]): Promise<string> {
      const clone = await aClone();
      await writeArchive(
        clone,
        withLedger(
          archiveOf(
            ids.map((id) => post(id)),
            { a: {} },
          ),
        ),
      );
      expect(await archive(clone, 'push')).toMatchObject({ code: 0 });
      return clone;
    }
    const ledgerOn = async () => JSON.parse((await remote.archive())['ledger.json'] ?? '').months['2026-01'].entries;

    test('brings back what went missing here, beside what is new here', async () => {
      const clone = await kept(['one', 'two', 'three']);
      const files = archiveOf([post('four'), post('one')], { a: {} });
      await writeArchive(clone, new Map([...files].filter(([name]) => name !== 'ledger.json')));
      expect(await archive(clone, 'push')).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/nothing was pushed\. Restore it with "npm run archive -- pull", or accept/),
      });
      expect(await archive(clone, 'pull')).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/^Restored missing entries: 2 entries, 2026-01\.ndjson: \["a","t/),
      });
      expect(await archive(clone, 'push')).toMatchObject({ code: 0 });
      expect(await remote.ids()).toEqual(['four', 'one', 'three', 'two']);
      expect(await ledgerOn()).toBe(4);
    });

    test('takes no month that lost what was never on the branch', async () => {
      const clone = await kept(['one']);
      await writeArchive(
        clone,
        withLedger(
          archiveOf(
            ['one', 'two'].map((id) => post(id)),
            { a: {} },
          ),
        ),
      );
      await writeArchive(clone, archiveOf([post('one')], { a: {} }));
      expect(await archive(clone, 'push')).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^2026-01\.ndjson holds 1 of the 2 entries it should hold\./),
      });
      expect(await remote.ids()).toEqual(['one']);
    });

    test('loses what an operator has accepted to be lost, and nothing else', async () => {
      const clone = await kept(['one', 'two']);
      const other = await aClone();
      await symlink(resolve('node_modules'), join(clone, 'node_modules'));
      await writeArchive(clone, archiveOf([post('two')], { a: { entries: 2 } }));
      expect(await archive(clone, 'accept-loss', '2026-01')).toMatchObject({ code: 0, stderr: '' });
      await writeArchive(
        other,
        withLedger(
          archiveOf(
            ['new', 'one', 'two'].map((id) => post(id)),
            { a: {} },
          ),
        ),
      );
      expect(await archive(clone, 'push')).toMatchObject({ code: 0, stderr: '' });
      expect(await remote.ids()).toEqual(['two']);
      expect(await archive(other, 'push')).toMatchObject({ code: 0, stderr: '' });
      expect(await remote.ids()).toEqual(['new', 'two']);
      expect(await ledgerOn()).toBe(2);
    });

    test('that was set back is told, and a push brings back what only we have', async () => {
      const clone = await kept(['one']);
      const first = await remote.git('rev-parse', 'archive');
      await writeArchive(
        clone,
        withLedger(
          archiveOf(
            ['one', 'two'].map((id) => post(id)),
            { a: {} },
          ),
        ),
      );
      await archive(clone, 'push');
      await remote.git('update-ref', 'refs/heads/archive', first);
      expect(await archive(clone, 'pull')).toMatchObject({
        code: 1,
        stdout: '',
        stderr: `The branch "archive" was set back: it lacks 1 entry of this folder, 2026-01.ndjson: ["a","two"]. Nothing was changed. "npm run archive -- push" restores them on the branch; "npm run archive -- pull --base ${first}" accepts the branch as it is.\n`,
      });
      expect(await readArchive(clone, '2026-01.ndjson')).toContain('"id":"two"');
      expect(await archive(clone, 'push')).toMatchObject({ code: 0 });
      expect(await remote.ids()).toEqual(['one', 'two']);
      await remote.git('update-ref', 'refs/heads/archive', first);
      expect(await archive(clone, 'pull', '--base', first)).toMatchObject({ code: 0 });
      expect(await readArchive(clone, '2026-01.ndjson')).not.toContain('"id":"two"');
    });

    test.skipIf(!mayMount)('is laid whole or not at all where the disk is full', async () => {
      using disk = tinyDisk(65_536);
      const writer = await kept(['one']);
      const reader = await remote.clone();
      await mkdir(join(reader, 'src/content'), { recursive: true });
      await symlink(disk.path, join(reader, 'src/content/archive'));
      expect(await archive(reader, 'pull')).toMatchObject({ code: 0 });
      const before = await readArchive(reader, '2026-01.ndjson');
      const long = post('long', { content: `<p>${'word '.repeat(20_000)}</p>` });
      await writeArchive(writer, withLedger(archiveOf([post('one'), long], { a: {} })));
      await archive(writer, 'push');
      const full = await archive(reader, 'pull');
      expect(full.code).toBe(1);
      expect(full.stderr).not.toMatch(/^ +at /m);
      expect(await readArchive(reader, '2026-01.ndjson')).toBe(before);
      expect((await readdir(disk.path)).sort()).toEqual(['2026-01.ndjson', 'feeds.json', 'ledger.json']);
    });
  });
});

describe('a branch that others may write to', () => {
  /** Adds a file, or a link to what is not of the archive, to the branch by other means than ours. */
  async function tamper(name: string, mode: '120000' | '100644'): Promise<void> {
    const clone = await remote.clone();
    const git = async (...args: string[]) => (await execute('git', args, clone)).stdout.trim();
    await git('fetch', '--quiet', 'origin', 'archive');
    await git('read-tree', 'FETCH_HEAD');
    await writeFile(join(clone, 'target'), '/etc/passwd');
    const blob = await git('hash-object', '-w', 'target');
    await git('update-index', '--add', '--cacheinfo', `${mode},${blob},${name}`);
    const commit = await git('commit-tree', await git('write-tree'), '-p', 'FETCH_HEAD', '-m', 'Tamper');
    await git('push', '--quiet', 'origin', `${commit}:refs/heads/archive`);
  }

  test('lays no link', async () => {
    await begin();
    await tamper('2026-02.ndjson', '120000');
    const clone = await remote.clone();
    const pulled = await archive(clone, 'pull');
    expect(pulled).toMatchObject({ code: 1, stdout: '' });
    expect(pulled.stderr).toMatch(/^The branch "archive" has 2026-02\.ndjson as a link, .*\n$/);
    await expect(readArchive(clone, '2026-02.ndjson')).rejects.toThrow('ENOENT');
    await expect(readArchive(clone, '2026-01.ndjson')).rejects.toThrow('ENOENT');
  });

  test.for(['notes.txt', '.gitattributes', 'sub/2026-01.ndjson', '::error::x'])(
    'lays nothing but an archive, and says so: %s',
    async (name) => {
      await begin();
      await tamper(name, '120000');
      const clone = await remote.clone();
      const pulled = await archive(clone, 'pull');
      expect(pulled).toMatchObject({ code: 0 });
      expect(pulled.stderr).toBe(
        `The branch "archive" also has ${name}, which does not belong to an archive and was ignored.\n`,
      );
      await expect(readArchive(clone, name)).rejects.toThrow('ENOENT');
      expect(await readArchive(clone, '2026-01.ndjson')).toContain('"id":"one"');
    },
  );

  test('is not given what a link leads to', async () => {
    await begin();
    const clone = await aClone();
    await symlink('/etc/passwd', join(clone, 'src/content/archive/2026-02.ndjson'));
    const pushed = await archive(clone, 'push');
    expect(pushed).toMatchObject({ code: 1 });
    expect(pushed.stderr).toContain('2026-02.ndjson is a link or a folder instead of a file');
    expect(await remote.commits()).toBe(1);
  });
});
