import { cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { reportText } from '../../scripts/snapshot/report.ts';
import { archiveFolder } from '../../src/archive/archive.ts';
import { linkTarget } from '../../src/archive/link-target.ts';
import { loadPlanet } from '../../src/archive/load-planet.ts';
import { readSite } from '../../src/data/read-site.ts';
import { aPlanet } from '../lib/a-planet.ts';
import { rss } from '../lib/feed-server.ts';
import type { Folder } from '../lib/planet.ts';
import { snapshotCommand } from '../lib/program-here.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';
import { areaFor } from '../lib/test-folder.ts';

const now = new Date('2026-02-25T06:00:00Z');

/** Beside the operator's folder: what nobody shall see. */
let outside: string;
beforeEach(async () => {
  outside = areaFor('outside');
  await writeFile(join(outside, 'secret'), 'SECRET');
});

async function withAuthor(): Promise<Folder> {
  const more = 'authors:\n  - { name: Ada, avatar: avatars/ada.svg }\n';
  const { folder } = await aPlanet({ a: rss([{ title: 'One', link: 'https://a.example/1' }]) }, { more });
  await folder.write('avatars/ada.svg', '<svg/>');
  await folder.write('pages/about.mdx', '---\ntitle: About\ndescription: x\n---\n');
  return folder;
}

const link = async (folder: Folder, name: string, to: string) => {
  await rm(join(folder.path, name), { recursive: true, force: true });
  await symlink(to, join(folder.path, name));
};
const told = async (folder: Folder) => {
  const loaded = await loadPlanet(folder.path);
  return loaded.kind === 'mistakes' ? loaded.problems.join('\n') : 'fine';
};

test.for([
  ...['planet.yaml', 'messages.yaml', 'theme.css', 'pages/about.mdx', 'slots/head.astro'].map((name) => [name, 'file']),
  ...['pages', 'public', 'slots'].map((name) => [name, 'folder']),
])('%s that is no %s is named', async ([name = '', kind]) => {
  const folder = await withAuthor();
  await rm(join(folder.path, name), { recursive: true, force: true });
  if (kind === 'file') await mkdir(join(folder.path, name), { recursive: true });
  else await folder.write(name, '');
  expect(await told(folder)).toMatch(
    new RegExp(`${name}: is a (?:file|folder), and should be a ${kind}; move it away$`),
  );
});

test('a picture that is missing, empty or a folder is named with its line', async () => {
  const folder = await withAuthor();
  const picture = join(folder.path, 'avatars/ada.svg');
  for (const make of [() => {}, () => folder.write('avatars/ada.svg', ''), () => mkdir(picture)]) {
    await rm(picture, { recursive: true, force: true });
    await make();
    expect(await told(folder)).toMatch(/planet\.yaml:\d+:\d+: .*avatar: is not a file in this folder, or is empty$/);
  }
});

describe('a link in the operator’s folder', () => {
  test.for(['avatars/ada.svg', 'theme.css', 'pages/about.mdx', 'planet.yaml'])(
    'is refused where it leads out of it, and named: %s',
    async (name) => {
      const folder = await withAuthor();
      if (name === 'planet.yaml') await cp(join(folder.path, name), join(outside, 'secret'));
      await link(folder, name, join(outside, 'secret'));
      expect(await told(folder)).toMatch(new RegExp(`${name}.*put a copy of .* in its place`));
      if (name !== 'theme.css') return;
      const ran = await snapshotCommand(folder.path);
      expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('is a link that leads out of') });
    },
  );

  test.for(['avatars', 'pages'])('is refused as a folder too: %s', async (name) => {
    const folder = await withAuthor();
    await rename(join(folder.path, name), join(outside, name));
    await link(folder, name, join(outside, name));
    expect(await told(folder)).toContain('put a copy of');
  });

  test('is refused by way of another, upwards, or in a circle', async () => {
    const folder = await withAuthor();
    await link(folder, 'avatars/more.svg', join(outside, 'secret'));
    await link(folder, 'avatars/ada.svg', 'more.svg');
    expect(await told(folder)).toContain('avatars/ada.svg');
    await link(folder, 'avatars/ada.svg', `../../${outside.split('/').at(-1)}/secret`);
    expect(await told(folder)).toContain('avatars/ada.svg');
    await link(folder, 'avatars/ada.svg', 'ada.svg');
    expect(await told(folder)).toContain('avatars/ada.svg');
  });

  test('is as good as the file where it stays inside', async () => {
    const folder = await withAuthor();
    await folder.write('pictures/real.svg', '<svg/>');
    await link(folder, 'avatars/ada.svg', '../pictures/real.svg');
    await folder.write('themes/own.css', '');
    await link(folder, 'theme.css', join(folder.path, 'themes/own.css'));
    expect(await told(folder)).toBe('fine');
  });

  test('may be the folder itself, or its archive', async () => {
    const folder = await withAuthor();
    const way = join(outside, 'way');
    await symlink(folder.path, way);
    await mkdir(join(outside, 'archive'));
    await link(folder, 'archive', join(outside, 'archive'));
    await snapshotHere(way, now);
    expect((await readSite(way, archiveFolder(way))).entries).toHaveLength(1);
    expect(await readFile(join(outside, 'archive/feeds.json'), 'utf8')).toContain('"a"');
  });
});

test.for(['2026-01.ndjson', 'feeds.json', 'held.ndjson'])(
  'a link in the archive that leads out of it stops whoever reads it, and is named: %s',
  async (name) => {
    const folder = await withAuthor();
    await snapshotHere(folder.path, now);
    const file = join(folder.path, 'archive', name);
    await writeFile(join(outside, name), await readFile(file).catch(() => ''));
    const before = await readFile(join(outside, name), 'utf8');
    await link(folder, join('archive', name), join(outside, name));
    await expect(readSite(folder.path, archiveFolder(folder.path))).rejects.toThrow(
      `${name}: is a link that leads out of`,
    );
    await folder.write('a.xml', rss([{ title: 'Two', link: 'https://a.example/2' }]));
    await expect(snapshotHere(folder.path, now)).rejects.toThrow(
      /is a link that leads out of .*; put a copy of the target in its place$/,
    );
    expect(await readFile(join(outside, name), 'utf8')).toBe(before);
  },
);

test('a feed on the disk is not read through a link either', async () => {
  const folder = await withAuthor();
  await writeFile(join(outside, 'a.xml'), rss([{ title: 'SECRET', link: 'https://a.example/1' }]));
  await link(folder, 'a.xml', join(outside, 'a.xml'));
  expect(reportText(await snapshotHere(folder.path, now))).toContain('it lies outside your folder');
});

test('a folder is not inside another because its name begins alike', async () => {
  await mkdir(join(outside, 'one'));
  await mkdir(join(outside, 'one-more'));
  expect(linkTarget(join(outside, 'one'), '../one-more')).toBe('outside');
  expect(linkTarget(join(outside, 'one'), '.')).toBe('inside');
  expect(linkTarget(join(outside, 'one'), 'nothing')).toBe('nowhere');
});
