import { nameKey } from '../../../src/core/name-lists.ts';
import { personsOf, publishable } from '../../../src/core/persons.ts';
import type { FeedPerson } from '../feed-entry.ts';
import { childrenNamed, elements, firstText, hasMarkup, textOf, type XmlElement } from '../parse/feed-tree.ts';
import { pageAddress } from './links.ts';
import { portraitOf } from './pictures.ts';
import { plainTitle } from './texts.ts';

/** Longer than any list of names, with the markup around them. */
const LONGEST = 10_000;

/** Elements for authors, and those that count where there is no other. */
const AUTHORS = new Set(['author', 'dc:creator', 'dc:author', 'managingeditor']);
const STAND_INS = new Set(['itunes:author']);
const OWNERS = new Set(['itunes:owner']);

/** Elements of RDF around a person. */
const WRAPPERS = new Set(['rdf:description', 'foaf:person', 'foaf:agent']);
const NAME = new Set(['name', 'foaf:name', 'rdf:value', 'itunes:name']);
const EMAIL = new Set(['email', 'itunes:email']);
const PAGE = new Set(['uri', 'url', 'homepage']);

/**
 * The authors of an entry or a feed, in document order, each once; those with a name come before those with only an address.
 * A name that is the title of the feed is not split: `Bread and Butter`.
 */
export function authorsOf(element: XmlElement, base: string | null, title: string): FeedPerson[] {
  const children = elements(element);
  const [authors = [], standIns = []] = [AUTHORS, STAND_INS].map((names) =>
    children.filter((child) => names.has(child.name)).flatMap((child) => person(child, base, title)),
  );
  return onceEach(authors.some(({ name }) => name !== '') ? authors : [...authors, ...standIns]);
}

/** The contact persons of a podcast. They are no authors, but may give a name to an address in its entries. */
export function channelOwners(channel: XmlElement, base: string | null, title: string): FeedPerson[] {
  return childrenNamed(channel, OWNERS).flatMap((owner) => person(owner, base, title));
}

/** The authors, with names from the feed for those of whom the entry gives only the address. */
export function namedByFeed(authors: readonly FeedPerson[], feed: readonly FeedPerson[]): FeedPerson[] {
  return authors.map((author) => {
    const email = author.name === '' ? author.email?.toLowerCase() : undefined;
    return (
      feed.find(({ name, email: own }) => email !== undefined && name !== '' && own?.toLowerCase() === email) ?? author
    );
  });
}

function person(element: XmlElement, base: string | null, title: string): FeedPerson[] {
  if (!hasMarkup(element)) return personsIn(textOf(element), title);
  const [wrapped] = childrenNamed(element, WRAPPERS);
  if (wrapped) return person(wrapped, base, title);
  const name = firstText(element, NAME);
  const email = firstText(element, EMAIL);
  const uri = firstText(element, PAGE);
  const [one, ...more] = described(
    name,
    email,
    uri === null ? null : pageAddress(uri, element.scope.base ?? base),
    title,
  );
  const avatar = portraitOf(element, base);
  return one === undefined ? [] : [avatar === null || more.length > 0 ? one : { ...one, avatar }, ...more];
}

/** A person from name, e-mail address and page. Where the name is a list, all its persons, without the other two. */
export function described(name: string | null, email: string | null, url: string | null, title: string): FeedPerson[] {
  const named = name === null ? [] : personsIn(name, title);
  if (named.length > 1) return named;
  // Some feeds write the name into the e-mail address.
  const [person, inEmail] = [named[0], email === null ? undefined : personsIn(email, title)[0]];
  if (!person && !inEmail && url === null) return [];
  return [make(person?.name || inEmail?.name || '', email ?? person?.email, url ?? person?.url ?? null)];
}

/** The persons in a line of text, which may be HTML. */
function personsIn(written: string, title: string): FeedPerson[] {
  const text = written.slice(0, LONGEST);
  // `<a@b.example>` is an address, not markup.
  const plain = text.includes('<') ? text.replace(/<([^<>\s]*@[^<>\s]*|https?:[^<>\s]*)>/g, '($1)') : text;
  const line = plainTitle(plain);
  return title !== '' && nameKey(line) === nameKey(title) ? publishable({ name: line }) : personsOf(line);
}

function make(name: string, email: string | undefined, url: string | null): FeedPerson {
  return { name, ...(email !== undefined && { email }), ...(url !== null && { url }) };
}

export function onceEach(people: readonly FeedPerson[]): FeedPerson[] {
  const seen = new Map<string, FeedPerson>();
  for (const each of [...people.filter(({ name }) => name), ...people.filter(({ name }) => !name)]) {
    const key = nameKey(each.name) || `<${each.email ?? each.url ?? ''}>`;
    const before = seen.get(key);
    seen.set(key, before ? { ...each, ...before } : each);
  }
  return [...seen.values()];
}
