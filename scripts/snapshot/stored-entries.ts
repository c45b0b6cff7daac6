import { type Line, monthFile, months, parseEntry, readerOfMany, readLines } from '../../src/archive/archive.ts';
import { readEntry } from '../../src/archive/read-entries.ts';
import type { Entry } from '../../src/core/entry.ts';
import type { StoryRecord } from './duplicates.ts';
import { keyIn } from './identity/names.ts';

/** The stored entries of the feeds that were read, and a record of every entry of the archive. */
interface StoredEntries {
  entries: Entry[];
  records: StoryRecord[];
  /** The keys of all entries: the ends of their permalinks. */
  keys: string[];
}

/**
 * Reads the whole archive once: entries of the named feeds completely, of all others only the beginning of their lines, as
 * bodies are most of an archive. Reads nothing where no feed is named. Throws `DamagedArchive` for a line that is no entry.
 */
export async function readStoredEntries(archive: string, feeds: ReadonlySet<string>): Promise<StoredEntries> {
  return feeds.size === 0 ? { entries: [], records: [], keys: [] } : readAll(archive, feeds);
}

/** A record of every entry of the archive. */
export async function readStories(archive: string): Promise<StoryRecord[]> {
  return (await readAll(archive, new Set())).records;
}

/** Only the lines of one month are in memory at a time. */
async function readAll(archive: string, feeds: ReadonlySet<string>): Promise<StoredEntries> {
  const stored: StoredEntries = { entries: [], records: [], keys: [] };
  const read = readerOfMany();
  for (const month of await months(archive)) {
    for (const line of await readLines(monthFile(archive, month), read)) {
      const { path, ...record } = recordOf(line);
      stored.records.push(record);
      stored.keys.push(keyIn(path));
      if (feeds.has(record.feed)) stored.entries.push(parseEntry(line));
    }
  }
  return stored;
}

type LineStart = Omit<StoryRecord, 'read'> & Pick<Entry, 'path'>;

function recordOf(line: Line): LineStart & StoryRecord {
  const { feed, id, path, url, copyOf, sameBy } = lineStart(line) ?? parseEntry(line);
  const at = { path: line.path, offset: line.offset, length: line.bytes.length };
  return { feed, id, path, url, copyOf, sameBy, read: () => readEntry(at) };
}

/** In a JSON string a quotation mark is written `\"`, so that these letters can only be the start of the title. */
const TITLE_KEY = ',"title":';

/** Enough for the fields before the title, unless an address is very long. */
const START_BYTES = 1000;

/** The fields before the title; null where they are longer than usual, or not written by a snapshot. */
function lineStart({ bytes }: Line): LineStart | null {
  const start = bytes.toString('utf8', 0, START_BYTES);
  const end = start.indexOf(TITLE_KEY);
  try {
    return end < 0 ? null : JSON.parse(`${start.slice(0, end)}}`);
  } catch {
    return null;
  }
}
