import { describe, expect, test } from 'vitest';
import { withKeptFields } from '../../scripts/snapshot/feed-news.ts';
import { digest, shortId } from '../../scripts/snapshot/identity/entry-ids.ts';
import { merge } from '../../scripts/snapshot/merge.ts';
import type { FeedReading, Outcome } from '../../scripts/snapshot/outcome.ts';
import type { SanitisedEntry } from '../../scripts/snapshot/sanitised-entry.ts';
import { permalinkKey } from '../../src/archive/ledger.ts';
import type { Entry } from '../../src/core/entry.ts';
import { type FeedState, newFeedState } from '../../src/core/feed-state.ts';
import { aFeed, anEntry, anIncoming, aReading } from '../lib/builders.ts';

const now = new Date('2026-02-01T12:00:00Z');
const rules = { timezone: 'UTC', site: 'https://planet.example/' };
const archiveOf = (entries: Entry[]) => ({ entries, held: [], states: {}, keys: [] });

/** What a snapshot writes into the archive. */
function laidOver(...given: Parameters<typeof merge>) {
  const merged = merge(...given);
  return { ...merged, entries: [...merged.newEntries, ...merged.changed] };
}

/** The archive after one snapshot of it. */
function archiveAfter(held: Entry[], outcome: Outcome, at = now): Entry[] {
  const next = new Map(held.map((entry) => [`${entry.feed} ${entry.id}`, entry]));
  for (const entry of laidOver(archiveOf(held), [outcome], rules, at).entries)
    next.set(`${entry.feed} ${entry.id}`, entry);
  return [...next.values()];
}

const says = (...ids: string[]) => aReading(ids.map((id) => anIncoming({ id })));
const ofAnother = aReading([anIncoming({ id: 'a' })], { id: 'b' });
const failed: Outcome = { kind: 'failed', feed: aFeed(), reason: { kind: 'status', status: 500 }, retryAt: null };
const unchanged: Outcome = { kind: 'unchanged', feed: aFeed(), askAgainAt: null, movedTo: null };

test.for<{ when: string; held: string[]; outcome: Outcome; gives: string[] }>([
  { when: 'a post is new', held: ['a'], outcome: says('a', 'b'), gives: ['a', 'b'] },
  { when: 'the feed failed', held: ['a'], outcome: failed, gives: ['a'] },
  { when: 'the feed is gone', held: ['a'], outcome: { kind: 'gone', feed: aFeed() }, gives: ['a'] },
  { when: 'nothing changed', held: ['a'], outcome: unchanged, gives: ['a'] },
  { when: 'the feed is empty', held: ['a', 'b'], outcome: says(), gives: ['a', 'b'] },
  { when: 'the feed shrank', held: ['a', 'b'], outcome: says('b'), gives: ['a', 'b'] },
  { when: 'the feed says an id twice', held: [], outcome: says('a', 'a'), gives: ['a'] },
  { when: 'another feed says the same id', held: ['a'], outcome: ofAnother, gives: ['a', 'a'] },
])('the archive only grows when $when', ({ held, outcome, gives }) => {
  const before = archiveAfter([], says(...held));
  expect(archiveAfter(before, outcome).map(({ id }) => id)).toEqual(gives);
});

test.for([
  { when: 'a whole document of a known feed', stored: [anEntry()], part: {}, says: 1 },
  { when: 'a part of a feed', stored: [anEntry()], part: { delta: true }, says: 0 },
  { when: 'a feed that never had one', stored: [], part: {}, says: 0 },
])('the report says of $when that it has no entry: %o', ({ stored, part, says }) => {
  const { counts } = merge(archiveOf(stored), [aReading([], {}, part)], rules, now);
  expect(counts.get('a')?.notes).toEqual(Array(says).fill(expect.stringContaining('no entry now')));
});

test.for([
  { title: 'Second light', content: '<p>Better.</p>' },
  { content: '<p>Better.</p>', published: new Date('2026-01-30T00:00:00Z') },
])('an edit of %j changes the words, never the place', (over) => {
  const [before] = archiveAfter([], aReading([anIncoming()]));
  const [next] = archiveAfter([before as Entry], aReading([anIncoming(over)]), new Date('2026-03-01T00:00:00Z'));
  expect(next).toEqual({ ...before, ...over, published: before?.published });
});

const credentials = 'https://bank.example@a.example/?p=1';
test.for([
  ['of any length', `https://a.example/${'x'.repeat(3_000)}`, { url: 'https://a.example/moved', title: 'Moved' }],
  ['with credentials', credentials, { url: shortId(credentials), content: '<p>Another text.</p>' }],
] as const)('an id %s from an older version still identifies its entry', ([, id, over]) => {
  const before = anEntry({ id, url: id });
  const edit = anIncoming({ id: shortId(id), published: null, ...over });
  expect(archiveAfter([before], aReading([edit]))).toMatchObject([{ id, path: before.path, ...over }]);
});

test.for<[stored: string, incoming: string, kept: boolean]>([
  ['https://a.example/1', 'http://a.example/1', true],
  ['https://www.a.example/1', 'https://a.example/1/', false],
  ['http://a.example/1', 'http://www.a.example/1', false],
  ['http://a.example/1', 'https://a.example/1', false],
  ['https://a.example/1', 'https://a.example/1#top', false],
  ['https://a.example/1', 'https://b.example/1', false],
  ['https://a.example/1', 'https://a.example/undefined/', true],
  ['https://a.example/undefined/', 'https://a.example/1', false],
  ['https://a.example/undefined/', 'https://b.example/undefined/', false],
])('of %s and %s by turns the first stays: %o', ([stored, incoming, kept]) => {
  const before = archiveAfter([], aReading([anIncoming({ id: '1', url: stored })]));
  const { entries } = laidOver(archiveOf(before), [aReading([anIncoming({ id: '1', url: incoming })])], rules, now);
  expect(entries.map(({ url }) => url)).toEqual(kept ? [] : [incoming]);
});

test('the time of an edit is at most that of the run that saw it, and then stays', () => {
  const edit = (content: string, updated: string) => aReading([anIncoming({ content, updated: new Date(updated) })]);
  const first = archiveAfter([], edit('<p>Light.</p>', '2026-01-30T00:00:00Z'));
  const later = new Date('2026-03-01T00:00:00Z');
  const next = archiveAfter(first, edit('<p>Better.</p>', '2026-03-01T02:00:00Z'), later);
  expect([first, next].flat().map(({ updated }) => updated)).toEqual(['2026-01-30T00:00:00Z', '2026-03-01T00:00:00Z']);
  const stays = edit('<p>Better.</p>', '2026-03-01T02:00:00Z');
  expect(laidOver(archiveOf(next), [stays], rules, new Date('2026-03-02T00:00:00Z')).entries).toEqual([]);
});

test('a feed that only stamps a new date on every run changes nothing', () => {
  const held = archiveAfter([], aReading([anIncoming()]));
  const stamped = anIncoming({
    updated: new Date('2026-02-01T11:59:00Z'),
    published: new Date('2026-02-01T11:59:00Z'),
  });
  expect(laidOver(archiveOf(held), [aReading([stamped])], rules, now).entries).toEqual([]);
});

describe('authors, categories and rights', () => {
  const of = (id: string, fields: string, name = 'Ada'): SanitisedEntry => ({
    ...anIncoming({ id, url: `https://a.example/${id}`, title: `Post ${id}`, content: `<p>We saw ${id}.</p>` }),
    ...(fields.includes('a') && { authors: [{ name }] }),
    ...(fields.includes('c') && { categories: ['stars'] }),
    ...(fields.includes('r') && { rights: 'CC0' }),
  });
  const all = ['1', '2', '3'].map((id) => of(id, 'acr'));
  const none = ['1', '2', '3'].map((id) => of(id, ''));
  const guests = [of('1', 'a'), of('2', ''), of('3', '')];
  type Case = [when: string, was: SanitisedEntry[], is: SanitisedEntry[], has: string, over?: Partial<FeedReading>];
  test.for<Case>([
    ['stay as no entry has any', all, none, '1acr 2acr 3acr'],
    ['stay beside a new entry without any', all, [of('3', ''), of('4', '')], '1acr 2acr 3acr 4'],
    ['stay apart from those that another entry has', all, [...none.slice(1), of('4', 'c')], '1acr 2ar 3ar 4c'],
    ['go from one entry', all, [of('1', 'cr'), of('2', 'acr')], '1cr 2acr 3acr'],
    ['go from an only entry', all, none.slice(0, 1), '1 2acr 3acr'],
    ['go from what changed', all, none.slice(0, 2), '1 2 3acr', { delta: true }],
    ['go where few entries had any', guests, none, '1 2 3'],
    ['are replaced', all, none.map(({ id }) => of(id, 'a', 'Bo')), '1Acr 2Acr 3Acr'],
  ])('%s', ([, was, is, has, over]) => {
    const shown = archiveAfter(archiveAfter([], aReading(was)), aReading(is, {}, over));
    const letters = shown.map(({ id, authors: [author], categories, rights }) =>
      [id, author && (author.name === 'Ada' ? 'a' : 'A'), categories.length > 0 && 'c', rights && 'r'].filter(Boolean),
    );
    expect(letters.map((each) => each.join('')).join(' ')).toBe(has);
  });

  test('stay in a large feed without a look at each pair of its entries', () => {
    let looks = 0;
    const ids = Array.from({ length: 500 }, (_, at) => `${at}`);
    const stored = archiveAfter([], aReading(ids.map((id) => of(id, 'acr')))).map((entry) => ({
      ...entry,
      get firstSeen() {
        looks += 1;
        return entry.firstSeen;
      },
    }));
    const said = aReading(ids.map((id) => of(id, '')));
    const before = stored.map((before, at) => ({ before, incoming: said.entries[at] as SanitisedEntry }));
    const { pairs } = withKeptFields(before, said, stored);
    expect(pairs.every(({ incoming }) => incoming.rights === 'CC0')).toBe(true);
    expect(looks).toBeLessThan(ids.length ** 2 / 10);
  });

  test('stay in an edit that waits, and so does a text of which only the beginning is left', () => {
    const text = Array.from({ length: 60 }, (_, at) => `word${at}`);
    const whole = all.map((entry) => ({ ...entry, content: `<p>${text.join(' ')} ${entry.id}</p>` }));
    const entries = archiveAfter([], aReading(whole));
    const cut = whole.map((entry) => ({ ...entry, authors: [], url: `https://b.example/${entry.id}` }));
    const begun = cut.map((entry) => ({ ...entry, content: `<p>${text.slice(0, 20).join(' ')}…</p>` }));
    const state = { ...newFeedState('feeds/a.xml'), title: 'A', home: 'https://a.example/', host: 'a.example' };
    const reading = aReading(begun, {}, { title: 'B', home: 'https://b.example/' });
    const { held } = laidOver({ ...archiveOf(entries), states: { a: state } }, [reading], rules, now);
    expect(held.map(({ id, url, authors, content }) => [id, url, authors, content])).toEqual(
      entries.map(({ id, content }) => [id, `https://b.example/${id}`, [{ name: 'Ada' }], content]),
    );
  });
});

describe('the date of an entry', () => {
  test.for([
    { when: 'declared', published: '2026-01-23T08:40:00Z', gives: '2026-01-23T08:40:00Z', by: 'declared' },
    { when: 'a second ahead', published: '2026-02-01T12:00:01Z', gives: '2026-02-01T12:00:00Z', by: 'future' },
    { when: 'in the year 2099', published: '2099-01-01T00:00:00Z', gives: '2026-02-01T12:00:00Z', by: 'future' },
    { when: 'in 1970', published: '1970-01-01T00:00:00Z', gives: '2026-02-01T12:00:00Z', by: 'ancient' },
    { when: 'missing', published: null, gives: '2026-02-01T12:00:00Z', by: 'missing' },
  ])('when $when', ({ published, gives, by }) => {
    const entry = anIncoming({ published: published === null ? null : new Date(published) });
    expect(archiveAfter([], aReading([entry]))[0]).toMatchObject({ published: gives, publishedBy: by });
  });

  test.for([null, new Date(0)])('is the date of the edit where the feed gives no other: %o', (published) => {
    const entry = anIncoming({ published, updated: new Date('2026-01-02T03:04:05Z') });
    expect(archiveAfter([], aReading([entry]))[0]).toMatchObject({ published: '2026-01-02T03:04:05Z', updated: null });
  });

  test.for([
    ['2026-01-31T00:00:00Z', '2026-01-31T00:00:00Z'],
    ['2026-01-01T00:00:00Z', null],
    ['2026-02-01T12:00:01Z', null],
  ])('has beside it that of an edit, %s, if it is later and not ahead: %o', ([updated, gives]) => {
    const entry = anIncoming({ updated: new Date(updated as string) });
    expect(archiveAfter([], aReading([entry]))[0]?.updated).toBe(gives);
  });
});

describe('a permalink', () => {
  const path = (title: string, timezone = 'UTC') =>
    laidOver(archiveOf([]), [aReading([anIncoming({ title })])], { ...rules, timezone }, now).entries[0]?.path ?? '';

  test.for([
    { when: 'plain', title: 'Learn to code', slug: 'learn-to-code' },
    { when: 'with an author', title: 'Reuven Lerner: Learn to code', slug: 'reuven-lerner-learn-to-code' },
    { when: 'with marks', title: 'C++ & “C#” — 100 %!', slug: 'c-and-c-100' },
    { when: 'Cyrillic', title: 'Привет, мир', slug: 'privet-mir' },
    { when: 'German', title: 'Über Größe', slug: 'ueber-groesse' },
    { when: 'long, cut at a word', title: 'a word '.repeat(40), slug: `${'a-word-'.repeat(8)}a` },
    { when: 'one endless word', title: 'x'.repeat(300), slug: 'x'.repeat(60) },
  ])('$when', ({ title, slug }) => {
    expect(path(title)).toMatch(new RegExp(`^2026/01/23/${slug}-[0-9a-f]{10}$`));
  });

  test('the path of an entry without a title is its key alone', () =>
    expect(path('')).toMatch(/^2026\/01\/23\/[0-9a-f]{10}$/));
  test('has the day of the planet’s time zone', () =>
    expect(path('x', 'Pacific/Honolulu')).toMatch(/^2026\/01\/22\/x-/));
  test('differs for two entries of one title', () => {
    const two = laidOver(archiveOf([]), [says('1', '2')], rules, now).entries;
    expect(new Set(two.map((entry) => entry.path)).size).toBe(2);
  });

  test.for([
    { when: 'a new entry', ids: ['post-17392', 'post-1689558'], keys: [] },
    { when: 'a stored one', ids: ['post-1689558'], keys: ['c32008faf6'] },
  ])('has a longer key where its ten digits are those of $when', ({ ids, keys }) => {
    const said = ids.map((id) =>
      anIncoming({ id, url: `https://a.example/${id}`, title: '', content: `<p id="ids-of-this-body-a">${id}</p>` }),
    );
    const { newEntries } = merge({ ...archiveOf([]), keys }, [aReading(said)], rules, now);
    expect(newEntries.at(-1)?.path).toMatch(/^2026\/01\/23\/c32008faf6[0-9a-f]{22}$/);
    expect(new Set(newEntries.map(({ path }) => path)).size).toBe(ids.length);
    expect(new Set(newEntries.map(({ content }) => /id="([^"]*)"/.exec(content)?.[1])).size).toBe(ids.length);
  });

  test('ends with the key that begins the ids in its HTML, also after an edit', () => {
    const said = (text: string) => anIncoming({ content: `<p id="prefix-a">${text}</p>`, idPrefix: 'prefix' });
    const before = archiveAfter([], aReading([said('At first')]));
    for (const [entry] of [before, archiveAfter(before, aReading([said('And now')]))])
      expect(entry?.content).toContain(`<p id="${entry?.path.slice(-10)}-a">`);
  });
});

test('a post of a feed with new ids and no links that has the words of another day is another post', () => {
  const held = archiveAfter([], aReading([anIncoming({ id: 'old' })]));
  const next = anIncoming({ id: 'new', url: null, published: new Date('2026-01-24T00:00:00Z') });
  expect(archiveAfter(held, aReading([next])).map(({ id }) => id)).toEqual(['old', 'new']);
});

test('entries of a feed with new ids are new, with a note, if too many texts are alike', () => {
  const alike = (at: number, name: string) =>
    anIncoming({
      id: `${name}${at}`,
      url: `https://a.example/${name}${at}`,
      published: new Date(Date.UTC(2026, 0, 23, 8, at, name === 'a' ? 1 : 2)),
      content: `<p>${Array.from({ length: 2_000 }, (_, word) => (word < 1_300 ? `w${word}` : `${at}${name}${word}`)).join(' ')}</p>`,
    });
  const stored = archiveAfter([], aReading(Array.from({ length: 200 }, (_, at) => alike(at, 'a'))));
  const said = aReading([alike(0, 'a'), alike(1, 'b'), alike(2, 'b')]);
  const { newEntries, counts } = merge(archiveOf(stored), [said], rules, now);
  expect(newEntries.map(({ id }) => id)).toEqual(['b1', 'b2']);
  expect(counts.get('a')?.notes).toEqual(['2 of its texts are like too many others to compare them with all']);
});
describe('a flood or a hijack', () => {
  const told = { title: 'A', home: 'https://a.example/', host: 'a.example', entries: 1 };
  const state = { ...newFeedState('feeds/a.xml'), ...told };
  const post = (id: string, host = 'a.example') =>
    anIncoming({ id, url: `https://${host}/${id}`, title: `Post ${id}`, content: `<p>We saw ${id}.</p>` });
  const posts = (count: number) => Array.from({ length: count }, (_, i) => post(`p${i}`));
  const known = archiveAfter([], aReading([post('first')]));
  const merged = (reading: FeedReading, over: Partial<FeedState> = {}, held: Entry[] = []) =>
    laidOver({ entries: known, held, states: { a: { ...state, ...over } }, keys: [] }, [reading], rules, now);
  const casino = post('win', 'casino.example');

  const away = { title: 'B', home: 'https://b.example/' };
  const two = [post('first'), post('b')];
  const [unknown, elsewhere] = [
    'it may have another owner: none of its entries is known',
    'all its new links go to hosts that it never linked to before',
  ];
  const retitled = `${unknown}, its title changed`;
  type Said = [entries: SanitisedEntry[], reading?: Partial<FeedReading>, over?: Partial<FeedState>];
  const otherSoftware = { ...post('first'), id: 'other', url: 'https://a.example/other' };
  const subdomain = { host: 'blog.a.example', home: 'https://blog.a.example/' };
  test.for<[when: string, ...Said]>([
    ['fifty new entries', [post('first'), ...posts(50)]],
    ['a new title alone', two, { title: 'B' }],
    ['links to another host alone', [post('first'), casino]],
    ['no known entry alone', [post('b')]],
    ['another host alone', two, { host: 'cdn.example' }],
    ['no known entry under the title of another day', [post('b')], { title: 'A, 24 days' }, { title: 'A, 23 days' }],
    ['known texts under other ids, links and title, as of other software', [otherSoftware, post('b')], { title: 'B' }],
    ['no known entry, and a first title', [post('b')], {}, { title: null }],
    ['a part under another title', [casino], { title: 'B', partial: true }],
    ['a delta under another title', [post('b')], { title: 'B', delta: true }],
    ['no known entry and links to a subdomain', [post('b', 'blog.a.example')]],
    ['no known entry, another host and links to a subdomain', [post('b', 'blog.a.example')], subdomain],
    ['another title, a subdomain as site and host', [post('b')], { title: 'B', ...subdomain }],
    ['a delta with links elsewhere', [casino], { delta: true }],
    ['a part with links elsewhere', [casino], { partial: true }],
    ['links elsewhere of a trusted feed', [casino], {}, { trusted: true }],
    ['another title, site and host, and nothing new', [post('first')], { ...away, host: 'b.example' }],
    ['no known entry and no links', [{ ...post('b'), url: null }]],
    ['another host and title, of one site', two, { title: 'B', host: 'b.example' }],
    ['another host and site, of one title', two, { home: 'https://b.example/', host: 'b.example' }],
    ['another host, and a first title', two, { ...away, host: 'b.example' }, { title: null }],
    ['another host, and a first site', two, { ...away, host: 'b.example' }, { home: null }],
    ['another host of a part, under another title', two, { ...away, partial: true, host: 'b.example' }],
  ])('is not %s', ([, entries, reading, over]) => {
    const { held, counts } = merged(aReading(entries, {}, reading), over);
    expect(held).toEqual([]);
    expect(counts.get('a')?.hold).toBeNull();
  });

  const many = 'more than 50 new entries at once';
  const movedAway = 'it may have another owner: its title and its site changed, it comes from another host';
  test.for<[when: string, why: string, ...Said]>([
    ['fifty-one new entries', many, [post('first'), ...posts(51)]],
    ['no known entry and links elsewhere', `${unknown}, ${elsewhere}`, [casino]],
    ['no known entry under another title', retitled, [post('b')], { title: 'B', host: 'www.a.example' }],
    ['no known entry under another title, and a first site', retitled, [post('b')], { title: 'B' }, { home: null }],
    ['another title, site and host', movedAway, two, { ...away, host: 'b.example' }],
    ['old titles and days under another host', `${unknown}, ${elsewhere}`, [{ ...casino, title: 'Post first' }]],
  ])('is %s', ([, why, said, reading, over]) => {
    const { entries, held, counts } = merged(aReading(said, {}, reading), over);
    expect(held).toHaveLength(said.filter(({ id }) => id !== 'first').length);
    expect(counts.get('a')?.hold?.reason).toBe(why);
    expect(entries).toEqual([]);
  });

  test.for([
    { known: 'a.example', next: 'blog.a.example', holds: false },
    { known: 'mail.a.example', next: 'a.example', holds: false },
    { known: 'a.github.io', next: 'b.github.io', holds: true },
    { known: 'a.github.io', next: 'xa.github.io', holds: true },
    { known: 'a.github.io', next: 'a.github.io.b.example', holds: true },
    { known: 'a.wordpress.com wordpress.com', next: 'b.wordpress.com', holds: true },
    { known: 'a.example b.substack.com', next: 'substack.com', holds: true },
    { known: 'b.substack.com', next: 'substack.com', holds: true },
    { known: 'medium.com/@a', next: 'b.medium.com', holds: true },
    { known: 'com', next: 'b.com', holds: true },
  ])('is a move from $known to $next: $holds', ({ known, next, holds }) => {
    const hosts = known.split(' ');
    const entries = archiveAfter([], aReading(hosts.map((host, at) => post(`${at}`, host))));
    const states = { a: { ...state, home: `https://${hosts[0]}/` } };
    const { held } = laidOver({ ...archiveOf(entries), states }, [aReading([post('new', next)])], rules, now);
    expect(held).toHaveLength(holds ? 1 : 0);
  });

  test.for([
    { when: 'is none while a longer document may bring them', stored: 1, held: 0 },
    { when: 'is one once the archive has as many as a document', stored: 200, held: 51 },
  ])('of entries older than all stored ones $when', ({ stored, held }) => {
    const old = (count: number, month: string) =>
      posts(count).map((entry) => ({
        ...entry,
        id: `${month}/${entry.id}`,
        url: `https://a.example/${month}/${entry.id}`,
        title: `${month} ${entry.title}`,
        published: new Date(`2025-${month}-01`),
      }));
    const entries = archiveAfter([], aReading(old(stored, '12')));
    const archive = { entries, held: [], states: { a: state }, keys: [] };
    expect(laidOver(archive, [aReading(old(51, '06'))], rules, now).held).toHaveLength(held);
  });

  const byMany = (id: string, from: number, count: number) => ({
    ...post(id),
    authors: Array.from({ length: count }, (_, i) => ({ name: `Ada ${from + i}` })),
  });
  test.for([
    { when: 'five hundred new authors', reading: aReading([byMany('b', 0, 250), byMany('c', 250, 250)]), held: 0 },
    { when: 'more new authors', reading: aReading([byMany('b', 0, 250), byMany('c', 250, 251)]), held: 2 },
    { when: 'more new authors in an edit', reading: aReading([byMany('first', 0, 501)]), held: 0 },
    { when: 'more new authors of a trusted feed', reading: aReading([byMany('b', 0, 501)]), held: 0, trusted: true },
  ])('of $when', ({ reading, held, trusted = false }) => {
    const { held: waiting, counts } = merged(reading, { trusted });
    expect(waiting).toHaveLength(held);
    const why = 'more than 500 new authors at once';
    expect(counts.get('a')?.hold?.reason ?? null).toBe(held > 0 ? why : null);
  });

  test('is not what a link blog brings after a pause', () => {
    const links = (from: number, count: number) =>
      aReading(Array.from({ length: count }, (_, at) => post(`l${from + at}`, `site${from + at}.example`)));
    const entries = archiveAfter([], links(0, 6));
    const { newEntries, held } = merge({ ...archiveOf(entries), states: { a: state } }, [links(6, 6)], rules, now);
    expect([newEntries.length, held.length]).toEqual([6, 0]);
  });

  test('is not what a feed brings that had no entry at its first reading', () => {
    const archive = { ...archiveOf([]), states: { a: state } };
    expect(merge(archive, [aReading(posts(3))], rules, now).held).toEqual([]);
  });

  test('is what comes after a few links to other hosts', () => {
    const elsewhere = ['x', 'y', 'z'].map((id) => post(id, `${id}.example`));
    const entries = archiveAfter([], aReading([...posts(6), ...elsewhere]));
    const archive = { ...archiveOf(entries), states: { a: state } };
    expect(merge(archive, [aReading([casino])], rules, now).held).toHaveLength(1);
  });

  test('all entries of a feed that is new to the planet are accepted', () => {
    const { entries, held } = laidOver(archiveOf([]), [aReading(posts(60))], rules, now);
    expect([entries.length, held.length]).toEqual([60, 0]);
  });

  const since = '2026-01-01T00:00:00Z';
  const trouble = { outcome: 'held', reason: 'it may have another owner: why', since } as const;
  const waiting = archiveAfter([], aReading([casino]));

  const edited = { ...post('first'), title: 'Edited' };
  type Held = [when: string, said: SanitisedEntry[], holds: string[], takes?: string[], over?: Partial<FeedReading>];
  const atHome = { ...casino, id: 'b', url: 'https://a.example/b' };
  const casinoMoved = { ...casino, id: 'win2', url: 'https://casino.example/win2' };
  test.for<Held>([
    ['while an entry that waits is listed', [edited, casino], ['win']],
    ['while one that waits is listed beside a new one of its own site', [edited, post('b'), casino], ['win', 'b']],
    [
      'while one that waits is listed under another id and link of its site',
      [edited, post('b'), casinoMoved],
      ['win', 'b'],
    ],
    ['while it is another', [post('b')], ['win', 'b']],
    ['while its title and site are others', [edited, post('b')], ['win', 'b'], [], away],
    ['while it comes from another host', [edited], ['win'], [], { host: 'b.example' }],
    ['while there are too many', [edited, ...posts(51)], ['win', ...posts(51).map(({ id }) => id)]],
    ['while it is only a part', [edited], ['win'], [], { partial: true }],
    ['while it is only what changed', [edited], ['win'], [], { delta: true }],
    ['while it is only a part without a known entry', [post('b')], ['win', 'b'], [], { partial: true }],
    ['until it is as before', [edited, post('b')], [], ['b', 'first']],
    ['until it is as before, without a new post', [edited], [], ['first']],
    ['until a post with a wrong address is at its own', [edited, atHome], [], ['win', 'first']],
  ])('keeps holding, and rewrites no old post meanwhile, %s', ([, said, holds, takes = [], reading]) => {
    const { entries, held, counts } = merged(aReading(said, {}, reading), { trouble }, waiting);
    expect(held.map(({ id }) => id)).toEqual(holds);
    expect(entries.map(({ id }) => id)).toEqual(takes);
    expect(counts.get('a')?.notes).toEqual(holds.length > 0 ? [] : [expect.stringContaining('are dropped')]);
  });

  test.for([{ partial: true }, { delta: true }])(
    'holds nothing of a part that is as before, and asks for all: %j',
    (part) => {
      const { held, counts } = merged(aReading([post('first'), post('b')], {}, part), { trouble }, waiting);
      expect(held).toEqual(waiting);
      expect(counts.get('a')).toMatchObject({ postpones: true, hold: { reason: trouble.reason } });
      expect(merged(aReading([post('first'), post('b')]), { trouble }, held).entries.map(({ id }) => id)).toEqual([
        'b',
      ]);
    },
  );

  const own = (id: string) => post(id, 'own.example');
  const moved = { ...own('first'), id: 'other', content: post('first').content };
  const slots = { ...casino, url: 'https://a.example/win' };
  const home = 'https://own.example/';
  const flood = Array.from({ length: 51 }, (_, at) => own(`p${at}`));
  const idsOfFlood = [...flood.map(({ id }) => id), 'c', 'first'];
  type Settled = [when: string, waits: SanitisedEntry[], said: SanitisedEntry[], takes: string[], holds?: string[]];
  test.for<Settled>([
    ['and posts of the new owner are dropped', [slots], [moved, own('b')], ['b', 'first']],
    ['and those that waited since a redirect are new', [own('b'), own('c')], [moved, own('b')], ['b', 'c', 'first']],
    ['and a stored post that moved there has its new link', [own('first')], [own('b')], ['b', 'first']],
    ['and one that the new owner moved keeps its own', [{ ...casino, id: 'first' }], [own('b')], ['b']],
    ['also for a part', [slots, own('c')], [own('b')], ['b', 'c']],
    ['also for a part that has a stored post where it moved', [own('first')], [own('first')], ['first']],
    [
      'also on another host where most of its posts are',
      [slots, { ...casino, id: 'win2' }, post('c', 'b.example'), post('l', 'news.example')],
      [moved, post('b', 'b.example'), post('d', 'b.example'), post('e', 'b.example'), post('k', 'news.example')],
      ['b', 'd', 'e', 'k', 'c', 'first'],
    ],
    ['and a flood is held without them', [slots, own('c'), own('first')], flood, [], idsOfFlood],
  ])(
    'at another address that the operator writes, a hold for signs of a new owner ends, %s',
    ([when, waits, said, takes, holds = []]) => {
      const reading = aReading(said, { url: 'feeds/b.xml' }, { home, partial: when.startsWith('also for a part') });
      const states = { a: { ...state, trouble } };
      const held = archiveAfter([], aReading(waits));
      const {
        entries,
        held: next,
        counts,
      } = laidOver({ entries: known, held, states, keys: [] }, [reading], rules, now);
      expect(entries.map(({ id }) => id)).toEqual(takes);
      expect(next.map(({ id }) => id)).toEqual(holds);
      expect(counts.get('a')?.notes).toEqual([expect.stringContaining('another address')]);
    },
  );

  type Written = [what: string, url: string, read: boolean, next: string, waits: boolean];
  test.for<Written>([
    ['another scheme of the host', 'http://a.example/feed', true, 'https://www.a.example/feed', true],
    ['another feed of the host', 'https://a.example/feed', true, 'https://a.example/atom.xml', true],
    ['the same after a failure there', 'https://a.example/atom.xml', false, 'https://a.example/atom.xml', true],
    ['another feed of another host', 'https://b.example/feed', true, 'https://own.example/feed', false],
    ['an address without its typing error', 'https://own.example/fed', false, 'https://own.example/feed', false],
  ])('a hold for signs of a new owner, and then %s', ([, url, read, next, waits]) => {
    const formerly = [{ url: 'https://a.example/feed', home: null }];
    const states = { a: { ...state, url, host: read ? 'a.example' : null, formerly, trouble } };
    const reading = aReading([casino], { url: next }, { host: new URL(next).host });
    const { held } = laidOver({ entries: known, held: waiting, states, keys: [] }, [reading], rules, now);
    expect(held).toEqual(waits ? waiting : []);
  });

  test('each held feed has its own entries, which another feed neither drops nor counts', () => {
    const others = [anEntry({ feed: 'b', id: 'c', url: 'https://a.example/c' }), anEntry({ feed: 'b', id: 'd' })];
    const held = [...waiting, ...others];
    const released = merged(aReading([post('first')]), { trouble }, held);
    expect(released.held).toEqual(others);
    const still = merged(aReading([casino, post('c')]), { trouble }, held);
    expect(still.held.map(({ feed, id }) => `${feed} ${id}`)).toEqual(['a win', 'b c', 'b d', 'a c']);
    expect(still.held.at(-1)?.path).toContain(permalinkKey({ feed: 'a', id: 'c' }));
    expect(still.counts.get('a')?.hold?.entries).toBe(2);
  });

  test('an entry that waits keeps the date and the words of its first sight, and an edit that waits is no new entry', () => {
    const undated = { ...casino, published: null };
    const [first] = archiveAfter([], aReading([undated]), new Date('2026-01-25T00:00:00Z'));
    const moved = anEntry({ ...known[0], title: 'Moved' });
    const said = aReading([{ ...undated, title: 'Other' }, post('first')]);
    const again = merged(said, { trouble }, [first as Entry, moved]);
    expect(again.held).toEqual([first, moved]);
    expect(again.counts.get('a')?.notes).toEqual([]);
    expect(merged(aReading([post('first')]), { trouble }, [moved]).held).toEqual([]);
  });

  test('holds no post beside its edit that waits, when a part of the document lists it', () => {
    const { id, url, title, content } = anIncoming({ ...post('first', 'b.example'), id: 'https://b.example/first' });
    const edit = known.map((entry) => ({ ...entry, url, title, content }));
    const published = new Date('2026-01-31');
    const part = aReading([anIncoming({ id, url, title, content, published })], {}, { partial: true });
    expect(merged(part, { trouble }, edit).held).toEqual(edit);
  });

  test('holds a post with the link and the words of an edit that waits, if the whole document lists both', () => {
    const front = { url: 'https://b.example/', title: 'Bonus', content: '<p>Subscribe to this show.</p>' };
    const edit = known.map((entry) => ({ ...entry, ...front }));
    const { id = '' } = known[0] ?? {};
    const both = [anIncoming({ ...front, id: 'new', published: new Date('2026-01-31') }), anIncoming({ ...front, id })];
    expect(merged(aReading(both), { trouble }, edit).held.map((entry) => entry.id)).toEqual([id, 'new']);
  });

  test('entries of a flooded feed wait for the operator, also after it is as before', () => {
    const trouble = { outcome: 'held', reason: 'more than 50 new entries at once', since } as const;
    const { held } = merged(aReading([post('first'), post('b')]), { trouble }, archiveAfter([], aReading([casino])));
    expect(held.map(({ id }) => id)).toEqual(['win', 'b']);
  });

  const long = (id: string, letters: number) => ({ ...post(id), content: 'x'.repeat(letters) });
  const december = { published: new Date('2025-12-23') };
  const old = (letters: number, over = {}) => ({ ...long('old', letters), ...over });
  const past = [old(400_000, december)];
  type Over = { trusted?: boolean; size?: number };
  type Full = [when: string, held: number, said: SanitisedEntry[], stored?: SanitisedEntry[], over?: Over];
  test.for<Full>([
    ['as many bytes as stay free', 0, [long('b', 490_000)]],
    ['more bytes than stay free', 2, [long('b', 300_000), long('c', 300_000)]],
    ['an edit of more bytes than stay free', 1, [long('first', 600_000)]],
    ['more bytes, of a trusted feed', 0, [long('b', 600_000)], [post('first')], { trusted: true }],
    ['too many bytes, of a trusted feed', 1, [long('b', 1_100_000)], [post('first')], { trusted: true }],
    ['more bytes of another month', 0, [{ ...long('b', 999_999), published: new Date(0) }]],
    ['fewer bytes, but more with those that it has there', 1, [old(400_000), long('b', 490_000)], [old(400_000)]],
    ['fewer bytes, and many in another month', 0, [...past, long('b', 490_000)], past],
    ['an edit that takes bytes away, also if there are too many', 0, [old(300)], [old(400)], { size: 90_000_001 }],
  ])('in a month that is nearly full: %s', ([, held, said, stored = [post('first')], over = {}]) => {
    const { trusted = false, size = 89_000_000 } = over;
    const sizes = new Map([['2026-01', size]]);
    const archive = { ...archiveOf(archiveAfter([], aReading(stored))), states: { a: { ...state, trusted } }, sizes };
    const { entries, held: waiting, counts } = laidOver(archive, [aReading(said)], rules, now);
    expect(waiting).toHaveLength(held);
    expect(entries.length === 0).toBe(held > 0);
    const why = '2026-01.ndjson has no more room for it: git hosts refuse files over 100 MB';
    expect(counts.get('a')?.hold?.reason ?? null).toBe(held > 0 ? why : null);
  });

  test('a feed has no more room in a month than those before it in the same run leave', () => {
    const archive = { ...archiveOf([]), sizes: new Map([['2026-01', 89_000_000]]) };
    const readings = ['a', 'b'].map((id) => aReading([long('one', 490_000)], { id }));
    expect(laidOver(archive, readings, rules, now).held.map(({ feed }) => feed)).toEqual(['b']);
  });

  test('holds a new feed too that fills a month', () => {
    const archive = { ...archiveOf([]), sizes: new Map([['2026-01', 89_900_000]]) };
    const { entries, held } = laidOver(archive, [aReading([long('b', 100_000)])], rules, now);
    expect([entries.length, held.length]).toEqual([0, 1]);
  });

  test('fills half of the room for held entries, and loses none of them', () => {
    const trouble = { outcome: 'held', reason: 'why', since: '2026-01-01T00:00:00Z' } as const;
    const flood = (from: number) => Array.from({ length: 20 }, (_, i) => long(`p${from + i}`, 900_000));
    const first = merged(aReading(flood(0)), { trouble });
    expect(first.held).toHaveLength(11);
    const note = '9 entries found no room in held.ndjson; decide on the others first';
    expect(first.counts.get('a')?.notes).toEqual([note]);
    const next = merged(aReading(flood(100)), { trouble }, first.held);
    expect(next.held).toEqual(first.held);
    expect(next.counts.get('a')).toMatchObject({ postpones: true, hold: { reason: 'why', entries: 11 } });
  });

  const asWritten = digest(['a', 'https://a.example/b', 'Post b', 'we', 'saw', 'b']);
  test.for([
    { by: 'the end of its permalink', rejected: permalinkKey({ feed: 'a', id: 'b' }) },
    { by: 'its words and its link as written', rejected: asWritten },
  ])('does not bring back what the operator rejected in an earlier version, by $by', ({ rejected }) => {
    const { entries, held } = merged(aReading([post('first'), post('b')]), { rejected: [rejected] });
    expect([entries, held]).toEqual([[], []]);
  });
});
