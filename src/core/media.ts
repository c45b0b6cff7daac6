import type { Enclosure } from './entry.ts';

/** How a file is shown: `page` is a player's page, to be opened there; `file` is a link. */
export type MediaKind = 'picture' | 'sound' | 'film' | 'page' | 'file';

/** Endings of the files that browsers show, each with its kind. */
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

/** By media type; where that says nothing, by `medium`; else by the ending of its address. */
export function mediaKind({ url, type, medium }: Pick<Enclosure, 'url' | 'type' | 'medium'>): MediaKind {
  const byType = TYPES.find(([, pattern]) => pattern.test(type ?? ''))?.[0];
  if (byType !== undefined) return byType;
  if (medium !== undefined) return MEDIUMS[medium];
  const { pathname } = new URL(url);
  return ENDINGS.find(([, pattern]) => pattern.test(pathname))?.[0] ?? 'file';
}

/** How a page shows a file: what is not for everyone's eyes is a link. */
export function shownAs(file: Enclosure): MediaKind {
  return file.adult ? 'file' : mediaKind(file);
}

/** An address as a page loads it: over https, or an https page would not show it. A port of its own is left alone. */
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

/** The files that a text does not play already. */
export function notPlayedIn(html: string, files: readonly Enclosure[]): Enclosure[] {
  const players = html.match(/<(?:audio|video|source)\b[^>]*>/g) ?? [];
  if (players.length === 0) return [...files];
  const sources = new Set(players.map((tag) => / src="([^"]*)"/.exec(tag)?.[1]?.replaceAll('&#x26;', '&')));
  return files.filter(({ url }) => !sources.has(loadedFrom(url)));
}
