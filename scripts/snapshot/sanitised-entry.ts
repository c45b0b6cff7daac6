import { cleanText, cutTo, escapeHtml } from '../../src/core/clean-text.ts';
import type { Entry, Person, Still } from '../../src/core/entry.ts';
import { publishable } from '../../src/core/persons.ts';
import type { FeedEntry, FeedPerson } from './feed-entry.ts';
import { digest, idInArchive } from './identity/names.ts';
import { excerpt } from './sanitise/excerpt.ts';
import { isFilm } from './sanitise/frames.ts';
import { sanitise } from './sanitise/sanitise.ts';

/** An entry that a feed said just now: safe to keep, not yet merged, so that its dates are still the feed's own. */
export interface SanitisedEntry
  extends Omit<Entry, 'feed' | 'path' | 'copyOf' | 'sameBy' | 'published' | 'publishedBy' | 'updated' | 'firstSeen'> {
  published: Date | null;
  updated: Date | null;
  /**
   * Stands before every id in `content`, until it is known which entry this is: two entries on one page may use the same ids. Nobody
   * can write it into a body, for it is a hash of all that the body is made of.
   */
  idPrefix: string;
}

/** Makes one entry of a feed safe to keep. */
export function sanitiseEntry(entry: FeedEntry): SanitisedEntry {
  const said = [entry.content?.html ?? '', entry.summary?.html ?? '', ...entry.enclosures.map(({ url }) => url)];
  const idPrefix = digest(said).slice(0, 20);
  const body = entry.content ?? entry.summary;
  const { content, enclosures, still } = withFilm(entry, (before) =>
    body === null && before === ''
      ? ''
      : sanitise(before + shortBody(body?.html ?? ''), { base: body?.base ?? null, idPrefix }),
  );
  const summary = entry.summary === null ? content : sanitise(shortBody(entry.summary.html), { base: null, idPrefix });
  return {
    id: idInArchive(entry),
    url: entry.original ?? entry.url,
    title: shortTitle(cleanText(entry.title)),
    authors: entry.authors.flatMap(published),
    published: entry.published,
    updated: entry.updated,
    language: entry.language,
    categories: fewCategories([...new Set(entry.categories.map(cleanText).filter(Boolean))]),
    enclosures,
    ...(still && { still }),
    source: entry.source,
    rights: entry.rights === null ? null : cleanText(entry.rights),
    summary: excerpt(summary),
    content,
    idPrefix,
  };
}

/**
 * The text of an entry, its files and the still picture of its film, after the player of the film that it is about: its page is the film's own, as in
 * YouTube's feeds, or one of its files is. A text that has a player has the one that its writer chose.
 */
function withFilm(
  { url, source, enclosures, still }: FeedEntry,
  text: (before: string) => string,
): Pick<SanitisedEntry, 'content' | 'enclosures'> & { still: Still | null } {
  const content = text('');
  const film = [url, source?.url, ...enclosures.map((file) => file.url)].find((each) => each && isFilm(each));
  const files = enclosures.filter((file) => !isFilm(file.url));
  if (!film) return { content, enclosures: files, still: null };
  if (content.includes('<iframe')) return { content, enclosures: files, still };
  return { content: text(`<iframe src="${escapeHtml(film)}"></iframe>\n`), enclosures: files, still };
}

/** What the planet says of a person: a name and a page. An address is never published. */
function published({ name, url }: FeedPerson): Person[] {
  const clean = cleanText(name);
  return clean === '' ? [] : publishable(url === undefined ? { name: clean } : { name: clean, url });
}

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
function shortBody(html: string): string {
  return html.length <= most.bodyBytes ? html : html.slice(0, most.bodyBytes);
}

export function shortTitle(title: string): string {
  return cutTo(most.titleLetters, title);
}

function fewCategories(categories: readonly string[]): string[] {
  return categories.slice(0, most.categories);
}

/** What the caps cut off these entries, in sentences. */
export function cuts(said: readonly FeedEntry[], kept: readonly SanitisedEntry[]): string[] {
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
