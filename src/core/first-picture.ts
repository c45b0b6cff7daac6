import type { Still } from './entry.ts';
import { loadedFrom, mediaKind, shownAs } from './media.ts';
import type { DisplayedEntry } from './shown.ts';

/** In pixels. Pictures that declare a smaller size are icons, badges or portraits. */
const SMALLEST = 200;

/**
 * The address of an entry's first picture, for link previews: from its files, else its text, else the still of its film.
 * Undefined if the operator shows the feed only in part. SVG is skipped: link previews do not support it.
 */
export function firstPicture({
  entry,
  feed,
  html,
}: Pick<DisplayedEntry, 'entry' | 'feed' | 'html'>): string | undefined {
  if (feed.content !== 'full') return undefined;
  const files = entry.enclosures.filter((file) => shownAs(file) !== 'file');
  const given: Still[] = [
    ...files.filter((file) => mediaKind(file) === 'picture'),
    ...picturesIn(html),
    ...files.flatMap(({ picture }) => (picture === undefined ? [] : { url: picture })),
    ...(entry.still === undefined ? [] : [entry.still]),
  ];
  const found = given.find(
    ({ url, width = SMALLEST, height = SMALLEST }) =>
      Math.min(width, height) >= SMALLEST && !/\.svgz?$/i.test(new URL(url).pathname),
  );
  return found && loadedFrom(found.url);
}

/** The pictures of a sanitised text: their addresses are absolute, and tracking pixels are removed. */
function picturesIn(html: string): Still[] {
  return [...html.matchAll(/<img src="(https?:[^"]+)"[^>]*>/g)].map(([tag, url = '']) => ({
    url: url.replaceAll('&#x26;', '&'),
    ...sideOf(tag, 'width'),
    ...sideOf(tag, 'height'),
  }));
}

function sideOf<K extends string>(tag: string, name: K): Partial<Record<K, number>> {
  const side = new RegExp(` ${name}="(\\d+)"`).exec(tag)?.[1];
  return side === undefined ? {} : ({ [name]: Number(side) } as Partial<Record<K, number>>);
}
