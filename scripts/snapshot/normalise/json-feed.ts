import { cleanText } from '../../../src/core/clean-text.ts';
import type { Enclosure, Source } from '../../../src/core/entry.ts';
import { canonicalLink } from '../../../src/core/entry-keys.ts';
import { onceEach } from '../../../src/core/persons.ts';
import { hasMissingValue, isOneSite } from '../../../src/core/web-address.ts';
import { type FeedDocument, type FeedEntry, type FeedPerson, type ForeignHtml, presentFields } from '../feed-entry.ts';
import { isObject, type ReadJson } from '../parse/json.ts';
import { plainText } from '../sanitise/parsed-html.ts';
import { withoutShown } from './enclosures.ts';
import { fullest } from './entry-bodies.ts';
import { declaredFile, mediaTexts, mediumOf, pixelSize, seconds } from './feed-media.ts';
import { countNames } from './link-post.ts';
import { givenAddress, homePage, isAbsolute, isHollow, isRelativeAddress, pageAddress, webAddress } from './links.ts';
import { parseDate } from './parse-date.ts';
import { fewPictures, listedNames, namedPersons } from './people.ts';
import { asHtml, htmlOrWords, languageTag } from './texts.ts';

type Json = Readonly<Record<string, unknown>>;

/** A feed in JSON Feed 1.0 or 1.1 (https://www.jsonfeed.org/version/1.1/). Values of a wrong type count as missing. Null for other JSON. */
export function readJsonFeed({ value, partial }: ReadJson, url: string): FeedDocument | null {
  const [feed] = objects([value]);
  if (!feed || !(/jsonfeed\.org/i.test(string(feed.version) ?? '') || Array.isArray(feed.items))) return null;
  // A feed that ends before its first text must not count as an empty feed.
  if (partial && textLine(feed.title) === '' && objects(feed.items).length === 0) return null;
  const home = homePage(address(feed.home_page_url, url), url);
  const base = home ?? url;
  const title = textLine(feed.title);
  const authors = people(feed, base, title);
  const language = languageTag(string(feed.language)) || null;
  const items = objects(feed.items);
  const writers = items.filter((item) => item.external_url).map((item) => people(item, base, title));
  const context = { base, title, authors, language, isByOne: countNames(writers, authors) <= 1 };
  return {
    id: string(feed.feed_url),
    title,
    description: textLine(feed.description) || null,
    home,
    authors,
    pictures: fewPictures([feed.icon, feed.favicon].flatMap((icon) => givenAddress(string(icon), url) ?? [])),
    updated: null,
    language,
    manners: { ttlMinutes: null, skipHours: [], skipDays: [] },
    entries: items.map((item) => jsonEntry(item, context)),
    partial,
  };
}

type FeedContext = Pick<FeedDocument, 'title' | 'authors' | 'language'> & { base: string; isByOne: boolean };

function jsonEntry(item: Json, feed: FeedContext): FeedEntry {
  const id = string(item.id);
  const url = itemPage(item, feed);
  const language = (languageTag(string(item.language) || null) ?? feed.language) || null;
  const authors = people(item, feed.base, textLine(sourceObject(item)?.title) || feed.title);
  const source = address(item.external_url, feed.base);
  const texts = bodies(item, url ?? feed.base);
  const files = objects(item.attachments).flatMap((file) => attachedFile(file, feed.base));
  const title = textLine(item.title);
  // Against the specification it may be words between commas.
  const tags = typeof item.tags === 'string' ? listedNames(item.tags) : list(item.tags);
  const pictures = [item.image, item.banner_image].map((picture) => address(picture, feed.base));
  const picture = pictures.find((each) => each !== null && !hasMissingValue(each)) ?? null;
  return {
    id: id !== null && isRelativeAddress(id) ? webAddress(id, feed.base) : id,
    url,
    original: null,
    title,
    authors: authors.length > 0 ? authors : feed.authors,
    published: parseDate(string(item.date_published), language),
    updated: parseDate(string(item.date_modified), language),
    ...texts,
    categories: [...new Set(tags.map(textLine).filter(Boolean))],
    enclosures: withoutShown(files, { ...texts, title, url }),
    still: picture === null ? null : { url: picture },
    language,
    source: jsonSource(item, feed.base) ?? (source !== null && source !== url ? { url: source } : null),
    rights: textLine(sourceObject(item)?.rights) || null,
  };
}

/** The page of an item: its address, its id where that is its own page, the page that it is about, or its id. */
function itemPage({ id, url, external_url: about }: Json, { base, isByOne }: FeedContext): string | null {
  const self = isAbsolute(string(id) ?? '') ? address(id, base) : null;
  const isOwn = isByOne && self !== null && isOneSite(self, base) && canonicalLink(self) !== null;
  const pages = [address(url, base), isOwn ? self : null, address(about, base), self].filter((page) => page !== null);
  return pages.find((page) => !isHollow(page)) ?? pages[0] ?? null;
}

/** `_media` is an extension of Orrery's own feeds: facts about a file that the format has no field for. */
function attachedFile(file: Json, base: string): Enclosure[] {
  const found = declaredFile(givenAddress(string(file.url), base), string(file.mime_type), string(file.size_in_bytes));
  if (found === null) return [];
  const [media = {}] = objects([file._media]);
  const [description, credit] = [textLine(media.description), textLine(media.credit)];
  const [picture, chapters] = [address(media.picture, base), address(media.chapters, base)];
  const facts = {
    ...presentFields({ medium: mediumOf(media.medium) }),
    ...pixelSize(media.width, media.height),
    ...presentFields({ duration: seconds(string(file.duration_in_seconds)) }),
    ...mediaTexts({ title: textLine(file.title), description, credit }),
    ...presentFields({ picture, chapters, adult: media.adult === true }),
  };
  return [{ ...found, ...facts }];
}

function bodies(item: Json, base: string): Pick<FeedEntry, 'content' | 'summary'> {
  const html = htmlOrWords(string(item.content_html)?.trim() ?? '');
  const [text = '', summary = ''] = [item.content_text, item.summary].map((value) =>
    asHtml(string(value)?.trim() ?? ''),
  );
  const given = (each: string): ForeignHtml[] => (each ? [{ html: each, base }] : []);
  const content = fullest(given(html), [...given(text), ...given(summary)]);
  // A short text that gave way to its summary stays beside it: it may be a whole note.
  const other = [summary, html ? '' : text].find((each) => each && !content?.html.endsWith(each)) ?? '';
  return { content, summary: given(other)[0] ?? null };
}

/** The source of an entry, in an extension of Orrery's own feeds: the format has no field for it. */
function sourceObject({ _source }: Json): Json | undefined {
  return objects([_source])[0];
}

function jsonSource(item: Json, base: string): Source | null {
  const source = sourceObject(item);
  const title = textLine(source?.title);
  if (source === undefined || title === '') return null;
  const [url, feedUrl] = [address(source.url, base), address(source.feed_url, base)];
  return presentFields({ id: string(source.id)?.trim(), title, url, feedUrl });
}

/** The authors: a list of objects, or, against the specification, one object, a name or a list of names. */
function people(json: Json, base: string, title: string): FeedPerson[] {
  const authors = [json.authors, json.author].flat();
  return onceEach(
    authors.flatMap((author: unknown) => {
      const [fields] = objects([author]);
      const [name, email] = [string(fields ? fields.name : author), string(fields?.email)];
      const named = namedPersons(name, email, address(fields?.url, base), title);
      const [avatar] = fewPictures([givenAddress(string(fields?.avatar), base)].filter((url) => url !== null));
      return avatar === undefined || named.length !== 1 ? named : named.map((person) => ({ ...person, avatar }));
    }),
  );
}

function objects(value: unknown): Json[] {
  return list(value).filter(isObject);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string, or a number as a string, as ids are often numbers; else null. */
function string(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}

/** Plain text on one line. Titles, names and tags are plain text in JSON Feed, but some feeds write references of HTML. */
function textLine(value: unknown): string {
  const text = string(value) ?? '';
  return cleanText(/&#?\w+;/.test(text) && !text.includes('<') ? plainText(text) : text);
}

function address(value: unknown, base: string): string | null {
  const text = string(value)?.trim();
  return text ? pageAddress(text, base) : null;
}
