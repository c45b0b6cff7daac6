import type { ElementContent } from 'hast';
import { cleanText } from '../../../src/core/clean-text.ts';
import { isDrawing } from '../../../src/core/svg-schema.ts';
import { drawing, drawingIn, isSvg } from './drawings.ts';
import {
  attribute,
  classesOf,
  hasClass,
  isBlank,
  isHidden,
  newElement,
  onlyText,
  type ParsedElement,
  type ParsedNode,
} from './parsed-html.ts';
import { backgroundOf, lazySet, lazySource } from './picture-attributes.ts';

/** The text or picture that an element becomes; null if it stays what it is. `before` is the node before it. */
export function replacement(element: ParsedElement, before: ParsedNode | undefined): ElementContent | null {
  const characters = replacementText(element, before);
  return characters === null ? replacementPicture(element) : { type: 'text', value: characters };
}

function replacementPicture(element: ParsedElement): ElementContent | null {
  if (isSvg(element)) return drawing(element);
  if (element.tagName === 'div' || element.tagName === 'span') return shownByStyle(element);
  const src = element.tagName === 'img' ? attribute(element, 'src') : undefined;
  const [, type] = /^\s*data:image\/([a-z]+)/i.exec(src?.slice(0, 100) ?? '') ?? [];
  if (!src || !type || isDrawing(src)) return null;
  // Most of these drawings are placeholders for a picture that a script would load.
  if (lazySource(element) !== undefined || lazySet(element) !== undefined) return null;
  if (type.toLowerCase() !== 'svg') return src.length > LONGEST_PREVIEW ? missingPicture(element) : null;
  const picture = drawingIn(src);
  const alt = attribute(element, 'alt');
  if (picture?.type === 'element' && alt) picture.properties['alt'] = alt;
  return picture;
}

/** An empty box that is a picture by its style, as in covers of WordPress that do not scroll: https://wordpress.org/documentation/article/cover-block/ */
function shownByStyle(box: ParsedElement): ElementContent | null {
  const isPicture = attribute(box, 'role') === 'img' || hasClass(box, 'wp-block-cover__image-background');
  const isEmpty = box.childNodes.every(isBlank);
  // Of a sheet of many, such as one of emoji, a style shows only the part at a place.
  const style = attribute(box, 'style')?.slice(0, 4_000) ?? '';
  const isPart = /\bbackground(?:-position)?\s*:(?:[^;]*\s)?-\d/i.test(style);
  const src = isPicture && isEmpty && !isPart && !isHidden(box) ? backgroundOf(box) : undefined;
  return src === undefined ? null : newElement('img', { src, alt: attribute(box, 'aria-label') ?? '' });
}

/** Blurred previews are shorter, in letters. */
const LONGEST_PREVIEW = 3_000;

/** Says that there was a picture: the archive keeps no pictures in addresses. nbconvert writes an alt for all of them. */
function missingPicture(img: ParsedElement): ElementContent | null {
  if (img.parentNode?.nodeName === 'picture' || attribute(img, 'aria-hidden') === 'true' || isHidden(img)) return null;
  const alt = cleanText(attribute(img, 'alt')?.slice(0, 1_000) ?? '');
  const isNamed = alt !== '' && alt !== 'No description has been provided for this image';
  return { type: 'text', value: isNamed ? `[picture: ${alt}]` : '[picture]' };
}

/** The characters that an element stands for: a page makes boxes, pictures and formulas of them. Null if it stands for none. */
function replacementText(element: ParsedElement, before: ParsedNode | undefined): string | null {
  if (element.tagName === 'input') return taskBox(element);
  if (element.tagName === 'img') return emoji(element);
  if (element.tagName === 'i') return boxOfIcon(element) ?? nameOfNote(element);
  if (hasClass(element, 'kg-product-card-rating-star'))
    return hasClass(element, 'kg-product-card-rating-active') ? '★' : '☆';
  // MathJax may have put its formula before the script.
  const isRendered = before && 'tagName' in before && /(?:^|\s)MathJax(?!_Preview)/.test(classesOf(before));
  return element.tagName === 'script' && !isRendered ? formula(element) : null;
}

/** The kind of a note, which Asciidoctor's style draws as an icon: https://docs.asciidoctor.org/asciidoc/latest/macros/icons-font/ */
function nameOfNote(icon: ParsedElement): string | null {
  const isOfNote = hasClass(icon, 'icon-caution', 'icon-important', 'icon-note', 'icon-tip', 'icon-warning');
  return (isOfNote && icon.childNodes.length === 0 && attribute(icon, 'title')) || null;
}

/** The box of a task: one that nobody may check, or the first thing in a point. Others only fold or open something. */
function taskBox(input: ParsedElement): string | null {
  if (attribute(input, 'type')?.toLowerCase() !== 'checkbox') return null;
  if (attribute(input, 'disabled') === undefined && !isFirstInPoint(input)) return null;
  return attribute(input, 'checked') === undefined ? '☐ ' : '☑ ';
}

/** The box of a task of Asciidoctor, if it has icons: https://docs.asciidoctor.org/asciidoc/latest/lists/checklist/ */
function boxOfIcon(icon: ParsedElement): string | null {
  if (!hasClass(icon, 'fa-square-o', 'fa-check-square-o') || !isFirstInPoint(icon)) return null;
  return hasClass(icon, 'fa-square-o') ? '☐' : '☑';
}

const POINT = /^(?:li|p|td|th|dd)$/;

function isFirstInPoint(input: ParsedElement): boolean {
  let element = input;
  for (let up = 0; up < 4 && !POINT.test(element.tagName); up += 1) {
    const around = element.parentNode;
    const isShown = (node: ParsedNode) => 'tagName' in node || ('value' in node && node.value.trim() !== '');
    if (!around || !('tagName' in around)) return false;
    const first = around.childNodes.slice(0, 5);
    if (!first.includes(element) || first.find(isShown) !== element) return false;
    element = around;
  }
  return POINT.test(element.tagName);
}

const EMOJI = /^(?=.*[^\0-\x7f])[\p{Extended_Pictographic}\p{Emoji_Component}]{1,20}$/u;

/**
 * The emoji that a picture draws. WordPress writes one into every feed, and only its style makes it as small as a
 * letter: https://developer.wordpress.org/reference/functions/wp_staticize_emoji/
 */
function emoji(img: ParsedElement): string | null {
  const alt = attribute(img, 'alt')?.trim() ?? '';
  const classes = classesOf(img);
  if (hasClass(img, 'wp-smiley') && /^\S{1,12}$/.test(alt)) return alt;
  const isDrawn = /emoji|smiley/i.test(classes) || /\/emoji/i.test(attribute(img, 'src')?.slice(0, 500) ?? '');
  return isDrawn && EMOJI.test(alt) ? alt : null;
}

/** The comments of TeX with which kramdown hides a formula from readers of XML. */
const HIDING = /^\s*%\s*(?:<!\[CDATA\[\s*)?\n|(?<!\s)\s*%(?:\]\]>)?\s*$/g;

/** A formula of MathJax 2 as `\(…\)` or `\[…\]`: https://docs.mathjax.org/en/v2.7-latest/advanced/model.html */
function formula(script: ParsedElement): string | null {
  const type = attribute(script, 'type')?.trim() ?? '';
  const text = /^math\/tex\b/i.test(type) ? onlyText(script) : '';
  if (text === '') return null;
  const tex = text.replace(HIDING, '').trim();
  return /mode\s*=\s*display/i.test(type) ? `\\[${tex}\\]` : `\\(${tex}\\)`;
}
