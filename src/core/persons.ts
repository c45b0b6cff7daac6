import { cutTo, percentDecoded } from './clean-text.ts';
import type { Person } from './entry.ts';
import { nameKey, splitNames } from './name-lists.ts';
import { EMAIL, holdsEmail, type Marked, markAddresses, PAGE, withoutUser } from './web-address.ts';

/** A person named in a text. The name is empty if the text has only an address, or a placeholder such as `N/A`. */
interface NamedPerson extends Person {
  /** Read, never published. */
  email?: string;
}

/** In characters. A longer list of names is cut between words. */
const LONGEST_PERSON = 1000;
/** In characters. */
const LONGEST_NAME = 100;

/** Placeholders that software writes without a name. */
const NOBODY = new Set(
  (
    'admin|administrator|root|webmaster|postmaster|noreply|no-reply|do-not-reply|donotreply|unknown|unknown author|' +
    'anonymous|anon|guest|nobody|no author|no one|none|n/a|na|null|nil|undefined|nan|author|the author|user|username|' +
    'your name|tbd|not available|unspecified|[deleted]|[removed]|[object object]|<no value>'
  ).split('|'),
);

const NO_NAMES = [
  /^[\p{P}\p{Z}]*$/u,
  /^[^\s@]+@[^\s@]+$/,
  // A part of a template that was not filled in: `{{ author }}`, `%author%`, `${author}`.
  /^(?:\{\{.*\}\}|\{%.*%\}|<%.*%>|\$\{.*\}|%[\w.-]+%)$/,
];

/** `by`, `Posted by`, `Author:`, `作者：`. */
const BEFORE =
  /^(?:(?:posted|written|published|submitted|words)\s+)?by:?\s+|^(?:authors?|auteure?s?|autor(?:a|e|es|in|ka)?|автор|作者|著者|by)\s*[:：]\s*/i;

/** Each once: `a@b.example (Ann)`, `Ann <a@b.example>, Bob`, `Ann A / Bob B`. Parsing a name again returns it. */
export function personsOf(line: string): NamedPerson[] {
  const some = line.length <= LONGEST_PERSON ? line : line.slice(0, LONGEST_PERSON).replace(/\S*$/, '');
  return onceEach(markedPersons(markAddresses(some.trim().replace(BEFORE, ''))));
}

/** Those with a name first. */
export function onceEach<T extends NamedPerson>(people: readonly T[]): T[] {
  const seen = new Map<string, T>();
  for (const each of people.toSorted((a, b) => Number(a.name === '') - Number(b.name === ''))) {
    const key = nameKey(each.name) || `<${each.email ?? each.url ?? ''}>`;
    seen.set(key, { ...each, ...seen.get(key) });
  }
  return [...seen.values()];
}

function markedPersons({ text, emails, pages }: Marked): NamedPerson[] {
  return splitNames(text).flatMap((name) => {
    const parts = name.split(/\uFFFF(?:\d+)\uFFFF/u);
    // Several addresses without a separator: each may have a name next to it.
    if (parts.length > 2) return namesBetween(name, parts, emails);
    // `a@b.example (Ann and Bob)`
    const [, within] = /^\uFFFF\d+\uFFFF\s*\(([^()]+)\)$/u.exec(name) ?? [];
    const several = within === undefined ? [] : splitNames(within);
    if (several.length > 1) return several.map((each) => named(each, emails, pages));
    return named(name, emails, pages);
  });
}

function namesBetween(name: string, parts: readonly string[], emails: readonly string[]): NamedPerson[] {
  const names = parts.map((part) => tidy(part, true)).filter((part) => part !== '');
  if (names.length > 0) return names.map((each) => ({ name: each }));
  return [...name.matchAll(new RegExp(EMAIL, 'gu'))].map(([, at]) => ({ name: '', email: emails[Number(at)] ?? '' }));
}

function named(text: string, emails: readonly string[], pages: readonly string[]): NamedPerson {
  const email = emails[Number(EMAIL.exec(text)?.[1] ?? -1)];
  const page = pages[Number(PAGE.exec(text)?.[1] ?? -1)];
  const url = page === undefined ? undefined : URL.parse(withoutUser(page))?.href;
  const name = tidy(text.replace(EMAIL, ' ').replace(new RegExp(PAGE, 'gu'), ' '), emails.length + pages.length > 0);
  return {
    name: name === '' && url !== undefined && email === undefined ? nameInAddress(url) : name,
    ...(email !== undefined && { email }),
    ...(url !== undefined && { url }),
  };
}

/** A name without quotes and prefixes; empty for a placeholder. Next to an address it may have brackets or dashes. */
function tidy(text: string, hasAddress: boolean): string {
  const bare = text
    .replace(/\(\s*\)|<\s*>|\[\s*\]|\{\s*\}|"\s*"/g, ' ')
    .replace(/\s+(,?)/g, (_, comma) => comma || ' ')
    .trim();
  const plain = (hasAddress ? withoutBrackets(bare) : bare)
    .replace(/^[\s,;]+|[\s,;:]+$/g, '')
    .replace(/^"([^"]*)"$|^“([^”]*)”$|^\(([^()]*)\)$/, '$1$2$3')
    .replace(BEFORE, '')
    .trim();
  const short = plain.length > LONGEST_NAME ? cutTo(LONGEST_NAME, plain).replace(/\s+…$/, '…') : plain;
  const isNobody = NOBODY.has(nameKey(plain)) || NO_NAMES.some((pattern) => pattern.test(plain));
  return isNobody ? '' : short;
}

/** `Ann` from `(Ann)`, `- Ann` or `Ann)`, as they remain next to an address. */
function withoutBrackets(text: string): string {
  const plain = text
    .replace(/^\s*[([<](.*)[)\]>]\s*$/, '$1')
    .replace(/^[\s|/<>–—-]+|[\s|/<>–—-]+$/g, '')
    .trim();
  const halved = plain.includes('(') !== plain.includes(')');
  return halved ? plain.replace(/[()]/g, ' ').trim() : plain;
}

/** Names of pages that are no names of persons. */
const NO_NAME =
  /^(?:about|contact|home|index|profile|feed|rss|blog|author|users?)?(?:\.\w+)?$|^\d+$|\.(?:php|html?|aspx?)$/i;

/** `bob` from `https://forum.example/u/bob`; else the host. */
function nameInAddress(url: string): string {
  const { hostname, pathname } = new URL(url);
  const last = pathname.split('/').filter(Boolean).at(-1) ?? '';
  // `jane@other.example`: a user of another server.
  const name = tidy(percentDecoded(last).replace(/(?<=.)@.*$/, ''), false);
  return NO_NAME.test(name) ? hostname.replace(/^www\./, '') : name;
}

/** The person without an e-mail address in the name; empty if nothing else is in it. Older archives have such names. */
export function publishable(person: Person): Person[] {
  if (person.name === '?') return [];
  if (!holdsEmail(person.name)) return [person];
  const names = personsOf(person.name).flatMap(({ name }) => (name === '' ? [] : [name]));
  return names.length === 1 ? names.map((name) => ({ ...person, name })) : names.map((name) => ({ name }));
}

/** One person's name; empty if none or too long. Lists are not split: before a title, `Bread and Butter` is a blog. */
export function nameOnly(line: string): string {
  if ([...line].length > LONGEST_NAME) return '';
  const { text, emails, pages } = markAddresses(line.trim());
  return text.split(EMAIL).length > 3 ? '' : named(text, emails, pages).name;
}
