import type { Enclosure } from '../../../src/core/entry.ts';
import { mediaKind } from '../../../src/core/media.ts';
import { type FeedEntry, type ForeignHtml, presentFields } from '../feed-entry.ts';
import { childrenNamed, firstText, type XmlElement } from '../parse/feed-tree.ts';
import { isEmbeddableVideo } from '../sanitise/frames.ts';
import { isTracker, PICTURE_FILE } from '../sanitise/images.ts';
import { plainText } from '../sanitise/parsed-html.ts';
import { declaredFile, mediaFiles, seconds, stillOf } from './feed-media.ts';
import { givenAddress, type Link } from './links.ts';

/** The parts of an entry that readers see in any case. */
type EntryTexts = Pick<FeedEntry, 'title' | 'content' | 'url'>;

/** The files of an entry, each once: enclosures of RSS, links of Atom, Media RSS. Without the files that its text shows. */
export function enclosuresOf(entry: XmlElement, base: string, links: readonly Link[], shown: EntryTexts): Enclosure[] {
  const rss = childrenNamed(entry, 'enclosure').map(({ attributes, scope }) => {
    const written = attributes['url'] ?? attributes['href'] ?? attributes['uri'];
    return declaredFile(givenAddress(written, scope.base ?? base), attributes['type'], attributes['length']);
  });
  const atom = links
    .filter(({ rel }) => rel === 'enclosure')
    .map(({ href, type, length }) => declaredFile(givenAddress(href, base), type, length));
  const own = [...rss, ...atom].filter((file) => file !== null);
  const media = mediaFiles(entry, base);
  const [only, ...more] = own.filter((file) => mediaKind(file) === 'video');
  const hasGroup =
    childrenNamed(entry, 'media:group').length === 1 && childrenNamed(entry, 'media:content').length === 0;
  // The same film in several sizes: https://github.com/Chocobozzz/PeerTube (server/core/controllers/feeds/video-feeds.ts)
  const same = hasGroup && only && more.length === 0 ? media.find((file) => mediaKind(file) === 'video') : undefined;
  const found = [...own, ...media.map((file) => (file === same && only ? { ...file, url: only.url } : file))];
  const files = new Map<string, Enclosure>();
  for (const file of found) files.set(file.url, { ...file, ...files.get(file.url) });
  return withoutShown(withEpisode([...files.values()], entry, base), shown);
}

/** The files. The first audio or video gets the facts that a podcast gives for its episode. */
function withEpisode(files: readonly Enclosure[], entry: XmlElement, base: string): Enclosure[] {
  const episode = files.find((file) => ['audio', 'video'].includes(mediaKind(file)));
  if (episode === undefined) return [...files];
  const [chapters] = childrenNamed(entry, 'podcast:chapters');
  const facts = presentFields({
    duration: seconds(firstText(entry, 'itunes:duration')),
    chapters: givenAddress(chapters?.attributes['url'], base),
    picture: mediaKind(episode) === 'video' ? stillOf(entry, base)?.url : null,
  });
  // A file that is played here needs no page with a player.
  return files
    .filter((file) => mediaKind(file) !== 'page')
    .map((file) => (file === episode ? { ...facts, ...file } : file));
}

/** No browser plays Flash any more, but YouTube still gives this type to its videos. */
const FLASH = /^application\/(?:x-shockwave-flash|futuresplash)$/i;

/** The files without pictures that the text shows, pages to which it links, portraits, videos of the page itself, and Flash; each picture in its widest size. */
export function withoutShown(files: readonly Enclosure[], { title, content, url }: EntryTexts): Enclosure[] {
  const isDescribed = files.some(({ description }) => description !== undefined);
  const words = isDescribed && content ? plainText(content.html).replace(/\s+/g, ' ').trim() : '';
  const pictures = content && files.some(isPicture) ? tagsAndAddresses(content) : [];
  const linked = quotedAddresses(content && files.some(isPage) ? content.html : '');
  return widestEach(files).flatMap((file) => {
    if (isPicture(file) && (isUnwanted(file) || showsPicture(pictures, file.url))) return [];
    if (isPage(file) && linked.has(file.url)) return [];
    if (isEmbeddableVideo(file.url)) return url !== null && isEmbeddableVideo(url) ? [] : [{ url: file.url }];
    return FLASH.test(file.type ?? '') || /\.swf(?:$|\?)/i.test(file.url) ? [] : [withoutRepeated(file, title, words)];
  });
}

/** Whether a file may be a web page: Lemmy (https://github.com/LemmyNet/lemmy/pull/4442) declares the subject of each post as a file. */
function isPage({ url, type = '', length, picture }: Enclosure): boolean {
  const isUnknown = /\/octet-stream$/i.test(type) && !length && !/\.\w+$/.test(new URL(url).pathname);
  return picture === undefined && (isUnknown || /^text\/html\b/i.test(type));
}

/** The absolute addresses in quotes: those to which a text links, and of what it shows. */
function quotedAddresses(html: string): ReadonlySet<string> {
  return new Set(html.match(/(?<=")https?:[^"\s]+(?=")/gi)?.map((each) => each.replace(AMPERSAND, '&')));
}

/** As markup, and as WordPress writes it in addresses: https://developer.wordpress.org/reference/functions/esc_url/ */
const AMPERSAND = /&(?:amp|#0*38);/gi;

function isUnwanted({ url, width, height }: Enclosure): boolean {
  const isSpeck = [width, height].some((side) => side !== undefined && side <= 2);
  return isSpeck || PORTRAITS.some((pattern) => pattern.test(url)) || isTracker(new URL(url));
}

/** A file without the words that readers see above or beside it in any case. */
function withoutRepeated(file: Enclosure, title: string, words: string): Enclosure {
  const { title: fileTitle, description, ...rest } = file;
  return {
    ...rest,
    ...(fileTitle !== undefined && fileTitle !== title && fileTitle !== description && { title: fileTitle }),
    ...(description !== undefined && description !== words && { description }),
  };
}

const PORTRAITS: readonly RegExp[] = [
  /^https?:\/\/(?:[\w-]+\.)?gravatar\.com\/(?:avatar|blavatar|userimage)\//,
  /^https?:\/\/i\d\.wp\.com\/(?:[\w-]+\.)?gravatar\.com\//,
  /^https?:\/\/(?:seccdn|cdn)\.libravatar\.org\/avatar\//,
  /^https?:\/\/avatars\d*\.githubusercontent\.com\//,
  /^https?:\/\/yt\d\.(?:ggpht|googleusercontent)\.com\//,
  /^https?:\/\/cdn\.bsky\.app\/img\/avatar/,
  /^https?:\/\/[^/]+\/(?:[^/]+\/)*avatars\//,
];

function isPicture({ url, type, medium }: Enclosure): boolean {
  return medium === 'image' || (type?.startsWith('image') ?? PICTURE_FILE.test(url));
}

/** Whether a text has a picture in any size: WordPress writes `-300x200` or `-scaled` before the extension, Flickr `_b`, Wix `/v1/fit/w_300,h_200` behind it. */
function showsPicture(pictures: readonly string[], url: string): boolean {
  const { pathname, search } = new URL(url);
  const path = pathname.replace(SIZE, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  const stem = name.replace(/\.\w+$/, '');
  // Substack writes the whole address of a picture as the file name, in a folder for each size.
  const named = name.includes('%2F') ? `/${name}` : path;
  // Without a real file name the query may name the picture.
  const wanted = stem.length < 3 || !name.includes('.') ? `${path}${search}` : named;
  return pictures.some((each) => each.includes(wanted));
}

const SIZE =
  /(?:-\d{2,5}x\d{2,5}|-scaled|_(?:[a-z]|\dk)(?<=\/\d{6,20}_[\da-f]{8,20}_\w{1,2}))(?=\.\w+(?:$|[?#\s"']))|(?<=\.\w{3,4})\/v1\/fi(?:t|ll)\/[^/\s"']+(?=\/)/g;

/** More pictures than any text has: a relative address may be resolved to a thousand characters. */
const MOST_RESOLVED = 1_000;

/** The pictures of a text, without sizes: their tags, and the addresses in these as a browser resolves them. */
function tagsAndAddresses({ html, base }: ForeignHtml): string[] {
  const found = [...html.matchAll(TAG)].filter(({ 0: tag, index }) => html[index + tag.length] === '>');
  // A text with links alone shows no picture: of Lemmy before 0.19.4, or "see the photo".
  if (found.every(([tag]) => /^<a[\s/]/i.test(tag))) return [];
  const tags = found.map(([tag]) => tag.replace(AMPERSAND, '&'));
  const addresses = tags
    .slice(0, MOST_RESOLVED)
    .flatMap((tag) => ADDRESS.exec(tag)?.slice(1) ?? [])
    .flatMap((written) => givenAddress(written, base) ?? []);
  return [...tags, ...addresses].map((each) => each.replace(SIZE, ''));
}

/** Without its last bracket: nothing follows that may fail, so that the time is linear. A value in quotes may hold brackets. */
const TAG = /<(?:img|source|video|object|embed|amp-img|a)[\s/](?:[^"'=>]+|=\s*(?:"[^"]*"|'[^']*')|["'=])*/gi;
const ADDRESS = /[\s/"'](?:src|data|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;

/** Parameters in which the addresses of one picture in several sizes differ (the Guardian's `width`, `quality` and signature `s`). */
const SIZES = 'w width h height size resize fit crop quality q auto dpr s sig ssl strip'.split(' ');

/** Keeps the widest of several sizes of one picture, in the place of the first. */
function widestEach(files: readonly Enclosure[]): Enclosure[] {
  const sizes = Map.groupBy(files, (file) => (isPicture(file) ? sizeless(file.url) : file.url));
  return [...sizes.values()].flatMap((same) => {
    // Pictures of equal or unknown width may be different pictures.
    if (new Set(same.map(widthOf)).size < same.length) return same;
    const widest = same.reduce((before, file) => (widthOf(file) > widthOf(before) ? file : before));
    return [same.reduce(withTextsOf, widest)];
  });
}

function withTextsOf(file: Enclosure, { title, description, credit, adult }: Enclosure): Enclosure {
  return { ...presentFields({ title, description, credit, adult }), ...file };
}

function sizeless(address: string): string {
  const url = new URL(address);
  for (const name of SIZES) url.searchParams.delete(name);
  url.pathname = url.pathname.replace(SIZE, '');
  return url.href;
}

/** The width from the feed, else from the address. A picture without a size is the original, and the widest. */
function widthOf({ url, width }: Enclosure): number {
  const { pathname, searchParams } = new URL(url);
  const written = /-(\d{2,5})x\d{2,5}\.\w+$/.exec(pathname)?.[1] ?? searchParams.get('w') ?? searchParams.get('width');
  return width ?? (/^\d+$/.test(written ?? '') ? Number(written) : Number.POSITIVE_INFINITY);
}
