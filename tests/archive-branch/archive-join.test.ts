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

/** An archive of a feed, or of several, with these posts. */
const having = (posts: Entry[], states: Parameters<typeof archiveOf>[1] = { a: {} }) => archiveOf(posts, states);
const base = having([post('one')], { a: { validators: { etag: '"0"' } } });
const same = { url: 'https://ada.example/same' };

describe('two archives that grew from one', () => {
  test('lose no entry, in the order in which a snapshot writes them, and count them', () => {
    const theirs = having([post('from-them'), post('one')]);
    const ours = having([post('from-us'), post('one'), post('new-feed', { feed: 'b' })], { a: {}, b: {} });
    const { ids, states } = told(join(base, theirs, ours));
    expect(ids).toEqual(['from-them', 'from-us', 'one', 'new-feed']);
    expect(states).toMatchObject({ a: { entries: 3 }, b: { entries: 1 } });
  });

  test.for([
    { who: 'we', them: 'One', us: 'Ours', gives: 'Ours' },
    { who: 'they', them: 'Theirs', us: 'One', gives: 'Theirs' },
    { who: 'both', them: 'Theirs', us: 'Ours', gives: 'Theirs' },
  ])('keep an edit that $who saw', ({ them, us, gives }) => {
    const titled = (title: string) => having([post('one', { title })]);
    expect(told(join(titled('One'), titled(them), titled(us))).entries[0].title).toBe(gives);
  });

  test('ask a feed that both read with their validators, so that what it said to us is heard again', () => {
    const tagged = (etag: string) => having([post('one')], { a: { validators: { etag } } });
    expect(told(join(base, tagged('"1"'), tagged('"2"'))).states.a.validators).toEqual({ etag: '"1"' });
    expect(told(join(base, base, tagged('"2"'))).states.a.validators).toEqual({ etag: '"2"' });
  });

  test('show once what came to them by one feed and to us by another', () => {
    const theirs = having([post('one'), post('two', same)]);
    const ours = having([post('one'), post('three', { ...same, feed: 'b' })], { a: {}, b: {} });
    const copy = told(join(base, theirs, ours)).entries.find(({ feed }) => feed === 'b');
    expect(copy).toMatchObject({ id: 'three', copyOf: { feed: 'a', id: 'two', why: 'first' } });
  });

  test('show once what came to them by one feed and to us by two', () => {
    const theirs = having([post('one'), post('two', same)]);
    const three = post('three', { ...same, feed: 'b' });
    const ofThree = { feed: 'b', id: 'three', why: 'order' } as const;
    const four = post('four', { ...same, feed: 'c', copyOf: ofThree, sameBy: 'text' });
    const { entries, ids } = told(join(base, theirs, having([post('one'), three, four], { a: {}, b: {}, c: {} })));
    expect(ids).toEqual(['one', 'two', 'three', 'four']);
    const copyOf = { feed: 'a', id: 'two', why: 'first' };
    expect(entries.map((entry) => entry.copyOf)).toEqual([null, null, copyOf, copyOf]);
  });

  const another = { title: 'Low water', content: '<p>Nobody has seen the stairs since spring, says the pilot.</p>' };
  const then = { published: '2026-01-24T07:11:00Z' };
  const elsewhere = { ...another, ...then, url: 'https://a.example/other' };
  const undated = { published: '2026-02-01T00:00:01Z', publishedBy: 'missing' } as const;
  test.for<[what: string, theirs: Entry, ours: Entry, ...ids: string[]]>([
    ['a post that both read, under two ids, once', post('two', same), post('three', same), 'two'],
    ['two posts that both read under one id, both', post('two'), post('two', elsewhere), 'two', elsewhere.url],
    [
      ...(['two posts of one minute and one title, both', post('two', then)] as const),
      ...([post('three', { ...another, ...then, title: 'First light' }), 'three', 'two'] as const),
    ],
    [
      'a post without a date that both read, around midnight of a month, once',
      post('two'),
      post('two', undated),
      'two',
    ],
  ])('keep %s', ([, theirs, ours, ...more]) => {
    const ids = ['one', ...more];
    const joined = join(base, having([post('one'), theirs]), having([post('one'), ours]));
    expect(told(joined)).toMatchObject({ ids, states: { a: { entries: ids.length } } });
    expect(joined.get('2026-02.ndjson') ?? '').toBe('');
  });

  test('lose no entry where neither has a feeds.json, or we have none and another feed', () => {
    const ours = new Map(having([post('one'), post('new-feed', { feed: 'b' })]));
    ours.delete('feeds.json');
    for (const theirs of [new Map(), base]) expect(told(join(base, theirs, ours)).ids).toEqual(['one', 'new-feed']);
  });

  test('are joined as well as can be where nobody knows how they began', () => {
    const theirs = having([post('one', { title: 'Theirs' })]);
    const ours = having([post('one', { title: 'Ours' }), post('two')]);
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
  const kept = (...ids: string[]) => withLedger(having(ids.map((id) => post(id))));
  const [first, theirs, ours] = [kept('one'), kept('one', 'from-them'), kept('one', 'from-us')];
  const lost = first.get('2026-01.ndjson') ?? '';

  test('are one that holds the entries of both, and says so of their files', () => {
    const joined = join(first, theirs, ours);
    expect(months(joined)).toEqual(Object.fromEntries(monthRows(joined)));
    expect(months(joined)).toMatchObject({ '2026-01': { entries: 3 } });
  });

  test.for([
    { who: 'we', mine: new Map(ours).set('2026-01.ndjson', lost), their: theirs },
    { who: 'they', mine: ours, their: new Map(theirs).set('2026-01.ndjson', lost) },
  ])('hold together what $who have lost', ({ mine, their }) => {
    const joined = join(first, their, mine);
    const ledger = parseLedger(joined.get('ledger.json'));
    if (ledger.kind !== 'ledger') throw new Error(ledger.kind);
    expect(lacking(ledger.ledger, monthRows(joined))).toMatchObject([{ month: '2026-01', expected: 3 }]);
  });

  test('keep an entry that came back to one of them after its loss was accepted, and would miss it again', () => {
    const { ledger } = parseLedger(first.get('ledger.json')) as { ledger: Ledger };
    const loss = { ...ledger, lost: [permalinkKey({ feed: 'a', id: 'from-us' })] };
    const accepted = new Map(first).set('ledger.json', ledgerText(loss));
    for (const joined of [join(accepted, accepted, ours), join(accepted, ours, accepted)]) {
      expect(told(joined).ids).toEqual(['from-us', 'one']);
      expect(parseLedger(joined.get('ledger.json'))).toMatchObject({ ledger: { lost: [] } });
    }
  });

  test('do not miss the entries and pictures of a feed that they forgot while we read it', () => {
    const withOther = (...posts: Entry[]) =>
      withLedger(having([post('one'), ...posts, post('gone', { feed: 'b' })], { a: {}, b: {} }));
    const rows = ['a', 'b'].map((feed) => ({ feed, author: null, hash: null }));
    const read = withOther(post('from-us')).set('avatars.json', JSON.stringify(rows));
    const joined = join(withOther(), first, read);
    expect(told(joined).ids).toEqual(['from-us', 'one']);
    expect(months(joined)).toEqual(Object.fromEntries(monthRows(joined)));
    expect(JSON.parse(joined.get('avatars.json') ?? '')).toEqual(rows.slice(0, 1));
  });

  test('keep what a newer version wrote into them, as into lines and states', () => {
    const later = { later: 1 };
    const posts = [{ ...post('one'), ...later }, post('from-them')];
    const newer = withLedger(having(posts, { a: { trusted: false, ...later } }));
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
  const [read, states] = [[post('elsewhere', { feed: 'b' }), post('one')], { a: { trouble, askAgainAt }, b: {} }];
  const snapshot = archiveOf(read, states, [post('waits'), post('waits-too')]);
  const accepted = having([post('one'), post('waits')], { a: { trusted: true } });
  const ofRejected = { rejected: [permalinkKey({ feed: 'a', id: 'waits' })] };
  const rejected = having([post('one')], { a: ofRejected });

  test.for([
    { how: 'accepts', decided: accepted, ids: ['one', 'waits', 'elsewhere'], state: { trusted: true, rejected: [] } },
    { how: 'rejects', decided: rejected, ids: ['one', 'elsewhere'], state: ofRejected },
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
    expect(told(join(before, rejected, accepted)).ids).toEqual(['one']);
  });
});
