import { cleanText } from '../../../src/core/clean-text.ts';
import { credit } from '../../../src/core/credit.ts';
import { dayOf } from '../../../src/core/dates.ts';
import { peopleOf } from '../../../src/core/name-lists.ts';
import type { FeedConfig, Planet } from '../../../src/core/planet.ts';
import { applyRules } from '../../../src/core/rules.ts';
import { dating } from '../../snapshot/dating.ts';
import { plainText } from '../../snapshot/parse/plain-text.ts';
import type { SanitisedEntry } from '../../snapshot/sanitised-entry.ts';

/** An entry as the planet would show it, in plain text. Strangers wrote it: whoever prints it escapes it. */
export interface Preview {
  title: string;
  /** `Ada, Bob`; `nobody`. */
  authors: string;
  /** `2026-01-23`; with the reason where it is not the feed's own. */
  date: string;
  /** `whole, 3,120 characters`; what the page would have of it. */
  text: string;
  url: string | null;
}

export interface PreviewedEntry {
  /** Newest first. */
  entries: SanitisedEntry[];
  /** How many the feed's `include` and `exclude` keep off the site. */
  hidden: number;
}

/** What of a feed the planet would show. */
export function previewEntry(
  incoming: readonly SanitisedEntry[],
  feed: FeedConfig,
  planet: Planet,
  now: Date,
): PreviewedEntry {
  const people = peopleOf(planet.authors);
  const judged = incoming.map((said) => ({
    said,
    entry: { ...said, feed: feed.id, path: '' },
    credit: credit(said, feed, people),
  }));
  const { shown } = applyRules(judged, { ...planet, feeds: [feed] }, people, ({ said }) => said);
  const at = ({ published, updated }: SanitisedEntry) => dating(published ?? updated, now).published;
  const entries = shown.map(({ said }) => said).sort((a, b) => (at(a) < at(b) ? 1 : -1));
  return { entries, hidden: incoming.length - shown.length };
}

export function preview(entry: SanitisedEntry, feed: FeedConfig, planet: Planet, now: Date): Preview {
  const { title, authors } = credit(entry, feed, peopleOf(planet.authors));
  const { published, publishedBy } = dating(entry.published ?? entry.updated, now);
  const day = dayOf(published, planet.timezone);
  return {
    title: cleanText(title) || '(no title)',
    authors: authors.map(({ name }) => cleanText(name)).join(', ') || 'nobody',
    date: publishedBy === 'declared' ? day : `${day} (its own date is ${lost[publishedBy]})`,
    text: textOf(entry, feed),
    url: entry.url,
  };
}

const lost = { missing: 'missing', future: 'in the future', ancient: 'before 1990' } as const;

function textOf({ content }: SanitisedEntry, feed: FeedConfig): string {
  const text = plainText(content).trim();
  if (feed.content === 'title' || text === '') return feed.content === 'title' ? 'title only' : 'no text';
  if (feed.content === 'excerpt') return 'excerpt';
  return `${looksCut(text) ? 'only a beginning' : 'full text'}, ${text.length.toLocaleString('en')} characters`;
}

/** Whether a text ends as one that goes on elsewhere. */
export function looksCut(text: string): boolean {
  return (
    text.length < 2000 &&
    /(?:…|\.\.\.|\[(?:…|\.\.\.)\]|read more|continue reading|weiterlesen|lire la suite)\W*$/iu.test(text)
  );
}

/** A preview for a terminal, two lines. */
export function previewText({ title, authors, date, text, url }: Preview): string {
  return `${date}  ${title}\n    ${[authors, text, url ?? 'no link'].join(' · ')}`;
}
