import type { FeedConfig } from '../../src/core/planet.ts';
import type { AuthorRecord, EntryRecord, FeedRecord } from '../../src/core/records.ts';
import { english } from '../../src/i18n/catalogue.ts';
import { wordsOf } from '../../src/i18n/words.ts';
import { aFeed, anEntry } from './builders.ts';

/** An entry as the site holds it. */
export function aRecord(over: Partial<EntryRecord> = {}): EntryRecord {
  const { content: _body, copyOf: _owner, ...head } = anEntry();
  return {
    ...head,
    via: [],
    ownedBecause: null,
    position: { month: '2026-01', offset: 0, length: 1, head: 1, hash: '0123456789abcdef' },
    credit: { title: head.title, authors: [] },
    day: head.published.slice(0, 10),
    sharedId: false,
    ...over,
  };
}

export function anAuthor(over: Partial<AuthorRecord> = {}): AuthorRecord {
  const newest = '2026-01-23T08:40:00Z';
  return {
    slug: 'ada',
    formerly: [],
    name: 'Ada',
    url: null,
    avatar: null,
    bio: null,
    entries: 1,
    newest,
    feeds: ['a'],
    ...over,
  };
}

/** A planet of one feed, and the people in it. */
export function known(feed: Partial<FeedConfig> = {}, authors: AuthorRecord[] = []) {
  const record: FeedRecord = {
    ...aFeed(feed),
    home: feed.home,
    state: null,
    entries: 1,
    newest: null,
  } as FeedRecord;
  return {
    feedById: new Map([[record.id, record]]),
    authorBySlug: new Map(authors.map((author) => [author.slug, author])),
    words: wordsOf('en', english),
  };
}
