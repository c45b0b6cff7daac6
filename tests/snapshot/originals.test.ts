import { describe, expect, test } from 'vitest';
import { judgeCopies, withOriginals } from '../../scripts/snapshot/originals.ts';
import type { Entry } from '../../src/core/entry.ts';
import { type FeedStates, newFeedState } from '../../src/core/feed-state.ts';
import type { AuthorConfig, FeedConfig } from '../../src/core/planet.ts';
import { aFeed, anEntry } from '../lib/builders.ts';

const url = 'https://ada.example/post';
const later = '2026-01-24T10:00:00Z';
const followed = (id: string, over: Partial<FeedConfig> = {}) =>
  aFeed({ id, title: id, url: `https://${id}.example/rss.xml`, ...over });
const community = followed('community', { authors: 'title' });
const [aggregator, copier] = [followed('aggregator'), followed('copier')];
/** Ada's own, on a host of its own; known to be hers only because another route says so. */
const own = followed('own', { url: 'https://feeds.example/ada.xml' });
const site = followed('site', { url: 'https://feeds.example/2.xml', home: 'https://ada.example/' });
const notes = followed('notes', { home: 'https://notes.example/' });

const by = (feed: FeedConfig, over: Partial<Entry> = {}) =>
  anEntry({ feed: feed.id, id: `${feed.id}:1`, url, ...over });
/** As a planet carries it that says where it took it from. */
const byCommunity = by(community, { title: 'Ada: Post', source: { feedUrl: 'https://feeds.example/ada.xml' } });

/** Whose copy each is; itself where it is nobody's. */
function decide(entries: Entry[], feeds: FeedConfig[], held: Entry[] = [], authors: AuthorConfig[] = []) {
  const decided = withOriginals(entries, held, { feeds, authors });
  const why = ({ copyOf }: Entry) => (copyOf === null ? 'owner' : `${copyOf.feed}: ${copyOf.why}`);
  return Object.fromEntries(decided.map((entry) => [entry.feed, why(entry)]));
}

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((item, index) => permutations(list.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

describe('brought by several feeds in one run, an entry is owned by', () => {
  const feeds = [copier, community, aggregator, own, site];
  test.for<[who: string, routes: Entry[], owner: string, why: string]>([
    ['the author’s own feed, which another names', [byCommunity, by(own), by(aggregator), by(copier)], 'own', 'author'],
    ['the author’s own feed before that of the site', [byCommunity, by(own), by(site)], 'own', 'author'],
    ['the feed whose site hosts the link', [by(community), by(site), by(copier)], 'site', 'site'],
    ['the feed that stands first in planet.yaml', [by(community), by(aggregator)], 'community', 'order'],
  ])('%s, whichever is read first', ([, routes, owner, why]) => {
    const gives = routes.map(({ feed }) => [feed, feed === owner ? 'owner' : `${owner}: ${why}`]);
    for (const order of permutations(routes)) expect(decide(order, feeds)).toEqual(Object.fromEntries(gives));
  });

  test('another order of planet.yaml, where nothing else decides', () => {
    const gives = { community: 'aggregator: order', aggregator: 'owner' };
    expect(decide([by(community), by(aggregator)], [aggregator, community])).toEqual(gives);
  });

  test('the feed at the home that planet.yaml gives the author', () => {
    const ada = { name: 'Ada', aliases: [], home: 'https://notes.example/' };
    const routes = [by(community, { title: 'Ada: Post' }), by(notes)];
    expect(decide(routes, [community, notes], [], [ada])).toEqual({ community: 'notes: author', notes: 'owner' });
  });
});

describe('entries of the archive', () => {
  const held = by(aggregator);
  test('stays the owner, whoever brings it later', () => {
    const gives = Object.fromEntries(['community', 'own', 'site'].map((id) => [id, 'aggregator: first']));
    const later = [byCommunity, by(own), by(site)];
    expect(decide(later, [community, own, site, aggregator], [held])).toEqual(gives);
  });

  test('stays the owner when its feed has left planet.yaml', () => {
    const source = { feedUrl: aggregator.url };
    expect(decide([by(community, { source })], [community], [held])).toEqual({ community: 'aggregator: first' });
  });

  test('is known by what its copies are known by', () => {
    const copyOf = { feed: 'aggregator', id: 'aggregator:1', why: 'first' } as const;
    const copy = by(community, { id: 'tag:ada.example,2026:1', copyOf });
    const third = by(own, { id: 'tag:ada.example,2026:1', url: null });
    expect(decide([third], [own], [held, copy])).toEqual({ own: 'aggregator: first' });
  });
});

describe('of two entries that it may be a copy of', () => {
  const page = 'https://notes.example/1';
  const feeds = [copier, aggregator, community, notes];
  const copy = by(copier, { id: page });

  test('a stored one comes before a new one', () => {
    const held = by(aggregator);
    const both = [copy, by(notes, { url: page })];
    expect(decide(both, feeds, [held])).toEqual({ copier: 'aggregator: first', notes: 'owner' });
  });

  test('one with its text comes before one with its title', () => {
    const titled = by(community, { url: page, content: '', summary: '' });
    for (const held of permutations([by(aggregator), titled]))
      expect(decide([copy], feeds, held)).toEqual({ copier: 'aggregator: first' });
  });

  test('a copy names its original, and not itself', () => {
    const copyOf = { feed: 'community', id: 'community:1', why: 'first' } as const;
    const held = [by(community, { url: 'https://community.example/1' }), by(aggregator, { copyOf, sameBy: 'text' })];
    expect(decide([by(copier)], feeds, held)).toEqual({ copier: 'community: first' });
    expect(decide([by(community, { id: 'community:2' })], feeds, held)).toEqual({ community: 'owner' });
    const both = [by(copier), by(aggregator, { id: 'aggregator:2' })];
    expect(decide(both, feeds, held)).toEqual({ copier: 'community: first', aggregator: 'community: first' });
  });
});

describe('a copy whose original is forgotten', () => {
  const copy = by(community, { copyOf: { feed: 'site', id: 'site:1', why: 'site' } });
  test('stands for it, so that a later copy joins it', () => {
    expect(decide([by(copier)], [community, copier], [copy])).toEqual({ copier: 'site: first' });
  });

  test('gives way to it when it comes back', () => {
    expect(decide([by(site)], [community, site], [copy])).toEqual({ site: 'owner' });
  });
});

describe('a copy that an earlier version merged by its link alone', () => {
  const feeds = [aggregator, community, copier];
  const copyOf = { feed: 'aggregator', id: 'aggregator:1', why: 'first' } as const;
  const original = by(aggregator, { title: 'Low water', content: '<p>The stairs at the quay are dry.</p>' });
  const remark = { title: 'On stairs', content: '<p>My aunt counted them twice in spring.</p>', published: later };
  const merged = by(copier, { ...remark, copyOf });
  const stateOf = ({ url }: FeedConfig, copiesJudged = false) => ({ ...newFeedState(url), copiesJudged });
  const states = { aggregator: stateOf(aggregator), community: stateOf(community), copier: stateOf(copier) };
  const record = (entry: Entry) => ({ ...entry, read: () => entry });
  const judge = (entries: Entry[], read: FeedConfig[] = feeds, known: FeedStates = states) =>
    judgeCopies(entries.map(record), read, known, { feeds, authors: [] });

  test('becomes an entry of its own, once', () => {
    const { separated, next } = judge([original, merged]);
    expect(separated).toMatchObject([{ id: 'copier:1', copyOf: null }]);
    expect(Object.values(next).map(({ copiesJudged }) => copiesJudged)).toEqual([true, true, true]);
    expect(judge([original, merged], feeds, next)).toEqual({ separated: [], next });
  });

  test('waits for a run that reads its feed', () => {
    const { separated, next } = judge([original, merged], [aggregator]);
    expect([separated, next['aggregator']?.copiesJudged, next['copier']?.copiesJudged]).toEqual([[], true, false]);
    expect(judge([]).next).toBe(states);
  });

  test.for<[when: string, ...entries: Entry[]]>([
    ['this version decided it', original, { ...merged, sameBy: 'text' }],
    ['its original is gone', merged],
    ['the texts agree', original, { ...merged, content: original.content }],
  ])('stays one where %s', ([, ...entries]) => {
    expect(judge(entries).separated).toEqual([]);
  });

  test('is the original of a later one with its text', () => {
    const early = by(community, { ...remark, copyOf, firstSeen: '2026-01-02T00:00:00Z' });
    const late = { ...merged, firstSeen: '2026-01-03T00:00:00Z' };
    expect(judge([late, early, original]).separated).toMatchObject([
      { feed: 'community', copyOf: null },
      { feed: 'copier', copyOf: { feed: 'community', id: 'community:1', why: 'first' } },
    ]);
  });
});

describe('a feed that copies another’s links and ids', () => {
  test('owns nothing that came before, whatever it says of itself', () => {
    const authors = [{ name: 'Ada', url: 'https://copier.example/rss.xml' }];
    const boast = { source: { feedUrl: copier.url }, authors };
    expect(decide([by(copier, boast)], [copier, community], [by(community)])).toEqual({ copier: 'community: first' });
  });

  test('has no better right for what it says of itself', () => {
    const boast = by(copier, { source: { feedUrl: copier.url, url: 'https://copier.example/' } });
    const gives = { copier: 'community: order', community: 'owner' };
    expect(decide([boast, by(community)], [community, copier])).toEqual(gives);
  });
});

test('two entries of one feed are never copies of each other', () => {
  const two = [by(community, { id: '1' }), by(community, { id: '2' })];
  expect(withOriginals(two, [], { feeds: [community], authors: [] }).map(({ copyOf }) => copyOf)).toEqual([null, null]);
});

test('the same title alone makes nothing the same', () => {
  const feeds = [community, aggregator];
  const both = feeds.map((feed) => by(feed, { title: 'Hello', url: `https://${feed.id}.example/1` }));
  expect(decide(both, feeds)).toEqual({ community: 'owner', aggregator: 'owner' });
});

test('ten thousand new entries are decided in their stride', () => {
  const entryOf = (i: number) => by(i % 2 ? community : aggregator, { id: `${i}`, url: `https://a.example/${i >> 1}` });
  const many = Array.from({ length: 10_000 }, (_, i) => entryOf(i));
  const decided = withOriginals(many, [], { feeds: [community, aggregator], authors: [] });
  expect(decided.filter(({ copyOf }) => copyOf !== null)).toHaveLength(5_000);
});

test('only the texts of a few among hundreds of entries with one link and one second are read', () => {
  let reads = 0;
  const stored = Array.from({ length: 200 }, (_, index) => {
    const content = `<p>Words of post ${index} only.</p>`;
    const entry = by(own, { id: `own:${index}`, title: `Post ${index}`, content });
    const { feed, id, path, copyOf } = entry;
    const read = () => {
      reads += 1;
      return entry;
    };
    return { feed, id, path, url, copyOf, read };
  });
  expect(withOriginals([by(copier)], stored, { feeds: [own, copier], authors: [] })).toMatchObject([{ copyOf: null }]);
  // Once for its title and date.
  expect(reads).toBeLessThan(200 + 20);
});

test('the newest of a thousand episodes with one link are compared', () => {
  const episode = (feed: FeedConfig, index: number) => {
    const published = `${new Date(Date.UTC(2020, 0, 1 + index, 8, 30, 7)).toISOString().slice(0, 19)}Z`;
    return by(feed, { id: `${feed.id}:${index}`, title: `Episode ${index}`, published });
  };
  const stored = Array.from({ length: 1_100 }, (_, index) => {
    const entry = episode(own, index);
    return { ...entry, url, copyOf: null, read: () => entry };
  });
  const decided = withOriginals([episode(copier, 1_099)], stored, { feeds: [own, copier], authors: [] });
  expect(decided).toMatchObject([{ copyOf: { feed: 'own', id: 'own:1099' } }]);
});
