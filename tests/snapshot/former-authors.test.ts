import { describe, expect, test } from 'vitest';
import { withRenamedAuthors } from '../../scripts/snapshot/former-authors.ts';
import type { Entry } from '../../src/core/entry.ts';
import { type FeedState, newFeedState } from '../../src/core/feed-state.ts';
import { aPlanet } from '../lib/a-planet.ts';
import { aFeed, anEntry } from '../lib/builders.ts';
import { rss } from '../lib/feed-server.ts';

describe('the former name of an author', () => {
  const seen = '2026-01-01T00:00:00Z';
  const by = (id: number, ...names: string[]): Entry =>
    anEntry({ id: String(id), authors: names.map((name) => ({ name })), firstSeen: `2026-01-0${id}T00:00:00Z` });
  const former = (
    before: readonly Entry[],
    changed: readonly Entry[],
    { newEntries = [], known = {} }: { newEntries?: Entry[]; known?: FeedState['formerAuthors'] } = {},
  ) => {
    const states = { a: { ...newFeedState('feeds/a.xml'), formerAuthors: known } };
    return withRenamedAuthors(states, before, { changed, newEntries }, [aFeed()])['a']?.formerAuthors;
  };
  const jane = [by(1, 'Jane Miller'), by(2, 'Jane Miller')];

  test('leads to the new one, from the first sight of the oldest entry', () => {
    expect(former(jane, [by(1, 'Jane Smith'), by(2, 'Jane Smith')])).toEqual({
      'Jane Miller': { now: 'Jane Smith', firstSeen: seen },
    });
  });

  test('leads to the name that most entries got', () => {
    const before = [...jane, by(3, 'Jane Miller')];
    expect(former(before, [by(1, 'J. Smith'), by(2, 'Jane Smith'), by(3, 'Jane Smith')])).toMatchObject({
      'Jane Miller': { now: 'Jane Smith' },
    });
  });

  test.for([
    ['one was split', ['Ann with Bob'], ['Ann', 'Bob'], { 'Ann with Bob': 'Ann' }],
    ['two became one', ['Ann', 'Bob'], ['Ann with Bob'], { Ann: 'Ann with Bob', Bob: 'Ann with Bob' }],
    ['its parts end in signs', ['Ash, C., Lee (now)'], ['Ash, C.', 'Lee (now)'], { 'Ash, C., Lee (now)': 'Ash, C.' }],
    ['its word for "and" was mended', ['Roe and Co'], ['Roe und Co'], { 'Roe and Co': 'Roe und Co' }],
    ['the other stayed', ['Ann with Bob', 'Cid'], ['Ann', 'Bob', 'Cid'], { 'Ann with Bob': 'Ann' }],
  ] as const)('leads to the new one where %s', ([, was, is, leads]) => {
    const found = Object.entries(former([by(1, ...was)], [by(1, ...is)]) ?? {}).map(([name, { now }]) => [name, now]);
    expect(Object.fromEntries(found)).toEqual(leads);
  });

  test.for([
    ['an entry still has it', jane, [by(1, 'Jane Smith')], []],
    ['a new entry has it', jane, [by(1, 'Jane Smith'), by(2, 'Jane Smith')], [by(3, 'Jane Miller')]],
    ['two changed at once', [by(1, 'Ada', 'Bob')], [by(1, 'Cid', 'Dan')], []],
    ['it became others', [by(1, 'Eva Fox')], [by(1, 'Zed One', 'Yan Two')], []],
    ['persons became a group', [by(1, 'Ann', 'Bob')], [by(1, 'Staff')], []],
    ['a second author was added', [by(1, 'Ada')], [by(1, 'Ada', 'Bob')], []],
    ['it is spelled in other letters', [by(1, 'ada')], [by(1, 'Ada')], []],
  ] as const)('is none while %s', ([, before, changed, newEntries]) =>
    expect(former(before, changed, { newEntries: [...newEntries] })).toEqual({}),
  );

  test('keeps its first sight, and is none any more when it is in use again', () => {
    const known = { Bob: { now: 'Ada', firstSeen: '2025-01-01T00:00:00Z' }, Cid: { now: 'Ada', firstSeen: seen } };
    expect(former([by(1, 'Bob'), by(2, 'Cid')], [by(1, 'Dan')], { known })).toEqual({
      Bob: { now: 'Dan', firstSeen: '2025-01-01T00:00:00Z' },
    });
  });

  test('is one of the last fifty', () => {
    const known = Object.fromEntries(
      Array.from({ length: 50 }, (_, at) => [`Name ${at}`, { now: 'Ada', firstSeen: seen }]),
    );
    const names = Object.keys(former([by(1, 'Name 1')], [by(1, 'Dan')], { known }) ?? {});
    expect([names.length, names[0], names.at(-1)]).toEqual([50, 'Name 0', 'Name 1']);
    const joint = former([by(1, 'Ann Lee and Bob Ray')], [by(1, 'Ann Lee', 'Bob Ray')], { known });
    expect(Object.keys(joint ?? {})).toEqual(Object.keys(known));
    expect(Object.keys(former([by(1, 'Bob')], [by(1, 'Dan')], { known }) ?? {})).toEqual([
      ...Object.keys(known).slice(1),
      'Bob',
    ]);
  });
});

// https://github.com/python/planet/issues/538, https://github.com/hober/planet.emacsen.org/pull/15
test.for([
  ['is read', rss([{ title: 'One', link: 'https://t.example/1' }])],
  ['fails', 'no feed'],
] as const)(
  'an author who has the name of a feed keeps the old address when the operator renames the feed, which %s',
  async ([, last]) => {
    const posts = { a: rss([{ title: 'One', link: 'https://t.example/1' }]) };
    const planet = await aPlanet(posts, { last: 'authors: feed' });
    const renamed = async (title: string) => {
      await planet.folder.write('planet.yaml', (await planet.yaml()).replace(/title: Feed .*/, `title: Feed ${title}`));
      await planet.snapshot();
      const [author, ...others] = (await planet.site()).authors;
      expect(others).toEqual([]);
      return [author?.name, author?.slug, ...(author?.formerly ?? [])];
    };
    expect(await renamed('a')).toEqual(['Feed a', 'feed-a']);
    const archive = await planet.folder.archive();
    expect(await renamed('a')).toEqual(['Feed a', 'feed-a']);
    expect(await planet.folder.archive()).toEqual(archive);
    await planet.folder.write('a.xml', last);
    expect(await renamed('b')).toEqual(['Feed b', 'feed-b', 'feed-a']);
    expect(await renamed('c')).toEqual(['Feed c', 'feed-c', 'feed-a', 'feed-b']);
    expect(await renamed('a')).toEqual(['Feed a', 'feed-a', 'feed-b', 'feed-c']);
    expect((await planet.states()).a.creditedTo).toBe('Feed a');
    await planet.folder.write('planet.yaml', (await planet.yaml()).replace('authors: feed', 'authors: entry'));
    await planet.snapshot();
    expect((await planet.states()).a).not.toHaveProperty('creditedTo');
  },
);
