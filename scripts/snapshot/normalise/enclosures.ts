import type { Enclosure } from '../../../src/core/entry.ts';
import { type MediaKind, mediaKind } from '../../../src/core/media.ts';
import type { ForeignHtml } from '../feed-entry.ts';
import { childrenNamed, firstText, type XmlElement } from '../parse/feed-tree.ts';
import { plainText } from '../parse/plain-text.ts';
import { isFilm } from '../sanitise/frames.ts';
import { isTracker } from '../sanitise/images.ts';
import { fileOf, mediaFiles, seconds, stillOf } from './feed-media.ts';
import type { Link } from './links.ts';
import { webAddress } from './links.ts';

const ENCLOSURE = new Set(['enclosure']);
const DURATION = new Set(['itunes:duration']);
const CHAPTERS = new Set(['podcast:chapters']);

/** The parts of an entry that readers see anyway. */
interface Shown {
  title: string;
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
  const files = onceEach([...rss, ...atom].filter((each) => each !== null).concat(mediaFiles(entry, base)));
  return withoutShown(withEpisode(files, entry, base), shown);
}

/** The files, with what a podcast says of its episode: the first sound or film of an entry. */
function withEpisode(files: readonly Enclosure[], entry: XmlElement, base: string | null): Enclosure[] {
  const episode = files.find((file) => PLAYED.has(mediaKind(file)));
  if (episode === undefined) return [...files];
  const duration = seconds(firstText(entry, DURATION) ?? undefined);
  const [written] = childrenNamed(entry, CHAPTERS).flatMap(({ attributes }) => attributes['url']?.trim() || []);
  const chapters = written === undefined ? null : webAddress(written, base);
  const picture = mediaKind(episode) === 'film' ? stillOf(entry, base)?.url : undefined;
  const facts = { ...(duration && { duration }), ...(chapters && { chapters }), ...(picture && { picture }) };
  return files.flatMap((file) => {
    // What is played here needs no page to be played on.
    if (mediaKind(file) === 'page') return [];
    return file === episode ? { ...facts, ...file } : file;
  });
}

const PLAYED: ReadonlySet<MediaKind> = new Set<MediaKind>(['sound', 'film']);

/** Flash is dead, but YouTube still gives this type to its films. */
const FLASH = /^application\/(?:x-shockwave-flash|futuresplash)$/i;

/** The files without pictures that the text shows, portraits, films of the page itself, and Flash; each picture in its widest size. */
export function withoutShown(files: readonly Enclosure[], { title, content, url }: Shown): Enclosure[] {
  const words = files.some(({ description }) => description !== undefined) ? plainWords(content) : '';
  return widestEach(files).flatMap((file) => {
    if (isPicture(file) && (isUnwanted(file) || (content && showsPicture(content.html, file.url)))) return [];
    if (isFilm(file.url)) return url !== null && isFilm(url) ? [] : [{ url: file.url }];
    return FLASH.test(file.type ?? '') || /\.swf(?:$|\?)/i.test(file.url) ? [] : [withoutSaid(file, title, words)];
  });
}

/** Whether a picture is a portrait, a tracker or a dot. */
function isUnwanted({ url, width, height }: Enclosure): boolean {
  const isSpeck = [width, height].some((side) => side !== undefined && side <= 2);
  return isSpeck || isPortrait(url) || isTracker(new URL(url));
}

/** A file without the words that readers see above or beside it anyway. */
function withoutSaid(file: Enclosure, title: string, words: string): Enclosure {
  const { title: own, description, ...rest } = file;
  return {
    ...rest,
    ...(own !== undefined && own !== title && own !== description && { title: own }),
    ...(description !== undefined && description !== words && { description }),
  };
}

function plainWords(content: ForeignHtml | null): string {
  return content === null ? '' : plainText(content.html).replace(/\s+/g, ' ').trim();
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

function isPicture({ url, type, medium }: Enclosure): boolean {
  if (medium === 'image') return true;
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
  return fileOf(written.trim() === '' ? null : webAddress(written, base), type, length);
}

function onceEach(enclosures: readonly Enclosure[]): Enclosure[] {
  const seen = new Map<string, Enclosure>();
  for (const each of enclosures) seen.set(each.url, { ...each, ...seen.get(each.url) });
  return [...seen.values()];
}

/** What addresses of one picture in several sizes differ in (the Guardian's `width`, `quality` and signature `s`). */
const SIZES = 'w width h height size resize fit crop quality q auto dpr s sig ssl strip'.split(' ');

/** Of several sizes of one picture the widest, in the place of the first. */
function widestEach(files: readonly Enclosure[]): Enclosure[] {
  const sizes = Map.groupBy(files, (file) => (isPicture(file) ? sizeless(file.url) : file.url));
  return [...sizes.values()].flatMap((same) => {
    // Pictures that are as wide, or of which nobody knows, may be different ones.
    if (new Set(same.map(widthOf)).size < same.length) return same;
    const widest = same.reduce((before, file) => (widthOf(file) > widthOf(before) ? file : before));
    return [same.reduce(withWordsOf, widest)];
  });
}

function withWordsOf(file: Enclosure, { title, description, credit, adult }: Enclosure): Enclosure {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(credit !== undefined && { credit }),
    ...(adult && { adult }),
    ...file,
  };
}

function sizeless(address: string): string {
  const url = new URL(address);
  for (const name of SIZES) url.searchParams.delete(name);
  url.pathname = url.pathname.replace(SIZE, '');
  return url.href;
}

/** As the feed says, else as the address does; one of no size is the original. */
function widthOf({ url, width }: Enclosure): number {
  const { pathname, searchParams } = new URL(url);
  const written = /-(\d{2,5})x\d{2,5}\.\w+$/.exec(pathname)?.[1] ?? searchParams.get('w') ?? searchParams.get('width');
  return width ?? (/^\d+$/.test(written ?? '') ? Number(written) : Number.POSITIVE_INFINITY);
}
