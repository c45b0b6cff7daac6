/** The keys of a reader's choices in the browser's storage, which `src/client/first.js` also reads. Nothing is sent to a server. */
export const SCHEME = 'orrery-scheme';
/** The chosen river, as `riverKey` writes it: `in/es/titles`. Older versions stored a density, which is valid too. */
export const RIVER = 'orrery-density';

/** The settings that the browser does not store: it is full, or the reader blocks storage. They are for this page only. */
const unstored: Record<string, string> = {};

export function readSetting(key: string): string | null {
  try {
    return unstored[key] ?? localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function writeSetting(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    unstored[key] = value;
  }
}

/** The browser's record of visits to a planet, to find new entries. Times are first sights of entries, not of the clock. */
interface Visits {
  /** The newest first sight before this visit: later entries are new. */
  known: string;
  /** The newest first sight that a page has shown. */
  shown: string;
  /** The time of the last view, in milliseconds since 1970. */
  at: number;
}

/** Milliseconds: after a longer pause a new visit begins, and entries of the last one are no longer new. */
const AWAY = 30 * 60_000;

export function visit(before: Visits | null, newest: string, now: number): Visits {
  if (before === null) return { known: newest, shown: newest, at: now };
  const known = now - before.at > AWAY ? before.shown : before.known;
  return { known, shown: newest > before.shown ? newest : before.shown, at: now };
}

/** The stored record; null if there is none, or if it is damaged. */
export function readVisits(text: string | null): Visits | null {
  try {
    const { known, shown, at } = JSON.parse(text ?? '{}');
    return typeof known === 'string' && typeof shown === 'string' && typeof at === 'number'
      ? { known, shown, at }
      : null;
  } catch {
    return null;
  }
}
