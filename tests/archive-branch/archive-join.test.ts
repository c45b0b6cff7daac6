import { describe, expect, test } from 'vitest';
import { monthRows } from '../../scripts/archive-branch/archive-lines.ts';
import { join } from '../../scripts/archive-branch/join.ts';
import { type Ledger, lacking, ledgerText, parseLedger, permalinkKey } from '../../src/archive/ledger.ts';
import type { Entry } from '../../src/core/entry.ts';
import { archiveOf, post, withLedger } from '../lib/builders.ts';

/** What an archive of these files comes to, in short. */
function told(files: ReadonlyMap<string, string>) {
  const lines = (name: string) =>
    (files.get(name) ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  return {
    entries: lines('2026-01.ndjson'),
    ids: lines('2026-01.ndjson').map(({ id }) => id),
    held: lines('held.ndjson').map(({ id }) => id),
    states: JSON.parse(files.get('feeds.json') ?? ''),
  };
}

const base = archiveOf([post('one')], { a: { validators: { etag: '"0"' } } });

describe('two archives that grew from one', () => {
  test('lose no entry, in the order in which a snapshot writes them, and count them', () => {
    const theirs = archiveOf([post('from-them'), post('one')], { a: {} });
    const ours = archiveOf([post('from-us'), post('one'), post('new-feed', { feed: 'b' })], { a: {}, b: {} });
    const { ids, states } = told(join(base, theirs, ours));
    expect(ids).toEqual(['from-them', 'from-us', 'one', 'new-feed']);
    expect(states).toMatchObject({ a: { entries: 3 }, b: { entries: 1 } });
  });

  test.for([
    { who: 'we', them: 'One', us: 'Ours', gives: 'Ours' },
    { who: 'they', them: 'Theirs', us: 'One', gives: 'Theirs' },
    { who: 'both', them: 'Theirs', us: 'Ours', gives: 'Theirs' },
  ])('keep an edit that $who saw', ({ them, us, gives }) => {
    const [before, theirs, ours] = ['One', them, us].map((title) => archiveOf([post('one', { title })], { a: {} }));
    if (!before || !theirs || !ours) throw new Error();
    expect(told(join(before, theirs, ours)).entries[0].title).toBe(gives);
  });

  test('ask a feed that both read with their validators, so that what it said to us is heard again', () => {
    const [theirs, ours] = ['"1"', '"2"'].map((etag) => archiveOf([post('one')], { a: { validators: { etag } } }));
    if (!theirs || !ours) throw new Error();
    expect(told(join(base, theirs, ours)).states.a.validators).toEqual({ etag: '"1"' });
    expect(told(join(base, base, ours)).states.a.validators).toEqual({ etag: '"2"' });
  });

  test('show once what came to them by one feed and to us by another', () => {
    const same = { url: 'https://ada.example/post' };
    const theirs = archiveOf([post('one'), post('two', same)], { a: {} });
    const ours = archiveOf([post('one'), post('three', { ...same, feed: 'b' })], { a: {}, b: {} });
    const copy = told(join(base, theirs, ours)).entries.find(({ feed }) => feed === 'b');
    expect(copy).toMatchObject({ id: 'three', copyOf: { feed: 'a', id: 'two', why: 'first' } });
  });

  test('show once what came to them by one feed and to us by two', () => {
    const same = { url: 'https://ada.example/post' };
    const theirs = archiveOf([post('one'), post('two', same)], { a: {} });
    const ours = archiveOf(
      [
        post('one'),
        post('three', { ...same, feed: 'b' }),
        post('four', { ...same, feed: 'c', copyOf: { feed: 'b', id: 'three', why: 'order' }, sameBy: 'text' }),
      ],
      { a: {}, b: {}, c: {} },
    );
    const copyOf = { feed: 'a', id: 'two', why: 'first' };
    const { entries } = told(join(base, theirs, ours));
    expect(entries.map((entry) => [entry.id, entry.copyOf])).toEqual([
      ['one', null],
      ['two', null],
      ['three', copyOf],
      ['four', copyOf],
    ]);
  });

  const another = { title: 'Low water', content: '<p>Nobody has seen the stairs since spring, says the pilot.</p>' };
  test.for<{ what: string; theirs: Entry; ours: Entry; ids: (string | RegExp)[] }>([
    {
      what: 'a post that both read, under two ids, once',
      theirs: post('two', { url: 'https://a.example/same' }),
      ours: post('three', { url: 'https://a.example/same' }),
      ids: ['one', 'two'],
    },
    {
      what: 'two posts that both read under one id, both',
      theirs: post('two'),
      ours: post('two', { ...another, url: 'https://a.example/other', published: '2026-01-24T07:11:00Z' }),
      ids: ['one', 'two', 'https://a.example/other'],
    },
    {
      what: 'two posts of one minute and one title, both',
      theirs: post('two', { published: '2026-01-24T07:11:00Z' }),
      ours: post('three', { ...another, title: 'First light', published: '2026-01-24T07:11:00Z' }),
      ids: ['one', 'three', 'two'],
    },
    {
      what: 'a post without a date that both read, around midnight of a month, once',
      theirs: post('two'),
      ours: post('two', { published: '2026-02-01T00:00:01Z', publishedBy: 'missing' }),
      ids: ['one', 'two'],
    },
  ])('keep $what', ({ theirs, ours, ids }) => {
    const [their, our] = [theirs, ours].map((entry) => archiveOf([post('one'), entry], { a: {} }));
    if (!their || !our) throw new Error();
    const joined = join(base, their, our);
    expect(told(joined)).toMatchObject({ ids, states: { a: { entries: ids.length } } });
    expect(joined.get('2026-02.ndjson') ?? '').toBe('');
  });

  test('lose no entry where neither has a feeds.json', () => {
    const ours = new Map(base);
    ours.delete('feeds.json');
    expect(told(join(base, new Map(), ours)).ids).toEqual(['one']);
  });

  test('are joined as well as can be where nobody knows how they began', () => {
    const theirs = archiveOf([post('one', { title: 'Theirs' })], { a: {} });
    const ours = archiveOf([post('one', { title: 'Ours' }), post('two')], { a: {} });
    const { ids, entries } = told(join(new Map(), theirs, ours));
    expect(ids).toEqual(['one', 'two']);
    expect(entries[0].title).toBe('Theirs');
  });
});

describe('the ledgers of two archives', () => {
  const months = (files: ReadonlyMap<string, string>) => {
    const file = parseLedger(files.get('ledger.json'));
    return file.kind === 'ledger' ? file.ledger.months : file.kind;
  };
  const [first, theirs, ours] = [['one'], ['one', 'from-them'], ['one', 'from-us']].map((ids) =>
    withLedger(
      archiveOf(
        ids.map((id) => post(id)),
        { a: {} },
      ),
    ),
  ) as [Map<string, string>, Map<string, string>, Map<string, string>];

  test('are one that holds the entries of both, and says so of their files', () => {
    const joined = join(first, theirs, ours);
    expect(months(joined)).toEqual(Object.fromEntries(monthRows(joined)));
    expect(months(joined)).toMatchObject({ '2026-01': { entries: 3 } });
  });

  test.for([
    { who: 'we', mine: new Map(ours).set('2026-01.ndjson', first.get('2026-01.ndjson') ?? ''), their: theirs },
    { who: 'they', mine: ours, their: new Map(theirs).set('2026-01.ndjson', first.get('2026-01.ndjson') ?? '') },
  ])('hold together what $who have lost', ({ mine, their }) => {
    const joined = join(first, their, mine);
    const ledger = parseLedger(joined.get('ledger.json'));
    if (ledger.kind !== 'ledger') throw new Error(ledger.kind);
    expect(lacking(ledger.ledger, monthRows(joined))).toMatchObject([{ month: '2026-01', expected: 3 }]);
  });

  test('keep what a newer version wrote into them, as into lines and states', () => {
    const later = { later: 1 };
    const newer = withLedger(
      archiveOf([{ ...post('one'), ...later }, post('from-them')], { a: { trusted: false, ...later } }),
    );
    const { ledger } = parseLedger(newer.get('ledger.json')) as { ledger: Ledger };
    const joined = join(first, newer.set('ledger.json', ledgerText({ ...ledger, ...later })), ours);
    expect(parseLedger(joined.get('ledger.json'))).toMatchObject({ kind: 'ledger', ledger: later });
    const { entries, states } = told(joined);
    expect(entries.find(({ id }) => id === 'one')).toMatchObject(later);
    expect(states.a).toMatchObject(later);
  });

  test('keep an entry that their branch does not have any more, for nobody has said that it is meant', () => {
    expect(told(join(theirs, first, theirs)).ids).toEqual(['from-them', 'one']);
  });
});

describe('an operator who decides while a snapshot runs', () => {
  const trouble = { outcome: 'held', reason: 'a flood', since: '2026-01-24T00:00:00Z' } as const;
  const before = archiveOf([post('one')], { a: { trouble } }, [post('waits')]);
  const askAgainAt = '2026-01-25T00:00:00Z';
  const snapshot = archiveOf([post('elsewhere', { feed: 'b' }), post('one')], { a: { trouble, askAgainAt }, b: {} }, [
    post('waits'),
    post('waits-too'),
  ]);
  const accepted = archiveOf([post('one'), post('waits')], { a: { trusted: true } });
  const rejected = archiveOf([post('one')], { a: { rejected: [permalinkKey({ feed: 'a', id: 'waits' })] } });

  test.for([
    { how: 'accepts', decided: accepted, ids: ['one', 'waits', 'elsewhere'], state: { trusted: true, rejected: [] } },
    {
      how: 'rejects',
      decided: rejected,
      ids: ['one', 'elsewhere'],
      state: { rejected: [permalinkKey({ feed: 'a', id: 'waits' })] },
    },
  ])('$how: it stays so, whoever comes second', ({ decided, ids, state }) => {
    for (const after of [join(before, decided, snapshot), join(before, snapshot, decided)]) {
      expect(told(after)).toMatchObject({ ids, held: [], states: { a: { trouble: null, ...state } } });
    }
  });

  test('entries that were held before the snapshot are as the other machine has them', () => {
    const theirs = archiveOf([post('one')], { a: { trouble, askAgainAt: '2026-01-26T00:00:00Z' } }, [post('waits')]);
    expect(told(join(before, theirs, snapshot)).held).toEqual(['waits']);
    expect(told(join(before, before, snapshot)).held).toEqual(['waits', 'waits-too']);
  });

  test('a post that they rejected does not come back with us, who had not heard of it', () => {
    const taken = archiveOf([post('one'), post('waits')], { a: { trusted: true } });
    expect(told(join(before, rejected, taken)).ids).toEqual(['one']);
  });
});
