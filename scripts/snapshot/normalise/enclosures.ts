import type { Enclosure } from '../../../src/core/entry.ts';
import type { ForeignHtml } from '../feed-entry.ts';
import { childrenNamed, type XmlElement } from '../parse/feed-tree.ts';
import { isFilm } from '../sanitise/frames.ts';
import { mediaWithin } from './bodies.ts';
import type { Link } from './links.ts';
import { webAddress } from './links.ts';

const ENCLOSURE = new Set(['enclosure']);

/** What readers see of an entry anyway. */
interface Shown {
  content: ForeignHtml | null;
  url: string | null;
}

/** The files of an entry, each once: RSS's enclosures, Atom's, Media RSS's. None that its text shows already. */
export function enclosuresOf(
  entry: XmlElement,
  base: string | null,
  links: readonly Link[],
  shown: Shown,
): Enclosure[] {
  const rss = childrenNamed(entry, ENCLOSURE).map(({ attributes, scope }) => {
    const written = attributes['url'] ?? attributes['href'] ?? attributes['uri'] ?? '';
    return enclosure(written, attributes['type'], attributes['length'], scope.base ?? base);
  });
  const atom = links
    .filter(({ rel }) => rel === 'enclosure')
    .map(({ href, type, length }) => enclosure(href, type ?? undefined, length ?? undefined, base));
  const media = mediaWithin(entry).flatMap((element) => mediaFile(element, base));
  return withoutShown(onceEach([...rss, ...atom, ...media].filter((each) => each !== null)), shown);
}

/** A film's player is a page and no file: it is told only where the page that shows it is known. */
function mediaFile({ name, attributes, scope }: XmlElement, base: string | null): Enclosure[] {
  if (name !== 'media:content' && name !== 'media:player') return [];
  const file = enclosure(attributes['url'] ?? '', attributes['type'], attributes['filesize'], scope.base ?? base);
  if (file === null || (name === 'media:player' && !isFilm(file.url))) return [];
  // Media RSS says what a file is in two ways.
  const type = attributes['medium'] === 'image' ? 'image' : file.type;
  return isPortrait(file.url) && isPicture({ ...file, ...(type && { type }) }) ? [] : [file];
}

/** Flash is no more, but YouTube still writes its films so. */
const FLASH = /^application\/(?:x-shockwave-flash|futuresplash)$/i;

/** The files that are more than what a text shows: no picture in it, no film that nobody can play. */
export function withoutShown(files: readonly Enclosure[], { content, url }: Shown): Enclosure[] {
  return files.flatMap((file) => {
    if (isPicture(file) && (isPortrait(file.url) || (content && showsPicture(content.html, file.url)))) return [];
    if (isFilm(file.url)) return url !== null && isFilm(url) ? [] : [{ url: file.url }];
    return FLASH.test(file.type ?? '') || /\.swf(?:$|\?)/i.test(file.url) ? [] : [file];
  });
}

/** Hosts, and folders of hosts, that hold what people look like. */
const PORTRAITS: readonly RegExp[] = [
  /^https?:\/\/(?:[\w-]+\.)?gravatar\.com\/(?:avatar|blavatar|userimage)\//,
  /^https?:\/\/i\d\.wp\.com\/(?:[\w-]+\.)?gravatar\.com\//,
  /^https?:\/\/(?:seccdn|cdn)\.libravatar\.org\/avatar\//,
  /^https?:\/\/avatars\d*\.githubusercontent\.com\//,
  /^https?:\/\/yt\d\.(?:ggpht|googleusercontent)\.com\//,
  /^https?:\/\/cdn\.bsky\.app\/img\/avatar/,
  /^https?:\/\/[^/]+\/(?:[^/]+\/)*(?:accounts\/)?avatars\//,
];

function isPortrait(url: string): boolean {
  return PORTRAITS.some((pattern) => pattern.test(url));
}

function isPicture({ url, type }: Enclosure): boolean {
  return type?.startsWith('image') ?? /\.(?:jpe?g|png|gif|webp|avif|svg|heic)(?:$|\?)/i.test(url) ?? false;
}

/** Whether a text has a picture in any of its sizes: WordPress writes `-300x200` or `-scaled` before the ending, Flickr `_b`. */
function showsPicture(html: string, url: string): boolean {
  const { pathname, search } = new URL(url);
  const name = pathname.slice(pathname.lastIndexOf('/')).replace(SIZE, '').slice(1);
  const stem = name.replace(/\.\w+$/, '');
  // An address that tells its pictures apart after the `?` only, or not by name at all, is compared whole.
  if (stem.length < 3 || !name.includes('.'))
    return html.includes(`${pathname}${search}`.replaceAll('&', '&amp;')) || html.includes(url);
  // Substack's resizer has the whole address of the picture as its name, under a folder for each size.
  const folder = name.includes('%2F') ? '/' : pathname.slice(0, pathname.lastIndexOf('/') + 1);
  return pictures(html).some(
    (each) => each.includes(`${folder}${stem}`) && each.replace(SIZE, '').includes(`${folder}${name}`),
  );
}

const SIZE = /(?:-\d{2,5}x\d{2,5}|-scaled|_(?:[a-z]|\dk)(?<=\/\d{6,20}_[\da-f]{8,20}_\w{1,2}))(?=\.\w+(?:$|[?#\s"']))/g;

/** What a text loads, as it is written. */
function pictures(html: string): string[] {
  return (html.match(/<(?:img|source|amp-img|a)\s[^>]*>/gi) ?? []).map((tag) => tag.replaceAll('&amp;', '&'));
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
