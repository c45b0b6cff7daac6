import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { monthFile } from '../../src/archive/archive.ts';
import { readSummaries } from '../../src/archive/read-entries.ts';
import { Entry, type Person, type StoredSummary } from '../../src/core/entry.ts';
import { makeFolder, readChecked, writeChecked } from '../disk/files.ts';

/** The cached summaries of a month, and the state of its file when they were read. */
interface CachedMonth {
  /** A hash of the entry's schema and of the form of this cache: with another one the cache is not used. */
  schema: string;
  size: number;
  /** The time of the file's last change, in milliseconds since 1970. */
  time: number;
  /** The SHA-256 of the file, in hex. */
  bytes: string;
  values: Values;
}

/** Shared values once, and entries as arrays: half of the bytes and of the reading time of objects. */
interface Values {
  feeds: string[];
  people: Person[][];
  languages: Pick<StoredSummary, 'language' | 'languageBy'>[];
  entries: [
    /** Indexes of the shared values. */
    feed: number,
    authors: number,
    language: number,
    id: string,
    path: string,
    copyOf: StoredSummary['copyOf'],
    title: string,
    published: string,
    publishedBy: StoredSummary['publishedBy'],
    firstSeen: string,
    offset: number,
    length: number,
    head: number,
    hash: string,
  ][];
}

/** To be raised when the form of the cache or the rules in src/core/clean-text.ts change. */
const FORM = 5;
const KIND = `summaries ${FORM}`;

const SCHEMA = hash('sha256', JSON.stringify([z.toJSONSchema(Entry), FORM]));

/**
 * Returns a `readSummaries` that caches the summaries of each month in `folder`. Without the cache, every build would parse
 * the whole archive.
 */
export function cachedSummaries(folder: string): typeof readSummaries {
  makeFolder(folder);
  return async (archive, month) => {
    const file = monthFile(archive, month);
    const path = join(folder, `${month}.json`);
    const { size, mtimeMs: time } = statSync(file);
    const text = readChecked(path, KIND);
    const cached: CachedMonth | null = text === null ? null : JSON.parse(text);
    const usable = cached?.schema === SCHEMA && cached.size === size ? cached : null;
    if (usable?.time === time) return summariesFrom(usable.values, month);
    const bytes = hash('sha256', readFileSync(file));
    // A fresh checkout gives every file a new time.
    if (usable?.bytes === bytes) {
      writeCache(path, { ...usable, time });
      return summariesFrom(usable.values, month);
    }
    const summaries = await readSummaries(archive, month);
    writeCache(path, { schema: SCHEMA, size, time, bytes, values: valuesOf(summaries) });
    return summaries;
  };
}

function writeCache(path: string, cached: CachedMonth): void {
  writeChecked(path, KIND, JSON.stringify(cached));
}

function valuesOf(summaries: readonly StoredSummary[]): Values {
  const feeds = new Map<string, number>();
  const people = new Map<string, number>();
  const languages = new Map<string, number>();
  const indexOf = (values: Map<string, number>, value: string) =>
    values.get(value) ?? values.set(value, values.size).size - 1;
  const entries = summaries.map((summary): Values['entries'][number] => {
    const { feed, authors, language, languageBy, id, path, copyOf, title, published, publishedBy, firstSeen } = summary;
    const { offset, length, head, hash } = summary.position;
    return [
      indexOf(feeds, feed),
      indexOf(people, JSON.stringify(authors)),
      indexOf(languages, JSON.stringify({ language, languageBy })),
      ...([id, path, copyOf, title, published, publishedBy, firstSeen] as const),
      ...([offset, length, head, hash] as const),
    ];
  });
  return {
    feeds: [...feeds.keys()],
    people: [...people.keys()].map((authors) => JSON.parse(authors)),
    languages: [...languages.keys()].map((language) => JSON.parse(language)),
    entries,
  };
}

function summariesFrom({ feeds, people, languages, entries }: Values, month: string): StoredSummary[] {
  return entries.map(
    ([feed, authors, language, id, path, copyOf, title, published, publishedBy, firstSeen, ...place]) => {
      const [offset, length, head, hash] = place;
      return {
        feed: feeds[feed] as string,
        id,
        path,
        copyOf,
        title,
        authors: people[authors] as Person[],
        published,
        publishedBy,
        firstSeen,
        ...(languages[language] as Values['languages'][number]),
        position: { month, offset, length, head, hash },
      };
    },
  );
}
