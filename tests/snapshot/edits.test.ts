import { describe, expect, test } from 'vitest';
import { editsOf } from '../../scripts/snapshot/edits.ts';
import type { SanitisedEntry } from '../../scripts/snapshot/sanitised-entry.ts';
import type { Entry } from '../../src/core/entry.ts';
import type { FeedState } from '../../src/core/feed-state.ts';
import { anIncoming, post } from '../lib/builders.ts';

const START = Date.UTC(2026, 1, 25, 6);
const HOUR = 3_600_000;

/** So many words that no other seed has. */
const words = (seed: string, count = 40) =>
  Array.from({ length: count }, (_, at) => seed + 'abcdefgh'[at % 8] + 'ijklmnop'[Math.floor(at / 8)]).join(' ');

const said = (id: string, content: string, over: Partial<SanitisedEntry> = {}): SanitisedEntry =>
  anIncoming({ id, url: `https://a.example/${id}`, summary: content.slice(0, 40), content, ...over });
const stored = (id: string, content: string, over: Partial<Entry> = {}): Entry =>
  post(id, { summary: content.slice(0, 40), content, ...over });

const short: [string, string] = [words('was', 8), words('is', 2)];
const shrunk: [string, string] = [words('was'), words('is', 15)];
const edited: [string, string] = [words('was'), words('is')];
const same: [string, string] = [words('was'), words('was')];
const cut: [string, string] = [words('was'), `${words('was', 20)}…`];
const cutAtLink: [string, string] = [
  `<p>${words('was')}</p>`,
  `<p>${words('was', 20)}… <a href="https://a.example/0">Jatka lukemista</a></p>`,
];
const linked = `<p><a href="https://a.example/${words('link')}">${words('was', 30)}</a></p>`;
const source: [string, string] = [linked.replaceAll('<', '&#x3C;'), linked];
const cutSource: [string, string] = [linked.replaceAll('<', '&#x3C;'), `<p>${words('is', 6)}</p>`];
const gone: [string, string] = [words('was', 8), ''];

test.for<[what: string, texts: [string, string][], stay: string, note: string]>([
  [
    'most that halve stay, and others are edits',
    [shrunk, shrunk, edited],
    '01',
    '2 of its texts are much shorter than before; the longer ones stay',
  ],
  ['most that halve stay, also beside many that did not change', [shrunk, shrunk, same, same, same], '01234', '2 of'],
  ['one that halves is an edit', [shrunk, same], '1', ''],
  ['few that halve are edits', [shrunk, shrunk, edited, edited], '', ''],
  ['short ones that halve are edits', [short, short], '', ''],
  ['sources of HTML that become its text are edits', [source, source], '', ''],
  ['sources of HTML that become a small part of its text stay', [cutSource, cutSource], '01', '2 of its texts are'],
  ['one that ends with nothing stays', [gone, edited], '0', 'longer one stays'],
  ['a picture that ends with nothing stays', [['<img src="https://a.example/0.png">', '']], '0', 'longer one stays'],
  ['one of which a picture is left is an edit', [[words('was'), '<img src="https://a.example/0.png">']], '', ''],
  ['one that is cut without an ellipsis is an edit', [[words('was'), words('was', 15)], same], '1', ''],
  ['one that is withdrawn is an edit', [[words('was'), 'Withdrawn.'], same], '1', ''],
  ['one of which only the beginning is left stays', [cut, edited, edited], '0', 'longer one stays'],
  ['one that ends in a link to the rest stays', [cutAtLink, edited, edited], '0', 'longer one stays'],
])('of the texts that change at once, %s', ([, texts, stay, note]) => {
  const pairs = texts.map(([was, is], at) => ({ incoming: said(`${at}`, is), before: stored(`${at}`, was) }));
  const { changed, notes } = editsOf(pairs, {}, new Date(START));
  const ids = new Set(changed.map(({ id }) => id));
  expect(
    pairs
      .map(({ before }) => before.id)
      .filter((id) => !ids.has(id))
      .join(''),
  ).toBe(stay);
  expect(notes.join()).toContain(note);
  expect(notes).toHaveLength(note === '' ? 0 : 1);
});

describe('a change of a few words', () => {
  /** Reads one document after the other, and returns the hours of those whose change is taken. */
  function taken(documents: readonly (readonly [hour: number, content: string])[]) {
    let entry = stored('1', words('text'));
    let stamped: FeedState['stamped'] = {};
    const hours: number[] = [];
    const told: string[] = [];
    for (const [hour, content] of documents) {
      const edits = editsOf([{ incoming: said('1', content), before: entry }], stamped, new Date(START + hour * HOUR));
      stamped = edits.stamped;
      told.push(...edits.notes);
      expect(edits.changed.length + edits.postponed.length).toBeLessThanOrEqual(1);
      // Each run that takes no change says why.
      expect(edits.notes.length).toBeGreaterThanOrEqual(edits.postponed.length);
      if (edits.changed[0]) hours.push(hour);
      entry = edits.changed[0] ?? entry;
    }
    return { hours, told };
  }
  const stamp = (hour: number): [number, string] => [hour, `${words('text')} ${hour}`];
  const hourly = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => stamp(from + at));

  test('is taken once a day after the third in a row', () => {
    const { hours, told } = taken(hourly(1, 52));
    expect(hours).toEqual([1, 2, 3, 27, 51]);
    expect(told[0]).toBe('1 entry changes a little in every run; a change of this kind is taken once a day');
  });

  test('counts anew after two days without one, and after an edit of other words', () => {
    expect(taken([...hourly(1, 4), ...hourly(60, 64)]).hours).toEqual([1, 2, 3, 60, 61, 62]);
    const edit: [number, string] = [5, words('other')];
    const after = hourly(6, 9).map(([hour]): [number, string] => [hour, `${words('other')} ${hour}`]);
    expect(taken([...hourly(1, 4), edit, ...after]).hours).toEqual([1, 2, 3, 5, 6, 7, 8]);
  });

  test('by a wrong clock counts for nothing', () => {
    expect(taken([...hourly(90, 92), ...hourly(1, 4)]).hours).toEqual([90, 91, 92, 1, 2, 3]);
  });

  test('of more than two days ago is forgotten, but not in a run without changes', () => {
    const old = { old: { times: 3, at: '2026-02-22T06:00:00Z' } };
    const pair = { incoming: said('1', `${words('text')} 5`), before: stored('1', words('text')) };
    expect(editsOf([], old, new Date(START)).stamped).toBe(old);
    expect(Object.keys(editsOf([pair], old, new Date(START)).stamped)).toEqual(['1']);
  });

  /** How many stamps the edit of an entry counts as. */
  const stampsOf = (incoming: SanitisedEntry, before: Entry) => {
    const { changed, stamped } = editsOf([{ incoming, before }], {}, new Date(START));
    expect(changed).toHaveLength(1);
    return Object.keys(stamped).length;
  };
  const file = (over: object) => ({ url: 'https://a.example/token/1.mp3?sig=5', type: 'audio/mpeg', ...over });
  const before = stored('1', words('text'), {
    title: 'Comic 3 (5 comments) (1:0)',
    authors: [{ name: 'Ada' }, { name: 'Bob' }],
    categories: ['x', 'y'],
    enclosures: [file({ length: 5, duration: 5, picture: 'https://a.example/1.jpg?sig=5' })],
    still: { url: 'https://a.example/2.jpg?sig=5' },
    rights: '© 2026, 1000',
  });
  test.for<[what: string, over: Partial<SanitisedEntry>, isStamp: boolean]>([
    ['the host of its address', { url: 'https://mail.a.example/1' }, true],
    ['the token of a file', { enclosures: [file({ url: 'https://a.example/other/1.mp3?sig=6' })] }, true],
    ['its length, duration and picture', { enclosures: [file({ length: 6, duration: 6 })] }, true],
    ['the picture of a video', { still: { url: 'https://a.example/3/2.jpg?sig=6' } }, true],
    ['the order of authors', { authors: [{ name: 'Bob' }, { name: 'Ada' }] }, true],
    ['the order of categories', { categories: ['y', 'x'] }, true],
    ['a counter in the title', { title: 'Comic 3 (10 comments) (1:0)' }, true],
    ['a number in the rights', { rights: '© 2026, 1001' }, true],
    ['another number in the title', { title: 'Comic 4 (5 comments) (1:0)' }, false],
    ['a score in brackets', { title: 'Comic 3 (5 comments) (1:1)' }, false],
    ['another file', { enclosures: [file({ url: 'https://a.example/token/2.mp3' })] }, false],
    ['a file of another type', { enclosures: [file({ type: 'audio/ogg' })] }, false],
    ['one more file', { enclosures: [file({}), file({})] }, false],
    ['one more author', { authors: [...before.authors, { name: 'Cy' }] }, false],
    ['one category less', { categories: ['x'] }, false],
  ])('may be in %s', ([, over, isStamp]) => {
    const { title, authors, categories, enclosures, still, rights } = before;
    const same = { title, authors, categories, enclosures, rights, ...(still && { still }) };
    expect(stampsOf(said('1', words('text'), { ...same, ...over }), before)).toBe(isStamp ? 1 : 0);
  });

  const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 100).join(' ');
  test.for<[what: string, content: string, over: Partial<SanitisedEntry>, isStamp: boolean]>([
    ['a number', `${words('text')} 5`, {}, true],
    ['many numbers', `${words('text')} ${numbers(24)}`, {}, true],
    ['markup', `<p>${words('text')}</p><img src="https://a.example/p.png?n=5" alt="x">`, {}, true],
    ['a tenth of the words', `${words('text', 36)} ${words('new', 4)}`, {}, true],
    ['the query of its address', `${words('text')} 5`, { url: 'https://a.example/1?session=5' }, true],
    ['more numbers', `${words('text')} ${numbers(25)}`, {}, false],
    ['more words that come', `${words('text')} ${words('new', 5)}`, {}, false],
    ['more words that go', words('text', 35), {}, false],
    ['its title', `${words('text')} 5`, { title: 'Another' }, false],
    ['its address', `${words('text')} 5`, { url: 'https://a.example/2' }, false],
  ])('may be in %s', ([, content, over, isStamp]) => {
    expect(stampsOf(said('1', content, over), stored('1', words('text')))).toBe(isStamp ? 1 : 0);
  });
});
