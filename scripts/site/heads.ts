import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import writeFileAtomic from 'write-file-atomic';
import { type Head, headsOf, monthFile } from '../../src/archive.ts';
import { Entry } from '../../src/model/entry.ts';

/** What a month's file was when its heads were read: the very same bytes have the very same heads. */
interface Remembered {
  /** Of what an entry may be: heads that were checked against another are not these. */
  schema: string;
  size: number;
  /** Time of the file's last change, in milliseconds since 1970. */
  time: number;
  /** SHA-256 of the file, in hex. */
  bytes: string;
  heads: Head[];
}

const SCHEMA = hash('sha256', JSON.stringify(z.toJSONSchema(Entry)));

/**
 * Reads heads as `headsOf` does, and remembers them in `folder`: reading every body to find out that no month has changed
 * would make each build cost what the archive weighs.
 */
export function rememberedHeads(folder: string): typeof headsOf {
  mkdirSync(folder, { recursive: true });
  return async (archive, month) => {
    const file = monthFile(archive, month);
    const path = join(folder, `${month}.json`);
    const { size, mtimeMs: time } = statSync(file);
    const known = recall(path);
    if (known?.schema === SCHEMA && known.size === size) {
      if (known.time === time) return known.heads;
      // Another time is no other month: a fresh checkout writes every file anew.
      if (known.bytes === hash('sha256', readFileSync(file))) {
        await remember(path, { ...known, time });
        return known.heads;
      }
    }
    const bytes = hash('sha256', readFileSync(file));
    const heads = await headsOf(archive, month);
    await remember(path, { schema: SCHEMA, size, time, bytes, heads });
    return heads;
  };
}

function recall(path: string): Remembered | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

async function remember(path: string, remembered: Remembered): Promise<void> {
  await writeFileAtomic(path, JSON.stringify(remembered), { fsync: false });
}
