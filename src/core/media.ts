import type { Enclosure } from './entry.ts';

/** The way to show a file. `page` is the web page of a player, which the reader opens; `file` is a plain link. */
export type MediaKind = 'picture' | 'sound' | 'film' | 'page' | 'file';

/** File endings of each kind that browsers can show. */
const ENDINGS: readonly [MediaKind, RegExp][] = [
  ['picture', /\.(?:jpe?g|png|gif|webp|avif|svg)$/i],
  ['sound', /\.(?:mp3|m4a|m4b|aac|og[ag]|opus|wav|flac)$/i],
  ['film', /\.(?:mp4|m4v|webm|ogv|mov)$/i],
];

const TYPES: readonly [MediaKind, RegExp][] = [
  // Playlists, and pictures that only some browsers show.
  ['file', /mpegurl|scpls|dash\+xml|^image\/(?:hei[cf]|tiff?|vnd\.)/i],
  ['picture', /^image\//i],
  ['sound', /^audio\/|^application\/ogg$/i],
  ['film', /^video\//i],
  ['page', /^text\/html$/i],
];

const MEDIUMS = { image: 'picture', audio: 'sound', video: 'film' } as const;

/** The kind of a file, by its media type, else by its `medium`, else by the ending of its address. */
export function mediaKind({ url, type, medium }: Pick<Enclosure, 'url' | 'type' | 'medium'>): MediaKind {
  const byType = TYPES.find(([, pattern]) => pattern.test(type ?? ''))?.[0];
  if (byType !== undefined) return byType;
  if (medium !== undefined) return MEDIUMS[medium];
  const { pathname } = new URL(url);
  return ENDINGS.find(([, pattern]) => pattern.test(pathname))?.[0] ?? 'file';
}

/** The kind of a file on a page: an adult file is only a link. */
export function shownAs(file: Enclosure): MediaKind {
  return file.adult ? 'file' : mediaKind(file);
}

/** The address from which a page loads a file: https, because an https page does not load http. An address with a port stays. */
export function loadedFrom(address: string): string {
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

/** The files without a player in the text. */
export function notPlayedIn(html: string, files: readonly Enclosure[]): Enclosure[] {
  const players = html.match(/<(?:audio|video|source)\b[^>]*>/g) ?? [];
  if (players.length === 0) return [...files];
  const sources = new Set(players.map((tag) => / src="([^"]*)"/.exec(tag)?.[1]?.replaceAll('&#x26;', '&')));
  return files.filter(({ url }) => !sources.has(loadedFrom(url)));
}
