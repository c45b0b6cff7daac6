import { escapeHtml, xmlText } from '../core/clean-text.ts';
import type { Enclosure, Still } from '../core/entry.ts';
import { mediaType } from '../core/media.ts';
import type { EntryRecord } from '../core/records.ts';
import { toUri } from './view.ts';

/** Markup with escaped text. */
export type Xml = string;

/** Escapes a text for elements and attributes. Parsers read a carriage return as a line feed, so it becomes a reference. */
export function text(value: string): Xml {
  return escapeHtml(xmlText(value)).replaceAll('\r', '&#13;');
}

/** For readers that parse it as HTML: a word joiner after each possible start of a tag or reference keeps it text. */
export function inertText(value: string): string {
  return xmlText(value).replace(/<(?=[a-z/!?])|&(?=[#\p{L}\p{N}_])/giu, '$&\u2060');
}

/** An element without its undefined attributes. */
export function tag(name: string, attributes: Readonly<Record<string, string | undefined>>, children: Xml = ''): Xml {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${text(value)}"`))
    .join('');
  return children === '' ? `<${name}${written}/>` : `<${name}${written}>${children}</${name}>`;
}

/** A document. Each child of the root has its own line, so that diffs are short. */
export function xmlDocument(root: string, attributes: Parameters<typeof tag>[1], children: readonly Xml[]): Xml {
  const lines = children.filter((child) => child !== '').join('\n');
  return `<?xml version="1.0" encoding="utf-8"?>\n${tag(root, attributes, `\n${lines}\n`)}\n`;
}

/** A file of an entry as a link of Atom, which has a prefix in RSS. */
export function enclosureLink(name: 'link' | 'atom:link', file: Enclosure): Xml {
  const length = file.length?.toString();
  return tag(name, { rel: 'enclosure', href: toUri(file.url), type: mediaType(file), length });
}

export const MEDIA_NAMESPACES = {
  media: 'http://search.yahoo.com/mrss/',
  podcast: 'https://podcastindex.org/namespace/1.0',
} as const;

/** The facts about an entry's files that RSS and Atom have no elements for, as Media RSS (https://www.rssboard.org/media-rss), and the still picture of its video. */
export function mediaElements({ enclosures, still }: Pick<EntryRecord, 'enclosures' | 'still'>): Xml {
  const chapters = enclosures.find((file) => file.chapters !== undefined)?.chapters;
  return [
    ...enclosures.map(mediaContent),
    still === undefined ? '' : thumbnail(still),
    chapters === undefined ? '' : tag('podcast:chapters', { url: toUri(chapters), type: 'application/json+chapters' }),
  ].join('');
}

function mediaContent(file: Enclosure): Xml {
  const { url, type: _type, length: _length, chapters: _chapters, ...facts } = file;
  if (Object.keys(facts).length === 0) return '';
  const { medium, width, height, duration, title, description, credit, picture, adult } = facts;
  const attributes = {
    url: toUri(url),
    type: mediaType(file),
    medium,
    width: width?.toString(),
    height: height?.toString(),
    duration: duration?.toString(),
  };
  const line = (name: string, words: string | undefined) =>
    words === undefined ? '' : tag(name, { type: 'plain' }, text(inertText(words)));
  return tag(
    'media:content',
    attributes,
    [
      line('media:title', title),
      line('media:description', description),
      credit === undefined ? '' : tag('media:credit', {}, text(inertText(credit))),
      picture === undefined ? '' : thumbnail({ url: picture }),
      adult ? tag('media:rating', { scheme: 'urn:simple' }, 'adult') : '',
    ].join(''),
  );
}

function thumbnail({ url, width, height }: Still): Xml {
  return tag('media:thumbnail', { url: toUri(url), width: width?.toString(), height: height?.toString() });
}
