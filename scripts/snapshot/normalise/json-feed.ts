import { cleanText } from '../../../src/core/clean-text.ts';
import type { Enclosure, Source } from '../../../src/core/entry.ts';
import type { FeedDocument, FeedEntry, FeedPerson, ForeignHtml } from '../feed-entry.ts';
import { readJson } from '../parse/json.ts';
import { plainText, wholeCharacters } from '../parse/plain-text.ts';
import { fullest } from './bodies.ts';
import { enclosure, withoutShown } from './enclosures.ts';
import { isAbsolute, isHollow, isRelativeAddress, pageAddress, webAddress } from './links.ts';
import { mediumOf, seconds, sizeOf, wordsOf } from './media.ts';
import { parseDate } from './parse-date.ts';
import { described, onceEach } from './people.ts';
import { asHtml, htmlOrWords, languageTag } from './texts.ts';

type Json = Readonly<Record<string, unknown>>;

/** JSON Feed 1.0 and 1.1, as strictly as feeds deserve: what has the wrong type is not there. Null for other JSON. */
export function readJsonFeed(text: string, url: string): FeedDocument | null {
  const { value, partial } = readJson(text);
  const [feed] = objects([value]);
  if (!feed || !(/jsonfeed\.org/i.test(string(feed.version) ?? '') || Array.isArray(feed.items))) return null;
  // Cut off before its first word, it must not pass for a feed that has nothing to say.
  if (partial && line(feed.title) === '' && objects(feed.items).length === 0) return null;
  const home = address(feed.home_page_url, url);
  const base = home ?? url;
  const title = line(feed.title);
  const authors = people(feed, base, title);
  const language = languageTag(string(feed.language));
  return {
    id: string(feed.feed_url),
    title,
    description: line(feed.description) || null,
    home,
    authors,
    updated: null,
    language,
    rights: null,
    manners: { ttlMinutes: null, skipHours: [], skipDays: [] },
    entries: objects(feed.items).map((item) => entryOf(item, { base, title, authors, language })),
    partial,
  };
}

function entryOf(
  item: Json,
  around: Pick<FeedDocument, 'title' | 'authors' | 'language'> & { base: string },
): FeedEntry {
  const id = string(item.id);
  const pages = [item.url, item.external_url, id !== null && isAbsolute(id) ? id : null];
  const led = pages.map((page) => address(page, around.base)).filter((page) => page !== null);
  const url = led.find((page) => !isHollow(page)) ?? led[0] ?? null;
  const language = languageTag(string(item.language)) ?? around.language;
  const authors = people(item, around.base, around.title);
  const source = address(item.external_url, around.base);
  const texts = bodies(item, url ?? around.base);
  const files = objects(item.attachments).flatMap((file) => attachment(file, around.base));
  const title = line(item.title);
  const picture = address(item.image, around.base) ?? address(item.banner_image, around.base);
  return {
    id: id !== null && isRelativeAddress(id) ? webAddress(id, around.base) : id,
    url,
    original: null,
    title,
    authors: authors.length > 0 ? authors : around.authors,
    published: parseDate(string(item.date_published), language),
    updated: parseDate(string(item.date_modified), language),
    ...texts,
    categories: [...new Set(tagsOf(item.tags).map(line).filter(Boolean))],
    enclosures: withoutShown(files, { ...texts, title, url }),
    still: picture === null ? null : { url: picture },
    language,
    source: sourceOf(item, around.base) ?? (source !== null && source !== url ? { url: source } : null),
    rights: line(origin(item)?.rights) || null,
  };
}

/** `_media` is what Orrery's own feeds say of a file where the format has no word for it. */
function attachment(file: Json, base: string): Enclosure[] {
  const size = typeof file.size_in_bytes === 'number' ? String(file.size_in_bytes) : undefined;
  const found = enclosure(string(file.url) ?? '', string(file.mime_type) ?? undefined, size, base);
  if (found === null) return [];
  const [media = {}] = objects([file._media]);
  const words = { title: line(file.title), description: line(media.description), credit: line(media.credit) };
  const duration = seconds(string(file.duration_in_seconds) ?? undefined);
  const medium = mediumOf(media.medium);
  const [picture, chapters] = [address(media.picture, base), address(media.chapters, base)];
  return [
    {
      ...found,
      ...(medium !== undefined && { medium }),
      ...sizeOf(media.width, media.height),
      ...(duration !== undefined && { duration }),
      ...wordsOf(words),
      ...(picture !== null && { picture }),
      ...(chapters !== null && { chapters }),
      ...(media.adult === true && { adult: true }),
    },
  ];
}

function bodies(item: Json, base: string): Pick<FeedEntry, 'content' | 'summary'> {
  const html = htmlOrWords(string(item.content_html)?.trim() ?? '');
  const [text, summary] = [item.content_text, item.summary].map((value) => asHtml(string(value)?.trim() ?? ''));
  const given = (each: string | undefined): ForeignHtml[] => (each ? [{ html: wholeCharacters(each), base }] : []);
  const content = fullest(given(html), [...given(text), ...given(summary)]);
  const told = [summary, html ? '' : text].find((each) => each && !content?.html.endsWith(each));
  return { content, summary: given(told)[0] ?? null };
}

/** The format itself has no word for where an entry came from. This is the one that Orrery's own feeds use. */
function origin({ _source }: Json): Json | undefined {
  return objects([_source])[0];
}

function sourceOf(item: Json, base: string): Source | null {
  const told = origin(item);
  const [id, title] = [string(told?.id)?.trim(), line(told?.title)];
  const [url, feedUrl] = [address(told?.url, base), address(told?.feed_url, base)];
  if (told === undefined || title === '') return null;
  return { ...(id && { id }), title, ...(url !== null && { url }), ...(feedUrl !== null && { feedUrl }) };
}

/** A list of objects, as it should be; one object, a name, or a list of names, as some write it. */
function people(json: Json, base: string, title: string): FeedPerson[] {
  const said = [json.authors, json.author].flatMap((value) => (Array.isArray(value) ? value : [value]));
  return onceEach(
    said.flatMap((author: unknown) => {
      const [told] = objects([author]);
      return described(string(told ? told.name : author), string(told?.email), address(told?.url, base), title);
    }),
  );
}

function objects(value: unknown): Json[] {
  return list(value).filter((each): each is Json => typeof each === 'object' && each !== null && !Array.isArray(each));
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A list, as it should be, or words between commas. */
function tagsOf(tags: unknown): unknown[] {
  return typeof tags === 'string' ? tags.split(',') : list(tags);
}

/** Text, or a number where text was meant: ids are often numbers. */
function string(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}

/** JSON Feed's titles, names and tags are plain text; some write HTML's references all the same. */
function line(value: unknown): string {
  const text = string(value) ?? '';
  return cleanText(/&#?\w+;/.test(text) && !text.includes('<') ? plainText(text) : text);
}

function address(value: unknown, base: string): string | null {
  const text = string(value)?.trim();
  return text ? pageAddress(text, base) : null;
}
