import { perLanguage } from '../i18n/locale.ts';
import { percentDecoded } from './clean-text.ts';
import type { Enclosure } from './entry.ts';
import type { DisplayedEntry } from './shown.ts';
import { mapByName } from './text.ts';

/** The way to show a file. `page` is the web page of a player, which the reader opens; `file` is a plain link. */
export type MediaKind = 'picture' | 'audio' | 'video' | 'page' | 'file';

/** The media types of files that browsers can show, by ending. */
const ENDINGS = mapByName({
  ...{ 'jpg jpeg': 'image/jpeg', png: 'image/png', gif: 'image/gif', webp: 'image/webp', avif: 'image/avif' },
  ...{ svg: 'image/svg+xml', mp3: 'audio/mpeg', 'm4a m4b': 'audio/mp4', aac: 'audio/aac', 'oga ogg opus': 'audio/ogg' },
  ...{ wav: 'audio/wav', flac: 'audio/flac', 'mp4 m4v': 'video/mp4', webm: 'video/webm', ogv: 'video/ogg' },
  mov: 'video/quicktime',
});

const TYPES: readonly [MediaKind, RegExp][] = [
  // Playlists, and pictures that only some browsers show.
  ['file', /mpegurl|scpls|dash\+xml|^image\/(?:hei[cf]|tiff?|vnd\.)/i],
  ['picture', /^image\//i],
  ['audio', /^audio\/|^application\/ogg$/i],
  ['video', /^video\//i],
  ['page', /^text\/html$/i],
];

/** The kind of a file, by its media type, else by its `medium`, else by the ending of its address. */
export function mediaKind({ url, type, medium }: Pick<Enclosure, 'url' | 'type' | 'medium'>): MediaKind {
  // A medium is the first part of a media type.
  return kindOfType(type) ?? kindOfType(medium && `${medium}/`) ?? kindOfType(typeByEnding(url)) ?? 'file';
}

function kindOfType(type = ''): MediaKind | undefined {
  return TYPES.find(([, pattern]) => pattern.test(type))?.[0];
}

/** The media type of a file by the ending of its address; undefined if the ending is not known. */
function typeByEnding(url: string): string | undefined {
  const [, ending = ''] = /\.(\w+)$/.exec(new URL(url).pathname) ?? [];
  return ENDINGS.get(ending.toLowerCase());
}

/** The media type of a file: as declared, else, and if that says nothing, by its ending; undefined if neither is valid. */
export function mediaType({ url, type = '' }: Pick<Enclosure, 'url' | 'type'>): string | undefined {
  const declared = MEDIA_TYPE.test(type) ? type : undefined;
  return declared === undefined || OF_ANY_TYPE.test(declared) ? (typeByEnding(url) ?? declared) : declared;
}

const OF_ANY_TYPE = /^(?:application|binary)\/octet-stream$/i;

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:; ?[\w!#$&^.+-]+=(?:[\w!#$&^.+-]+|"[^"\\]*"))*$/;

/** The media type for formats that require one, if it is not known. */
export const ANY_TYPE = 'application/octet-stream';

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

/** WordPress numbers the players of a page: https://developer.wordpress.org/reference/functions/wp_audio_shortcode/ */
const NUMBER = /[?&]_=\d+$/;

/**
 * The files that no player in a text plays. A host may count the downloads of a podcast, or have a second name, as micro.blog:
 * an only file with the name of the only one that is played is the same.
 */
export function notPlayedIn(html: string, files: readonly Enclosure[]): Enclosure[] {
  const players = html.match(/<(?:audio|video|source)\b[^>]*>/g) ?? [];
  const written = players.flatMap((tag) => / src="([^"]*)"/.exec(tag)?.[1] ?? []);
  const sources = new Set(written.map((src) => src.replaceAll('&#x26;', '&').replace(NUMBER, '')));
  const [played, ...others] = [...sources].map(fileName);
  const named = played === undefined || others.length > 0 ? [] : files.filter(({ url }) => fileName(url) === played);
  const same = named.length === 1 ? named : [];
  return files.filter((file) => !same.includes(file) && !sources.has(httpsAddress(file.url).replace(NUMBER, '')));
}

/** The name of a file in its address; undefined for one without a digit, or of PHP: hosts call all files `default.mp3` or `get.php`. */
function fileName(address: string): string | undefined {
  return /\/([^/]*\d[^/]*\.(?!php)\w{2,4})$/.exec(URL.parse(address)?.pathname ?? '')?.[1];
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
  return [...html.matchAll(/<img src="(https?:[^"]+)"(?: [a-z]+="[^"]*")*>/g)].map(([tag, url = '']) => ({
    url: url.replaceAll('&#x26;', '&'),
    width: side(tag, 'width'),
    height: side(tag, 'height'),
  }));
}

/** The text of a link to an enclosure: the file's name, and its duration, type and size if they are known. */
export function describeFile({ url, type, length, duration }: Enclosure): { name: string; details: string } {
  const { host, pathname } = new URL(url);
  const name = readable(pathname.split('/').findLast((part) => part !== '') ?? '') || host;
  const details = [duration && durationText(duration), mediaType({ url, type }), length ? size(length) : undefined]
    .filter(Boolean)
    .join(' · ');
  return { name, details };
}

/** The readable form of a file name; unchanged if it decodes to unprintable characters or changes the text direction. */
function readable(text: string): string {
  return /[\p{Cc}\p{Bidi_Control}]/u.test(percentDecoded(text)) ? text : percentDecoded(text);
}

/** A size with decimal units, as hosts and players show it: `12.5 MB`. */
export function size(bytes: number): string {
  const power = Math.max(0, Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1));
  const amount = bytes / 1000 ** power;
  const digits = amount < 10 && power > 0 ? 1 : 0;
  const format = perLanguage(`size ${power} ${digits}`, (locale) => {
    const unit = { style: 'unit', unit: UNITS[power], unitDisplay: power === 0 ? 'long' : 'short' } as const;
    const exact = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
    return new Intl.NumberFormat(locale, { ...unit, ...exact });
  });
  return format.format(amount);
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
