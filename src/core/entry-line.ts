// This file loads no library: `archive push` runs where none is installed.
import type { Entry } from './entry.ts';

/** A key for an entry. The id of a feed has no space. */
export function entryKey({ feed, id }: Pick<Entry, 'feed' | 'id'>): string {
  return `${feed} ${id}`;
}

/** The month of an entry's file. In UTC, so that a change of the planet's time zone moves no line. */
export function monthOf({ published }: Pick<Entry, 'published'>): string {
  return published.slice(0, 7);
}

/** Oldest first, so that a month grows at its end. `published` never changes, so an entry keeps its place. */
export function sortKey({ published, feed, id }: Pick<Entry, 'published' | 'feed' | 'id'>): string {
  return `${published}\n${feed}\n${id}`;
}
