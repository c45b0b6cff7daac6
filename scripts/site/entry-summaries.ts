import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { monthFile } from '../../src/archive/archive.ts';
import { readSummaries } from '../../src/archive/read-entries.ts';
import { Entry, type StoredSummary } from '../../src/core/entry.ts';
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
  summaries: StoredSummary[];
}

/** To be raised when the form of the cache or the rules in src/core/clean-text.ts change. */
const FORM = 6;
const KIND = `summaries ${FORM}`;
const SCHEMA = hash('sha256', JSON.stringify([z.toJSONSchema(Entry), FORM]));

/** A `readSummaries` that caches the summaries in `folder`: without it every build would parse the whole archive. */
export function cachedSummaries(folder: string): typeof readSummaries {
  makeFolder(folder);
  return async (archive, month) => {
    const file = monthFile(archive, month);
    const path = join(folder, `${month}.json`);
    const { size, mtimeMs: time } = statSync(file);
    const text = readChecked(path, KIND);
    const cached: CachedMonth | null = text === null ? null : JSON.parse(text);
    const usable = cached?.schema === SCHEMA && cached.size === size ? cached : null;
    if (usable?.time === time) return usable.summaries;
    const bytes = hash('sha256', readFileSync(file));
    // A fresh checkout gives every file a new time.
    if (usable?.bytes === bytes) {
      writeCache(path, { ...usable, time });
      return usable.summaries;
    }
    const summaries = await readSummaries(archive, month);
    writeCache(path, { schema: SCHEMA, size, time, bytes, summaries });
    return summaries;
  };
}

function writeCache(path: string, cached: CachedMonth): void {
  writeChecked(path, KIND, JSON.stringify(cached));
}
