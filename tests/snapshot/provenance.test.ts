import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBody } from '../../src/archive/read-entries.ts';
import { readSite } from '../../src/data/read-site.ts';
import { rss, serveFeeds } from '../lib/feed-server.ts';
import { aFolder, type Folder, planetYaml } from '../lib/planet.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';

const post = { title: 'Ada: Post', link: 'https://ada.example/post' };
const report = ({ path }: Folder) => snapshotHere(path, new Date('2026-02-25T06:13:20Z'));

test('a planet that follows us sends our own pages back, and they are not taken in', async () => {
  await using folder = await aFolder(planetYaml({ theirs: 'theirs.xml' }, 'idsFrom: https://first.example/\n'));
  const before = { title: 'Ada: Post', link: 'https://first.example/2026/01/23/ada-post-0123456789/' };
  const ours = { title: 'Ada: Post', link: 'https://planet.example/2026/01/23/ada-post-0123456789/' };
  const blogOnOurHost = { title: 'News', link: 'https://planet.example/2026/01/23/news/' };
  await folder.write('theirs.xml', rss([post, ours, before, blogOnOurHost]));
  await report(folder);
  expect((await folder.entries()).map(({ url }) => url)).toEqual([post.link, blogOnOurHost.link]);
});

test('our own output feed is refused with a sentence', async () => {
  await using folder = await aFolder(planetYaml({ blog: 'blog.xml', us: 'https://planet.example/rss.xml' }));
  await folder.write('blog.xml', rss([post]));
  expect((await report(folder)).feeds[1]).toMatchObject({
    outcome: 'failed',
    reason: "this is the planet's own feed, and it would follow itself; remove it from planet.yaml",
  });
});

test('feeds that are added, taken out and reordered later change no permalink and no owner', async () => {
  const feeds = { a: 'a.xml', b: 'b.xml' };
  await using folder = await aFolder(planetYaml(feeds));
  for (const name of ['a', 'b', 'c']) await folder.write(`${name}.xml`, rss([post]));
  await report(folder);
  const before = await folder.entries();
  expect(before.map(({ feed, copyOf }) => [feed, copyOf])).toEqual([
    ['a', null],
    ['b', { feed: 'a', id: post.link, why: 'order' }],
  ]);
  await folder.write('planet.yaml', planetYaml({ c: 'c.xml', b: 'b.xml' }));
  await report(folder);
  await folder.write('planet.yaml', planetYaml({ c: 'c.xml', b: 'b.xml', a: 'a.xml' }));
  await report(folder);
  const after = await folder.entries();
  expect(after.filter(({ feed }) => feed !== 'c')).toEqual(before);
  expect(after.find(({ feed }) => feed === 'c')).toMatchObject({ copyOf: { feed: 'a', why: 'first' } });
});

test.for(['paused', 'gone'])('a feed that is %s is not asked, and what was read of it stays', async (key) => {
  await using folder = await aFolder(planetYaml({ a: 'a.xml' }));
  await folder.write('a.xml', rss([post]));
  await report(folder);
  await folder.write('planet.yaml', `${planetYaml({ a: 'gone.xml' })}    ${key}: true\n`);
  expect(await report(folder)).toMatchObject({
    entries: 1,
    feeds: [{ outcome: 'unchanged', reason: `${key} in planet.yaml`, kept: 1 }],
  });
});

describe('a link blog beside the blog that it comments on', () => {
  const story = {
    title: 'The last night train',
    link: 'https://nia.example/last-train',
    html: '<p>It left at ten, and I was on it.</p>',
  };
  const remark = {
    title: 'Nia was on it',
    link: story.link,
    html: '<p>My grandfather drove that line for thirty years.</p>',
  };
  const feeds = { nia: 'nia.xml', links: 'links.xml' };
  const named = rss([story]).replace('<guid>', '<author>Nia News</author><guid>');
  const pinned = rss([remark]).replace(/<guid>.*<\/guid>/, '<guid isPermaLink="false">pin-1</guid>');

  test.for([
    ['both at once', ['nia', 'links']],
    ['the blog first', ['nia'], ['links']],
    ['the link blog first', ['links'], ['nia']],
  ] as const)('keeps its words and is not credited to its author: %s', async ([, ...runs]) => {
    await using folder = await aFolder(planetYaml(feeds));
    await folder.write('nia.xml', named);
    await folder.write('links.xml', pinned);
    const followed: Record<string, string> = {};
    for (const ids of runs) {
      for (const id of ids) followed[id] = feeds[id];
      await folder.write('planet.yaml', planetYaml(followed));
      await report(folder);
    }
    const archive = join(folder.path, 'archive');
    const { entries, recordOf } = await readSite(folder.path, archive);
    const shown = entries.map((entry) => [
      entry.feed,
      recordOf(entry).title,
      entry.credit.authors,
      entry.via,
      readBody(archive, entry.position),
    ]);
    expect(shown.sort()).toEqual([
      ['links', remark.title, [], [], remark.html],
      ['nia', story.title, ['nia-news'], [], story.html],
    ]);
  });
});

test('an author’s own feed that brings the whole an hour after a planet’s excerpt', async () => {
  const whole =
    '<p>Of all the ways to cross a country the night train is the one that I would keep.</p><p>Here is why.</p>';
  const link = 'https://mia.example/trains';
  await using server = await serveFeeds({
    '/planet.xml': rss([{ title: 'Mia Rail: On trains', link, html: 'Of all the ways to cross a country […]' }]),
    '/mia.xml': rss([{ title: 'On Trains', link, html: whole, date: 'Fri, 23 Jan 2026 09:00:00 GMT' }]).replace(
      '<guid>',
      '<author>Mia</author><guid>',
    ),
  });
  const planet = server.url('/planet.xml');
  const yaml = planetYaml({ planet }).trimEnd();
  await using folder = await aFolder(`${yaml}\n    authors: title\n`);
  const archive = join(folder.path, 'archive');
  await snapshotHere(folder.path, new Date('2026-02-25T06:00:00Z'), server.host);
  const [before] = await folder.entries();
  const more = `  - id: mia\n    title: Mia\n    url: ${server.url('/mia.xml')}\n    home: https://www.mia.example/\n`;
  await folder.write('planet.yaml', `${yaml}\n    authors: title\n${more}`);
  await snapshotHere(folder.path, new Date('2026-02-25T08:00:00Z'), server.host);
  const { path, published, id } = before ?? {};
  const { entries, recordOf } = await readSite(folder.path, archive);
  expect(entries.map((entry) => ({ ...recordOf(entry), text: readBody(archive, entry.position) }))).toMatchObject([
    {
      feed: 'mia',
      via: ['planet'],
      path,
      published,
      id,
      credit: { title: 'On Trains', authors: ['mia'] },
      text: whole,
    },
  ]);
});
