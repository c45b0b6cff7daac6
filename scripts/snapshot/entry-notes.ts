import { cleanText } from '../../src/core/clean-text.ts';
import type { Entry } from '../../src/core/entry.ts';

/** The outcome of one entry of a feed, and the rule for it. */
export interface EntryNote {
  feed: string;
  outcome: 'new' | 'changed' | 'held' | 'left';
  why: string;
  entry: Pick<Entry, 'title' | 'url'> & { path?: string };
}

/** One line for each note. A newcomer that is a copy is `joined`, and its line names the original. */
export function noteLines(notes: readonly EntryNote[], newcomers: readonly Entry[]): string[] {
  const byPath = new Map(newcomers.map((entry) => [entry.path, entry]));
  return notes.map(({ feed, outcome, why, entry }) => {
    const copyOf = outcome === 'new' && entry.path !== undefined ? byPath.get(entry.path)?.copyOf : null;
    const word = copyOf ? 'joined' : outcome;
    const reason = copyOf ? `the same as one of ${copyOf.feed} (${copyOf.why})` : why;
    const place = entry.path ?? entry.url ?? '';
    return `${feed}  ${word}  ${cleanText(entry.title) || '(no title)'}  ${cleanText(place)}: ${cleanText(reason)}`;
  });
}
