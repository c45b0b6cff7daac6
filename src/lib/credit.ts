import type { EntryHead, Person } from '../model/entry.ts';
import type { FeedConfig } from '../model/planet.ts';

/** Who wrote an entry and what it is called, as a reader is told. */
export interface Credit {
  title: string;
  authors: Person[];
}

/** Reads an entry's credit by its feed's `authors` rule. */
export function credit(
  entry: Pick<EntryHead, 'title' | 'authors'>,
  feed: Pick<FeedConfig, 'authors' | 'title'>,
): Credit {
  switch (feed.authors) {
    case 'entry':
      return { title: entry.title, authors: entry.authors };
    case 'feed':
      return { title: entry.title, authors: [{ name: feed.title }] };
    case 'title':
      return fromTitle(entry);
    default:
      return feed.authors satisfies never;
  }
}

/** `Author: Title`, split at the first colon. A colon without a space after it (`https://…`, `12:30`) splits nothing. */
function fromTitle({ title, authors }: Pick<EntryHead, 'title' | 'authors'>): Credit {
  const [, name, rest] = /^([^:]*[^:\s])\s*:\s+(\S.*)$/su.exec(title) ?? [];
  if (name === undefined || rest === undefined) return { title, authors };
  const known = authors.find((person) => person.name === name);
  return { title: rest, authors: [known ?? { name }] };
}
