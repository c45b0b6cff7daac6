import type { Enclosure } from '../../../src/core/entry.ts';
import type { ForeignHtml } from '../feed-entry.ts';
import { childrenNamed, type XmlElement } from '../parse/feed-tree.ts';
import { isFilm } from '../sanitise/frames.ts';
import { mediaWithin } from './entry-bodies.ts';
import type { Link } from './links.ts';
import { webAddress } from './links.ts';

const ENCLOSURE = new Set(['enclosure']);

/** The parts of an entry that readers see anyway. */
interface Shown {
  content: ForeignHtml | null;
  url: string | null;
}

/** The files of an entry, each once: enclosures of RSS, links of Atom, Media RSS. Without those that its text shows already. */
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

/** The file of a Media RSS element. A player is a page, not a file: it is only taken for films that we can show. */
function mediaFile({ name, attributes, scope }: XmlElement, base: string | null): Enclosure[] {
  if (name !== 'media:content' && name !== 'media:player') return [];
  const file = enclosure(attributes['url'] ?? '', attributes['type'], attributes['filesize'], scope.base ?? base);
  if (file === null || (name === 'media:player' && !isFilm(file.url))) return [];
  // Media RSS has two attributes for the type of a file.
  const type = attributes['medium'] === 'image' ? 'image' : file.type;
  return isPortrait(file.url) && isPicture({ ...file, ...(type && { type }) }) ? [] : [file];
}

/** Flash is dead, but YouTube still gives this type to its films. */
const FLASH = /^application\/(?:x-shockwave-flash|futuresplash)$/i;

/** The files without pictures that the text shows, portraits, films of the page itself, and Flash. */
export function withoutShown(files: readonly Enclosure[], { content, url }: Shown): Enclosure[] {
  return files.flatMap((file) => {
    if (isPicture(file) && (isPortrait(file.url) || (content && showsPicture(content.html, file.url)))) return [];
    if (isFilm(file.url)) return url !== null && isFilm(url) ? [] : [{ url: file.url }];
    return FLASH.test(file.type ?? '') || /\.swf(?:$|\?)/i.test(file.url) ? [] : [file];
  });
}

/** Addresses of portraits, by host or by folder. */
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

/** Whether a text has a picture in any size: WordPress writes `-300x200` or `-scaled` before the extension, Flickr `_b`. */
function showsPicture(html: string, url: string): boolean {
  const { pathname, search } = new URL(url);
  const name = pathname.slice(pathname.lastIndexOf('/')).replace(SIZE, '').slice(1);
  const stem = name.replace(/\.\w+$/, '');
  // Without a real file name the whole address is compared: the query may name the picture.
  if (stem.length < 3 || !name.includes('.'))
    return html.includes(`${pathname}${search}`.replaceAll('&', '&amp;')) || html.includes(url);
  // Substack writes the whole address of a picture as the file name, in a folder for each size.
  const folder = name.includes('%2F') ? '/' : pathname.slice(0, pathname.lastIndexOf('/') + 1);
  return pictures(html).some(
    (each) => each.includes(`${folder}${stem}`) && each.replace(SIZE, '').includes(`${folder}${name}`),
  );
}

const SIZE = /(?:-\d{2,5}x\d{2,5}|-scaled|_(?:[a-z]|\dk)(?<=\/\d{6,20}_[\da-f]{8,20}_\w{1,2}))(?=\.\w+(?:$|[?#\s"']))/g;

/** The tags in a text that load pictures or link to them. */
function pictures(html: string): string[] {
  return (html.match(/<(?:img|source|amp-img|a)\s[^>]*>/gi) ?? []).map((tag) => tag.replaceAll('&amp;', '&'));
}

/** An enclosure; null without a web address. */
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
