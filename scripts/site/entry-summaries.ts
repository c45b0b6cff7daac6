import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { monthFile } from '../../src/archive/archive.ts';
import { root } from '../../src/archive/environment.ts';
import { readSummaries } from '../../src/archive/read-entries.ts';
import type { StoredSummary } from '../../src/core/entry.ts';
import { makeFolder, readChecked, writeChecked } from '../disk/files.ts';
import { engineHash } from './app-hash.ts';

/** The cached summaries of a month, and the state of its file when they were read. */
interface CachedMonth {
  /** A hash of the code that read them: with another one the cache is not used. */
  engine: string;
  size: number;
  /** Its `ctime`, in milliseconds since 1970: unpacked archives often have one `mtime` for all files. */
  time: number;
  /** The SHA-256 of the file, in hex. */
  bytes: string;
  summaries: StoredSummary[];
}

const KIND = 'summaries 6';

/** A `readSummaries` that caches the summaries in `folder`: without it every build would parse the whole archive. */
export function cachedSummaries(folder: string): typeof readSummaries {
  makeFolder(folder);
  const engine = engineHash(root);
  return async (archive, month) => {
    const file = monthFile(archive, month);
    const path = join(folder, `${month}.json`);
    const { size, ctimeMs: time } = statSync(file);
    const text = readChecked(path, KIND);
    const cached: CachedMonth | null = text === null ? null : JSON.parse(text);
    const usable = cached?.engine === engine && cached.size === size ? cached : null;
    if (usable?.time === time) return usable.summaries;
    const bytes = hash('sha256', readFileSync(file));
    // A fresh checkout gives every file a new time.
    if (usable?.bytes === bytes) {
      writeCache(path, { ...usable, time });
      return usable.summaries;
    }
    const summaries = await readSummaries(archive, month);
    writeCache(path, { engine, size, time, bytes, summaries });
    return summaries;
  };
}

function writeCache(path: string, cached: CachedMonth): void {
  writeChecked(path, KIND, JSON.stringify(cached));
}
