import type { Enclosure } from '../../../src/model/entry.ts';
import { named, type XmlElement } from '../parse/xml.ts';
import { mediaWithin } from './bodies.ts';
import type { Link } from './links.ts';
import { webAddress } from './urls.ts';

const ENCLOSURE = new Set(['enclosure']);

/** The files of an entry, each once: RSS's enclosures, Atom's, Media RSS's. */
export function enclosuresOf(entry: XmlElement, base: string | null, links: readonly Link[]): Enclosure[] {
  const rss = named(entry, ENCLOSURE).map(({ attributes, scope }) => {
    const written = attributes['url'] ?? attributes['href'] ?? attributes['uri'] ?? '';
    return enclosure(written, attributes['type'], attributes['length'], scope.base ?? base);
  });
  const atom = links
    .filter(({ rel }) => rel === 'enclosure')
    .map(({ href, type, length }) => enclosure(href, type ?? undefined, length ?? undefined, base));
  const media = mediaWithin(entry)
    .filter(({ name }) => name === 'media:content')
    .map(({ attributes, scope }) =>
      enclosure(attributes['url'] ?? '', attributes['type'], attributes['filesize'], scope.base ?? base),
    );
  return onceEach([...rss, ...atom, ...media].filter((each) => each !== null));
}

/** Null where there is no file that could be asked for. */
export function enclosure(
  written: string,
  type: string | undefined,
  length: string | undefined,
  base: string | null,
): Enclosure | null {
  const url = written.trim() === '' ? null : webAddress(written, base);
  if (url === null) return null;
  const bytes = /^\s*\d{1,15}\s*$/.test(length ?? '') ? Number(length) : undefined;
  const plainType = type?.trim();
  return { url, ...(plainType && { type: plainType }), ...(bytes !== undefined && { length: bytes }) };
}

function onceEach(enclosures: readonly Enclosure[]): Enclosure[] {
  const seen = new Map<string, Enclosure>();
  for (const each of enclosures) seen.set(each.url, { ...each, ...seen.get(each.url) });
  return [...seen.values()];
}
