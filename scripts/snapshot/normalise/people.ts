import { nameKey } from '../../../src/core/name-lists.ts';
import { personsOf, publishable } from '../../../src/core/persons.ts';
import type { FeedPerson } from '../feed-entry.ts';
import { childrenNamed, elements, firstText, hasMarkup, textOf, type XmlElement } from '../parse/feed-tree.ts';
import { pageAddress } from './links.ts';
import { portraitOf } from './pictures.ts';
import { plainTitle } from './texts.ts';

/** Longer than any list of names, with the markup that some put around them. */
const LONGEST = 10_000;

/** Elements that name who wrote something, and those that may stand in for them. */
const AUTHORS = new Set(['author', 'dc:creator', 'dc:author', 'managingeditor']);
const STAND_INS = new Set(['itunes:author']);
const OWNERS = new Set(['itunes:owner']);

/** RDF says who someone is within one of these. */
const WRAPPERS = new Set(['rdf:description', 'foaf:person', 'foaf:agent']);
const NAME = new Set(['name', 'foaf:name', 'rdf:value', 'itunes:name']);
const EMAIL = new Set(['email', 'itunes:email']);
const PAGE = new Set(['uri', 'url', 'homepage']);

/**
 * Who wrote it, in document order, each once: those named before those of whom only an address is known. A name that is the
 * feed's title is one name: `Bread and Butter`.
 */
export function authorsOf(element: XmlElement, base: string | null, title: string): FeedPerson[] {
  const children = elements(element);
  const [authors = [], standIns = []] = [AUTHORS, STAND_INS].map((names) =>
    children.filter((child) => names.has(child.name)).flatMap((child) => person(child, base, title)),
  );
  return onceEach(authors.some(({ name }) => name !== '') ? authors : [...authors, ...standIns]);
}

/** Whom a podcast's feed says to write to: who an address of its entries belongs to, no author. */
export function channelOwners(channel: XmlElement, base: string | null, title: string): FeedPerson[] {
  return childrenNamed(channel, OWNERS).flatMap((owner) => person(owner, base, title));
}

/** Those of whom an entry knows the address only, by the name that the feed has for it. */
export function namedByFeed(authors: readonly FeedPerson[], feed: readonly FeedPerson[]): FeedPerson[] {
  return authors.map((author) => {
    const email = author.name === '' ? author.email?.toLowerCase() : undefined;
    return (
      feed.find(({ name, email: own }) => email !== undefined && name !== '' && own?.toLowerCase() === email) ?? author
    );
  });
}

function person(element: XmlElement, base: string | null, title: string): FeedPerson[] {
  if (!hasMarkup(element)) return spoken(textOf(element), title);
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

/** A person by parts: the page and the address are theirs, unless the name is a list. */
export function described(name: string | null, email: string | null, url: string | null, title: string): FeedPerson[] {
  const said = name === null ? [] : spoken(name, title);
  if (said.length > 1) return said;
  // Some write the name into the address.
  const [told, beside] = [said[0], email === null ? undefined : spoken(email, title)[0]];
  if (!told && !beside && url === null) return [];
  return [make(told?.name || beside?.name || '', email ?? told?.email, url ?? told?.url ?? null)];
}

/** Persons as a line of text names them: plain text, or HTML that nobody declared. */
function spoken(written: string, title: string): FeedPerson[] {
  const text = written.slice(0, LONGEST);
  // `<a@b.example>` is no markup.
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
