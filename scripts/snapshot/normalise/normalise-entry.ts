import { cleanText, cutTo } from '../../../src/core/clean-text.ts';
import type { Source } from '../../../src/core/entry.ts';
import { mapByName } from '../../../src/core/text.ts';
import { isOneSite } from '../../../src/core/web-address.ts';
import { type FeedEntry, type FeedPerson, presentFields } from '../feed-entry.ts';
import { childrenNamed, elements, firstText, hasMarkup, textOf, type XmlElement } from '../parse/feed-tree.ts';
import { enclosuresOf } from './enclosures.ts';
import { bodiesOf } from './entry-bodies.ts';
import { stillOf } from './feed-media.ts';
import type { linkPosts } from './link-post.ts';
import { entryPage, feedEntryId, givenAddress, type Link, linksOf, pageAddress } from './links.ts';
import { parseDate } from './parse-date.ts';
import { authorsOf, listedNames, namedByFeed, picturesOf, printedNames } from './people.ts';
import { firstLine, plainLine, plainTitle, xmlLanguage } from './texts.ts';

export interface EntryContext {
  /** The base of addresses without an `xml:base`. */
  base: string;
  /** The base of ids, which must never change, and of bodies without a page: the page of the feed, else the address of the feed. */
  home: string;
  /** Whether the types of texts are guessed, as in RSS. */
  guess: boolean;
  title: string;
  authors: FeedPerson[];
  /** Other persons with a name and an e-mail address. */
  owners: FeedPerson[];
  language: string | null;
  linkPosts: ReturnType<typeof linkPosts>;
  /** The rights of the feed, which hold for its own entries. */
  rights: Rights;
}

const PUBLISHED = ['published', 'pubdate', 'issued', 'dcterms:issued'];
const UPDATED = ['updated', 'modified', 'dcterms:modified', 'dc:date', 'lastbuilddate'];
const CREATED = ['created', 'dcterms:created', 'dc:created'];

export function normaliseEntry(entry: XmlElement, context: EntryContext): FeedEntry {
  const { base, guess } = context;
  const links = linksOf(entry, base);
  const language = (xmlLanguage(entry) ?? context.language) || null;
  const linkPost = context.linkPosts.get(entry);
  const url = linkPost?.page ?? entryPage(entry, base, language ?? context.language, links);
  const [source] = childrenNamed(entry, 'source');
  const sourceFeed = source ? xmlSource(source, base, guess) : null;
  const updated = lastDate(entry, UPDATED, language);
  const behind = firstText(entry, 'feedburner:origlink', 'pheedo:origlink');
  const original = behind === null ? null : pageAddress(behind, base);
  // A redirector is no base: its folders hold its counters.
  const page = original ?? url;
  const texts = bodiesOf(entry, guess, page ?? context.home);
  const title = firstTitle(entry, guess);
  // Not if it is copied, or its page is on another site, as in most planets.
  const isOfFeed = source === undefined && (page === null || isOneSite(page, context.home));
  return {
    id: feedEntryId(entry, context.home),
    url,
    original,
    title,
    authors: entryAuthors(entry, source, sourceFeed?.title || context.title, context),
    published: lastDate(entry, PUBLISHED, language) ?? (updated === null ? lastDate(entry, CREATED, language) : null),
    updated,
    ...texts,
    categories: categoriesOf(entry),
    enclosures: enclosuresOf(entry, base, links, { ...texts, title, url: page }),
    still: stillOf(entry, base),
    language,
    source: source ? sourceFeed : linkPost ? { url: linkPost.subject } : null,
    rights: rightsLine(rightsOf(entry, guess, base, links), isOfFeed ? context.rights : null),
  };
}

/** The authors that an entry names, else those of its source, else those of the feed. An only one gets the picture of the source. */
function entryAuthors(
  entry: XmlElement,
  source: XmlElement | undefined,
  title: string,
  { base, authors, owners }: EntryContext,
): FeedPerson[] {
  const own = [authorsOf(entry, base, title), source ? authorsOf(source, base, title) : []];
  const given = own.find(({ length }) => length > 0);
  const named = given ? namedByFeed(given, [...authors, ...owners]) : authors;
  const [author, ...others] = named;
  const [avatar] = source ? picturesOf([source], base) : [];
  return author && avatar !== undefined && others.length === 0 ? [{ avatar, ...author }] : named;
}

/** The first title with words; the short title of a podcast, and the title of a file in Media RSS, come last. */
export function firstTitle(element: XmlElement, guess: boolean): string {
  // A title in `media:content` belongs to a picture: on WordPress.com it names the person of a portrait.
  const withMedia = [element, ...childrenNamed(element, 'media:group')];
  const last = withMedia.flatMap((each) => childrenNamed(each, 'media:title'));
  const titles = [...childrenNamed(element, 'title', 'dc:title'), ...childrenNamed(element, 'itunes:title'), ...last];
  return firstLine(titles, guess);
}

/** The last valid date of these elements, as a second date corrects the first; null without one. */
export function lastDate(element: XmlElement, names: readonly string[], language: string | null): Date | null {
  const dates = childrenNamed(element, ...names).map((each) => parseDate(textOf(each), language));
  return dates.findLast((date) => date !== null) ?? null;
}

/** The source of an entry: in Atom a small feed (RFC 4287, 4.2.11), in RSS a title with the address of a feed. Null if it is empty. */
function xmlSource(source: XmlElement, base: string, guess: boolean): Source | null {
  const children = elements(source);
  const words = children.length > 0 ? firstTitle(source, guess) : plainLine(source, guess);
  // GoToSocial writes the address of the feed in place of its title: https://github.com/superseriousbusiness/gotosocial/pull/897
  const [title, written] = children.length === 0 && /^https?:\/\/\S+$/i.test(words) ? ['', words] : [words, undefined];
  const self = linksOf(source, base).find(({ rel }) => rel === 'self')?.href;
  const feedUrl = self ?? givenAddress(source.attributes['url'] ?? written, source.scope.base ?? base);
  const url = entryPage(source, base, xmlLanguage(source));
  const found = presentFields({ id: firstText(source, 'id'), title, url, feedUrl });
  return Object.keys(found).length > 0 ? found : null;
}

const READERS = mapByName<(element: XmlElement) => string[]>({
  'category dc:subject media:category itunes:category': terms,
  'itunes:keywords media:keywords keywords tags categories': listedTerms,
});

function categoriesOf(entry: XmlElement): string[] {
  const within = elements(entry).flatMap((child) => (child.name === 'media:group' ? elements(child) : child));
  const words = within.flatMap((element) => READERS.get(element.name)?.(element) ?? []);
  // `a,b` of a feed that a blogger writes for dev.to (https://github.com/forem/forem/issues/13753); `Portland, Oregon` is one category.
  const apart = (line: string) => printedNames(line) ?? line.split(/ ?,(?=[^\s\d])/);
  return [...new Set(words.map(plainTitle).flatMap(apart))].filter(Boolean);
}

/** Of all tags between spaces: https://www.rssboard.org/media-rss#media-category */
const FLICKR_TAGS = 'urn:flickr:tags';

/** Its term, its label if that has other words, and the terms in it, as podcasts nest them. */
function terms(element: XmlElement): string[] {
  const { term, label = '', text, scheme } = element.attributes;
  const within = childrenNamed(element, 'category', 'itunes:category').flatMap(terms);
  const own = term?.trim() || (within.length === 0 && textOf(element)) || text?.trim() || '';
  if (scheme === FLICKR_TAGS) return own.split(/\s+/);
  return [own, ...(sameWords(own, label) ? [] : [label]), ...within];
}

/** Whether a label is the same words as its term: `Blog posts` for `blog-posts`. */
function sameWords(term: string, label: string): boolean {
  const plain = (text: string): string =>
    cleanText(text)
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ');
  return plain(term) === plain(label);
}

/** `<categories><category>…</category></categories>`, `<tags><tag>…</tag></tags>`; or words between commas. */
function listedTerms(element: XmlElement): string[] {
  return hasMarkup(element) ? elements(element).flatMap(terms) : listedNames(textOf(element));
}

type Rights = ReturnType<typeof rightsOf>;

/** A line of plain text, empty if there is none, and the address of a licence. */
export function rightsOf(element: XmlElement, guess: boolean, base: string, links = linksOf(element, base)) {
  const [rights] = childrenNamed(element, 'rights', 'copyright', 'dc:rights', 'dcterms:rights');
  return { line: rights ? plainLine(rights, guess) : '', licence: licenceOf(element, base, links) };
}

/** Longer lines of a feed are paragraphs of law, which would stand below each of its posts. */
const LONGEST_OF_FEED = 200;

/** One line of text, with what the feed says where the entry says nothing; null if neither says anything. */
function rightsLine(entry: Rights, feed: Rights | null): string | null {
  const line = entry.line || cutTo(LONGEST_OF_FEED, feed?.line ?? '');
  const licence = entry.licence ?? feed?.licence ?? '';
  return [line, line.includes(licence) ? '' : licence].filter(Boolean).join(' ') || null;
}

/** What Flickr (https://www.flickr.com/services/feeds/) names for photos without a licence: `deed.en` alone, which is no address. */
const NO_LICENCE = /^(?!https?:\/\/(?:[\w-]+\.)?creativecommons\.org\/).*\/deed\.[a-z-]+\/?$/i;

/** https://www.rfc-editor.org/rfc/rfc4946 https://www.rssboard.org/creative-commons */
function licenceOf(element: XmlElement, base: string, links: readonly Link[]): string | null {
  const linked = links.find(({ rel, href }) => rel === 'license' && !NO_LICENCE.test(href))?.href;
  const [named] = childrenNamed(element, 'creativecommons:license', 'cc:license');
  return linked ?? givenAddress(named && (named.attributes['rdf:resource'] ?? textOf(named)), base);
}
