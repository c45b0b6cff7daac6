import { hash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isArchiveFile, joinAvatars, namedPictures } from '../../scripts/archive-branch/archive-lines.ts';
import { avatarsText, storedFile } from '../../src/core/avatar-files.ts';
import { archiveOf, post } from '../lib/builders.ts';
import { aRemote, inRepository, type Remote, writeArchive } from '../lib/git-remote.ts';
import { hashes, planetYaml } from '../lib/planet.ts';
import { archiveHere, programHere, refuses } from '../lib/program-here.ts';

const row = (feed: string | null, sign: string | null, more = {}) => ({
  feed,
  author: feed === null ? 'ada' : null,
  hash: sign === null ? null : hash('sha256', sign).slice(0, 20),
  ...more,
});
const nameOf = (sign: string) => `avatars/${storedFile(row('x', sign).hash ?? '', 96)}`;

describe('the branch', () => {
  let remote: Remote;
  beforeAll(async () => {
    remote = await aRemote();
  });
  afterAll(() => remote[Symbol.asyncDispose]());
  beforeEach(() => remote.setBranch(null));

  const folderOf = (clone: string) => join(clone, 'src/content/archive');

  /** An archive of these feeds, each with an entry and a picture, beside what lies there already. */
  async function write(clone: string, feeds: Record<string, string>): Promise<void> {
    const posts = Object.keys(feeds).map((feed) => post(`of-${feed}`, { feed }));
    const states = Object.fromEntries(Object.keys(feeds).map((feed) => [feed, {}]));
    const rows = Object.entries(feeds).map(([feed, sign]) => row(feed, sign));
    await writeArchive(clone, new Map([...archiveOf(posts, states), ['avatars.json', avatarsText(rows)]]));
    await mkdir(join(folderOf(clone), 'avatars'), { recursive: true });
    for (const { hash: name } of rows) {
      // No text has such bytes.
      const bytes = Buffer.concat([Buffer.from('\r\n\0\xff\xfe', 'latin1'), randomBytes(64)]);
      for (const size of [48, 96] as const)
        await writeFile(join(folderOf(clone), 'avatars', storedFile(name ?? '', size)), bytes);
    }
  }
  const aClone = async () => {
    const clone = await remote.operator();
    expect(await archiveHere(clone, 'pull')).toMatchObject({ code: 0 });
    return clone;
  };
  const pushed = async (clone: string) => expect(await archiveHere(clone, 'push')).toMatchObject({ code: 0 });

  test('carries pictures byte for byte, takes what replaces them, and nothing else that lies beside them', async () => {
    const clone = await aClone();
    await write(clone, { a: '1' });
    await pushed(clone);
    const whole = await hashes(folderOf(clone));
    for (const name of ['notes.txt', 'x.96.webp', `${'0'.repeat(20)}.96.webp.123`])
      await writeFile(join(folderOf(clone), 'avatars', name), 'x');
    expect(await archiveHere(clone, 'push')).toMatchObject({ code: 0, stdout: 'Nothing changed.\n' });
    const other = await aClone();
    expect(await hashes(folderOf(other))).toEqual(whole);
    await rm(join(folderOf(other), 'avatars'), { recursive: true });
    await write(other, { a: '2' });
    await pushed(other);
    const third = await aClone();
    expect(await hashes(folderOf(third))).toEqual(await hashes(folderOf(other)));
    expect(await readdir(join(folderOf(third), 'avatars'))).toHaveLength(2);
  });

  test.skipIf(process.platform === 'win32')('works where a command line has at most 32,767 characters', async () => {
    const clone = await aClone();
    await write(clone, Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`f${index}`, `${index}`])));
    const bin = join(remote.area, 'bin');
    await mkdir(bin);
    const git = `#!/bin/sh\n[ "$(printf %s "$*" | wc -c)" -lt 32768 ] || exit 126\nPATH="\${PATH#*:}"\nexec git "$@"\n`;
    await writeFile(join(bin, 'git'), git, { mode: 0o755 });
    const env = { ...inRepository(clone), PATH: `${bin}:${process.env.PATH}` };
    const run = (name: string) => programHere(['scripts/archive.ts', name], env);
    expect(await run('push')).toMatchObject({ code: 0, stderr: '' });
    const whole = await hashes(folderOf(clone));
    await rm(folderOf(clone), { recursive: true });
    expect(await run('pull')).toMatchObject({ code: 0, stderr: '' });
    expect(await hashes(folderOf(clone))).toEqual(whole);
  });

  test('joins what two have found meanwhile', async () => {
    const first = await aClone();
    await write(first, { a: '1', b: '2' });
    await pushed(first);
    const [one, two] = [await aClone(), await aClone()];
    await write(one, { a: '3', b: '2' });
    await write(two, { a: '1', b: '2', c: '4' });
    const bytes = await readFile(join(folderOf(one), nameOf('3')));
    await pushed(one);
    await pushed(two);
    const last = await aClone();
    expect(await readFile(join(folderOf(last), 'avatars.json'), 'utf8')).toBe(
      avatarsText([row('a', '3'), row('b', '2'), row('c', '4')]),
    );
    expect(await readFile(join(folderOf(last), nameOf('3')))).toEqual(bytes);
    expect(await readdir(join(folderOf(last), 'avatars'))).toHaveLength(6);
  });

  test('forgets a feed’s picture with the feed', async () => {
    const clone = await aClone();
    await write(clone, { a: '1', gone: '2', twin: '1' });
    await writeFile(join(clone, 'src/content/planet.yaml'), planetYaml({ a: 'https://a.example/' }));
    await pushed(clone);
    expect(await archiveHere(clone, 'forget', 'gone')).toMatchObject({ code: 0 });
    const last = await aClone();
    expect(await hashes(folderOf(last))).toEqual(await hashes(folderOf(clone)));
    expect((await readdir(join(folderOf(last), 'avatars'))).map((name) => `avatars/${name}`)).toContain(nameOf('1'));
    expect(await readdir(join(folderOf(last), 'avatars'))).toHaveLength(2);
    expect(await readFile(join(folderOf(last), 'avatars.json'), 'utf8')).not.toContain('gone');
  });

  test('takes no link for a picture, or for their folder', async () => {
    const clone = await aClone();
    await write(clone, { a: '1' });
    await pushed(clone);
    await rm(join(folderOf(clone), nameOf('1')));
    await symlink('/etc/hostname', join(folderOf(clone), nameOf('1')));
    await refuses([clone, 'push'], /\.96\.webp is a link or a folder instead of a file/);
    await rename(join(folderOf(clone), 'avatars'), join(clone, 'elsewhere'));
    await symlink(join(clone, 'elsewhere'), join(folderOf(clone), 'avatars'));
    for (const command of ['push', 'pull'])
      await refuses([clone, command], /avatars is a link or a file instead of a folder/);
  });
});

test('a picture of the archive is known by its name alone', () => {
  const names = ['avatars/', '', '../', 'avatars/../'].map((folder) => `${folder}${'a'.repeat(20)}.96.webp`);
  expect(names.filter(isArchiveFile)).toEqual([names[0]]);
  const others = [
    'avatars',
    'avatars/x.svg',
    `avatars/${'a'.repeat(20)}.96.webp.1`,
    `avatars/${'A'.repeat(20)}.48.webp`,
  ];
  expect(others.filter(isArchiveFile)).toEqual([]);
});

describe('two lists of pictures are joined', () => {
  test.for([
    { when: 'only ours changed', base: [row('a', '1')], theirs: [row('a', '1')], ours: [row('a', '2')], is: '2' },
    { when: 'only theirs changed', base: [row('a', '1')], theirs: [row('a', '2')], ours: [row('a', '1')], is: '2' },
    { when: 'both changed', base: [row('a', '1')], theirs: [row('a', '2')], ours: [row('a', '3')], is: '2' },
    { when: 'ours is new', base: [], theirs: [], ours: [row('a', '1')], is: '1' },
    { when: 'we took it away', base: [row('a', '1')], theirs: [row('a', '1')], ours: [], is: null },
    { when: 'they took it away', base: [row('a', '1')], theirs: [], ours: [row('a', '1')], is: null },
  ])('where $when', ({ base, theirs, ours, is }) => {
    const joined = joinAvatars(avatarsText(base), avatarsText(theirs), avatarsText(ours), () => true);
    expect(joined).toBe(avatarsText(is === null ? [] : [row('a', is)]));
  });

  test('a feed that was forgotten has none; a list that is damaged costs the other nothing', () => {
    const [one, two] = [avatarsText([row('a', '1'), row(null, '2')]), '[{"feed":"a"},\n'];
    expect(joinAvatars(undefined, one, undefined, () => false)).toBe(avatarsText([row(null, '2')]));
    expect(joinAvatars(two, one, two, () => true)).toBe(one);
  });

  test('no list names a file elsewhere', () => {
    expect(namedPictures(avatarsText([row('a', null, { hash: '../../../etc/passwd' }), row('b', null)]))).toEqual([]);
  });
});
