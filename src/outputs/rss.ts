import { escapeHtml } from '../core/clean-text.ts';
import type { Enclosure } from '../core/entry.ts';
import { absolute, routes } from '../core/paths.ts';
import { headingText, isFeedsOwn, isNote } from '../core/shown.ts';
import { mediaElements } from './media.ts';
import { type ItemFilling, printFeed, printItem } from './rss-form.ts';
import {
  ANY_TYPE,
  address,
  entryLanguage,
  entryLink,
  entryPageUrl,
  hasHostName,
  type Item,
  lastChange,
  mediaType,
  originOf,
  type View,
} from './view.ts';
import { plain, tag, type Xml, text as xml } from './xml.ts';

/** A view as RSS 2.0 (https://www.rssboard.org/rss-specification). */
export async function rss(view: View): Promise<Xml> {
  const items = await Promise.all(view.items.map((item) => printItem(fillingOf(view, item))));
  return printFeed({
    title: escaped(plain(view.title)),
    description: escaped(plain(view.description)),
    link: escaped(absolute(view.planet.site, view.path)),
    more: headOf(view),
    items: items.join(''),
  });
}

function headOf(view: View): Xml {
  const { planet, of, path } = view;
  const newest = lastChange(view);
  const self = { href: absolute(planet.site, `${path}rss.xml`), rel: 'self', type: 'application/rss+xml' };
  return [
    line('language', view.language ?? planet.language),
    newest === undefined ? '' : line('lastBuildDate', new Date(newest).toUTCString()),
    line('generator', 'Orrery'),
    tag('atom:link', self),
    planet.hub === undefined ? '' : tag('atom:link', { href: address(planet.hub), rel: 'hub' }),
    of === 'planet' ? line('source:blogroll', absolute(planet.site, routes.opml)) : '',
  ].join('');
}

function fillingOf(view: View, item: Item): ItemFilling {
  const { entry } = item;
  const texts = textsOf(item);
  const origin = originOf(view, item);
  // Most RSS readers support only one enclosure. The others are Atom links, in their order.
  const file = entry.enclosures.find(({ url }) => hasHostName(url));
  return {
    // RSS requires a title or a description: a missing one is invented only if both are missing.
    title: isNote(item) && texts.description !== undefined ? undefined : escaped(plain(titleOf(view, item))),
    link: escaped(entryLink(view, item)),
    guid: escaped(guidOf(view, item)),
    date: new Date(entry.published).toUTCString(),
    ...texts,
    more: moreOf(item, file),
    fileUrl: file && escaped(address(file.url)),
    fileLength: file && String(file.length ?? 0),
    fileType: file && escaped(mediaType(file) ?? ANY_TYPE),
    sourceUrl: escaped(origin.feedUrl ?? origin.home ?? origin.id),
    sourceTitle: escaped(plain(origin.title)),
  };
}

/** The title with the author's name, except in an author's own feed and in the feed of an author's blog. */
function titleOf({ of }: View, item: Item): string {
  return of === 'author' || (of === 'feed' && isFeedsOwn(item)) ? item.title : headingText(item);
}

function moreOf(item: Item, file: Enclosure | undefined): Xml {
  const { entry, authors } = item;
  const language = entryLanguage(item);
  return [
    ...authors.map(({ name }) => line('dc:creator', name)),
    entry.updated === null ? '' : line('atom:updated', entry.updated),
    language === undefined ? '' : line('dc:language', language),
    entry.rights === null ? '' : line('dc:rights', plain(entry.rights)),
    ...entry.enclosures.filter((each) => each !== file).map(enclosureLink),
    mediaElements(entry),
    ...entry.categories.map((category) => line('category', plain(category))),
  ].join('');
}

function enclosureLink(file: Enclosure): Xml {
  const { url, length } = file;
  return tag('atom:link', { rel: 'enclosure', href: address(url), type: mediaType(file), length: length?.toString() });
}

/** The description and the content. Readers parse a description as HTML, so the plain text of a summary is escaped. */
function textsOf({ entry, reading }: Item): Pick<ItemFilling, 'description' | 'content'> {
  const described = (text: string) => (text === '' ? undefined : escaped(escapeHtml(text)));
  switch (reading.kind) {
    case 'whole':
      if (entry.summary === '') return { description: escaped(reading.html) };
      return { description: described(entry.summary), content: escaped(reading.html) };
    case 'excerpt':
      return { description: described(reading.text) };
    case 'title':
      return {};
    default:
      return reading satisfies never;
  }
}

/** An id that is a short number is not unique outside its own feed. */
function guidOf(view: View, item: Item): string {
  return item.sharedId || /^\p{N}{1,8}$/u.test(item.entry.id) ? entryPageUrl(view, item) : item.entry.id;
}

function line(name: string, text: string): Xml {
  return tag(name, {}, escaped(text));
}

/** Text escaped as the library does. */
function escaped(value: string): Xml {
  return xml(value).replaceAll("'", '&apos;');
}
