import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { examineAvatars } from '../../scripts/commands/lib/doctor-archive.ts';
import { readAvatars } from '../../src/archive/read-avatars.ts';
import { rss, serveFeeds } from '../lib/feed-server.ts';
import { aPicture } from '../lib/pictures.ts';
import { aFolder, planetYaml } from '../lib/planet.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';

test('the doctor says of pictures what is kept, missing, damaged, left over, and could not be fetched', async () => {
  await using server = await serveFeeds({
    '/0.png': await aPicture(),
    '/1.png': await aPicture('png', { colour: '#123456' }),
    '/2.png': await aPicture('png', { colour: '#654321' }),
  });
  const feeds = ['a', 'b', 'c', 'd'];
  for (const [index, feed] of feeds.entries())
    server.answers[`/${feed}`] = rss([{ title: feed, link: `https://${feed}.example/1` }]).replace(
      '<channel>',
      `<channel><image><url>${server.url(`/${index}.png`)}</url></image>`,
    );
  await using folder = await aFolder(
    planetYaml(Object.fromEntries(feeds.map((feed) => [feed, server.url(`/${feed}`)]))),
  );
  const archive = join(folder.path, 'archive');
  expect(await examineAvatars(archive)).toEqual([]);
  await snapshotHere(folder.path, new Date('2026-01-26T08:00:00Z'), server.host);
  const problem = `1 picture could not be fetched, for example of d: ${server.url('/3.png')}: the server answers 404.`;
  const told = async () => (await examineAvatars(archive)).map(({ level, says }) => `${level}: ${says}`);
  expect(await told()).toEqual(['ok: 3 pictures of feeds and authors are kept.', `ok: ${problem}`]);
  const [a, b] = (await readAvatars(archive)).map(({ hash }) => hash);
  await rm(join(archive, `avatars/${a}.48.webp`));
  await writeFile(join(archive, `avatars/${b}.96.webp`), 'x');
  await writeFile(join(archive, 'avatars/notes.txt'), 'x');
  expect(await told()).toEqual([
    'ok: 2 pictures of feeds and authors are kept.',
    `warning: avatars/${b}.*.webp is damaged. Remove both files; the next snapshot fetches them again.`,
    'ok: 1 picture is missing; the next snapshot fetches them again.',
    'ok: 1 unused file in avatars/ can be removed.',
    `ok: ${problem}`,
  ]);
});
