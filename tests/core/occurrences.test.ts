import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { creditOf } from '../../src/core/credit.ts';
import type { Entry, EntryMetadata } from '../../src/core/entry.ts';
import { newFeedState } from '../../src/core/feed-state.ts';
import { authorsByName } from '../../src/core/name-lists.ts';
import { mergeOccurrences, type Occurrence } from '../../src/core/occurrences.ts';
import { type FeedConfig, Planet } from '../../src/core/planet.ts';
import { ruleText } from '../../src/core/records.ts';
import { applyRules } from '../../src/core/rules.ts';
import { aFeed, anEntry } from '../lib/builders.ts';
import { rows } from '../lib/case-table.ts';

const planet = aFeed({ id: 'planet', title: 'Planet', authors: 'title' });
const almanac = aFeed({ id: 'almanac', title: 'Almanac' });
const late = aFeed({ id: 'late', title: 'Late' });

type Whole = Occurrence & { entry: EntryMetadata };

function route(feed: FeedConfig, over: Partial<Entry> = {}, length = 1000): Whole {
  const { content: _body, ...head } = anEntry({
    feed: feed.id,
    id: `${feed.id}:1`,
    path: `2026/01/23/${feed.id}-0123456789`,
    ...over,
  });
  const position = { month: '2026-01', offset: 0, length, head: length, hash: `${feed.id}-hash` };
  return { entry: { ...head, position }, credit: creditOf(head, feed) };
}

const owner = route(planet, { title: 'Ada: Clocks', summary: 'Everybody who builds a logger asks this once.' });
const copyOf = { feed: 'planet', id: 'planet:1', why: 'order' } as const;
const excerpt = route(almanac, { title: 'Clocks', summary: 'Everybody who builds a logger […]', copyOf }, 400);
const feeds = [planet, almanac, late];
const headOf = ({ entry }: Pick<Occurrence, 'entry'>) => entry as Whole['entry'];
const joined = (all: Occurrence[], shown = all, order = feeds) =>
  mergeOccurrences(all, new Set(all.filter((route) => !shown.includes(route))), {
    feeds: order,
    metadataOf: headOf,
    // The texts here are so short that they are their own summaries.
    bodyOf: (route) => headOf(route).summary.replace('Weiterlesen', '<a href="https://ada.example/1">$&</a>'),
  });

describe('an entry by two routes', () => {
  test('is one, with the owner’s place and name, and tells the other feed', () => {
    const credit = { title: 'Clocks', authors: [{ name: 'Ada' }] };
    const entry = { feed: 'planet', path: owner.entry.path };
    const [all, one] = [[owner, excerpt], { entry, credit, via: ['almanac'], ownedBecause: 'order' }];
    for (const each of [all, all.toReversed()]) expect(joined(each)).toMatchObject([one]);
  });

  test('keeps its place and its date when the owner’s feed is not followed any more', () => {
    const moved = { ...excerpt, entry: { ...excerpt.entry, published: '2026-01-24T00:00:00Z' } };
    const { path, published } = owner.entry;
    const entry = { feed: 'almanac', path, published };
    expect(joined([owner, moved], [moved])).toMatchObject([{ entry, via: [], ownedBecause: null }]);
  });

  test('is gone only when none of its routes may be seen', () => expect(joined([owner, excerpt], [])).toEqual([]));

  test('takes its author from the route that knows one', () => {
    const nameless = route(almanac, { title: 'Clocks' });
    const named = route(planet, { title: 'Ada: Clocks', copyOf: { feed: 'almanac', id: 'almanac:1', why: 'first' } });
    expect(joined([nameless, named])[0]?.credit.authors).toEqual([{ name: 'Ada' }]);
  });
});

describe('the fuller text', () => {
  const short = route(almanac, { summary: 'Everybody who builds a logger asks […]' }, 400);
  const copied = { feed: 'almanac', id: 'almanac:1', why: 'first' } as const;
  const full = (feed: FeedConfig, over: Partial<Entry> = {}, length = 4000) =>
    route(feed, { summary: 'Everybody who builds a logger asks this once.', copyOf: copied, ...over }, length);
  const [wins, losesTo] = [4000, 400];
  const afterwards = { firstSeen: '2027-01-01T00:00:00Z' };
  test.for<[when: string, length: number, other: Whole]>([
    ['wins where both came at once', wins, full(late)],
    ['wins from a feed that stands earlier in planet.yaml', wins, full(planet, afterwards)],
    ['does not win from a feed that stands later and came later', losesTo, full(late, afterwards)],
    ['does not win where it begins otherwise', losesTo, full(late, { summary: 'Buy cheap watches here, all of you.' })],
    ['does not win where it is no fuller', losesTo, full(late, {}, 500)],
  ])('%s', ([, length, other]) => expect(joined([short, other])[0]?.position.length).toBe(length));

  test('wins from another feed also where the first text ends without an ellipsis', () => {
    const cut = route(almanac, { summary: 'Everybody who builds a logger asks' }, 400);
    expect(joined([cut, full(late)])[0]?.position.length).toBe(4000);
  });

  test('does not win where only a few letters are the same', () => {
    const few = route(almanac, { summary: 'I am as it is in …' }, 400);
    const other = full(late, { summary: 'I am as it is in no other place at all.' });
    expect(joined([few, other])[0]?.position.length).toBe(400);
  });

  test('is another entry to a build when the operator has another feed’s win', () => {
    const other = full(late, afterwards);
    const [before] = joined([short, other]);
    const [after] = joined([short, other], undefined, [late, planet, almanac]);
    expect([before, after].map((each) => each?.position.length)).toEqual([400, 4000]);
    expect(after?.position.hash).not.toBe(before?.position.hash);
  });
});

describe('the author’s own feed', () => {
  const url = 'https://www.ada.example/clocks';
  const ada = aFeed({ id: 'ada', title: 'Ada', url: 'https://ada.example/feed.xml' });
  const mirror = aFeed({ id: 'mirror', title: 'Mirror', url: 'https://mirror.example/rss' });
  const all = [planet, mirror, ada];
  const first = route(planet, { title: 'Ada: Clocks', summary: 'Everybody who builds […]', url }, 700);
  const copyOf = { feed: 'planet', id: 'planet:1', why: 'first' } as const;
  const ofAda = { feed: 'ada', id: 'ada:1', why: 'first' } as const;
  const bodyOf = (feed: string, length: number) => [{ entry: { feed }, position: { length } }];
  const firstSeen = '2027-01-01T00:00:00Z';
  const later = (feed: FeedConfig, over: Partial<Entry> = {}, length = 4000) =>
    route(feed, { title: `By ${feed.id}`, authors: [{ name: feed.title }], url, firstSeen, copyOf, ...over }, length);

  test.for([
    [4000, 'an excerpt'],
    [500, 'a longer text, perhaps of its own'],
  ] as const)('speaks for an entry, in the place of the first, with %i bytes where a planet brought %s', ([length]) => {
    const routes = [first, later(mirror), later(ada, { summary: 'Whoever builds a logger asks this once.' }, length)];
    const { path, published, id } = first.entry;
    const entry = { feed: 'ada', path, published, id };
    const credit = { title: 'By ada', authors: [{ name: 'Ada' }] };
    const shown = { entry, credit, position: { length }, via: ['planet', 'mirror'], ownedBecause: 'site' };
    for (const order of [routes, routes.toReversed()]) expect(joined(order, undefined, all)).toMatchObject([shown]);
  });

  test.for(rows`
    has a whole text | Everybody who builds a logger asks this once. | 500
    has an excerpt | Everybody who builds a logger asks […] | 4000
    has an excerpt with a link | Everybody who builds a logger asks … Weiterlesen | 4000
    has no text | ${''} | 4000
    has only a link | Comments | 4000
  `)('shows the longer text of a copy or not, if it %s', ([, summary, shows]) => {
    const more = 'Everybody who builds a logger asks this once. Buy pills.';
    const own = route(ada, { url, summary }, 500);
    const early = later(planet, { summary: more, copyOf: ofAda });
    const copyFirst = [later(ada, { summary, copyOf }, 500), route(planet, { url, summary: more }, 4000)];
    for (const routes of [[own, early], copyFirst]) {
      const [entry] = joined(routes, undefined, all);
      expect([entry?.entry.feed, entry?.position.length]).toEqual(['ada', Number(shows)]);
    }
  });

  test('is known by the id of the first, if that is an address on its site', () => {
    const proxied = { ...first, entry: { ...first.entry, id: url, url: 'https://feedproxy.example/1' } };
    const own = later(ada, { url: 'https://feedproxy.example/1', copyOf: { ...copyOf, id: url } });
    expect(joined([proxied, own], undefined, all)).toMatchObject([{ entry: { feed: 'ada' }, ownedBecause: 'site' }]);
  });

  test('prefers its feed with the whole text', () => {
    const short = aFeed({ ...ada, id: 'short' });
    const routes = [first, later(short, {}, 500), later(ada)];
    expect(joined(routes, undefined, [planet, short, ada])).toMatchObject(bodyOf('ada', 4000));
  });

  test('stays before another one of its own that came later', () => {
    const second = aFeed({ ...ada, id: 'second' });
    const own = route(ada, { url, summary: 'Whoever builds a logger asks this once.' }, 700);
    const routes = [own, later(second, { copyOf: ofAda })];
    expect(joined(routes, undefined, [second, ada])).toMatchObject(bodyOf('ada', 700));
  });

  test.for([
    { when: 'it is not its own: the link leads to another host', other: later(mirror) },
    { when: 'only its own link leads to it', other: later(mirror, { url: 'https://mirror.example/clocks' }) },
  ])('does not where $when', ({ other }) => {
    const [entry] = joined([first, other], undefined, all);
    expect([entry]).toMatchObject(bodyOf('planet', 700));
    expect(entry?.credit).toMatchObject({ title: 'Clocks', authors: [{ name: 'Ada' }] });
  });

  test('is not named by one who copied it later', () => {
    const nameless = route(ada, { url, title: 'Clocks' });
    const [entry] = joined([nameless, later(mirror, { copyOf: ofAda })], undefined, [ada, mirror]);
    expect(entry?.credit).toMatchObject({ title: 'Clocks', authors: [] });
  });
});

describe('the operator’s rules', () => {
  const aPlanet = ({ feed, ...over }: { feed?: object; defaults?: object; feeds?: object[] }) =>
    Planet.parse({
      ...{ title: 'T', description: 'D', site: 'https://planet.example/sub/' },
      feeds: [{ id: 'planet', title: 'P', url: 'p.xml', authors: 'title', ...feed }],
      ...over,
    });
  const summary = 'Python, cafe\u0301, हिन्दी ❤️. サーバーをRubyで更新';
  const all = [
    route(planet, { id: '1', path: '2026/01/23/a-0000000001', title: 'Ada: A talk on Crypto', summary: 'Of coins.' }),
    route(planet, { id: '2', path: '2026/01/23/b-0000000002', title: 'Grace: Cryptography', categories: ['Python'] }),
    route(planet, { id: '3', path: '2026/01/23/c-0000000003', title: 'Glyph: Release', summary: 'C++ and python.' }),
    route(planet, { id: '4', path: '2026/01/23/d-0000000004', title: 'これは仮想通貨の話', summary }),
  ];
  const authors = [{ name: 'Glyph Lefkowitz', aliases: ['Glyph'] }];
  const hide = (address: string) => `hide: {entries: ["${address}"]}`;
  test.for(rows`
    none | {}
    exclude a word, whole and in any case | feed: {exclude: [crypto]} | 1 | feeds[0].exclude: crypto hides 1
    exclude a word with signs | feed: {exclude: [c++]} | 3 | feeds[0].exclude: c++ hides 1
    exclude a word of a script without spaces | feed: {exclude: [仮想]} | 4 | feeds[0].exclude: 仮想 hides 1
    exclude a word that ends in a mark of two scripts | feed: {exclude: [サーバー]} | 4 | feeds[0].exclude: サーバー hides 1
    exclude a word between letters of such a script | feed: {exclude: [ruby]} | 4 | feeds[0].exclude: ruby hides 1
    exclude a word with accents, composed or not | feed: {exclude: [café]} | 4 | feeds[0].exclude: café hides 1
    not exclude the beginning of a word | feed: {exclude: [हिन्द]} | ${''} | feeds[0].exclude: हिन्द hides 0
    exclude a sign with another form | feed: {exclude: [❤]} | 4 | feeds[0].exclude: ❤ hides 1
    include a word or a category | feed: {include: [python]} | 1 | feeds[0].include: python hides 1
    one that matches nothing | feed: {exclude: [cobol]} | ${''} | feeds[0].exclude: cobol hides 0
    hide an entry by its permalink | ${hide('https://planet.example/sub/2026/01/23/b-0000000002/')} | 2
    hide an entry by its path | ${hide('/sub/2026/01/23/b-0000000002')} | 2
    hide an entry by its place in the page of its month | ${hide('https://planet.example/sub/2026/01/#b-0000000002')} | 2
    hide an entry by its address before the planet moved | ${hide('https://ada.example/planet/2026/01/23/b-0000000002/')} | 2
    hide an entry by its place before the planet moved | ${hide('https://ada.example/planet/2026/01/#b-0000000002')} | 2
    hide an entry by no address | ${hide('https:// planet.example/sub/2026/01/23/b-0000000002/')}
    hide an author in one feed, by any name | feed: {notBy: [Bob, glyph]} | 3 | feeds[0].notBy[0]: Bob hides 0,feeds[0].notBy[1]: glyph hides 1
    show one author of a feed, by any name, and of those one topic | feed: {by: [glyph, Nobody], include: [coins]} | 1,2,3,4 | feeds[0].by: glyph, Nobody hides 3,feeds[0].include: coins hides 1
    hide an author, by any name | hide: {authors: [glyph]} | 3 | hide.authors[0]: glyph hides 1
  `)('%s', ([, over, hides, says]) => {
    const config = aPlanet({ authors, ...parse(over) });
    const people = authorsByName(config.authors);
    const credited = all.map((each) => ({ ...each, credit: creditOf(each.entry, planet, people) }));
    const { shown, counts } = applyRules(credited, config, people, headOf);
    const hidden = credited.filter((each) => !shown.includes(each));
    expect(hidden.map(({ entry }) => entry.id).join()).toBe(hides);
    const counted = counts.map(({ rule, hides }) => `${ruleText(rule)} hides ${hides}`).join();
    const [address] = config.hide.entries;
    expect(counted).toBe(address === undefined ? says : `hide.entries[0]: ${address} hides ${hides === '' ? 0 : 1}`);
  });

  test('are one rule for all feeds that have it from the defaults, and no mistake where that hides nothing', () => {
    const defaults = { exclude: ['crypto', 'cobol'] };
    const feeds = [
      { ...planet, ...defaults },
      { ...late, ...defaults, url: 'l.xml' },
      { ...almanac, exclude: ['clocks'], url: 'm.xml' },
    ];
    const all = feeds.map((feed) => route(feed, { title: 'Crypto' }));
    const { hidden, counts, warnings } = applyRules(all, aPlanet({ defaults, feeds }), authorsByName([]), headOf);
    expect([...hidden.keys()]).toEqual(all.slice(0, 2));
    expect(counts.map((each) => ({ ...each, rule: ruleText(each.rule) }))).toEqual([
      { rule: 'defaults.exclude: crypto', feed: null, hides: 2 },
      { rule: 'defaults.exclude: cobol', feed: null, hides: 0 },
      { rule: 'feeds[2].exclude: clocks', feed: 'almanac', hides: 0 },
    ]);
    expect(warnings).toEqual([expect.stringContaining('feeds[2].exclude: clocks: this rule hides no entries')]);
  });

  test('are also for the later names of an author whom the feed renamed, and for nobody of that name in another feed', () => {
    const names = {
      Glyph: { now: 'Moshe', firstSeen: '' },
      Moshe: { now: 'M. Z.', firstSeen: '' },
      'Ann and Bob': { now: 'Ann', firstSeen: '' },
    };
    const states = { [late.id]: { ...newFeedState(late.url), formerAuthors: names } };
    const all = [late, almanac].map((feed) => route(feed, { authors: [{ name: 'M. Z.' }] }));
    const config = (over: object) =>
      aPlanet({
        feeds: [
          { ...late, ...over },
          { ...almanac, url: 'a.xml' },
        ],
      });
    const hidden = (over: object, hide = {}) => [
      ...applyRules(all, { ...config(over), ...hide }, authorsByName([]), headOf, states).hidden.keys(),
    ];
    expect(hidden({ by: ['Moshe Z.'] })).toEqual([all[0]]);
    expect(hidden({ by: ['glyph'] })).toEqual([]);
    expect(hidden({ notBy: ['Glyph'] })).toEqual([all[0]]);
    expect(hidden({}, { hide: { entries: [], authors: ['Glyph'] } })).toEqual([all[0]]);
    // `Ann and Bob`, which the feed split, are both of them together.
    const one = route(late, { authors: [{ name: 'Ann' }] });
    const both = route(late, { authors: [{ name: 'Ann' }, { name: 'Bob' }] });
    all.push(one, both);
    expect(hidden({ notBy: ['Ann and Bob'] })).toEqual([both]);
    expect(hidden({ by: ['ann and bob'] })).toEqual([all[0], one]);
    expect(hidden({ notBy: ['Ann'] })).toEqual([one, both]);
    all.splice(2);
    // In use again it is no former name.
    all.push(route(late, { authors: [{ name: 'Glyph' }] }));
    expect(hidden({ notBy: ['Glyph'] })).toEqual([all[2]]);
    expect(hidden({ notBy: ['Moshe'] })).toEqual([all[0]]);
  });

  test.for<[title: string, over: object, isHidden: boolean]>([
    ...['hir\u00ADing', 'hir\u200Bing', 'hir\u2060\u200Ding', 'h\uFE0Firing', 'ｈｉｒｉｎｇ', '𝗵𝗶𝗿𝗶𝗻𝗴'].map(
      (title): [string, object, boolean] => [title, { feed: { exclude: ['hiring'] } }, true],
    ),
    ['Notes - of a cook', { feed: { exclude: ['—'] } }, false],
    ['Notes — of a cook', { feed: { exclude: ['—'] } }, true],
    ['L’été à Arles', { feed: { exclude: ["l'été"] } }, true],
    ['İstanbul’da', { feed: { exclude: ['istanbul'] } }, true],
    ['Ştiri noi', { feed: { exclude: ['știri'] } }, true],
    ['كتاب', { feed: { exclude: ['کتاب'] } }, true],
    ['צה״ל', { feed: { exclude: ['צה"ל'] } }, true],
    ['Ada O’Neill: Old', { hide: { authors: ["Ada O'Neill"] } }, true],
    ['Ruby™', { feed: { exclude: ['ruby'] } }, true],
    ['Some\u200Bthing', { feed: { exclude: ['some'] } }, true],
    ['नमस्\u200Dते', { feed: { exclude: ['नमस्ते'] } }, false],
    ['Dampf\u00ADschiff', { feed: { include: ['Dampfschiff'] } }, false],
    ['Some\u200B Bo\u00ADdy: Old', { hide: { authors: ['Some Body'] } }, true],
    ['نیک\u200Cآیین: Old', { hide: { authors: ['نیکآیین'] } }, false],
  ])('meet %j as readers see it', ([title, over, isHidden]) => {
    const one = route(planet, { title });
    const { hidden } = applyRules([one], aPlanet(over), authorsByName([]), headOf);
    expect([...hidden.keys()]).toEqual(isHidden ? [one] : []);
  });
});
