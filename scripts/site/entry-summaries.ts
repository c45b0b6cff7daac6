import { basename, join } from 'node:path';
import { monthFile } from '../../src/archive/archive.ts';
import { root } from '../../src/archive/environment.ts';
import { readSummaries } from '../../src/archive/read-entries.ts';
import type { StoredSummary } from '../../src/core/entry.ts';
import { makeFolder, readChecked, writeChecked } from '../disk/files.ts';
import { engineHash } from './app-hash.ts';
import { type Fingerprint, fileChecker, fingerprint } from './manifest.ts';

/** The cached summaries of a month. */
interface CachedMonth {
  /** A hash of the code that read them: with another one the cache is not used. */
  engine: string;
  /** The month's file when they were read. */
  print: Fingerprint;
  summaries: StoredSummary[];
}

const KIND = 'summaries 6';

/** A `readSummaries` that caches the summaries in `folder`: without it every build would parse the whole archive. */
export function cachedSummaries(folder: string): typeof readSummaries {
  makeFolder(folder);
  const engine = engineHash(root);
  return async (archive, month) => {
    const file = basename(monthFile(archive, month));
    const path = join(folder, `${month}.json`);
    const text = readChecked(path, KIND);
    const cached: CachedMonth | null = text === null ? null : JSON.parse(text);
    const known = cached?.engine === engine ? fileChecker(archive)(file, cached.print) : null;
    if (cached !== null && known === cached.print) return cached.summaries;
    // A fresh checkout gives every file a new time.
    const print = known ?? fingerprint(archive, file);
    const summaries = cached !== null && known !== null ? cached.summaries : await readSummaries(archive, month);
    writeChecked(path, KIND, JSON.stringify({ engine, print, summaries } satisfies CachedMonth));
    return summaries;
  };
}
