import { escapeHtml } from '../core/clean-text.ts';
import type { Enclosure } from '../core/entry.ts';
import { ANY_TYPE, mediaType } from '../core/media.ts';
import { memoized } from '../core/memoized.ts';
import { absolute, feedOfPage, routes } from '../core/paths.ts';
import { headingText, isFeedsOwn, isNote } from '../core/shown.ts';
import {
  creditedTo,
  entryLanguage,
  entryLink,
  entrySource,
  feedLanguage,
  hasHostName,
  type Item,
  idOfEntryPage,
  lastChange,
  toUri,
  type View,
} from './view.ts';
import { enclosureLink, inertText, MEDIA_NAMESPACES, mediaElements, tag, type Xml, text as xml } from './xml.ts';

/** A view as RSS 2.0 (https://www.rssboard.org/rss-specification). */
export async function rss(view: View): Promise<Xml> {
  const items = view.items.map((item) => itemElement(view, item)).join('');
  const values: Readonly<Record<string, Xml>> = {
    title: escaped(inertText(view.title)),
    description: escaped(inertText(view.description)),
    link: escaped(absolute(view.planet.site, view.path)),
    rest: channelElements(view) + items,
  };
  const frame = await frameOf(items.includes('<content:encoded>'));
  return frame.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** The library would print all values again: slower than thousands of authors' pages, and it reads `007` as a number. */
const frameOf = memoized(async (hasContent: boolean): Promise<Xml> => {
  // Loaded by the first: most builds print none.
  const { getRssString } = await import('@astrojs/rss');
  const site = 'https://site.example/';
  const printed = await getRssString({
    title: '{title}',
    description: '{description}',
    site,
    xmlns: {
      atom: 'http://www.w3.org/2005/Atom',
      dc: 'http://purl.org/dc/elements/1.1/',
      source: 'http://source.scripting.com/',
      ...MEDIA_NAMESPACES,
    },
    // One item, so that the library declares the namespaces of items.
    items: [{ title: 'item', ...(hasContent && { content: 'content' }) }],
  });
  return printed.replace(site, '{link}').replace(/<item>.*<\/item>/s, '{rest}');
});

function channelElements(view: View): Xml {
  const { planet, kind, path } = view;
  const language = feedLanguage(view);
  const newest = lastChange(view);
  const self = { href: absolute(planet.site, feedOfPage(path, routes.rss)), rel: 'self', type: 'application/rss+xml' };
  return [
    language === undefined ? '' : textElement('language', language),
    newest === undefined ? '' : textElement('lastBuildDate', new Date(newest).toUTCString()),
    textElement('generator', 'Orrery'),
    tag('atom:link', self),
    planet.hub === undefined ? '' : tag('atom:link', { href: toUri(planet.hub), rel: 'hub' }),
    kind === 'planet' ? textElement('source:blogroll', absolute(planet.site, routes.opml)) : '',
  ].join('');
}

/** An item, in the library's order of elements. */
function itemElement(view: View, item: Item): Xml {
  const { entry } = item;
  const { description, content } = bodyTexts(item);
  const origin = entrySource(view, item);
  const source = escaped(origin.feedUrl ?? origin.home ?? origin.id);
  // Most RSS readers support only one enclosure. The others are Atom links, in their order.
  const file = entry.enclosures.find(({ url }) => hasHostName(url));
  return element(
    'item',
    [
      // RSS requires a title or a description: a missing one is invented only if both are missing.
      isNote(item) && description !== undefined ? '' : element('title', escaped(inertText(itemTitle(view, item)))),
      element('link', escaped(entryLink(view, item))),
      `<guid isPermaLink="false">${escaped(itemGuid(view, item))}</guid>`,
      description === undefined ? '' : element('description', description),
      element('pubDate', new Date(entry.published).toUTCString()),
      content === undefined ? '' : element('content:encoded', content),
      extensionElements(view, item, file),
      `<source url="${source}">${escaped(inertText(origin.title))}</source>`,
      file === undefined ? '' : enclosureElement(file),
    ].join(''),
  );
}

function enclosureElement(file: Enclosure): Xml {
  const type = escaped(mediaType(file) ?? ANY_TYPE);
  return `<enclosure url="${escaped(toUri(file.url))}" length="${file.length ?? 0}" type="${type}"/>`;
}

/** As the library prints it: also an empty element has an end tag. */
function element(name: string, content: Xml): Xml {
  return `<${name}>${content}</${name}>`;
}

/** The title with the author's name, except in an author's own feed and in the feed of an author's blog. */
function itemTitle(view: View, item: Item): string {
  const { title, feed, via } = item;
  const authors = creditedTo(view, item);
  // The feed of the view may be another than the original's: a planet has posts of blogs that are followed too.
  const listed = [feed, ...via].find(({ id }) => routes.feed(id) === view.path);
  const isOwn = view.kind === 'author' || (listed !== undefined && isFeedsOwn({ authors, feed: listed }));
  return isOwn ? title : headingText({ authors, title });
}

function extensionElements(view: View, item: Item, file: Enclosure | undefined): Xml {
  const { entry } = item;
  const language = entryLanguage(item);
  return [
    ...creditedTo(view, item).map(({ name }) => textElement('dc:creator', name)),
    entry.updated === null ? '' : textElement('atom:updated', entry.updated),
    language === undefined ? '' : textElement('dc:language', language),
    entry.rights === null ? '' : textElement('dc:rights', inertText(entry.rights)),
    ...entry.enclosures.filter((each) => each !== file).map((each) => enclosureLink('atom:link', each)),
    mediaElements(entry),
    ...entry.categories.map((category) => textElement('category', inertText(category))),
  ].join('');
}

/** The description and the content. Readers parse a description as HTML, so the plain text of a summary is escaped. */
function bodyTexts({ entry, reading }: Item): { description?: Xml | undefined; content?: Xml } {
  const escapedTwice = (text: string) => (text === '' ? undefined : escaped(escapeHtml(text)));
  switch (reading.kind) {
    case 'whole':
      if (entry.summary === '') return { description: escaped(reading.html) };
      return { description: escapedTwice(entry.summary), content: escaped(reading.html) };
    case 'excerpt':
      return { description: escapedTwice(reading.text) };
    case 'title':
      return {};
    default:
      return reading satisfies never;
  }
}

/** An id that is a short number is not unique outside its own feed. */
function itemGuid(view: View, item: Item): string {
  const { id, sharedId } = item.entry;
  return sharedId || /^\p{N}{1,8}$/u.test(id) ? idOfEntryPage(view, item) : id;
}

function textElement(name: string, text: string): Xml {
  return tag(name, {}, escaped(text));
}

function escaped(value: string): Xml {
  return xml(value).replaceAll("'", '&apos;');
}
