import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aPlanet } from '../lib/a-planet.ts';
import { rss } from '../lib/feed-server.ts';
import type { Folder } from '../lib/planet.ts';

const story = {
  title: 'The last night train',
  link: 'https://nia.example/last-train',
  html: '<p>It left at ten, and I was on it with two suitcases and a cat.</p>',
};
const remark = {
  ...story,
  title: 'Nia was on it',
  html: '<p>My grandfather drove that line for thirty years, at night.</p>',
};
const excerpt = { ...story, title: 'Nia: The last night train', html: '<p>It left at ten, and I was […]</p>' };
const rewritten = { ...story, html: '<p>A night train went for the last time, a blog says; there was a cat too.</p>' };

/** Gives each item an id of its own, as feeds with good ids have it. */
const pinned = (xml: string, id: string) => xml.replace(/<guid>.*<\/guid>/, `<guid isPermaLink="false">${id}</guid>`);

const feeds = {
  nia: pinned(rss([story]), 'nia-1'),
  links: pinned(rss([remark]), 'links-1'),
  carrier: pinned(rss([remark]), 'carrier-1'),
  planet: pinned(rss([excerpt]), 'planet-1'),
  paper: pinned(rss([{ ...rewritten, date: 'Sat, 24 Jan 2026 08:40:00 GMT' }]), 'paper-1'),
};

const day = (day: number) => new Date(Date.UTC(2026, 1, day));

/** As the first version had it: all that share a link are copies of the first of them. */
async function joinAllAsBefore(folder: Folder): Promise<void> {
  const archive = join(folder.path, 'archive');
  const owner = (await folder.entries()).find(({ feed }) => feed === 'nia');
  for (const name of await readdir(archive)) {
    const text = await readFile(join(archive, name), 'utf8');
    const joined = (line: string) => {
      const { sameBy: _rule, ...entry } = JSON.parse(line);
      const copyOf = entry.feed === 'nia' ? null : { feed: 'nia', id: owner?.id, why: 'order' };
      return `${JSON.stringify({ ...entry, copyOf })}\n`;
    };
    const before = name.endsWith('.ndjson')
      ? text.trimEnd().split('\n').map(joined).join('')
      : text.replace(/,\s*"copiesJudged": true/g, '');
    await folder.write(`archive/${name}`, before);
  }
}

test('copies that share nothing but a link come apart once, in their places, and the others stay to the byte', async () => {
  const { folder, snapshot, site } = await aPlanet(feeds);
  await snapshot(day(1));
  await joinAllAsBefore(folder);
  const before = await folder.entries();
  expect((await site()).entries).toHaveLength(1);

  expect(await snapshot(day(2))).toMatchObject({ apart: 2 });
  const after = await folder.entries();
  const copies = Object.fromEntries(after.map(({ feed, copyOf, sameBy }) => [feed, [copyOf, sameBy]]));
  expect(copies).toMatchObject({
    nia: [null, undefined],
    links: [null, undefined],
    carrier: [{ feed: 'links', id: 'links-1', why: 'order' }, 'text'],
    planet: [{ feed: 'nia' }, undefined],
    paper: [{ feed: 'nia' }, undefined],
  });
  const places = (entries: typeof before) =>
    entries.map(({ feed, id, path, published }) => [feed, id, path, published]);
  expect(places(after)).toEqual(places(before));
  const stayed = ({ feed }: { feed?: unknown }) => feed !== 'links' && feed !== 'carrier';
  expect(after.filter(stayed)).toEqual(before.filter(stayed));

  const bytes = await folder.archive();
  await snapshot(day(3));
  expect(await folder.archive()).toEqual(bytes);
});

test('the decision whether two entries are one stays when their words change', async () => {
  const { nia, planet, links } = feeds;
  const { folder, snapshot, reads } = await aPlanet({ nia, planet, links });
  await snapshot(day(1));
  const owners = async () => (await folder.entries()).map(({ feed, copyOf }) => [feed, copyOf]);
  const before = await owners();
  const another = pinned(rss([{ ...remark, title: 'Another' }]), 'planet-1');
  const edited = { planet: another, links: pinned(rss([story]), 'links-1') };
  expect((await reads(edited, day(2))).feeds.map(({ changed }) => changed)).toEqual([0, 1, 1]);
  expect(await owners()).toEqual(before);
});

test.for([
  { lists: 'as it is now', at: 'https://nia.example/last-night-train', title: 'The last night train, again' },
  { lists: 'as it was', at: story.link, title: story.title },
])(
  'a post whose address changes in the run in which a planet first lists it, $lists, is shown once',
  async (listed) => {
    const now = { ...story, title: 'The last night train, again', link: 'https://nia.example/last-night-train' };
    const other = { ...remark, link: 'https://nia.example/grandfather' };
    const { folder, snapshot, reads } = await aPlanet({ nia: pinned(rss([story]), 'nia-1'), planet: rss([other]) });
    await snapshot(day(1));
    const copy = { ...story, link: listed.at, title: `Nia: ${listed.title}` };
    const next = { nia: pinned(rss([now]), 'nia-1'), planet: rss([copy, other]) };
    expect((await reads(next, day(2))).feeds).toMatchObject([{ changed: 1 }, { new: 1 }]);
    const stored = (await folder.entries()).find(({ title }) => title === copy.title);
    expect(stored).toMatchObject({ copyOf: { feed: 'nia', id: 'nia-1', why: 'first' }, sameBy: 'text' });
  },
);
