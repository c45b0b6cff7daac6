import { nameKey } from '../../../src/core/name-lists.ts';
import { onceEach, personsOf, publishable } from '../../../src/core/persons.ts';
import { mapByName } from '../../../src/core/text.ts';
import { type FeedPerson, presentFields } from '../feed-entry.ts';
import { childrenNamed, elements, firstText, hasMarkup, textOf, type XmlElement } from '../parse/feed-tree.ts';
import { givenAddress, pageAddress } from './links.ts';
import { plainTitle } from './texts.ts';

/** Longer than any list of names, with the markup around them. */
const LONGEST_NAME_LIST = 10_000;

/** Authors in document order, each once, those with a name first. A name that is `title`, of their feed, stays whole: `Bread and Butter`. */
export function authorsOf(element: XmlElement, base: string, title: string): FeedPerson[] {
  const persons = (...names: string[]) =>
    childrenNamed(element, ...names).flatMap((child) => person(child, base, title));
  const authors = persons('author', 'dc:creator', 'dc:author', 'managingeditor');
  return onceEach(authors.some(({ name }) => name !== '') ? authors : [...authors, ...persons('itunes:author')]);
}

/** The contact persons of a podcast. They are not authors, but they may give a name to an address in its entries. */
export function channelOwners(channel: XmlElement, base: string, title: string): FeedPerson[] {
  return childrenNamed(channel, 'itunes:owner').flatMap((owner) => person(owner, base, title));
}

/** The authors. Where the entry gives only the e-mail address of one, the person of the feed with this address. */
export function namedByFeed(authors: readonly FeedPerson[], feed: readonly FeedPerson[]): FeedPerson[] {
  return authors.map((author) => {
    const email = author.name === '' ? author.email?.toLowerCase() : undefined;
    const named = feed.find((person) => person.name !== '' && person.email?.toLowerCase() === email);
    return (email && named) || author;
  });
}

function person(element: XmlElement, base: string, title: string): FeedPerson[] {
  if (!hasMarkup(element)) return listedPersons(textOf(element), title);
  // Elements of RDF around a person.
  const [wrapped] = childrenNamed(element, 'rdf:description', 'foaf:person', 'foaf:agent');
  if (wrapped) return person(wrapped, base, title);
  const name = firstText(element, 'name', 'foaf:name', 'rdf:value', 'itunes:name');
  const email = firstText(element, 'email', 'itunes:email');
  const uri = firstText(element, 'uri', 'url', 'homepage');
  const page = uri === null ? null : pageAddress(uri, element.scope.base ?? base);
  const [first, ...others] = namedPersons(name, email, page, title);
  const avatar = fewPictures(pictureAddresses(element, PORTRAITS, base))[0] ?? null;
  return first === undefined ? [] : [avatar === null || others.length > 0 ? first : { ...first, avatar }, ...others];
}

/** A person from name, e-mail address and page. Where the name is a list, all its persons, without address and page. */
export function namedPersons(
  written: string | null,
  email: string | null,
  url: string | null,
  title: string,
): FeedPerson[] {
  const named = written === null ? [] : listedPersons(written, title);
  if (named.length > 1) return named;
  // Some feeds write the name into the e-mail address.
  const [person, inEmail] = [named[0], email === null ? undefined : listedPersons(email, title)[0]];
  if (!person && !inEmail && url === null) return [];
  const name = person?.name || inEmail?.name || '';
  return [{ name, ...presentFields({ email: email ?? person?.email, url: url ?? person?.url }) }];
}

/**
 * The names in an object or a list that a template printed; null if the text is none: `{"name"=>"Ann"}` of Ruby, `['Ann']` of Python,
 * `map[name:Ann]` of Go. https://github.com/jekyll/jekyll-feed/issues/299, https://github.com/frjo/hugo-theme-zen/issues/117
 */
export function printedNames(text: string): string[] | null {
  const printed = text.length > LONGEST_NAME_LIST ? '' : text.trim();
  if (/^\[\s*\]$/.test(printed)) return [];
  const isObject = /^\[?\s*\{/.test(printed) && /\}\s*\]?$/.test(printed) && /=>|["']\s*:/.test(printed);
  const isList = /^\[\s*["']/.test(printed) && /["']\s*\]$/.test(printed);
  const isMap = /^\[?map\[(?:[^[]* )?name:/.test(printed) && printed.endsWith(']');
  if (!isObject && !isList && !isMap) return null;
  const names = isMap
    ? /(?<=[[ ])name:([^\]]*?)(?=\]| [\w-]+:)/g
    : isObject
      ? /(?<![\w-])name["']?\s*(?:=>|:)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')/g
      : /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g;
  return [...printed.matchAll(names)].map(([, double, single = '']) => unescaped(double ?? single));
}

/** The names in a line: those that a template printed, else between commas. */
export function listedNames(line: string): string[] {
  return printedNames(line) ?? line.split(',');
}

/** `André "Ann" Lee` for `Andr\u00e9 \"Ann\" Lee`. */
function unescaped(printed: string): string {
  return printed.replace(/\\(?:u([\da-f]{4})|(.))/gi, (_, code: string | undefined, letter: string) =>
    code === undefined ? letter : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** The persons in a line of text, which may be HTML. */
function listedPersons(written: string, title: string): FeedPerson[] {
  // `<a@b.example>` is an address, not markup.
  const start = written.slice(0, LONGEST_NAME_LIST);
  const text = (printedNames(start)?.join('; ') ?? start).replace(/<([^<>\s@]*@[^<>\s]*|https?:[^<>\s]*)>/g, '($1)');
  const line = plainTitle(text);
  return title !== '' && nameKey(line) === nameKey(title) ? publishable({ name: line }) : personsOf(line);
}

/** Reads the address of a picture for a feed, by the name of the element, best first. */
const PICTURES = mapByName<(element: XmlElement) => string | null | undefined>({
  // https://www.rfc-editor.org/rfc/rfc4287#section-4.2.5
  'icon logo': textOf,
  // https://www.rssboard.org/rss-specification#ltimagegtSubelementOfLtchannelgt; RSS 1.0 names it in the channel alone.
  image: (image) => firstText(image, 'url') ?? image.attributes['rdf:resource'] ?? image.attributes['href'],
  // https://blog.feedly.com/10-ways-to-optimize-your-feed-for-feedly/
  'webfeeds:icon webfeeds:logo': textOf,
  // https://help.apple.com/itc/podcasts_connect/#/itcb54353390
  'itunes:image googleplay:image': ({ attributes }) => attributes['href'],
});

/** The same for a person. */
const PORTRAITS: typeof PICTURES = mapByName({
  // Blogger
  'gd:image': ({ attributes }) => attributes['src'],
  // https://www.w3.org/community/ostatus/wiki/Howto
  link: ({ attributes: { rel, href } }) => (rel === 'avatar' || rel === 'photo' ? href : null),
  avatar: textOf,
});

/** Pictures of software for users who chose none. */
const DEFAULTS = [
  // Blogger: `img1.blogblog.com/img/b16-rounded.gif`
  /^https?:\/\/(?:[\w-]+\.)?blogblog\.com\/img\//,
  // WordPress.com: `s0.wp.com/i/buttonw-com.png`, `s0.wp.com/i/webclip.png`
  /^https?:\/\/(?:[\w-]+\.)?wp\.com\/i\/(?:buttonw-com|webclip)/,
  // Gravatar, asked for the silhouette
  /^https?:\/\/(?:[\w-]+\.)?gravatar\.com\/avatar\/?(?:\?|$)/,
];

/** No feed needs more. */
const MOST_PICTURES = 4;
/** Characters. A longer address holds the picture itself, or a signature that expires. */
const LONGEST_ADDRESS = 2000;

/** Addresses of pictures of a feed, best first, each once. `channels` are the elements that describe the feed. */
export function picturesOf(channels: readonly XmlElement[], base: string): string[] {
  return fewPictures(channels.flatMap((channel) => pictureAddresses(channel, PICTURES, base)));
}

function pictureAddresses(element: XmlElement, places: typeof PICTURES, base: string): string[] {
  return [...places].flatMap(([name, read]) =>
    elements(element).flatMap(
      (child) => (child.name === name ? givenAddress(read(child), child.scope.base ?? base) : null) ?? [],
    ),
  );
}

/** The addresses that may be of a picture that somebody chose, each once, and only a few. */
export function fewPictures(addresses: readonly string[]): string[] {
  const chosen = addresses.filter((url) => url.length <= LONGEST_ADDRESS && !DEFAULTS.some((kind) => kind.test(url)));
  return [...new Set(chosen)].slice(0, MOST_PICTURES);
}
