import type { Still } from './entry.ts';
import { loadedFrom, mediaKind, shownAs } from './media.ts';
import type { DisplayedEntry } from './shown.ts';

/** Pixels: what says that it is smaller is a face, a badge or a letter. */
const SMALLEST = 200;

/**
 * The address of the first picture of an entry, for previews of links to it: of its files, of its text, of the film that it is
 * about. None of a feed that is shown in part, for then its pictures are not shown; and no drawing, for no preview shows one.
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

/** The pictures of a text, as `sanitise` printed it: their addresses are whole, and counters of readers are gone. */
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
