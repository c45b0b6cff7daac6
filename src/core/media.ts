import { escapeHtml } from './clean-text.ts';
import type { Enclosure, Still } from './entry.ts';
import type { DisplayedEntry } from './shown.ts';

/** The way to show a file. `page` is the web page of a player, which the reader opens; `file` is a plain link. */
export type MediaKind = 'picture' | 'audio' | 'video' | 'page' | 'file';

/** The media types of files that browsers can show, by ending. */
const ENDINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif', webp: 'image/webp' },
    ...{ avif: 'image/avif', svg: 'image/svg+xml', mp3: 'audio/mpeg', m4a: 'audio/mp4', m4b: 'audio/mp4' },
    ...{
      aac: 'audio/aac',
      oga: 'audio/ogg',
      ogg: 'audio/ogg',
      opus: 'audio/ogg',
      wav: 'audio/wav',
      flac: 'audio/flac',
    },
    ...{ mp4: 'video/mp4', m4v: 'video/mp4', webm: 'video/webm', ogv: 'video/ogg', mov: 'video/quicktime' },
  }),
);

const TYPES: readonly [MediaKind, RegExp][] = [
  // Playlists, and pictures that only some browsers show.
  ['file', /mpegurl|scpls|dash\+xml|^image\/(?:hei[cf]|tiff?|vnd\.)/i],
  ['picture', /^image\//i],
  ['audio', /^audio\/|^application\/ogg$/i],
  ['video', /^video\//i],
  ['page', /^text\/html$/i],
];

const MEDIUMS = new Map<string, MediaKind>([
  ['image', 'picture'],
  ['audio', 'audio'],
  ['video', 'video'],
]);

/** The kind of a file, by its media type, else by its `medium`, else by the ending of its address. */
export function mediaKind({ url, type, medium }: Pick<Enclosure, 'url' | 'type' | 'medium'>): MediaKind {
  return kindOfType(type) ?? MEDIUMS.get(medium ?? '') ?? kindOfType(typeByEnding(url)) ?? 'file';
}

function kindOfType(type = ''): MediaKind | undefined {
  return TYPES.find(([, pattern]) => pattern.test(type))?.[0];
}

/** The media type of a file by the ending of its address; undefined if the ending is not known. */
export function typeByEnding(url: string): string | undefined {
  const [, ending = ''] = /\.(\w+)$/.exec(new URL(url).pathname) ?? [];
  return ENDINGS.get(ending.toLowerCase());
}

/** The kind of a file on a page: an adult file is only a link. */
export function displayKind(file: Enclosure): MediaKind {
  return file.adult ? 'file' : mediaKind(file);
}

/** The address from which a page loads a file: https, because an https page does not load http. An address with a port stays. */
export function httpsAddress(address: string): string {
  const url = new URL(address);
  if (url.protocol === 'http:' && url.port === '') url.protocol = 'https:';
  return url.href;
}

/** `1:02:03`, `42:00`. */
export function durationText(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (number: number) => `${number}`.padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

export function notPlayedIn(html: string, files: readonly Enclosure[]): Enclosure[] {
  const players = html.match(/<(?:audio|video|source)\b[^>]*>/g) ?? [];
  const sources = new Set(players.map((tag) => / src="([^"]*)"/.exec(tag)?.[1]?.replaceAll('&#x26;', '&')));
  return files.filter(({ url }) => !sources.has(httpsAddress(url)));
}

type Pictured = { url: string; width?: number | string | undefined; height?: number | string | undefined };

/** In pixels. Pictures that declare a smaller size are icons, badges or portraits. */
const SMALLEST_SIDE = 200;

/** The first picture, for link previews: of its files, else its text, else its video. They do not support SVG. */
export function firstPicture({ entry, html }: Pick<DisplayedEntry, 'entry' | 'html'>): string | undefined {
  const files = entry.enclosures.filter((file) => displayKind(file) !== 'file');
  const given: Pictured[] = [
    ...files.filter((file) => mediaKind(file) === 'picture'),
    ...picturesIn(html),
    ...files.flatMap(({ picture }) => (picture === undefined ? [] : { url: picture })),
    ...(entry.still === undefined ? [] : [entry.still]),
  ];
  const found = given.find(
    ({ url, width = SMALLEST_SIDE, height = SMALLEST_SIDE }) =>
      Math.min(Number(width), Number(height)) >= SMALLEST_SIDE && !/\.svgz?$/i.test(new URL(url).pathname),
  );
  return found && httpsAddress(found.url);
}

/** The pictures of a sanitised text: their addresses are absolute, and tracking pixels are removed. */
function picturesIn(html: string): Pictured[] {
  const side = (tag: string, name: string) => new RegExp(` ${name}="(\\d+)"`).exec(tag)?.[1];
  return [...html.matchAll(/<img src="(https?:[^"]+)"[^>]*>/g)].map(([tag, url = '']) => ({
    url: url.replaceAll('&#x26;', '&'),
    width: side(tag, 'width'),
    height: side(tag, 'height'),
  }));
}

/** A player in the sanitiser's form (scripts/snapshot/sanitise/frames.ts), which the body check accepts. */
const PLAYER = /<iframe src="([^"]*)"(?: title="([^"]*)")?[^>]*><\/iframe>/g;

/** A link instead of each player, which is in a `<template>`: no request before a click. The first shows the still. */
export function withStills(html: string, still: Still | undefined): string {
  let picture = still === undefined ? '' : pictureOf(still);
  return html.replaceAll(PLAYER, (player: string, src: string, title = '') => {
    const before = picture;
    picture = '';
    // In attributes, the player's address and title are escaped already; in a text, `<` must be too.
    const words = title.replaceAll('<', '&lt;') || new URL(src).host;
    const link = `<a class="still" href="${watchPage(src)}" rel="nofollow ugc noopener">${before}<span>${words}</span></a>`;
    return `${link}<template>${player}</template>`;
  });
}

/** A picture with which a text begins, unless another or a link stands beside it, as in a row of badges. */
const COVER =
  /^((?:<(?:p|div|figure|picture|source|a)\b[^>]*>\s*)*<img)(?![^>]*>(?:<\/(?:a|picture)>|\s)*<(?:a|img)\b)/;

/** The body of a fold, which shows the first picture small, beside the first lines. */
export function withCover(html: string): string {
  return html.replace(COVER, '$1 class="cover"');
}

function pictureOf({ url, width, height }: Still): string {
  const size = width !== undefined && height !== undefined ? ` width="${width}" height="${height}"` : '';
  const src = escapeHtml(httpsAddress(url));
  return `<img src="${src}" alt=""${size} loading="lazy" decoding="async" referrerpolicy="no-referrer">`;
}

/** The page of a player's video. An unlisted video of Vimeo can be seen only in its player. */
export function watchPage(src: string): string {
  const [, video] = /^https:\/\/www\.youtube-nocookie\.com\/embed\/([\w-]+)/.exec(src) ?? [];
  if (video !== undefined) return `https://www.youtube.com/watch?v=${video}`;
  const [, listed] = /^https:\/\/player\.vimeo\.com\/video\/(\d+)(?:\?dnt=1)?$/.exec(src) ?? [];
  return listed === undefined ? src : `https://vimeo.com/${listed}`;
}
