import { cutTo } from '../../src/lib/clean-text.ts';
import type { FeedEntry } from './document.ts';
import type { Incoming } from './incoming.ts';

/** Nothing from a feed is trusted, its size neither. */
const most = { entries: 200, bodyBytes: 1_000_000, titleLetters: 300, categories: 20 };

/** The newest entries of a feed that says too many at once. Undated ones count as newest first, as feeds are written. */
export function fewEnough(entries: readonly FeedEntry[]): { entries: readonly FeedEntry[]; notes: string[] } {
  if (entries.length <= most.entries) return { entries, notes: [] };
  const newest = entries
    .map((entry, place) => ({ place, at: (entry.published ?? entry.updated)?.getTime() ?? Number.MAX_SAFE_INTEGER }))
    .sort((a, b) => b.at - a.at || a.place - b.place)
    .slice(0, most.entries);
  const kept = new Set(newest.map(({ place }) => place));
  const notes = [`it says ${entries.length} entries at once; the newest ${most.entries} are taken`];
  return { entries: entries.filter((_, place) => kept.has(place)), notes };
}

/** A body that sanitising can be asked to take on. What is cut off is cut before it is made safe. */
export function shortBody(html: string): string {
  return html.length <= most.bodyBytes ? html : html.slice(0, most.bodyBytes);
}

export function shortTitle(title: string): string {
  return cutTo(most.titleLetters, title);
}

export function fewCategories(categories: readonly string[]): string[] {
  return categories.slice(0, most.categories);
}

/** What the caps cut off these entries, in sentences. */
export function cuts(said: readonly FeedEntry[], kept: readonly Incoming[]): string[] {
  const rows = [
    { of: 'bodies', over: '1 MB', cut: said.filter(({ content }) => (content?.html.length ?? 0) > most.bodyBytes) },
    {
      of: 'titles',
      over: '300 letters',
      cut: kept.filter(({ title }) => [...title].length === most.titleLetters && title.endsWith('…')),
    },
    {
      of: 'lists of categories',
      over: '20',
      cut: said.filter(({ categories }) => categories.length > most.categories),
    },
  ];
  return rows.filter(({ cut }) => cut.length > 0).map(({ of, over, cut }) => `${cut.length} ${of} of over ${over} cut`);
}
