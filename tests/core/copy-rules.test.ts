import { describe, expect, test } from 'vitest';
import { withOriginals } from '../../scripts/snapshot/originals.ts';
import type { Entry } from '../../src/core/entry.ts';
import { aFeed, anEntry } from '../lib/builders.ts';
import { rows } from '../lib/case-table.ts';

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

const later = '2026-01-24T10:00:00Z';
const guid = '1225c695-cfb8-4ebb-aaaa-80da344efa6a';
const ghost = '5f3c0e1d2b4a697887162531';
const front = 'https://mia.example/show';

/** `title: On trains ; url: null ; later`: the fields of one side. */
const side = (told: string): Side =>
  Object.fromEntries(
    told.split(' ; ').map((field) => {
      const [key = '', value = ''] = field === 'later' ? ['published', later] : field.split(/:(?: |$)(.*)/s);
      return [key, value === 'null' ? null : key === 'source' ? JSON.parse(value) : value];
    }),
  );

/** The rule by which two entries are one, or none; and what differs in them from `theirs` and `own`. */
const pairs = rows`
  text | the same words
  text | the same words in other markup, under a title with a name | title: Mia Rail: On trains ; content: ${whole.replaceAll('p>', 'div>')} ; later
  text | the whole and its beginning | content: ${beginning} ; later
  text | the whole and its beginning, cut inside a word | content: ${beginning.replace('finds […]', 'fin...')} ; later
  text | the whole, and its beginning with a line of WordPress | title: Night trains ; content: <p>${beginning}</p><p>The post <a href="https://mia.example/trains">On trains</a> appeared first on <a href="https://mia.example/">Mia</a>.</p> ; later
  text | the same words after an edit of some | content: ${whole.replace('door', 'way out')} ; later
  text | the same words with tracking | url: https://mia.example/trains?utm_source=rss#xtor=RSS-1
  text | a tag URI and another host after a move | id: tag:mia.example,2026:trains ; url: https://old-mia.example/p/12 | id: tag:mia.example,2026:trains
  text | an id of FeedBurner’s original and another link | id: https://mia.example/?p=12 ; url: https://feedproxy.example/~r/mia/~3/abc | id: https://mia.example/?p=12
  text | a UUID, and no link of its own | id: ${guid} ; url: https://planet.example/2026/01/23/on-trains-0123456789/ | id: ${guid} ; url: null
  text | an id of Ghost, and another host after a move | id: ${ghost} ; url: https://old-mia.example/trains/ | id: ${ghost}
  title-and-date | the same title at the same second, and a summary by hand | title: Mia: On trains | content: <p>Why I would rather lie down than fly, and what has become of the line to the coast.</p>
  title-and-date | a title with & and one with and | title: Trains and boats to the coast | title: Trains & boats to the coast ; content: ${comment}
  title-and-date | a photograph without title and words, and with a name for a title | title: Mia ; content: <img src="https://other.example/1.jpg"> | title: ; content: <img src="https://mia.example/1.jpg"> ; summary:
  title-and-date | a photograph without title, and with words in one feed | title: | title: ; content: <img src="https://mia.example/1.jpg"> ; summary:
  none | two photographs without titles and words, at two times | title: ; content: <img src="https://other.example/1.jpg"> ; summary: ; later | title: ; content: <img src="https://mia.example/1.jpg"> ; summary:
  none | another text without a title, at the same second | title: ; content: ${comment} | title:
  title | the same title, and one without words | content: ; summary: ; later
  title | the same title and picture, without words | content: <img src="https://mia.example/1.jpg"> ; later | content: <img src="https://mia.example/1.jpg">
  id | the same id beside the same link and title, after another text was written | id: https://mia.example/?p=12 ; content: ${comment} ; later | id: https://mia.example/?p=12
  text | two feeds of one blog by category | id: 12 at mia.example | id: 12 at mia.example
  source | a copy that names its source (Atom) | title: Trains, by night ; source: {"id":"tag:mia.example,2026:feed","title":"Mia","feedUrl":"${mia.url}"} ; later
  source | a copy that names its source (RSS), cut by hand | title: Mia: On trains ; content: ${comment} ; source: {"title":"Mia","feedUrl":"http://www.mia.example/feed.xml"} ; later
  text | untitled notes | title: | title:
  text | notes on one page, copied without their places in it | url: https://mia.example/notes.html | url: https://mia.example/notes.html#b
  none | a comment on the page that it links to | title: A great essay ; content: ${comment}
  none | a comment on it, at the same second | title: Trains, says Mia ; content: ${comment} ; published: 2026-01-23T08:41:07Z
  none | another text under the same title and link | content: ${comment} ; later
  none | a comment that begins with a quotation of all that the feed tells | title: A great essay ; content: <blockquote>${essay}</blockquote>${comment} ; later | content: ${essay}
  none | a comment that begins with the few words that the feed tells | title: Mia again ; content: <p>Trains are the best of all. ${comment}</p> ; later | content: Trains are the best of all.
  none | a comment with credit to the feed that it is about (RSS) | title: A great essay ; content: ${comment} ; source: {"title":"Mia","feedUrl":"${mia.url}"}
  none | another text that names the feed as its source (Atom), with the link of its next post | title: Buy pills ; content: ${comment} ; source: {"id":"tag:mia.example,2026:feed","title":"Mia","feedUrl":"${mia.url}"}
  none | a reply to a post without words | title: Re: On trains ; content: ${comment} ; later | content: ; summary:
  none | comments on a post, which link to it | title: Comment on On trains by Kai ; url: https://mia.example/trains#comment-7 ; content: ${comment}
  none | notes on one page | id: https://mia.example/notes.html#c ; url: https://mia.example/notes.html#c | id: https://mia.example/notes.html#b ; url: https://mia.example/notes.html#b
  none | the UUID of the example in RFC 4287 | id: urn:uuid:${guid} ; url: https://other.example/first ; title: First ; content: ${comment} | id: urn:uuid:${guid}
  none | the same title under another link | url: https://other.example/on-trains
  none | the same words under other links | url: https://other.example/boilerplate ; title: Closed today
  text | the front page of the blog, which every post may link to, and the same second | url: http://www.mia.example | url: https://mia.example/
  title-and-date | it, the same title and second, and one without words | url: https://mia.example/ ; content: ; summary: | url: https://mia.example/
  none | it, the same title and second, and another text | url: https://mia.example/ ; content: ${comment} | url: https://mia.example/
  text | it, the same long title and second, and a word before the text | url: https://mia.example/ ; title: On night trains ; content: <p>Listen!</p>${essay} | url: https://mia.example/ ; title: On night trains ; content: ${essay}
  none | it, the same short title and second, and a word before the text | url: https://mia.example/ ; content: <p>Listen!</p>${essay} | url: https://mia.example/ ; content: ${essay}
  none | it, the same long title and a date without time, and a word before the text | url: https://mia.example/ ; title: On night trains ; content: <p>Listen!</p>${essay} ; publishedBy: missing | url: https://mia.example/ ; title: On night trains ; content: ${essay} ; publishedBy: missing
  none | it, the same title and a date without time, and one without words | url: https://mia.example/ ; content: ; summary: ; publishedBy: missing | url: https://mia.example/ ; publishedBy: missing
  none | it, the same second and advertisement, and another title | url: https://mia.example/ ; title: The fall of Rome | url: https://mia.example/
  text | it and the same second, and a title that was cut | url: https://mia.example/ ; title: Trains and boats to the co… | url: https://mia.example/ ; title: Trains and boats to the coast
  text | it and the same second, and a title that was cut behind a name | url: https://mia.example/ ; title: Mia: Trains and boats to the co… | url: https://mia.example/ ; title: Trains and boats to the coast
  text | it and the same second, and more before the title | url: https://mia.example/ ; title: [Mia] Episode 12 | url: https://mia.example/ ; title: Episode 12
  none | it, the same second and words, and a title with one more number | url: https://mia.example/ ; title: Release 1.0 | url: https://mia.example/ ; title: Release 1.0.1
  text | it and the same second, without titles: the whole and its beginning | url: https://mia.example/ ; title: ; content: ${beginning} | url: https://mia.example/ ; title:
  none | it and the same second, without titles: a few words before one advertisement | url: https://mia.example/ ; title: ; content: <p>How Rome fell.</p>${essay} | url: https://mia.example/ ; title: ; content: <p>Ann remembers.</p>${essay}
  none | no valid address | url: https://[mia ; id: 1 | url: https://[mia ; id: 2
  none | it, and another text on the same day | url: https://mia.example/ ; content: ${comment} ; published: 2026-01-23T09:00:00Z | url: https://mia.example/
  none | it, and the same words at another time of the day | url: https://mia.example/ ; published: 2026-01-23T09:00:00Z | url: https://mia.example/
  none | it at one second, with neither titles nor words | url: https://mia.example/ ; title: ; content: <img src="https://mia.example/2.jpg"> ; summary: | url: https://mia.example/ ; title: ; content: <img src="https://mia.example/1.jpg"> ; summary:
  none | it, with two places in the page | url: https://mia.example/#b | url: https://mia.example/#a
  none | the front page of another blog | url: https://kai.example/ | url: https://mia.example/
  none | the front page, and the same words on another day | url: https://mia.example/ ; path: 2026/01/24/on-trains-0123456789 ; later | url: https://mia.example/
  none | a translation under the same id | id: urn:uuid:${guid} ; url: https://mia.example/de/zuege ; title: Über Züge ; content: <p>Von allen Wegen durch ein Land würde ich den Nachtzug behalten, denn am Morgen ist man anderswo.</p> | id: urn:uuid:${guid}
  none | another text under the same long id and title | id: ${ghost} ; url: https://other.example/trains ; content: ${comment} ; later | id: ${ghost}
  none | another post under the same long id, both without a link | id: ${guid} ; url: null ; title: First ; content: ${comment} | id: ${guid} ; url: null
  none | another text under one title and the hash of it as id, both without a link | id: ${ghost} ; url: null ; content: ${comment} ; later | id: ${ghost} ; url: null
  none | numbers as ids, which every blog has | id: 12 ; url: null | id: 12 ; url: null
  text | the whole, and its beginning before two lines of WordPress | title: Night trains ; content: <p>${beginning.replace('[…]', '…')} <a href="https://mia.example/trains">Continue reading On trains →</a></p><p>The post On trains appeared first on Mia.</p> ; later
  text | the whole and a few words with an ellipsis, under another title | title: Night trains ; content: Of all the ways to cross a country […] ; later
  text | the whole and a long beginning without an ellipsis, under another title | title: Night trains ; content: ${essay} ; later
  text | a text that begins with the other as a quotation, under the same title | content: <blockquote>${essay}</blockquote>${comment} ; later | content: ${essay}
  text | a text that begins with the other as a quotation, and has no title | content: <blockquote>${essay}</blockquote>${comment} ; later ; title: | content: ${essay}
  text | a text that begins with the other as a quotation, at the same second | content: <blockquote>${essay}</blockquote>${comment} ; published: 2026-01-23T08:41:07Z ; title: Night trains | content: ${essay}
  text | the same words with places in the page that are tracking | url: https://mia.example/trains#xtor=RSS-1 | id: mia-1 ; url: https://mia.example/trains#b
  text | the same words with a place by its text | url: https://mia.example/trains#:~:text=door | id: mia-1 ; url: https://mia.example/trains#from=rss
  none | another text under another long title, at the same second | title: A long day at the harbour ; content: ${comment}
  text | the same words, with a third feed as the source | source: {"feedUrl":"https://third.example/rss"}
  title-and-date | the same title at the same second after midnight | content: ${comment} ; published: 2026-01-23T00:00:07Z | published: 2026-01-23T00:00:07Z
  id | the same id by http and https beside the same link and title, after another text was written | id: http://mia.example/?p=12 ; content: ${comment} ; later | id: https://mia.example/?p=12
  id | an id of a form of its own beside the same link and title, after another text was written | id: 12 at mia.example ; content: ${comment} ; later | id: 12 at mia.example
  none | another text under the same title and link, which is the id | id: https://mia.example/trains ; content: ${comment} ; later
  none | another text under the same id and title, and another link | id: urn:uuid:${guid} ; url: https://other.example/trains ; content: ${comment} ; later | id: urn:uuid:${guid}
  none | another text under the same id and link, and another title | id: urn:uuid:${guid} ; title: A great essay ; content: ${comment} ; later | id: urn:uuid:${guid}
  none | another text under the same title on the same day | content: ${comment} ; published: 2026-01-23T00:00:00Z | published: 2026-01-23T00:00:00Z
  none | another text under the same title, both without a date, in one run | content: ${comment} ; publishedBy: missing | publishedBy: missing
  none | another text under a title with another number, at the same second | title: Trains and boats to the coast 2 ; content: ${comment} | title: Trains and boats to the coast 3
  none | another text under a short title in another order, at the same second | title: Boats and trains ; content: ${comment} | title: Trains and boats
  none | another text under a title with another tag, at the same second | title: The <nav> element ; content: ${comment} | title: The <main> element
`.map(([by, of, b, a = '']) => ({
  by: by === 'none' ? null : by,
  of,
  a: own(a ? side(a) : {}),
  b: theirs(b ? side(b) : {}),
}));

const told = (entries: readonly Entry[]) =>
  entries.map(({ feed, sameBy = null, copyOf }) => ({ feed, sameBy, copyOf }));

describe.each(pairs)('two feeds bring $of', ({ a, b, by }) => {
  const one = anEntry({ feed: 'mia', ...a });
  const two = anEntry({ feed: 'other', ...b });
  test('together', () => {
    const both = [one, two];
    for (const entries of [both, both.toReversed()]) {
      const copies = withOriginals(entries, [], { feeds, authors: [] }).filter(({ copyOf }) => copyOf !== null);
      expect(told(copies).map(({ sameBy }) => sameBy)).toEqual(by === null ? [] : [by]);
    }
  });

  test('one after the other', () => {
    for (const first of [one, two]) {
      const second = first === one ? two : one;
      const copyOf = by === null ? null : { feed: first.feed, id: first.id, why: 'first' };
      const judged = withOriginals([second], [first], { feeds, authors: [] });
      expect(told(judged)).toEqual([{ feed: second.feed, sameBy: by, copyOf }]);
    }
  });
});

describe('a podcast that has one link for all its episodes', () => {
  const notes =
    '<p>Support the show, tell a friend, and write to us with all your questions about trains and timetables.</p>';
  const episode = (feed: string, number: number, over: Side = {}) => {
    const named = { feed, id: `${feed}-${number}`, title: `Episode ${number}` };
    return anEntry({ ...named, url: front, published: `2026-01-0${number}T05:00:00Z`, content: notes, ...over });
  };
  const episodes = (feed: string, over: Side = {}) => [1, 2, 3].map((number) => episode(feed, number, over));

  test.for([front, 'https://mia.example/'])('has each of them once, by whichever feed: %s', (url) => {
    const judged = withOriginals(episodes('other', { url }), episodes('mia', { url }), { feeds, authors: [] });
    expect(judged.map(({ copyOf }) => copyOf?.id)).toEqual(['mia-1', 'mia-2', 'mia-3']);
  });

  test('has those once of which the other feed lost a line, also where the dates have no time', () => {
    const content = notes.replace('tell a friend, ', '');
    const dates = { publishedBy: 'missing' } as const;
    const judged = withOriginals(episodes('other', { ...dates, content }), episodes('mia', dates), {
      feeds,
      authors: [],
    });
    expect(judged.map(({ copyOf }) => copyOf?.id)).toEqual(['mia-1', 'mia-2', 'mia-3']);
  });

  test('has those apart that have one title', () => {
    const week = { title: 'This week' };
    const judged = withOriginals([episode('other', 4, week)], episodes('mia', week), { feeds, authors: [] });
    expect(judged.map(({ copyOf }) => copyOf)).toEqual([null]);
  });

  test.for([
    ['', {}],
    [', also if all came to the host at one second', { published: '2026-01-09T05:00:00Z' }],
  ] as const)('has a new one apart from those of the other feed%s', ([, over]) => {
    const judged = withOriginals(
      [1, 3, 4].map((number) => episode('other', number, over)),
      episodes('mia', over),
      { feeds, authors: [] },
    );
    expect(judged.map(({ copyOf }) => copyOf?.id)).toEqual(['mia-1', 'mia-3', undefined]);
  });
});

test('a gallery shows each of its pictures, if all have one link and one second, and no titles and words', () => {
  const pictures = (feed: string) =>
    [1, 2, 3].map((number) => {
      const content = `<img src="https://mia.example/${number}.jpg">`;
      return anEntry({ ...own({ content, title: '', summary: '', url: front }), feed, id: `${feed}-${number}` });
    });
  const judged = withOriginals(pictures('mia'), pictures('other'), { feeds, authors: [] });
  expect(judged.map(({ copyOf }) => copyOf)).toEqual([null, null, null]);
});

const notes = (feed: string, hour: number, places: readonly string[]) =>
  [essay, comment].map((content, at) => {
    const [url, published] = [
      `https://mia.example/notes.html${places[at] ?? ''}`,
      `2026-01-0${at + 1}T0${hour}:10:07Z`,
    ];
    return anEntry({ feed, id: `${feed}-${at + 1}`, url, title: '', published, content });
  });
test.for<[by: string, places: string[], copies: (string | undefined)[]]>([
  ['has each of them once, if a copy has their places in the page', ['#a', '#b'], ['mia-1', 'mia-2']],
  ['has them twice, if a copy has neither places nor their times', [], [undefined, undefined]],
])('a page of several notes: %s', ([, places, copies]) => {
  const judged = withOriginals(notes('other', 9, places), notes('mia', 8, ['#a', '#b']), { feeds, authors: [] });
  expect(judged.map(({ copyOf }) => copyOf?.id)).toEqual(copies);
});

test('a feed that says another time what the archive holds of it is not judged again', () => {
  const held = anEntry({ feed: 'other', ...theirs({ content: comment, title: 'A great essay' }) });
  const edited = { ...held, content: whole };
  expect(withOriginals([edited], [held, anEntry({ feed: 'mia', ...own() })], { feeds, authors: [] })).toEqual([edited]);
});
