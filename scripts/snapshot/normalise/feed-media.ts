import { cutTo } from '../../../src/core/clean-text.ts';
import type { Enclosure, Still } from '../../../src/core/entry.ts';
import { type MediaKind, mediaKind } from '../../../src/core/media.ts';
import { publishable } from '../../../src/core/persons.ts';
import { childrenNamed, elements, textOf, type XmlElement } from '../parse/feed-tree.ts';
import { isFilm } from '../sanitise/frames.ts';
import { webAddress } from './links.ts';
import { plainLine } from './texts.ts';

/** What is known of a file beside its address. */
export type FileFacts = Omit<Enclosure, 'url'>;

const CONTENT = new Set(['media:content']);
const TITLE = new Set(['media:title']);
const DESCRIPTION = new Set(['media:description']);
const CREDIT = new Set(['media:credit']);
const RATING = new Set(['media:rating']);
const THUMBNAIL = new Set(['media:thumbnail']);

/**
 * The files of Media RSS. What an element says of itself comes before what those around it say of all in them; the
 * description and title of an entry are its own, unless it has one file only. The files of a `media:group` are one, in
 * several sizes: of each kind the widest is taken.
 * https://www.rssboard.org/media-rss#optional-elements
 */
export function mediaFiles(entry: XmlElement, base: string | null): Enclosure[] {
  const { title, description, ...shared } = factsOf(entry, base);
  const isAlone = childrenNamed(entry, CONTENT).length === 1;
  const own = { ...(isAlone && title && { title }), ...(isAlone && description && { description }) };
  return filesIn(entry, { ...shared, ...own }, base);
}

function filesIn(holder: XmlElement, facts: FileFacts, base: string | null): Enclosure[] {
  return elements(holder).flatMap((element) => {
    if (element.name === 'media:group') {
      const group = { ...facts, ...factsOf(element, base) };
      return widestOfEachKind(filesIn(element, group, base));
    }
    if (element.name === 'media:player') return playerPage(element, facts, base);
    if (element.name !== 'media:content') return [];
    const own = { ...facts, ...factsOf(element, base) };
    const file = contentFile(element, own, base);
    const players = filesIn(element, own, base);
    return file === null ? players : [file, ...players.filter(({ url }) => isFilm(url))];
  });
}

/** A player is a page and no file: one that nobody plays here is worth a link where a picture shows what it is. */
function playerPage(element: XmlElement, { picture, title }: FileFacts, base: string | null): Enclosure[] {
  const url = addressIn(element, base);
  if (url === null) return [];
  if (isFilm(url)) return [{ url }];
  return picture === undefined ? [] : [{ url, type: 'text/html', ...(title && { title }), picture }];
}

function contentFile(element: XmlElement, facts: FileFacts, base: string | null): Enclosure | null {
  const { type, filesize, medium } = element.attributes;
  const file = fileOf(addressIn(element, base), type, filesize);
  if (file === null) return null;
  const known = mediumOf(medium);
  const isTold = known === undefined || mediaKind({ ...file, medium: known }) === mediaKind(file);
  const whole = { ...file, ...(!isTold && { medium: known }), ...measuresOf(element) };
  const { picture, ...others } = facts;
  return { ...whole, ...others, ...(STILL.has(mediaKind(whole)) && picture && { picture }) };
}

/** What a picture stands for until it is played. */
const STILL: ReadonlySet<MediaKind> = new Set<MediaKind>(['film', 'page']);

export function mediumOf(written: unknown): Enclosure['medium'] {
  return (['image', 'audio', 'video'] as const).find((each) => each === String(written).trim());
}

/** Null where there is no file that could be asked for. */
export function fileOf(
  url: string | null,
  type: string | undefined,
  length: string | undefined,
): Pick<Enclosure, 'url' | 'type' | 'length'> | null {
  if (url === null) return null;
  const bytes = /^\s*\d{1,15}\s*$/.test(length ?? '') ? Number(length) : undefined;
  const plainType = type?.trim();
  return { url, ...(plainType && { type: plainType }), ...(bytes !== undefined && { length: bytes }) };
}

function addressIn({ attributes, scope }: XmlElement, base: string | null): string | null {
  const written = attributes['url'] ?? '';
  return written.trim() === '' ? null : webAddress(written, scope.base ?? base);
}

function measuresOf({ attributes }: XmlElement): Pick<Enclosure, 'width' | 'height' | 'duration'> {
  const duration = seconds(attributes['duration']);
  return { ...sizeOf(attributes['width'], attributes['height']), ...(duration !== undefined && { duration }) };
}

/** A width, a height: both, or it reserves no place. One of zero is not known. */
export function sizeOf(width: unknown, height: unknown): Pick<Enclosure, 'width' | 'height'> {
  const [w, h] = [pixels(width), pixels(height)];
  return { ...(w !== undefined && { width: w }), ...(h !== undefined && { height: h }) };
}

function pixels(written: unknown): number | undefined {
  const number = Number(/^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/.exec(String(written))?.[1]);
  return number >= 1 ? number : undefined;
}

/** Longer than any programme. */
const LONGEST = 100 * 3600;

/** `3723`, `1:02:03`, `62:03`; undefined for anything else. */
export function seconds(written: string | undefined): number | undefined {
  if (!/^\s*(?:\d{1,6}(?:\.\d+)?|\d{1,4}(?::\d{1,2}){1,2})\s*$/.test(written ?? '')) return undefined;
  const total = Math.round((written ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0));
  return total >= 1 && total <= LONGEST ? total : undefined;
}

/** What an element says of the files in it. */
function factsOf(element: XmlElement, base: string | null): FileFacts {
  const line = (names: ReadonlySet<string>): string =>
    childrenNamed(element, names)
      .map((each) => plainLine(each, 'text', true))
      .find((text) => text !== '') ?? '';
  const picture = thumbnailIn(element, base)?.url;
  const adult = childrenNamed(element, RATING).some((rating) => textOf(rating).toLowerCase() === 'adult');
  return {
    ...mediaTexts({ title: line(TITLE), description: line(DESCRIPTION), credit: creditOf(element) }),
    ...(picture !== undefined && { picture }),
    ...(adult && { adult }),
  };
}

/** The words about a file, none longer than the archive keeps them. */
export function mediaTexts(said: Record<'title' | 'description' | 'credit', string>): FileFacts {
  const [title, description, credit] = [
    cutTo(300, said.title),
    cutTo(1_500, said.description),
    cutTo(300, said.credit),
  ];
  return {
    ...(title !== '' && !isFileName(title) && { title }),
    ...(description !== '' && { description }),
    ...(credit !== '' && { credit }),
  };
}

/** `IMG_1234`, `photo-1.jpg`: what a camera or an upload calls a picture. */
function isFileName(title: string): boolean {
  return !/\s/.test(title) && /[\d_.]/.test(title);
}

const MOST_CREDITS = 3;

/** An e-mail address is never published. */
function creditOf(element: XmlElement): string {
  const names = childrenNamed(element, CREDIT).map((credit) => plainLine(credit, 'text', true));
  const people = names.filter((name) => name !== '').flatMap((name) => publishable({ name }));
  return [...new Set(people.map(({ name }) => name))].slice(0, MOST_CREDITS).join(', ');
}

/** The widest still picture that an element gives itself; null where it gives none. */
function thumbnailIn(element: XmlElement, base: string | null): Still | null {
  const pictures = childrenNamed(element, THUMBNAIL).flatMap((each) => {
    const url = addressIn(each, base);
    return url === null ? [] : [{ url, ...sizeOf(each.attributes['width'], each.attributes['height']) }];
  });
  return pictures.toSorted((a, b) => (b.width ?? 0) - (a.width ?? 0))[0] ?? null;
}

const HOLDERS = new Set(['media:group', 'media:content']);

/** The first still picture that an entry, or a file of it, gives. */
export function stillOf(entry: XmlElement, base: string | null): Still | null {
  const holders = [entry, ...childrenNamed(entry, HOLDERS)];
  const inner = holders.slice(1).flatMap((holder) => childrenNamed(holder, CONTENT));
  for (const holder of [...holders, ...inner]) {
    const still = thumbnailIn(holder, base);
    if (still !== null) return still;
  }
  return null;
}

/** Of the files of one kind the widest; of those as wide the first. What is no medium stays. */
function widestOfEachKind(files: readonly Enclosure[]): Enclosure[] {
  const widest = new Map<string, Enclosure>();
  for (const file of files) {
    const kind = isFilm(file.url) ? 'player' : mediaKind(file);
    const key = kind === 'file' || kind === 'page' || kind === 'player' ? file.url : kind;
    const before = widest.get(key);
    if (before === undefined || (file.width ?? file.height ?? 0) > (before.width ?? before.height ?? 0))
      widest.set(key, file);
  }
  return [...widest.values()];
}
