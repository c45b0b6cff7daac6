import { describe, expect, test } from 'vitest';
import { withOriginals } from '../../scripts/snapshot/originals.ts';
import type { Entry, SameBy } from '../../src/core/entry.ts';
import { aFeed, anEntry } from '../lib/builders.ts';

const mia = aFeed({ id: 'mia', title: 'Mia', url: 'https://mia.example/feed.xml' });
const other = aFeed({ id: 'other', title: 'Other', url: 'https://other.example/rss' });
const feeds = [mia, other];

const essay =
  '<p>Of all the ways to cross a country the night train is the one that I would keep, for the morning finds you elsewhere, rested, with a cup of tea in front of you and the mountains outside.</p>';
const more =
  '<p>When the line to the coast was closed we all lost a door. Here is what the timetable of 1974 had to say.</p>';
const whole = essay + more;
const beginning =
  'Of all the ways to cross a country the night train is the one that I would keep, for the morning finds […]';
const comment =
  '<p>I used to believe this too, until the berths were sold to a hotel and nobody came for the luggage.</p>';

type Side = Partial<Entry>;

/** As Mia's own feed has it. */
const own = (over: Side = {}): Side => ({
  id: 'https://mia.example/trains',
  url: 'https://mia.example/trains',
  title: 'On trains',
  published: '2026-01-23T08:41:07Z',
  content: whole,
  ...over,
});

/** As another feed has it, which gives it an id of its own. */
const theirs = (over: Side = {}): Side => own({ id: 'other-1', ...over });

interface Pair {
  of: string;
  a: Side;
  b: Side;
  /** The rule by which they are one; null where they are two. */
  by: SameBy | null;
}

const later = '2026-01-24T10:00:00Z';
const uuid = 'urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a';
const front = 'https://mia.example/show';

const pairs: Pair[] = [
  { of: 'the same words', a: own(), b: theirs(), by: 'text' },
  {
    of: 'the same words in other markup, under a title with a name',
    a: own(),
    b: theirs({ title: 'Mia Rail: On trains', content: whole.replaceAll('p>', 'div>'), published: later }),
    by: 'text',
  },
  { of: 'the whole and its beginning', a: own(), b: theirs({ content: beginning, published: later }), by: 'text' },
  {
    of: 'the whole, and its beginning with a line of WordPress',
    a: own(),
    b: theirs({
      title: 'Night trains',
      content: `<p>${beginning}</p><p>The post <a href="https://mia.example/trains">On trains</a> appeared first on <a href="https://mia.example/">Mia</a>.</p>`,
      published: later,
    }),
    by: 'text',
  },
  {
    of: 'the same words after an edit of some',
    a: own(),
    b: theirs({ content: whole.replace('door', 'way out'), published: later }),
    by: 'text',
  },
  {
    of: 'the same words with and without www.',
    a: own(),
    b: theirs({ url: 'https://www.mia.example/trains' }),
    by: 'text',
  },
  { of: 'the same words by http and https', a: own(), b: theirs({ url: 'http://mia.example/trains/' }), by: 'text' },
  {
    of: 'the same words with tracking',
    a: own(),
    b: theirs({ url: 'https://mia.example/trains?utm_source=rss#xtor=RSS-1' }),
    by: 'text',
  },
  {
    of: 'a tag URI and another host after a move',
    a: own({ id: 'tag:mia.example,2026:trains' }),
    b: theirs({ id: 'tag:mia.example,2026:trains', url: 'https://old-mia.example/p/12' }),
    by: 'text',
  },
  {
    of: 'an id of FeedBurner’s original and another link',
    a: own({ id: 'https://mia.example/?p=12' }),
    b: theirs({ id: 'https://mia.example/?p=12', url: 'https://feedproxy.example/~r/mia/~3/abc' }),
    by: 'text',
  },
  {
    of: 'the same title at the same second, and a summary by hand',
    a: own({ content: '<p>Why I would rather lie down than fly, and what has become of the line to the coast.</p>' }),
    b: theirs({ title: 'Mia: On trains' }),
    by: 'title-and-date',
  },
  {
    of: 'a title with & and one with and',
    a: own({ title: 'Trains & boats to the coast', content: comment }),
    b: theirs({ title: 'Trains and boats to the coast' }),
    by: 'title-and-date',
  },
  {
    of: 'the same title, and one without words',
    a: own(),
    b: theirs({ content: '', summary: '', published: later }),
    by: 'title',
  },
  {
    of: 'the same title and picture, without words',
    a: own({ content: '<img src="https://mia.example/1.jpg">' }),
    b: theirs({ content: '<img src="https://mia.example/1.jpg">', published: later }),
    by: 'title',
  },
  {
    of: 'the same id beside the same link and title, after another text was written',
    a: own({ id: 'https://mia.example/?p=12' }),
    b: theirs({ id: 'https://mia.example/?p=12', content: comment, published: later }),
    by: 'id',
  },
  {
    of: 'two feeds of one blog by category',
    a: own({ id: '12 at mia.example' }),
    b: own({ id: '12 at mia.example' }),
    by: 'text',
  },
  {
    of: 'a copy that names its source (Atom)',
    a: own(),
    b: theirs({
      title: 'Trains, by night',
      content: comment,
      source: { id: 'tag:mia.example,2026:feed', title: 'Mia', feedUrl: mia.url },
      published: later,
    }),
    by: 'source',
  },
  {
    of: 'a copy that names its source (RSS), cut by hand',
    a: own(),
    b: theirs({
      title: 'Mia: On trains',
      content: comment,
      source: { title: 'Mia', feedUrl: 'http://www.mia.example/feed.xml' },
      published: later,
    }),
    by: 'source',
  },
  { of: 'untitled notes', a: own({ title: '' }), b: theirs({ title: '' }), by: 'text' },
  {
    of: 'notes on one page, copied without their places in it',
    a: own({ url: 'https://mia.example/notes.html#b' }),
    b: theirs({ url: 'https://mia.example/notes.html' }),
    by: 'text',
  },
  {
    of: 'a comment on the page that it links to',
    a: own(),
    b: theirs({ title: 'A great essay', content: comment }),
    by: null,
  },
  {
    of: 'a comment on it, at the same second',
    a: own(),
    b: theirs({ title: 'Trains, says Mia', content: comment, published: '2026-01-23T08:41:07Z' }),
    by: null,
  },
  {
    of: 'another text under the same title and link',
    a: own(),
    b: theirs({ content: comment, published: later }),
    by: null,
  },
  {
    of: 'a comment that begins with a quotation of all that the feed tells',
    a: own({ content: essay }),
    b: theirs({ title: 'A great essay', content: `<blockquote>${essay}</blockquote>${comment}`, published: later }),
    by: null,
  },
  {
    of: 'a comment that begins with the few words that the feed tells',
    a: own({ content: 'Trains are the best of all.' }),
    b: theirs({ title: 'Mia again', content: `<p>Trains are the best of all. ${comment}</p>`, published: later }),
    by: null,
  },
  {
    of: 'a comment with credit to the feed that it is about (RSS)',
    a: own(),
    b: theirs({ title: 'A great essay', content: comment, source: { title: 'Mia', feedUrl: mia.url } }),
    by: null,
  },
  {
    of: 'a reply to a post without words',
    a: own({ content: '', summary: '' }),
    b: theirs({ title: 'Re: On trains', content: comment, published: later }),
    by: null,
  },
  {
    of: 'comments on a post, which link to it',
    a: own(),
    b: theirs({ title: 'Comment on On trains by Kai', url: 'https://mia.example/trains#comment-7', content: comment }),
    by: null,
  },
  {
    of: 'notes on one page',
    a: own({ id: 'https://mia.example/notes.html#b', url: 'https://mia.example/notes.html#b' }),
    b: theirs({ id: 'https://mia.example/notes.html#c', url: 'https://mia.example/notes.html#c' }),
    by: null,
  },
  {
    of: 'the UUID of the example in RFC 4287',
    a: own({ id: uuid }),
    b: theirs({ id: uuid, url: 'https://other.example/first', title: 'First', content: comment }),
    by: null,
  },
  {
    of: 'the same title under another link',
    a: own(),
    b: theirs({ url: 'https://other.example/on-trains' }),
    by: null,
  },
  {
    of: 'the same words under other links',
    a: own(),
    b: theirs({ url: 'https://other.example/boilerplate', title: 'Closed today' }),
    by: null,
  },
  {
    of: 'the front page of the blog, which every post may link to',
    a: own({ url: 'https://mia.example/' }),
    b: theirs({ url: 'https://mia.example/' }),
    by: null,
  },
  {
    of: 'a translation under the same id',
    a: own({ id: uuid }),
    b: theirs({
      id: uuid,
      url: 'https://mia.example/de/zuege',
      title: 'Über Züge',
      content:
        '<p>Von allen Wegen durch ein Land würde ich den Nachtzug behalten, denn am Morgen ist man anderswo.</p>',
    }),
    by: null,
  },
  {
    of: 'numbers as ids, which every blog has',
    a: own({ id: '12', url: null }),
    b: own({ id: '12', url: null }),
    by: null,
  },
];

const told = (entries: readonly Entry[]) =>
  entries.map(({ feed, sameBy = null, copyOf }) => ({ feed, sameBy, copyOf }));

describe.each(pairs)('two feeds bring $of', ({ a, b, by }) => {
  const one = anEntry({ feed: 'mia', ...a });
  const two = anEntry({ feed: 'other', ...b });
  test('together', () => {
    for (const both of [
      [one, two],
      [two, one],
    ]) {
      const copies = withOriginals(both, [], { feeds, authors: [] }).filter(({ copyOf }) => copyOf !== null);
      expect(told(copies).map(({ sameBy }) => sameBy)).toEqual(by === null ? [] : [by]);
    }
  });

  test('one after the other', () => {
    for (const [first, second] of [
      [one, two],
      [two, one],
    ] as const) {
      const copyOf = by === null ? null : { feed: first.feed, id: first.id, why: 'first' };
      const judged = withOriginals([second], [first], { feeds, authors: [] });
      expect(told(judged)).toEqual([{ feed: second.feed, sameBy: by, copyOf }]);
    }
  });
});

describe('a podcast that has one link for all its episodes', () => {
  const notes =
    '<p>Support the show, tell a friend, and write to us with all your questions about trains and timetables.</p>';
  const episode = (feed: string, number: number, over: Side = {}) =>
    anEntry({
      feed,
      id: `${feed}-${number}`,
      url: front,
      title: `Episode ${number}`,
      published: `2026-01-0${number}T05:00:00Z`,
      content: notes,
      ...over,
    });
  const episodes = (feed: string, over: Side = {}) => [1, 2, 3].map((number) => episode(feed, number, over));

  test('has each of them once, by whichever feed', () => {
    const judged = withOriginals(episodes('other'), episodes('mia'), { feeds, authors: [] });
    expect(judged.map(({ copyOf }) => copyOf?.id)).toEqual(['mia-1', 'mia-2', 'mia-3']);
  });

  test('has those apart that have one title', () => {
    const week = { title: 'This week' };
    const judged = withOriginals([episode('other', 4, week)], episodes('mia', week), { feeds, authors: [] });
    expect(judged.map(({ copyOf }) => copyOf)).toEqual([null]);
  });

  test('has a new one apart from those of the other feed', () => {
    const judged = withOriginals([episode('other', 4)], episodes('mia'), { feeds, authors: [] });
    expect(judged.map(({ copyOf }) => copyOf)).toEqual([null]);
  });
});

test('a feed that says another time what the archive holds of it is not judged again', () => {
  const held = anEntry({ feed: 'other', ...theirs({ content: comment, title: 'A great essay' }) });
  const edited = { ...held, content: whole };
  expect(withOriginals([edited], [held, anEntry({ feed: 'mia', ...own() })], { feeds, authors: [] })).toEqual([edited]);
});
