import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { monthFile } from '../../src/archive/archive.ts';
import { readSummaries } from '../../src/archive/read-entries.ts';
import { Entry, type Person, type Position, type StoredSummary } from '../../src/core/entry.ts';
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
  columns: Columns;
}

/** One array for each field, and shared values once: a third of the bytes and of the reading time. */
interface Columns
  extends Pick<
      ColumnsOf<StoredSummary>,
      'id' | 'path' | 'copyOf' | 'title' | 'published' | 'publishedBy' | 'firstSeen'
    >,
    Pick<ColumnsOf<Position>, 'offset' | 'length' | 'head' | 'hash'> {
  feeds: string[];
  people: Person[][];
  languages: Spoken[];
  /** For each entry the index in `feeds`, in `people`, and in `languages`. */
  feed: number[];
  authors: number[];
  language: number[];
}

/** The language of an entry, and how it was found. */
type Spoken = Pick<StoredSummary, 'language' | 'languageBy'>;

type ColumnsOf<T> = { [Field in keyof T]: T[Field][] };

/** To be raised when the form of the cache or the rules in src/core/clean-text.ts change. */
const FORM = 4;
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
    if (usable?.time === time) return summariesFrom(usable.columns, month);
    const bytes = hash('sha256', readFileSync(file));
    // A fresh checkout gives every file a new time.
    if (usable?.bytes === bytes) {
      writeCache(path, { ...usable, time });
      return summariesFrom(usable.columns, month);
    }
    const summaries = await readSummaries(archive, month);
    writeCache(path, { schema: SCHEMA, size, time, bytes, columns: columnsOf(summaries) });
    return summaries;
  };
}

function writeCache(path: string, cached: CachedMonth): void {
  writeChecked(path, KIND, JSON.stringify(cached));
}

function columnsOf(summaries: readonly StoredSummary[]): Columns {
  const feeds = new Map<string, number>();
  const people = new Map<string, number>();
  const languages = new Map<string, number>();
  const indexOf = (values: Map<string, number>, value: string) =>
    values.get(value) ?? values.set(value, values.size).size - 1;
  const positions = summaries.map(({ position }) => position);
  return {
    id: summaries.map(({ id }) => id),
    path: summaries.map(({ path }) => path),
    copyOf: summaries.map(({ copyOf }) => copyOf),
    title: summaries.map(({ title }) => title),
    published: summaries.map(({ published }) => published),
    publishedBy: summaries.map(({ publishedBy }) => publishedBy),
    firstSeen: summaries.map(({ firstSeen }) => firstSeen),
    offset: positions.map(({ offset }) => offset),
    length: positions.map(({ length }) => length),
    head: positions.map(({ head }) => head),
    hash: positions.map(({ hash }) => hash),
    feed: summaries.map(({ feed }) => indexOf(feeds, feed)),
    authors: summaries.map(({ authors }) => indexOf(people, JSON.stringify(authors))),
    language: summaries.map(({ language, languageBy }) => indexOf(languages, JSON.stringify({ language, languageBy }))),
    feeds: [...feeds.keys()],
    people: [...people.keys()].map((authors) => JSON.parse(authors)),
    languages: [...languages.keys()].map((spoken) => JSON.parse(spoken)),
  };
}

function summariesFrom(columns: Columns, month: string): StoredSummary[] {
  const { id, path, copyOf, title, published, publishedBy, firstSeen } = columns;
  const { offset, length, head, hash, feed, authors, language, feeds, people, languages } = columns;
  const summaries: StoredSummary[] = [];
  for (let at = 0; at < id.length; at++) {
    summaries.push({
      feed: feeds[feed[at] as number] as string,
      id: id[at] as string,
      path: path[at] as string,
      copyOf: copyOf[at] as StoredSummary['copyOf'],
      title: title[at] as string,
      authors: people[authors[at] as number] as Person[],
      published: published[at] as string,
      publishedBy: publishedBy[at] as StoredSummary['publishedBy'],
      firstSeen: firstSeen[at] as string,
      ...(languages[language[at] as number] as Spoken),
      position: {
        month,
        offset: offset[at] as number,
        length: length[at] as number,
        head: head[at] as number,
        hash: hash[at] as string,
      },
    });
  }
  return summaries;
}
