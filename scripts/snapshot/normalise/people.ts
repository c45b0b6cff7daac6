import { cleanText } from '../clean-text.ts';
import type { FeedPerson } from '../document.ts';
import { elements, firstText, hasMarkup, named, textOf, type XmlElement } from '../parse/xml.ts';
import { plainTitle } from './texts.ts';
import { webAddress } from './urls.ts';

const ADDRESS = /[\w.+-]+@(?:[\w-]+\.)+[\w-]{2,}/;
/** Nobody's name is longer; the search for an address is not linear. */
const LONGEST = 500;
/** What is left around an address that was taken out of `a@b.c (Name)` or `Name <a@b.c>`. */
const LEFT_OVER = /\(\s*\)|<\s*>|\[\s*\]|^mailto:|\?subject=\S*/gi;

/** Elements that name who wrote something, and those that may stand in for them. */
const AUTHORS = new Set(['author', 'dc:creator', 'dc:author', 'managingeditor']);
const STAND_INS = new Set(['itunes:author']);

/** RDF says who someone is within one of these. */
const WRAPPERS = new Set(['rdf:description', 'foaf:person', 'foaf:agent']);
const NAME = new Set(['name', 'foaf:name', 'rdf:value', 'itunes:name']);
const EMAIL = new Set(['email', 'itunes:email']);
const PAGE = new Set(['uri', 'url', 'homepage']);

/** Who wrote it, in document order, each once: those named before those of whom only an address is known. */
export function authorsOf(element: XmlElement, base: string | null): FeedPerson[] {
  const children = elements(element);
  for (const names of [AUTHORS, STAND_INS]) {
    const people = children.filter((child) => names.has(child.name)).flatMap((child) => person(child, base));
    if (people.length > 0) return onceEach(people);
  }
  return [];
}

function person(element: XmlElement, base: string | null): FeedPerson[] {
  if (!hasMarkup(element)) return spoken(textOf(element));
  const [wrapped] = named(element, WRAPPERS);
  if (wrapped) return person(wrapped, base);
  const name = firstText(element, NAME);
  const email = firstText(element, EMAIL);
  const uri = firstText(element, PAGE);
  const url = uri === null ? null : webAddress(uri, element.scope.base ?? base);
  const [told] = name === null ? [] : spoken(name);
  return told || email !== null || url !== null ? [make(told?.name ?? '', email ?? told?.email, url)] : [];
}

/** A person as RSS writes one: `a@b.c (Name)`, `Name <a@b.c>`, a name, an address. */
function spoken(written: string): FeedPerson[] {
  const text = written.slice(0, LONGEST);
  const plain = plainTitle(text.includes('<') && ADDRESS.test(text) ? text.replace(/[<>]/g, ' ') : text);
  const email = ADDRESS.exec(plain)?.[0];
  const rest = email === undefined ? plain : plain.replace(email, ' ').replace(LEFT_OVER, ' ').trim();
  const name = cleanText(email === undefined ? rest : rest.replace(/^\((.*)\)$/s, '$1').replace(/^mailto:\s*/i, ''));
  return name === '' && email === undefined ? [] : [make(name, email, null)];
}

function make(name: string, email: string | undefined, url: string | null): FeedPerson {
  return { name, ...(email !== undefined && { email }), ...(url !== null && { url }) };
}

function onceEach(people: readonly FeedPerson[]): FeedPerson[] {
  const seen = new Map<string, FeedPerson>();
  for (const each of [...people.filter(({ name }) => name), ...people.filter(({ name }) => !name)]) {
    const key = each.name.toLowerCase() || `<${each.email ?? each.url}>`;
    const before = seen.get(key);
    seen.set(key, before ? { ...each, ...before } : each);
  }
  return [...seen.values()];
}
