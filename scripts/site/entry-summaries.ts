import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { monthFile, readSummaries } from '../../src/archive/archive.ts';
import { Entry, type Person, type Position, type StoredSummary } from '../../src/core/entry.ts';
import { makeFolder, readChecked, writeChecked } from '../disk/files.ts';

/** What a month's file was when its gists were read: the very same bytes have the very same ones. */
interface Remembered {
  /** Of what an entry may be, and of how it is remembered: gists of another kind are not these. */
  schema: string;
  size: number;
  /** Time of the file's last change, in milliseconds since 1970. */
  time: number;
  /** SHA-256 of the file, in hex. */
  bytes: string;
  columns: Columns;
}

/** Field by field of all entries, and what many of them share once: a third of the bytes, and of the time to read them. */
interface Columns
  extends Pick<
      ColumnsOf<StoredSummary>,
      'id' | 'path' | 'copyOf' | 'title' | 'published' | 'publishedBy' | 'firstSeen'
    >,
    Pick<ColumnsOf<Position>, 'offset' | 'length' | 'head' | 'hash'> {
  feeds: string[];
  people: Person[][];
  /** Of each entry, which of `feeds` and of `people` it has. */
  feed: number[];
  authors: number[];
}

type ColumnsOf<T> = { [Field in keyof T]: T[Field][] };

/** Another number for another form of what is remembered, and for other rules of cleaning (src/core/clean-text.ts). */
const FORM = 3;
const KIND = `gists ${FORM}`;

const SCHEMA = hash('sha256', JSON.stringify([z.toJSONSchema(Entry), FORM]));

/**
 * Reads gists as `gistsOf` does, and remembers them in `folder`: reading every body to find out that no month has changed
 * would make each build cost what the archive weighs.
 */
export function cachedSummaries(folder: string): typeof readSummaries {
  makeFolder(folder);
  return async (archive, month) => {
    const file = monthFile(archive, month);
    const path = join(folder, `${month}.json`);
    const { size, mtimeMs: time } = statSync(file);
    const known = recall(path);
    const alike = known?.schema === SCHEMA && known.size === size ? known : null;
    if (alike?.time === time) return gistsFrom(alike.columns, month);
    const bytes = hash('sha256', readFileSync(file));
    // Another time is no other month: a fresh checkout writes every file anew.
    if (alike?.bytes === bytes) {
      remember(path, { ...alike, time });
      return gistsFrom(alike.columns, month);
    }
    const gists = await readSummaries(archive, month);
    remember(path, { schema: SCHEMA, size, time, bytes, columns: columnsOf(gists) });
    return gists;
  };
}

function recall(path: string): Remembered | null {
  const text = readChecked(path, KIND);
  return text === null ? null : JSON.parse(text);
}

function remember(path: string, remembered: Remembered): void {
  writeChecked(path, KIND, JSON.stringify(remembered));
}

function columnsOf(gists: readonly StoredSummary[]): Columns {
  const feeds = new Map<string, number>();
  const people = new Map<string, number>();
  const placeIn = (known: Map<string, number>, name: string) => known.get(name) ?? known.set(name, known.size).size - 1;
  const positions = gists.map(({ position }) => position);
  return {
    id: gists.map(({ id }) => id),
    path: gists.map(({ path }) => path),
    copyOf: gists.map(({ copyOf }) => copyOf),
    title: gists.map(({ title }) => title),
    published: gists.map(({ published }) => published),
    publishedBy: gists.map(({ publishedBy }) => publishedBy),
    firstSeen: gists.map(({ firstSeen }) => firstSeen),
    offset: positions.map(({ offset }) => offset),
    length: positions.map(({ length }) => length),
    head: positions.map(({ head }) => head),
    hash: positions.map(({ hash }) => hash),
    feed: gists.map(({ feed }) => placeIn(feeds, feed)),
    authors: gists.map(({ authors }) => placeIn(people, JSON.stringify(authors))),
    feeds: [...feeds.keys()],
    people: [...people.keys()].map((authors) => JSON.parse(authors)),
  };
}

function gistsFrom(columns: Columns, month: string): StoredSummary[] {
  const { id, path, copyOf, title, published, publishedBy, firstSeen } = columns;
  const { offset, length, head, hash, feed, authors, feeds, people } = columns;
  const gists: StoredSummary[] = [];
  for (let at = 0; at < id.length; at++) {
    gists.push({
      feed: feeds[feed[at] as number] as string,
      id: id[at] as string,
      path: path[at] as string,
      copyOf: copyOf[at] as StoredSummary['copyOf'],
      title: title[at] as string,
      authors: people[authors[at] as number] as Person[],
      published: published[at] as string,
      publishedBy: publishedBy[at] as StoredSummary['publishedBy'],
      firstSeen: firstSeen[at] as string,
      position: {
        month,
        offset: offset[at] as number,
        length: length[at] as number,
        head: head[at] as number,
        hash: hash[at] as string,
      },
    });
  }
  return gists;
}
