import { cleanText } from '../../src/core/clean-text.ts';
import type { Entry } from '../../src/core/entry.ts';
import type { SanitisedEntry } from './sanitised-entry.ts';

/** The outcome of one entry of a feed, and the rule for it. */
export interface EntryNote {
  feed: string;
  outcome: 'new' | 'joined' | 'changed' | 'held' | 'left';
  why: string;
  entry: Pick<Entry, 'title' | 'url'> & { path?: string };
}

/** The reasons to leave an entry of a feed out. */
export const LEFT_OUT = {
  rejected: 'you rejected it',
  ours: 'it is a page of this planet',
  twice: 'the document says it twice',
  stamp: 'a few words change in every run: taken once a day',
} as const;

export function leftOutNote(feed: string, entry: SanitisedEntry, why: keyof typeof LEFT_OUT): EntryNote {
  return { feed, outcome: 'left', why: LEFT_OUT[why], entry };
}

/** One line for each note; for a newcomer that is a copy, with its original. */
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
