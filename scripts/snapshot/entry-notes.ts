import { cleanText } from '../../src/core/clean-text.ts';
import type { Entry } from '../../src/core/entry.ts';
import type { SanitisedEntry } from './sanitised-entry.ts';

/** What became of an entry that a feed said, and by which rule. */
export interface EntryNote {
  feed: string;
  what: 'new' | 'joined' | 'changed' | 'held' | 'left';
  why: string;
  entry: Pick<Entry, 'title' | 'url'> & { path?: string };
}

/** Why an entry that a feed says is left out. */
export const LEFT_OUT = {
  rejected: 'you rejected it',
  ours: 'it is a page of this planet',
  twice: 'the document says it twice',
  stamp: 'a few words change in every run: taken once a day',
} as const;

export function leftOutNote(feed: string, entry: SanitisedEntry, why: keyof typeof LEFT_OUT): EntryNote {
  return { feed, what: 'left', why: LEFT_OUT[why], entry };
}

/** A line for each, and for a newcomer that another feed brought, whose copy it is. */
export function noteLines(told: readonly EntryNote[], newcomers: readonly Entry[]): string[] {
  const byPath = new Map(newcomers.map((entry) => [entry.path, entry]));
  return told.map(({ feed, what, why, entry }) => {
    const copyOf = what === 'new' && entry.path !== undefined ? byPath.get(entry.path)?.copyOf : null;
    const word = copyOf ? 'joined' : what;
    const reason = copyOf ? `the same as one of ${copyOf.feed} (${copyOf.why})` : why;
    const place = entry.path ?? entry.url ?? '';
    return `${feed}  ${word}  ${cleanText(entry.title) || '(no title)'}  ${cleanText(place)}: ${cleanText(reason)}`;
  });
}
