import { escapeHtml } from '../core/clean-text.ts';
import { monthOf } from '../core/entry-keys.ts';
import { absolute, feedOfPage, routes } from '../core/paths.ts';
import type { EntryRecord } from '../core/records.ts';
import { isNote } from '../core/shown.ts';
import {
  changeTime,
  creditedTo,
  entryLanguage,
  entryLink,
  entrySource,
  feedLanguage,
  type Item,
  idOfEntryPage,
  idOfPage,
  lastChange,
  toUri,
  type View,
} from './view.ts';
import { enclosureLink, inertText, MEDIA_NAMESPACES, mediaElements, tag, text, type Xml, xmlDocument } from './xml.ts';

/** The place of a document in the complete history of a feed (https://www.rfc-editor.org/rfc/rfc5005): paths from the root of the planet. */
export interface HistoryPlace {
  self: string;
  /** The previous document, with older entries. */
  previous?: string | undefined;
  next?: string | undefined;
  /** The document for subscriptions; missing in that document. */
  current?: string | undefined;
  complete?: boolean;
}

/** A view as Atom 1.0 (https://www.rfc-editor.org/rfc/rfc4287). */
export function atom(view: View): Xml {
  const { planet, title, description, path, items } = view;
  const place = view.place ?? { self: feedOfPage(path, routes.atom) };
  const page = absolute(planet.site, path);
  const link = (rel: string, to: string | undefined) =>
    to === undefined ? '' : tag('link', { rel, type: 'application/atom+xml', href: absolute(planet.site, to) });
  return xmlDocument(
    'feed',
    {
      xmlns: 'http://www.w3.org/2005/Atom',
      'xmlns:fh': 'http://purl.org/syndication/history/1.0',
      'xmlns:media': MEDIA_NAMESPACES.media,
      'xmlns:podcast': MEDIA_NAMESPACES.podcast,
      'xml:lang': feedLanguage(view),
    },
    [
      lineElement('title', title),
      lineElement('subtitle', description),
      // The same in all documents of one history.
      tag('id', {}, text(idOfPage(view, path))),
      tag('updated', {}, lastChange(view) ?? '1970-01-01T00:00:00Z'),
      link('self', place.self),
      tag('link', { rel: 'alternate', type: 'text/html', href: page }),
      link('current', place.current),
      link('prev-archive', place.previous),
      link('next-archive', place.next),
      planet.hub === undefined ? '' : tag('link', { rel: 'hub', href: toUri(planet.hub) }),
      place.complete ? tag('fh:archive', {}) : '',
      tag('generator', {}, 'Orrery'),
      ...items.map((item) => entryElement(view, item)),
    ],
  );
}

function entryElement(view: View, item: Item): Xml {
  const { entry, title } = item;
  return tag(
    'entry',
    { 'xml:lang': entryLanguage(item) },
    [
      // Atom requires the element; a missing title is empty.
      isNote(item) ? '<title></title>' : lineElement('title', title),
      tag('id', {}, text(entry.sharedId || !isIri(entry.id) ? idOfEntryPage(view, item) : entry.id)),
      tag('link', { rel: 'alternate', href: entryLink(view, item) }),
      ...creditedTo(view, item).map(({ name, url }) => authorElement(name, url)),
      tag('published', {}, entry.published),
      tag('updated', {}, changeTime(item)),
      ...entry.categories.map((term) => tag('category', { term })),
      ...entry.enclosures.map((file) => enclosureLink('link', file)),
      entry.rights === null ? '' : lineElement('rights', entry.rights),
      sourceElement(view, item),
      ...bodyElements(item),
      // After the content: some readers take the first element of that name, in any namespace (@rowanmanning/feed-parser).
      mediaElements(entry),
    ].join(''),
  );
}

function bodyElements({ entry, reading }: Item): Xml[] {
  const summary = reading.kind === 'excerpt' ? reading.text : reading.kind === 'whole' ? entry.summary : '';
  return [
    summary === '' ? '' : textElement('summary', summary),
    reading.kind === 'whole' ? tag('content', { type: 'html' }, text(reading.html)) : '',
  ];
}

function sourceElement(view: View, item: Item): Xml {
  const { id, title, feedUrl, home } = entrySource(view, item);
  const link = (rel: string, href: string | undefined) => (href === undefined ? '' : tag('link', { rel, href }));
  return tag(
    'source',
    {},
    [
      lineElement('title', title),
      tag('id', {}, text(isIri(id) ? id : (feedUrl ?? home ?? idOfEntryPage(view, item)))),
      // The time of this entry: that of the whole source would change old documents.
      tag('updated', {}, changeTime(item)),
      link('self', feedUrl),
      link('alternate', home),
    ].join(''),
  );
}

function authorElement(name: string, url: string | null): Xml {
  const uri = url === null ? '' : tag('uri', {}, text(toUri(url)));
  return tag('author', {}, `${tag('name', {}, text(inertText(name)))}${uri}`);
}

/** A line of plain text. Many readers resolve references and remove tags in titles of any type: joiners keep them. */
function lineElement(name: string, value: string): Xml {
  return /&#?\w+;|<[a-z/!?]/i.test(value) ? tag(name, {}, text(inertText(value))) : textElement(name, value);
}

/** Plain text; escaped HTML if a reader could take the text for HTML. Some readers ignore the type (rss-parser). */
function textElement(name: string, value: string): Xml {
  const isLikeHtml = /<|&[#\p{L}\p{N}_]/u.test(value);
  return isLikeHtml ? tag(name, { type: 'html' }, text(escapeHtml(value))) : tag(name, {}, text(value));
}

/** Whether an id is valid in Atom: an IRI with a scheme that feed readers know. */
function isIri(id: string): boolean {
  return IRIS.some((iri) => iri.test(id));
}

const IRIS: readonly RegExp[] = [
  /^https?:\/\/[\w.-]+(?::\d+)?(?:[/?#](?:[\w;/?:@&=+$,.!~*'()-]|%[0-9a-f]{2})*(?:#(?:[\w;/?:@&=+$,.!~*'()-]|%[0-9a-f]{2})*)?)?$/i,
  /^tag:(?:[a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(?:-\d{2}(?:-\d{2})?)?:(?:[\w;/?:@&=+$,.!~*'()-]|%[0-9a-f]{2})*(?:#(?:[\w;/?:@&=+$,.!~*'()-]|%[0-9a-f]{2})*)?$/,
  /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^urn:(?!uuid:)[a-z0-9][a-z0-9-]{1,31}:(?:[a-z0-9()+,.:=@;$_!*'-]|%[0-9a-f]{2})+$/i,
];

/**
 * The places of the documents in the planet's complete history: `planet` is the one for subscriptions, then one for each month, oldest
 * first. A month is complete when there is an entry of a later month; the clock does not count. The newest month has a document only
 * if it has `left`, the newest entry that is not in the subscription. `all` are the months in UTC with entries, oldest first.
 */
export function feedHistory(all: readonly string[], left: Pick<EntryRecord, 'published'> | undefined) {
  const growing = all.at(-1);
  const months = all.filter((month) => month !== growing || (left !== undefined && monthOf(left) === growing));
  const places = new Map<string, HistoryPlace>();
  places.set('planet', { self: routes.atom, previous: archivePath(months.at(-1)) });
  for (const [index, month] of months.entries())
    places.set(month, {
      self: routes.atomArchive(month),
      previous: archivePath(months[index - 1]),
      next: archivePath(months[index + 1]),
      current: routes.atom,
      complete: month !== growing,
    });
  return places;
}

function archivePath(month: string | undefined): string | undefined {
  return month === undefined ? undefined : routes.atomArchive(month);
}
