import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBody } from '../../src/archive/read-entries.ts';
import { aPlanet, aServedPlanet } from '../lib/a-planet.ts';
import { rss } from '../lib/feed-server.ts';
import { planetYaml } from '../lib/planet.ts';

const post = { title: 'Ada: Post', link: 'https://ada.example/post' };

test('a planet that follows us sends our own pages back, and they are not taken in', async () => {
  const before = { title: 'Ada: Post', link: 'https://first.example/2026/01/23/ada-post-0123456789/' };
  const ours = { title: 'Ada: Post', link: 'https://planet.example/2026/01/23/ada-post-0123456789/' };
  const blogOnOurHost = { title: 'News', link: 'https://planet.example/2026/01/23/news/' };
  const theirs = rss([post, ours, before, blogOnOurHost]);
  const { folder, snapshot } = await aPlanet({ theirs }, { more: 'idsFrom: https://first.example/\n' });
  await snapshot();
  expect((await folder.entries()).map(({ url }) => url)).toEqual([post.link, blogOnOurHost.link]);
});

test('our own output feed is refused with a sentence', async () => {
  const { folder, snapshot } = await aPlanet({ blog: rss([post]) });
  await folder.write('planet.yaml', planetYaml({ blog: 'blog.xml', us: 'https://planet.example/rss.xml' }));
  expect((await snapshot()).feeds[1]).toMatchObject({
    outcome: 'failed',
    reason: "this is the planet's own feed, and it would follow itself; remove it from planet.yaml",
  });
});

test('feeds that are added, taken out and reordered later change no permalink and no owner', async () => {
  const { folder, snapshot, reads } = await aPlanet({ a: rss([post]), b: rss([post]) });
  await snapshot();
  const before = await folder.entries();
  expect(before.map(({ feed, copyOf }) => [feed, copyOf])).toEqual([
    ['a', null],
    ['b', { feed: 'a', id: post.link, why: 'order' }],
  ]);
  await folder.write('planet.yaml', planetYaml({ c: 'c.xml', b: 'b.xml' }));
  await reads({ c: rss([post]) });
  await folder.write('planet.yaml', planetYaml({ c: 'c.xml', b: 'b.xml', a: 'a.xml' }));
  await snapshot();
  const after = await folder.entries();
  expect(after.filter(({ feed }) => feed !== 'c')).toEqual(before);
  expect(after.find(({ feed }) => feed === 'c')).toMatchObject({ copyOf: { feed: 'a', why: 'first' } });
});

test.for(['paused', 'gone'])('a feed that is %s is not asked, and what was read of it stays', async (key) => {
  const { folder, snapshot } = await aPlanet({ a: rss([post]) });
  await snapshot();
  await folder.write('planet.yaml', `${planetYaml({ a: 'gone.xml' })}    ${key}: true\n`);
  expect(await snapshot()).toMatchObject({
    entries: 1,
    feeds: [{ outcome: 'unchanged', reason: `${key} in planet.yaml`, kept: 1 }],
  });
});

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
] as const)(
  'a link blog beside the blog that it comments on keeps its words and is not credited to its author: %s',
  async ([, ...runs]) => {
    const { folder, snapshot, site } = await aPlanet({ nia: named, links: pinned });
    const followed: Record<string, string> = {};
    for (const ids of runs) {
      for (const id of ids) followed[id] = feeds[id];
      await folder.write('planet.yaml', planetYaml(followed));
      await snapshot();
    }
    const { entries, recordOf } = await site();
    const shown = entries.map((entry) => [
      entry.feed,
      recordOf(entry).title,
      entry.credit.authors,
      entry.via,
      readBody(join(folder.path, 'archive'), entry.position),
    ]);
    expect(shown.sort()).toEqual([
      ['links', remark.title, [], [], remark.html],
      ['nia', story.title, ['nia-news'], [], story.html],
    ]);
  },
);

test('an author’s own feed that brings the whole an hour after a planet’s excerpt', async () => {
  const whole =
    '<p>Of all the ways to cross a country the night train is the one that I would keep.</p><p>Here is why.</p>';
  const link = 'https://mia.example/trains';
  const answers = {
    '/planet.xml': rss([{ title: 'Mia Rail: On trains', link, html: 'Of all the ways to cross a country […]' }]),
    '/mia.xml': rss([{ title: 'On Trains', link, html: whole, date: 'Fri, 23 Jan 2026 09:00:00 GMT' }]).replace(
      '<guid>',
      '<author>Mia</author><guid>',
    ),
  };
  const { server, folder, snapshot, yaml, site } = await aServedPlanet(answers, (url) =>
    planetYaml({ planet: url('/planet.xml') }).concat('    authors: title\n'),
  );
  await snapshot('2026-02-25T06:00:00Z');
  const [before] = await folder.entries();
  const more = `  - id: mia\n    title: Mia\n    url: ${server.url('/mia.xml')}\n    home: https://www.mia.example/\n`;
  await folder.write('planet.yaml', (await yaml()) + more);
  await snapshot('2026-02-25T08:00:00Z');
  const { path, published, id } = before ?? {};
  const { entries, recordOf } = await site();
  const archive = join(folder.path, 'archive');
  expect(entries.map((entry) => ({ ...recordOf(entry), text: readBody(archive, entry.position) }))).toMatchObject([
    {
      ...{ feed: 'mia', via: ['planet'], path, published, id, text: whole },
      credit: { title: 'On Trains', authors: ['mia'] },
    },
  ]);
});
