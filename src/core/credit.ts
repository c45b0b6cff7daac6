import type { EntryMetadata, Person } from './entry.ts';
import { nameKey, type People } from './name-lists.ts';
import { nameOnly, publishable } from './persons.ts';
import type { FeedConfig } from './planet.ts';
import { holdsEmail } from './web-address.ts';

/** Who wrote an entry and what it is called, as a reader is told. */
export interface Credit {
  title: string;
  authors: Person[];
}

/** Reads an entry's credit by its feed's `authors` rule, and by what `planet.yaml` says of the people. */
export function credit(
  entry: Pick<EntryMetadata, 'title' | 'authors'>,
  feed: Pick<FeedConfig, 'authors' | 'title'>,
  people: People = new Map(),
): Credit {
  const said = byRule(entry, feed);
  if (people.size === 0) return said;
  const { title, authors } = said;
  return { title, authors: authors.map((person) => known(person, people)) };
}

function byRule(entry: Pick<EntryMetadata, 'title' | 'authors'>, feed: Pick<FeedConfig, 'authors' | 'title'>): Credit {
  switch (feed.authors) {
    case 'entry':
      return { title: entry.title, authors: entry.authors.flatMap(publishable) };
    case 'feed':
      return { title: entry.title, authors: [{ name: feed.title }] };
    case 'title':
      return fromTitle(entry);
    default:
      return feed.authors satisfies never;
  }
}

/**
 * `Author: Title`, split at the first colon. A colon without a space after it (`https://…`, `12:30`) splits nothing, nor does
 * one after what is no name (`12: 30`, `Re: hello`). An address is no name, and is not left in the title either.
 */
function fromTitle(entry: Pick<EntryMetadata, 'title' | 'authors'>): Credit {
  const authors = entry.authors.flatMap(publishable);
  const [, said, rest] = /^([^:]*[^:\s])\s*:\s+(\S.*)$/su.exec(entry.title) ?? [];
  if (said === undefined || rest === undefined) return { title: entry.title, authors };
  const name = nameOnly(said);
  if (name === '' && holdsEmail(said)) return { title: rest, authors };
  if (!/\p{L}/u.test(name) || NO_NAMES.has(nameKey(name))) return { title: entry.title, authors };
  const told = authors.find((person) => nameKey(person.name) === nameKey(name));
  return { title: rest, authors: [told ?? { name }] };
}

/** What stands before a colon in titles of all sorts. */
const NO_NAMES = new Set(['http', 'https', 'ftp', 'mailto', 're', 'fw', 'fwd', 'aw', 'sv', 'antw']);

function known(person: Person, people: People): Person {
  const author = people.get(nameKey(person.name));
  if (author === undefined) return person;
  const url = author.home ?? person.url;
  return url === undefined ? { name: author.name } : { name: author.name, url };
}
