import { remembered } from '../i18n/locale.ts';
import { t } from '../i18n/words.ts';
import { permalinkText } from './dates.ts';
import { entryAnchor } from './paths.ts';
import type { AuthorIdentity, EntryRecord, FeedIdentity } from './records.ts';

/** An entry with all that a page says around its body. */
export interface DisplayedEntry {
  entry: EntryRecord;
  feed: FeedIdentity;
  authors: AuthorIdentity[];
  /** The other feeds that also carried it. */
  via: FeedIdentity[];
  /** Never empty: an entry without a title goes by its first words. */
  title: string;
  /** The body: safe HTML, read from the archive when it is asked for. */
  readonly html: string;
}

/** The records that an entry refers to. */
export interface EntryLookups {
  feedById: ReadonlyMap<string, FeedIdentity>;
  authorBySlug: ReadonlyMap<string, AuthorIdentity>;
  /** What an entry that says nothing at all is called. */
  untitled?: string;
}

/** @param body reads an entry's body */
export function displayEntry(
  entry: EntryRecord,
  { feedById, authorBySlug, untitled = t('entry.untitled') }: EntryLookups,
  body: (entry: EntryRecord) => string = () => '',
): DisplayedEntry {
  const feed = feedById.get(entry.feed);
  if (feed === undefined) throw new Error(`The entry ${entry.path} belongs to no feed of the planet: ${entry.feed}`);
  const authors = entry.credit.authors.flatMap((slug) => authorBySlug.get(slug) ?? []);
  const via = entry.via.flatMap((id) => feedById.get(id) ?? []);
  let html: string | undefined;
  return {
    entry,
    feed,
    authors,
    via,
    title: entry.credit.title || beginningOf(entry.summary, STAND_IN) || untitled,
    get html() {
      html ??= body(entry);
      return html;
    },
  };
}

/** Characters of what stands in for a title. */
const STAND_IN = 70;

/** A text of at most `length` characters as it is; the beginning of a longer one, cut between words. */
export function beginningOf(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length + 1).replace(/\s+\S*$/u, '');
  // One long word, or a script that writes no spaces: cut between characters instead.
  const start = cut.length > length ? [...text].slice(0, length).join('') : cut;
  return `${start}…`;
}

/** `Author: Title`, as the page's heading reads. */
export function headingText({ authors, title }: { authors: readonly { name: string }[]; title: string }): string {
  return authors.length === 0 ? title : `${inWords(authors.map(({ name }) => name))}: ${title}`;
}

/** `Ada`, `Ada and Grace`, `Ada, Grace and Edith`. */
export function inWords(names: readonly string[]): string {
  return listed(names, (name) => name).join('');
}

/** The same of things that are printed otherwise than by their names: what they become, and what stands between them. */
export function listed<P>(names: readonly string[], print: (name: string, index: number) => P): (P | string)[] {
  const [only] = names;
  if (only !== undefined && names.length === 1) return [print(only, 0)];
  const format = remembered('list', (locale) => new Intl.ListFormat(WITHOUT_OXFORD_COMMA.get(locale) ?? locale));
  let index = 0;
  return format.formatToParts(names).map(({ type, value }) => (type === 'element' ? print(value, index++) : value));
}

const WITHOUT_OXFORD_COMMA: ReadonlyMap<string, string> = new Map([
  ['en', 'en-GB'],
  ['en-US', 'en-GB'],
]);

/** What a reader is given of an entry's body. */
export type Reading = { kind: 'whole'; html: string } | { kind: 'excerpt'; text: string } | { kind: 'title' };

/**
 * By the feed's `content` rule.
 * @param change what becomes of the body where it is shown
 */
export function reading(
  shown: Pick<DisplayedEntry, 'entry' | 'feed' | 'html'>,
  change = (html: string) => html,
): Reading {
  const { entry, feed } = shown;
  switch (feed.content) {
    case 'full': {
      const html = change(shown.html);
      return html === '' ? beginning(entry) : { kind: 'whole', html };
    }
    case 'excerpt':
      return beginning(entry);
    case 'title':
      return { kind: 'title' };
    default:
      return feed.content satisfies never;
  }
}

/** The same for a reader who wants the beginnings alone. */
export function excerpted({ entry, feed }: Pick<DisplayedEntry, 'entry' | 'feed'>): Reading {
  return feed.content === 'title' ? { kind: 'title' } : beginning(entry);
}

function beginning({ summary }: EntryRecord): Reading {
  return summary === '' ? { kind: 'title' } : { kind: 'excerpt', text: summary };
}

/** What makes an article in the page of a month one that can be led to, and found: what the entry's own page says around it. */
export function anchorOf(
  { entry, feed }: Pick<DisplayedEntry, 'entry' | 'feed'>,
  timezone: string,
): Record<string, string> {
  return {
    id: entryAnchor(entry.path),
    'data-pagefind-body': '',
    'data-pagefind-meta': 'feed[data-feed], date[data-date]',
    'data-pagefind-filter': 'feed[data-feed], year[data-year]',
    'data-pagefind-sort': 'date[data-published]',
    'data-feed': feed.title,
    'data-year': entry.day.slice(0, 4),
    'data-date': permalinkText(entry.published, timezone),
    'data-published': entry.published,
  };
}
