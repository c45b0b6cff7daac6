/** What a browser remembers of a planet's river, so that it can say what is new. Moments are those of entries, not of clocks. */
export interface Visits {
  /** The newest first sight that the reader had before this visit: what is younger is new. */
  known: string;
  /** The newest that the page has shown since. */
  shown: string;
  /** When it was last looked at, in milliseconds. */
  at: number;
}

/** Who is away for longer comes back for a new visit; until then, what was new stays so. */
const AWAY = 30 * 60_000;

export function visit(before: Visits | null, newest: string, now: number): Visits {
  if (before === null) return { known: newest, shown: newest, at: now };
  const known = now - before.at > AWAY ? before.shown : before.known;
  return { known, shown: newest > before.shown ? newest : before.shown, at: now };
}

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
