import { lazySet, lazySource } from './lazy.ts';
import { attribute, classesOf, type ParsedElement, styleOf } from './parsed-html.ts';

type Side = 'width' | 'height';

/** Readers for the width and height of an element in pixels. A page keeps the room for a picture only if it knows both. */
export const BOX = {
  width: (element: ParsedElement) => sideOf(element, 'width'),
  height: (element: ParsedElement) => sideOf(element, 'height'),
};

function sideOf(element: ParsedElement, name: Side): string | undefined {
  const other = name === 'width' ? 'height' : 'width';
  const own = writtenSide(element, name);
  return own ?? (writtenSide(element, other) === undefined ? sizeElsewhere(element)[name] : undefined);
}

function writtenSide(element: ParsedElement, name: Side): string | undefined {
  const written = attribute(element, name)?.slice(0, 40) ?? '';
  // Next.js writes no size where the style makes a picture as wide as the column.
  const isFluid = ['width', 'height'].some((side) => /^[1-9]\d*%/.test(styleOf(element).get(side) ?? ''));
  if (written === '0' && isFluid) return undefined;
  const style = styleOf(element).get(name) ?? '';
  const pixels = /^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/i.exec(written)?.[1] ?? /^(\d{1,5})(?:\.\d+)?px/.exec(style)?.[1];
  // As high as letters: a picture in a line.
  const ems = Number(/^([0-2]?(?:\.\d{1,4})?|3)r?em/.exec(style)?.[1] || 0);
  if (pixels !== undefined || ems > 0) return pixels ?? String(Math.ceil(16 * ems));
  return name === 'width' && isOwnEmoji(element) ? '20' : undefined;
}

/** An emoji of its server, `:blobcat:`, of the size of a letter by a style of its page: https://github.com/RSS-Bridge/rss-bridge/issues/1018 */
function isOwnEmoji(img: ParsedElement): boolean {
  const isNamed = /emoji/i.test(classesOf(img)) && /^:[^\s:]{1,80}:$/.test(attribute(img, 'alt') ?? '');
  return isNamed && attribute(img, 'height') === undefined && !styleOf(img).has('height');
}

/** The size of a picture in an attribute of Squarespace and Ghost, or in the name of a file that WordPress has made smaller. */
function sizeElsewhere(element: ParsedElement): Partial<Record<Side, string | undefined>> {
  if (element.tagName !== 'img') return {};
  const [, width, height] =
    /^(\d{2,5})x(\d{2,5})$/.exec(attribute(element, 'data-image-dimensions') ?? '') ?? sizeInName(element) ?? [];
  return { width, height };
}

/** Of several files, only one whose width `sizes` names, as WordPress does: else the page may show another, in its own width. */
function sizeInName(img: ParsedElement): RegExpExecArray | null {
  const found = WORDPRESS_FILE.exec(lazySource(img)?.slice(-300) ?? '');
  const isSeveral = /\s\d+w(?:[\s,]|$)/.test(lazySet(img) ?? '');
  const shown = attribute(img, 'sizes')
    ?.trim()
    .split(/[\s,]+/)
    .at(-1);
  return isSeveral && shown !== `${found?.[1]}px` ? null : found;
}

/** https://developer.wordpress.org/reference/classes/wp_image_editor/generate_filename/ */
const WORDPRESS_FILE = /\/wp-content\/uploads\/[^?#]*-(\d{2,4})x(\d{2,4})\.(?:jpe?g|png|gif|webp|avif)$/i;
