import { cutTo } from '../../../src/core/clean-text.ts';
import type { Enclosure, Still } from '../../../src/core/entry.ts';
import { mediaKind } from '../../../src/core/media.ts';
import { publishable } from '../../../src/core/persons.ts';
import { hasMissingValue } from '../../../src/core/web-address.ts';
import { presentFields } from '../feed-entry.ts';
import { childrenNamed, elements, textOf, type XmlElement } from '../parse/feed-tree.ts';
import { isEmbeddableVideo } from '../sanitise/frames.ts';
import { givenAddress } from './links.ts';
import { firstLine, plainLine } from './texts.ts';

type FileFacts = Omit<Enclosure, 'url'>;

/**
 * The files of Media RSS (https://www.rssboard.org/media-rss#optional-elements). The facts in an element come before
 * those in the elements around it. The description and title of an entry belong to its file only if it has one file. A
 * `media:group` holds one file in several sizes: of each kind the widest is taken.
 */
export function mediaFiles(entry: XmlElement, base: string): Enclosure[] {
  const { title, description, ...shared } = fileFacts(entry, base);
  const isAlone = childrenNamed(entry, 'media:content').length === 1;
  return filesIn(entry, { ...shared, ...(isAlone && presentFields({ title, description })) }, base);
}

function filesIn(holder: XmlElement, facts: FileFacts, base: string): Enclosure[] {
  return elements(holder).flatMap((element) => {
    if (element.name === 'media:player') return playerPage(element, facts, base);
    if (element.name !== 'media:group' && element.name !== 'media:content') return [];
    const elementFacts = { ...facts, ...fileFacts(element, base) };
    if (element.name === 'media:group') return widestOfEachKind(filesIn(element, elementFacts, base));
    const file = contentFile(element, elementFacts, base);
    const players = filesIn(element, elementFacts, base);
    return file === null ? players : [file, ...players.filter(({ url }) => isEmbeddableVideo(url))];
  });
}

/** A player is a page, not a file. A player that is not embedded here becomes a link where it has a picture. */
function playerPage(element: XmlElement, { picture, title }: FileFacts, base: string): Enclosure[] {
  const url = urlAttribute(element, base);
  if (url === null) return [];
  if (isEmbeddableVideo(url)) return [{ url }];
  return picture === undefined ? [] : [{ url, type: 'text/html', ...presentFields({ title }), picture }];
}

function contentFile(element: XmlElement, facts: FileFacts, base: string): Enclosure | null {
  const { type, filesize, medium, width, height, duration } = element.attributes;
  const file = declaredFile(urlAttribute(element, base), type, filesize);
  if (file === null) return null;
  const declared = mediumOf(medium);
  const isNews = declared !== undefined && mediaKind({ ...file, medium: declared }) !== mediaKind(file);
  const measures = { ...pixelSize(width, height), ...presentFields({ duration: seconds(duration) }) };
  const whole = { ...file, ...(isNews && { medium: declared }), ...measures };
  const { picture, ...others } = facts;
  // Only these show a picture until they are played.
  const hasStill = ['video', 'page'].includes(mediaKind(whole));
  return { ...whole, ...others, ...(hasStill && picture && { picture }) };
}

export function mediumOf(written: unknown): Enclosure['medium'] {
  return (['image', 'audio', 'video'] as const).find((each) => each === String(written).trim());
}

type Written = string | null | undefined;

/** A file with its type and its length, as the feed writes them; null without an address. */
export function declaredFile(url: string | null, type: Written, length: Written) {
  if (url === null || hasMissingValue(url)) return null;
  const bytes = /^\s*\d{1,15}\s*$/.test(length ?? '') ? Number(length) : undefined;
  return { url, ...presentFields({ type: type?.trim(), length: bytes }) };
}

function urlAttribute({ attributes, scope }: XmlElement, base: string): string | null {
  return givenAddress(attributes['url'], scope.base ?? base);
}

/** The width and the height in pixels, without those that are zero or no number. */
export function pixelSize(width: unknown, height: unknown): Pick<Enclosure, 'width' | 'height'> {
  return presentFields({ width: pixels(width), height: pixels(height) });
}

function pixels(written: unknown): number | undefined {
  const number = Number(/^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/.exec(String(written))?.[1]);
  return number >= 1 ? number : undefined;
}

/** Longer than any programme. */
const LONGEST_DURATION = 100 * 3600;

/** `3723`, `1:02:03`, `62:03`; undefined for anything else. */
export function seconds(written: Written): number | undefined {
  if (!/^\s*(?:\d{1,6}(?:\.\d+)?|\d{1,4}(?::\d{1,2}){1,2})\s*$/.test(written ?? '')) return undefined;
  const total = Math.round((written ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0));
  return total >= 1 && total <= LONGEST_DURATION ? total : undefined;
}

function fileFacts(element: XmlElement, base: string): FileFacts {
  const line = (name: string) => firstLine(childrenNamed(element, name), true);
  const texts = { title: line('media:title'), description: line('media:description'), credit: creditLine(element) };
  const picture = thumbnailIn(element, base)?.url;
  const adult = childrenNamed(element, 'media:rating').some((rating) => textOf(rating).toLowerCase() === 'adult');
  return { ...mediaTexts(texts), ...presentFields({ picture, adult }) };
}

/** The words about a file, cut to the limits of the archive. */
export function mediaTexts(written: Record<'title' | 'description' | 'credit', string>): FileFacts {
  const title = cutTo(300, written.title);
  const [description, credit] = [cutTo(1_500, written.description), cutTo(300, written.credit)];
  // The name that a camera or an upload gives: `IMG_1234`, `photo-1.jpg`.
  const isFileName = !/\s/.test(title) && /[\d_.]/.test(title);
  return presentFields({ title: isFileName ? '' : title, description, credit });
}

const MOST_CREDITS = 3;

/** An e-mail address is never published. */
function creditLine(element: XmlElement): string {
  const names = childrenNamed(element, 'media:credit').map((credit) => plainLine(credit, true));
  const people = names.filter((name) => name !== '').flatMap((name) => publishable({ name }));
  return [...new Set(people.map(({ name }) => name))].slice(0, MOST_CREDITS).join(', ');
}

function thumbnailIn(element: XmlElement, base: string): Still | null {
  const pictures = childrenNamed(element, 'media:thumbnail').flatMap((each) => {
    const url = urlAttribute(each, base);
    return url === null || hasMissingValue(url)
      ? []
      : [{ url, ...pixelSize(each.attributes['width'], each.attributes['height']) }];
  });
  return pictures.toSorted((a, b) => (b.width ?? 0) - (a.width ?? 0))[0] ?? null;
}

export function stillOf(entry: XmlElement, base: string): Still | null {
  const stills = [entry, ...mediaWithin(entry)].map((holder) => thumbnailIn(holder, base));
  return stills.find((still) => still !== null) ?? null;
}

/** The elements of Media RSS in an entry, in its groups and in its files. */
export function mediaWithin(entry: XmlElement): readonly XmlElement[] {
  const media = elements(entry).filter(({ name }) => name.startsWith('media:'));
  const isHolder = ({ name }: XmlElement) => name === 'media:group' || name === 'media:content';
  return media.flatMap((element) => [element, ...(isHolder(element) ? mediaWithin(element) : [])]);
}

/** The widest file of each kind; the first of equal ones. Files of no medium, pages and players all stay. */
function widestOfEachKind(files: readonly Enclosure[]): Enclosure[] {
  const widest = new Map<string, Enclosure>();
  for (const file of files) {
    const kind = isEmbeddableVideo(file.url) ? 'player' : mediaKind(file);
    const key = kind === 'file' || kind === 'page' || kind === 'player' ? file.url : kind;
    const before = widest.get(key);
    if (before === undefined || (file.width ?? file.height ?? 0) > (before.width ?? before.height ?? 0))
      widest.set(key, file);
  }
  return [...widest.values()];
}
