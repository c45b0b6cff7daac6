import type { EntryMetadata, Person } from './entry.ts';
import { type AuthorSettings, nameKey } from './name-lists.ts';
import { nameOnly, publishable } from './persons.ts';
import type { FeedConfig } from './planet.ts';
import { holdsEmail } from './web-address.ts';

export type Credit = { title: string; authors: Person[] };

/** How a feed names its authors. */
export interface CreditRule extends Pick<FeedConfig, 'authors' | 'title'> {
  /** The names before its titles (`namesInTitles`). */
  names?: ReadonlySet<string>;
}

/** The credit of an entry, by its feed's `authors` rule and by the names and aliases in `planet.yaml`. Each author is in it once. */
export function creditOf(
  entry: Pick<EntryMetadata, 'title' | 'authors'>,
  feed: CreditRule,
  people: AuthorSettings = new Map(),
): Credit {
  const { title, authors } = byRule(entry, feed);
  return {
    title,
    authors: eachAuthorOnce(people.size === 0 ? authors : authors.map((person) => withConfig(person, people))),
  };
}

/** Two names of an entry may be aliases of one author. */
function eachAuthorOnce(authors: Person[]): Person[] {
  if (authors.length < 2) return authors;
  const byKey = Map.groupBy(authors, ({ name }) => nameKey(name));
  return [...byKey.values()].flatMap((same) => same.find(({ url }) => url !== undefined) ?? same[0] ?? []);
}

function byRule(entry: Pick<EntryMetadata, 'title' | 'authors'>, feed: CreditRule): Credit {
  switch (feed.authors) {
    case 'entry':
      return { title: entry.title, authors: entry.authors.flatMap(publishable) };
    case 'feed':
      return { title: entry.title, authors: [{ name: feed.title }] };
    case 'title':
      return fromTitle(entry, feed.names);
    default:
      return feed.authors satisfies never;
  }
}

/** The parts of `Name: Title`, at the first colon that a space follows (not `https://…` or `12:30`); null for other titles. */
export function splitTitle(title: string): { name: string; rest: string } | null {
  const [, name, rest] = /^([^:]*[^:\s])\s*:\s+(\S.*)$/su.exec(title) ?? [];
  return name === undefined || rest === undefined ? null : { name, rest };
}

/** The names before the titles of a feed, as written. */
export function namesInTitles(entries: readonly Pick<EntryMetadata, 'title'>[]): ReadonlySet<string> {
  return new Set(entries.flatMap(({ title }) => splitTitle(title)?.name ?? []));
}

/**
 * Splits `Author: Title` if a name is before the colon (not `12: 30` or `Re: hello`). An e-mail address there is removed.
 * A title that is only a name, and one of `names`, is of a post without a title: planets write `Ada` or `Ada:` for it.
 */
function fromTitle(entry: Pick<EntryMetadata, 'title' | 'authors'>, names?: ReadonlySet<string>): Credit {
  const authors = entry.authors.flatMap(publishable);
  const behind = behindNames(entry.title, authors);
  if (behind !== undefined) return { title: behind, authors };
  const whole = entry.title.replace(/:\s*$/u, '').trim();
  const isNote = names?.has(whole) && authors.every((person) => nameKey(person.name) === nameKey(whole));
  const split = isNote ? { name: whole, rest: '' } : splitTitle(entry.title);
  if (split === null) return { title: entry.title, authors };
  const { rest } = split;
  const name = nameOnly(split.name);
  if (name === '' && holdsEmail(split.name)) return { title: rest, authors };
  if (!/\p{L}/u.test(name) || NO_NAMES.has(nameKey(name))) return { title: entry.title, authors };
  const author = authors.find((person) => nameKey(person.name) === nameKey(name));
  return { title: rest, authors: [author ?? { name }] };
}

/** In characters: a comma, `and` or `&` with spaces, in any language. */
const LONGEST_AND = 8;

/** The title behind the names of all authors, as our own RSS has it in the language of its planet: `Ada und Grace: Hello`. */
function behindNames(title: string, authors: readonly Person[]): string | undefined {
  let rest = title;
  for (const [index, { name }] of authors.entries()) {
    const at = rest.indexOf(name);
    if (at === -1 || at > (index === 0 ? 0 : LONGEST_AND)) return undefined;
    rest = rest.slice(at + name.length);
  }
  return authors.length === 0 ? undefined : /^:\s+(\S.*)$/su.exec(rest)?.[1];
}

/** Common words before a colon that are no names. */
const NO_NAMES = new Set(['http', 'https', 'ftp', 'mailto', 're', 'fw', 'fwd', 'aw', 'sv', 'antw']);

function withConfig(person: Person, people: AuthorSettings): Person {
  const author = people.get(nameKey(person.name));
  if (author === undefined) return person;
  return { name: author.name, url: author.home ?? person.url };
}
