import type { Entry } from '../../src/core/entry.ts';
import { monthOf } from '../../src/core/entry-keys.ts';

/** Bytes. GitHub refuses a file of more than 100 MB, and with it each later archive. */
const MOST_BYTES = { month: 90_000_000, held: 20_000_000 };

/** The room in the files of an archive. A feed uses at most as much of a file as it leaves free: there is always room for others. */
export class FileSpace {
  readonly #months: Map<string, number>;
  readonly #held = new Map<string, number>();
  #allHeld = 0;

  constructor(months: ReadonlyMap<string, number>, held: readonly Entry[]) {
    this.#months = new Map(months);
    for (const entry of held) this.#addHeld(entry.feed, bytesOf(entry));
  }

  /** Takes the room for the next versions of a feed's entries, or returns the reason why a file has none. Trusted ones may fill a file. */
  reserve(existing: readonly Entry[], next: readonly Entry[], isTrusted: boolean): string | null {
    const sizes = new Map<string, number>();
    for (const [month, entries] of Map.groupBy(next, monthOf)) {
      const ids = new Set(entries.map(({ id }) => id));
      const before = existing.filter((entry) => monthOf(entry) === month);
      const grown = totalBytes(entries) - totalBytes(before.filter(({ id }) => ids.has(id)));
      const size = (this.#months.get(month) ?? 0) + grown;
      const free = MOST_BYTES.month - size;
      const isFull = free < 0 || (!isTrusted && free < totalBytes(before) + grown);
      if (grown > 0 && isFull) return `${month}.ndjson has no more room for it: git hosts refuse files over 100 MB`;
      sizes.set(month, size);
    }
    for (const [month, size] of sizes) this.#months.set(month, size);
    return null;
  }

  /** Takes the room for an entry that has to wait; false if there is none. */
  reserveHeld(entry: Entry): boolean {
    const bytes = bytesOf(entry);
    const heldBytes = (this.#held.get(entry.feed) ?? 0) + bytes;
    if (heldBytes > MOST_BYTES.held - this.#allHeld - bytes) return false;
    this.#addHeld(entry.feed, bytes);
    return true;
  }

  #addHeld(feed: string, bytes: number): void {
    this.#held.set(feed, (this.#held.get(feed) ?? 0) + bytes);
    this.#allHeld += bytes;
  }
}

function totalBytes(entries: readonly Entry[]): number {
  return entries.reduce((all, entry) => all + bytesOf(entry), 0);
}

/** The bytes of its line. */
function bytesOf(entry: Entry): number {
  return Buffer.byteLength(JSON.stringify(entry)) + 1;
}
