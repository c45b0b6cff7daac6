import { xmlText } from '../core/clean-text.ts';
import type { Enclosure } from '../core/entry.ts';
import { ANY_TYPE, mediaType } from '../core/media.ts';
import { absolute, feedOfPage, routes } from '../core/paths.ts';
import {
  creditedTo,
  entryLanguage,
  entryLink,
  entrySource,
  feedLanguage,
  type Item,
  idOfEntryPage,
  toUri,
  type View,
} from './view.ts';
import { inertText } from './xml.ts';

/** A view as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Undefined fields are left out. */
export function jsonFeed(view: View): string {
  const { planet, title, description, path, items } = view;
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: absolute(planet.site, path),
    feed_url: absolute(planet.site, feedOfPage(path, routes.jsonFeed)),
    description,
    language: feedLanguage(view),
    hubs: planet.hub === undefined ? undefined : [{ type: 'WebSub', url: toUri(planet.hub) }],
    items: items.map((item) => feedItem(view, item)),
  };
  return `${JSON.stringify(feed, (_key, value) => (typeof value === 'string' ? xmlText(value) : value), 1)}\n`;
}

function feedItem(view: View, item: Item) {
  const { entry } = item;
  const { id, title, home, feedUrl } = entrySource(view, item);
  return {
    id: entry.sharedId ? idOfEntryPage(view, item) : entry.id,
    url: entryLink(view, item),
    title: textValue(entry.credit.title) || undefined,
    ...bodyFields(item),
    date_published: entry.published,
    date_modified: entry.updated ?? undefined,
    authors: creditedTo(view, item).map(({ name, url }) => ({
      name: textValue(name),
      url: url === null ? undefined : toUri(url),
    })),
    tags: orUndefined(entry.categories.map(textValue)),
    language: entryLanguage(item),
    image: entry.still && toUri(entry.still.url),
    attachments: orUndefined(entry.enclosures.map(attachment)),
    // An extension: JSON Feed has no element for sources.
    _source: { id, title, url: home, feed_url: feedUrl, rights: entry.rights ?? undefined },
  };
}

function attachment(file: Enclosure) {
  const { url, length, duration, title, medium, width, height, description, credit, picture, chapters, adult } = file;
  const media = {
    description,
    credit,
    medium,
    width,
    height,
    picture: picture && toUri(picture),
    chapters: chapters && toUri(chapters),
    adult,
  };
  return {
    url: toUri(url),
    mime_type: mediaType(file) ?? ANY_TYPE,
    title: title === undefined ? undefined : textValue(title),
    size_in_bytes: length,
    duration_in_seconds: duration,
    // An extension: JSON Feed has no elements for these.
    _media: Object.values(media).some((value) => value !== undefined) ? media : undefined,
  };
}

function bodyFields({ entry, reading }: Item) {
  switch (reading.kind) {
    case 'whole':
      return { content_html: reading.html, summary: entry.summary || undefined };
    case 'excerpt':
      return { content_text: reading.text };
    case 'title':
      return { content_text: '' };
    default:
      return reading satisfies never;
  }
}

/** Plain text; some readers resolve HTML's character references in it. */
function textValue(text: string): string {
  return /&#?\w+;/.test(text) ? inertText(text) : text;
}

function orUndefined<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
