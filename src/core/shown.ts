import { perLanguage } from '../i18n/locale.ts';
import type { Words } from '../i18n/words.ts';
import { beginningOf } from './clean-text.ts';
import type { Enclosure } from './entry.ts';
import { notPlayedIn } from './media.ts';
import { nameKey } from './name-lists.ts';
import { saysTheSame, withoutTitle } from './printed-body.ts';
import type { AuthorIdentity, EntryRecord, FeedIdentity } from './records.ts';

export interface DisplayedEntry {
  /** Without the texts and files that its feed's `content` rule hides. */
  entry: EntryRecord;
  feed: FeedIdentity;
  authors: AuthorIdentity[];
  /** The other feeds that also carried it. */
  via: FeedIdentity[];
  /** Never empty: without a title, the first words of the entry in quotation marks. */
  title: string;
  /** The body: safe HTML, read from the archive at the first use. Empty unless the `content` rule is `full`. */
  readonly html: string;
}

interface EntryLookups {
  feedById: ReadonlyMap<string, FeedIdentity>;
  authorBySlug: ReadonlyMap<string, AuthorIdentity>;
  words: Words;
}

/** Adds feed, authors and title to an entry. Throws if its feed is not in `feedById`. `body` reads the entry's body. */
export function displayEntry(
  entry: EntryRecord,
  { feedById, authorBySlug, words }: EntryLookups,
  body: (entry: EntryRecord) => string = () => '',
): DisplayedEntry {
  const feed = feedById.get(entry.feed);
  if (feed === undefined) throw new Error(`The entry ${entry.path} belongs to no feed of the planet: ${entry.feed}`);
  const authors = entry.credit.authors.flatMap((slug) => authorBySlug.get(slug) ?? []);
  const via = entry.via.flatMap((id) => feedById.get(id) ?? []);
  let html: string | undefined;
  return {
    entry: allowedPart(entry, feed),
    feed,
    authors,
    via,
    title: entry.credit.title || titleFromText(entry, words),
    get html() {
      html ??= feed.content === 'full' ? body(entry) : '';
      return html;
    },
  };
}

function allowedPart(entry: EntryRecord, { content }: Pick<FeedIdentity, 'content'>): EntryRecord {
  if (content === 'full') return entry;
  const { still: _video, ...rest } = entry;
  return { ...rest, enclosures: [], summary: content === 'excerpt' ? entry.summary : '' };
}

/** Whether an entry has no title. A page with its text then does not show the first words again as a title. */
export function isNote({ entry }: Pick<DisplayedEntry, 'entry'>): boolean {
  return entry.credit.title === '';
}

/** The most categories of an entry that are shown and searched: some feeds have dozens. */
const MOST_CATEGORIES = 8;

export function shownCategories({ entry }: Pick<DisplayedEntry, 'entry'>): string[] {
  return [...new Set(entry.categories)].slice(0, MOST_CATEGORIES);
}

type Authored = { authors: readonly { name: string }[] };

/** Whether the only author has the name of the feed: then the page need not show both. */
export function isFeedsOwn({ authors, feed }: Authored & Pick<DisplayedEntry, 'feed'>): boolean {
  const [author, ...others] = authors;
  return author !== undefined && others.length === 0 && nameKey(author.name) === nameKey(feed.title);
}

/** In characters: the length of a title made from the summary. */
const TITLE_LENGTH = 70;

/** The first words of an entry in quotation marks; without a text, those of the first description of its files. */
function titleFromText({ summary, enclosures }: EntryRecord, words: Words): string {
  const text = summary || (enclosures.find((file) => file.description)?.description ?? '');
  if (text === '') return String(words.format('entry.untitled', undefined));
  return String(words.format('entry.quoted', { words: beginningOf(text, TITLE_LENGTH) }));
}

/** The id of an entry's heading, which names its `<article>`: the key at the end of its path. Ids in sanitised texts are longer. */
export function headingId({ path }: Pick<EntryRecord, 'path'>): string {
  return path.slice(-10);
}

/** The heading of an entry: `Author: Title`. */
export function headingText({ authors, title }: Authored & { title: string }): string {
  return authors.length === 0 ? title : `${namesText(authors.map(({ name }) => name))}: ${title}`;
}

/** `Ada`, `Ada and Grace`, `Ada, Grace and Edith`. */
export function namesText(names: readonly string[]): string {
  return sentenceList(names, (name) => name).join('');
}

/** A list of names like `namesText`, in parts: what `print` returns for each name, and the words between them. */
export function sentenceList<P>(names: readonly string[], print: (name: string, index: number) => P): (P | string)[] {
  const [only] = names;
  if (only !== undefined && names.length === 1) return [print(only, 0)];
  const format = perLanguage('list', (locale) => new Intl.ListFormat(WITHOUT_OXFORD_COMMA.get(locale) ?? locale));
  let index = 0;
  return format.formatToParts(names).map(({ type, value }) => (type === 'element' ? print(value, index++) : value));
}

/** The parts that there are, in a line with dots between them. */
export function dotted<P>(parts: readonly P[]): (P | string)[] {
  return parts.filter(Boolean).flatMap((part, index) => (index === 0 ? [part] : [' · ', part]));
}

const WITHOUT_OXFORD_COMMA: ReadonlyMap<string, string> = new Map([
  ['en', 'en-GB'],
  ['en-US', 'en-GB'],
]);

export type BodyForm = { kind: 'whole'; html: string } | { kind: 'excerpt'; text: string } | { kind: 'title' };

/** The whole body, or what there is without one. By default without the title, which a page has as a heading. */
export function bodyForm(
  shown: Pick<DisplayedEntry, 'entry' | 'html'>,
  html = withoutTitle(shown.html, shown.entry.credit.title),
): BodyForm {
  return html === '' ? excerptForm(shown) : { kind: 'whole', html };
}

/** The same for pages of excerpts. */
export function excerptForm({ entry: { summary, credit } }: Pick<DisplayedEntry, 'entry'>): BodyForm {
  return summary === '' || saysTheSame(summary, credit.title) ? { kind: 'title' } : { kind: 'excerpt', text: summary };
}

/** The files that are shown with a reading. An excerpt has the first file, because an entry without words may have nothing else. */
export function filesWith({ entry }: Pick<DisplayedEntry, 'entry'>, reading: BodyForm): Enclosure[] {
  const files = notPlayedIn(reading.kind === 'whole' ? reading.html : '', entry.enclosures);
  return reading.kind === 'excerpt' ? files.slice(0, 1) : files;
}
