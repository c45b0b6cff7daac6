import { cleanText } from '../../src/lib/clean-text.ts';
import { escapeHtml } from '../../src/lib/markup.ts';
import { publishable } from '../../src/lib/persons.ts';
import type { Entry, Person } from '../../src/model/entry.ts';
import { fewCategories, shortBody, shortTitle } from './caps.ts';
import type { FeedEntry, FeedPerson } from './document.ts';
import { excerpt } from './excerpt.ts';
import { digest, idOf } from './identity/names.ts';
import { isFilm } from './sanitise/frames.ts';
import { sanitise } from './sanitise.ts';

/** An entry that a feed said just now: safe to keep, not yet merged, so that its dates are still the feed's own. */
export interface Incoming
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
export function incoming(entry: FeedEntry): Incoming {
  const said = [entry.content?.html ?? '', entry.summary?.html ?? '', ...entry.enclosures.map(({ url }) => url)];
  const idPrefix = digest(said).slice(0, 20);
  const body = entry.content ?? entry.summary;
  const { content, enclosures } = withFilm(entry, (before) =>
    body === null && before === ''
      ? ''
      : sanitise(before + shortBody(body?.html ?? ''), { base: body?.base ?? null, idPrefix }),
  );
  const summary = entry.summary === null ? content : sanitise(shortBody(entry.summary.html), { base: null, idPrefix });
  return {
    id: idOf(entry),
    url: entry.original ?? entry.url,
    title: shortTitle(cleanText(entry.title)),
    authors: entry.authors.flatMap(published),
    published: entry.published,
    updated: entry.updated,
    language: entry.language,
    categories: fewCategories([...new Set(entry.categories.map(cleanText).filter(Boolean))]),
    enclosures,
    source: entry.source,
    rights: entry.rights === null ? null : cleanText(entry.rights),
    summary: excerpt(summary),
    content,
    idPrefix,
  };
}

/**
 * The text of an entry and its files, after the player of the film that it is about: its page is the film's own, as in
 * YouTube's feeds, or one of its files is. A text that has a player has the one that its writer chose.
 */
function withFilm(
  { url, source, enclosures }: FeedEntry,
  text: (before: string) => string,
): Pick<Incoming, 'content' | 'enclosures'> {
  const content = text('');
  const film = [url, source?.url, ...enclosures.map((file) => file.url)].find((each) => each && isFilm(each));
  const files = enclosures.filter((file) => !isFilm(file.url));
  if (!film || content.includes('<iframe')) return { content, enclosures: files };
  return { content: text(`<iframe src="${escapeHtml(film)}"></iframe>\n`), enclosures: files };
}

/** What the planet says of a person: a name and a page. An address is never published. */
function published({ name, url }: FeedPerson): Person[] {
  const clean = cleanText(name);
  return clean === '' ? [] : publishable(url === undefined ? { name: clean } : { name: clean, url });
}
