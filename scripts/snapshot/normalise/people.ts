import { nameKey } from '../../../src/core/name-lists.ts';
import { personsOf, publishable } from '../../../src/core/persons.ts';
import { type FeedPerson, presentFields } from '../feed-entry.ts';
import { childrenNamed, firstText, hasMarkup, textOf, type XmlElement } from '../parse/feed-tree.ts';
import { pageAddress } from './links.ts';
import { portraitOf } from './pictures.ts';
import { plainTitle } from './texts.ts';

/** Longer than any list of names, with the markup around them. */
const LONGEST = 10_000;

/**
 * The authors of an entry or a feed, in document order, each once; those with a name come before those with only an address.
 * A name that is the title of the feed is not split: `Bread and Butter`.
 */
export function authorsOf(element: XmlElement, base: string | null, title: string): FeedPerson[] {
  const persons = (...names: string[]) =>
    childrenNamed(element, ...names).flatMap((child) => person(child, base, title));
  const authors = persons('author', 'dc:creator', 'dc:author', 'managingeditor');
  return onceEach(authors.some(({ name }) => name !== '') ? authors : [...authors, ...persons('itunes:author')]);
}

/** The contact persons of a podcast. They are not authors, but they may give a name to an address in its entries. */
export function channelOwners(channel: XmlElement, base: string | null, title: string): FeedPerson[] {
  return childrenNamed(channel, 'itunes:owner').flatMap((owner) => person(owner, base, title));
}

/** The authors. Where the entry gives only the e-mail address of one, the person of the feed with this address. */
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
  // Elements of RDF around a person.
  const [wrapped] = childrenNamed(element, 'rdf:description', 'foaf:person', 'foaf:agent');
  if (wrapped) return person(wrapped, base, title);
  const name = firstText(element, 'name', 'foaf:name', 'rdf:value', 'itunes:name');
  const email = firstText(element, 'email', 'itunes:email');
  const uri = firstText(element, 'uri', 'url', 'homepage');
  const page = uri === null ? null : pageAddress(uri, element.scope.base ?? base);
  const [one, ...more] = described(name, email, page, title);
  const avatar = portraitOf(element, base);
  return one === undefined ? [] : [avatar === null || more.length > 0 ? one : { ...one, avatar }, ...more];
}

/** A person from name, e-mail address and page. Where the name is a list, all its persons, without address and page. */
export function described(
  written: string | null,
  email: string | null,
  url: string | null,
  title: string,
): FeedPerson[] {
  const named = written === null ? [] : personsIn(written, title);
  if (named.length > 1) return named;
  // Some feeds write the name into the e-mail address.
  const [person, inEmail] = [named[0], email === null ? undefined : personsIn(email, title)[0]];
  if (!person && !inEmail && url === null) return [];
  const name = person?.name || inEmail?.name || '';
  return [{ name, ...presentFields({ email: email ?? person?.email, url: url ?? person?.url }) }];
}

/** The persons in a line of text, which may be HTML. */
function personsIn(written: string, title: string): FeedPerson[] {
  const text = written.slice(0, LONGEST);
  // `<a@b.example>` is an address, not markup.
  const plain = text.includes('<') ? text.replace(/<([^<>\s]*@[^<>\s]*|https?:[^<>\s]*)>/g, '($1)') : text;
  const line = plainTitle(plain);
  return title !== '' && nameKey(line) === nameKey(title) ? publishable({ name: line }) : personsOf(line);
}

/** The persons, each once: those with a name first. */
export function onceEach(people: readonly FeedPerson[]): FeedPerson[] {
  const seen = new Map<string, FeedPerson>();
  for (const each of [...people.filter(({ name }) => name), ...people.filter(({ name }) => !name)]) {
    const key = nameKey(each.name) || `<${each.email ?? each.url ?? ''}>`;
    const before = seen.get(key);
    seen.set(key, before ? { ...each, ...before } : each);
  }
  return [...seen.values()];
}
