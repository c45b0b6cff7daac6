import { monthRows } from '../../scripts/archive-branch/archive-lines.ts';
import type { FeedReading } from '../../scripts/snapshot/outcome.ts';
import type { SanitisedEntry } from '../../scripts/snapshot/sanitised-entry.ts';
import { ledgerText } from '../../src/archive/ledger.ts';
import type { Entry } from '../../src/core/entry.ts';
import { type FeedState, newFeedState } from '../../src/core/feed-state.ts';
import type { FeedConfig } from '../../src/core/planet.ts';

/** A feed of `planet.yaml` with all that a test does not care about. */
export function aFeed(over: Partial<FeedConfig> = {}): FeedConfig {
  return {
    id: 'a',
    title: 'A',
    url: 'feeds/a.xml',
    authors: 'entry',
    content: 'full',
    include: [],
    exclude: [],
    by: [],
    notBy: [],
    paused: false,
    gone: false,
    index: false,
    only: [],
    ...over,
  };
}

/** What a feed says of one entry. */
export function anIncoming(over: Partial<SanitisedEntry> = {}): SanitisedEntry {
  return {
    id: 'https://a.example/1',
    url: 'https://a.example/1',
    title: 'First light',
    authors: [],
    published: new Date('2026-01-23T08:40:00Z'),
    updated: null,
    language: null,
    categories: [],
    enclosures: [],
    source: null,
    rights: null,
    summary: 'We saw it.',
    content: '<p>We saw it.</p>',
    idPrefix: 'ids-of-this-body',
    ...over,
  };
}

/** A feed that was read and said these entries. */
export function aReading(
  entries: SanitisedEntry[],
  feed: Partial<FeedConfig> = {},
  over: Partial<FeedReading> = {},
): FeedReading {
  return {
    kind: 'read',
    feed: aFeed(feed),
    validators: {},
    askAgainAt: null,
    manners: { ttlMinutes: null, skipHours: [], skipDays: [] },
    movedTo: null,
    from: 'https://a.example/feed',
    host: 'a.example',
    title: 'A',
    description: null,
    home: 'https://a.example/',
    language: null,
    pictures: [],
    authorPictures: [],
    delta: false,
    partial: false,
    entries,
    notes: [],
    ...over,
  };
}

/** An entry as the archive holds it. */
export function anEntry(over: Partial<Entry> = {}): Entry {
  return {
    feed: 'a',
    path: '2026/01/23/first-light-0123456789',
    copyOf: null,
    publishedBy: 'declared',
    firstSeen: '2026-01-24T00:00:00Z',
    ...withoutPrefix(anIncoming()),
    published: '2026-01-23T08:40:00Z',
    updated: null,
    ...over,
  };
}

function withoutPrefix({ idPrefix: _, ...said }: SanitisedEntry) {
  return said;
}

/** An entry of feed `a`, by its id. */
export function post(id: string, over: Partial<Entry> = {}): Entry {
  return anEntry({ id, url: `https://a.example/${id}`, path: `2026/01/23/${id}`, ...over });
}

/** The files of an archive that holds these entries, and knows this of its feeds. */
export function archiveOf(
  entries: readonly Entry[],
  feeds: Record<string, Partial<FeedState>>,
  held: readonly Entry[] = [],
): Map<string, string> {
  const text = (list: readonly Entry[]) => list.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  const count = (feed: string) => entries.filter((entry) => entry.feed === feed).length;
  const states = Object.entries(feeds).map(([id, over]) => [
    id,
    { ...newFeedState(`https://${id}.example/`), entries: count(id), ...over },
  ]);
  const months = Map.groupBy(entries, ({ published }) => published.slice(0, '2026-01'.length));
  if (months.size === 0) months.set('2026-01', []);
  return new Map([
    ...[...months].map(([month, list]) => [`${month}.ndjson`, text(list)] as const),
    ...(held.length > 0 ? [['held.ndjson', text(held)] as const] : []),
    ['feeds.json', `${JSON.stringify(Object.fromEntries(states), null, 1)}\n`],
  ]);
}

/** The files of an archive as a snapshot leaves them: with a ledger of what they hold. */
export function withLedger(files: ReadonlyMap<string, string>): Map<string, string> {
  const months = Object.fromEntries(monthRows(files));
  return new Map([...files, ['ledger.json', ledgerText({ months, next: {}, lost: [] })]]);
}
