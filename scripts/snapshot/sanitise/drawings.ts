import type { ElementContent } from 'hast';
import { html as names } from 'parse5';
import { cleanText, escapeText, percentDecoded } from '../../../src/core/clean-text.ts';
import {
  DEEPEST_SVG,
  DRAWING,
  isDrawing,
  isSvgValue,
  LONGEST_DRAWING,
  MOST_ELEMENTS,
  SVG_ATTRIBUTES,
  SVG_ELEMENTS,
  SVG_NAMESPACE,
  SVG_REPEATED,
  SVG_SHAPES,
} from '../../../src/core/svg-schema.ts';
import { mapByName } from '../../../src/core/text.ts';
import { applyStyleRules } from './drawing-rules.ts';
import { drawingName, printedLabel } from './drawing-words.ts';
import {
  attribute,
  classesOf,
  elementsAround,
  everyElement,
  hasClass,
  isButton,
  isHidden,
  newElement,
  type ParsedElement,
  type ParsedNode,
  parseInDiv,
  styleOf,
} from './parsed-html.ts';

/** An `<img>` in which no script can run, or of the file that it only frames; its name as text if it is too large, even without its rules; null for an ornament. */
export function drawing(svg: ParsedElement): ElementContent | null {
  const elements = everyElement(svg.childNodes);
  const name = drawingName(svg, elements);
  // A formula of Typst may be one letter: https://github.com/typst/typst/issues/8230
  const isText = elements.some((each) => hasClass(each, 'typst-text'));
  if (!isText && isOrnament(svg, name)) return null;
  const [width, height] = sidesOf(svg);
  const size = { ...(width && { width }), ...(height && { height }) };
  const sides = Object.fromEntries(Object.entries(size).map(([side, length]) => [side, String(Math.ceil(length))]));
  if (!elements.some(({ tagName }) => SVG_SHAPES.has(tagName))) {
    const src = isHidden(svg) ? undefined : onlyFile(elements);
    return src === undefined ? null : newElement('img', { src, alt: name, ...sides });
  }
  const address = () => (elements.length > MOST_ELEMENTS ? null : drawingAddress(svg, size));
  const plain = address();
  const src = (plain !== null && applyStyleRules(svg, elements) ? address() : null) ?? plain;
  if (isHidden(svg)) return null;
  if (src === null) return { type: 'text', value: name === '' ? '[drawing]' : `[drawing: ${name}]` };
  return newElement('img', { src, alt: name, ...sides });
}

/** The address of the only picture in a drawing, if it is one of a file. */
function onlyFile(elements: readonly ParsedElement[]): string | undefined {
  const [picture, ...others] = elements.filter(({ tagName }) => tagName === 'image');
  // `href` or, until SVG 2, `xlink:href`.
  const address = picture?.attrs.find(({ name }) => name === 'href')?.value;
  return others.length > 0 || /^\s*data:/i.test(address ?? '') ? undefined : address;
}

/** The drawing in a `data:` address, as `drawing` returns it; null where the address holds none. */
export function drawingIn(address: string): ElementContent | null {
  const [, base64, data = ''] =
    /^\s*data:image\/svg\+xml(?:;(?:charset=)?[\w-]+)*?(;base64)?,(.*)$/is.exec(address) ?? [];
  if (data === '' || data.length > 2 * LONGEST_DRAWING) return null;
  const text = percentDecoded(data);
  const source = base64 === undefined ? text : Buffer.from(text, 'base64').toString('utf8');
  const svg = everyElement(parseInDiv(source)).find(isSvg);
  return svg ? drawing(svg) : null;
}

export function isSvg({ tagName, namespaceURI }: ParsedElement): boolean {
  return tagName === 'svg' && namespaceURI === names.NS.SVG;
}

/** Width and height in pixels. A small drawing without any is as large as its box: only its page's style makes it an icon. */
function sidesOf(svg: ParsedElement): (number | undefined)[] {
  const sides = [attribute(svg, 'width'), attribute(svg, 'height')];
  // Mermaid: as wide as the page, up to its natural width.
  if (sides[0] === '100%') sides[0] = styleOf(svg).get('max-width') ?? '100%';
  const isStyled = ['width', 'height'].some((side) => styleOf(svg).has(side));
  if (isStyled || sides.some((side) => side !== undefined)) return sides.map(lengthInPixels);
  const box = (attribute(svg, 'viewBox') ?? '').trim().split(/[\s,]+/);
  const drawn = box.slice(2, 4).map(lengthInPixels);
  return drawn.every((side) => side !== undefined && side >= ICON_SIDES.least && side <= ICON_SIDES.most) ? drawn : [];
}

/** A smaller box has units of its own: the unit circle. */
const ICON_SIDES = { least: 8, most: 64 };

/** Whether a drawing only decorates a word or a button. */
function isOrnament(svg: ParsedElement, name: string): boolean {
  // A formula of MathJax may be one letter, and is hidden from screen readers: MathML may follow it.
  if (svg.parentNode?.nodeName === 'mjx-container')
    return svg.parentNode.childNodes.at(-1)?.nodeName === 'mjx-assistive-mml';
  const hidden = isHidden(svg) || attribute(svg, 'aria-hidden') === 'true' || attribute(svg, 'display') === 'none';
  const isInButton = elementsAround(svg, 3).some(({ tagName }) => tagName === 'button');
  if (hidden || isInButton || /^(?:presentation|none)$/.test(attribute(svg, 'role') ?? '')) return true;
  const sides = [attribute(svg, 'width'), attribute(svg, 'height')].map(lengthInPixels);
  const tiny = sides.every((side) => side !== undefined && side <= 24);
  // Without a size of its own it would be as wide as the text. Diagrams that are enlarged with a click have a size.
  const isUnsized = ['width', 'height'].every((side) => attribute(svg, side) === undefined);
  const isIcon = [svg, ...(isUnsized ? elementsAround(svg, 1) : [])].some((each) => ICON.test(classesOf(each)));
  return sides.includes(0) || (name === '' && (tiny || isIcon || (isUnsized && elementsAround(svg, 3).some(isButton))));
}

const ICON = /(?:^|[\s_-])(?:icon|octicon|fa|emoji|svg-inline)(?:$|[\s_-])/i;

const UNITS = mapByName({ '': 1, px: 1, pt: 4 / 3, 'pc em rem': 16, mm: 96 / 25.4, cm: 96 / 2.54, in: 96, ex: 8 });

function lengthInPixels(length: string | undefined): number | undefined {
  const [, number = '', unit = ''] =
    /^\s*(\d{1,5}(?:\.\d{1,6})?|\.\d{1,6})([a-z]{0,3})\s*$/i.exec(length?.slice(0, 30) ?? '') ?? [];
  const factor = UNITS.get(unit.toLowerCase());
  return number === '' || factor === undefined ? undefined : Number((Number(number) * factor).toFixed(2));
}

/** Elements that are left out: none, else those that a browser would draw too often, else copies too. */
const LEFT_OUT: readonly ReadonlySet<string>[] = [new Set(), SVG_REPEATED, new Set([...SVG_REPEATED, 'use'])];

/** The drawing as a `data:` address, only with elements and attributes of our schema; null where the schema refuses the result. */
function drawingAddress(svg: ParsedElement, sides: object): string | null {
  const size = Object.entries(sides).map(([side, length]) => ` ${side}="${length}"`);
  const start = `<svg xmlns="${SVG_NAMESPACE}"${size.join('')}${svgAttributes(svg)}>`;
  for (const leftOut of LEFT_OUT) {
    const inner = svg.childNodes.map((node) => printedNode(node, 1, leftOut)).join('');
    const source = encodeURIComponent(`${start}${inner}</svg>`).replace(/%(?:2C|2F|3A|3D)/g, decodeURIComponent);
    // Two implementations must agree: the printer here and the check of the schema.
    if (isDrawing(DRAWING + source)) return DRAWING + source;
  }
  return null;
}

function printedNode(node: ParsedNode, depth: number, leftOut: ReadonlySet<string>): string {
  if (!('tagName' in node)) return 'value' in node ? printedText(node.value, node.parentNode) : '';
  const { tagName } = node;
  if (depth > DEEPEST_SVG) return '';
  const inner = () => node.childNodes.map((each) => printedNode(each, depth + 1, leftOut)).join('');
  // The children of a link or a switch stay. Any other unknown element is removed with its children.
  if (tagName === 'a' || tagName === 'switch') return inner();
  if (tagName === 'foreignObject') return printedLabel(node);
  if (!SVG_ELEMENTS.has(tagName) || node.namespaceURI !== names.NS.SVG || leftOut.has(tagName)) return '';
  return `<${tagName}${svgAttributes(node)}>${inner()}</${tagName}>`;
}

function printedText(text: string, parent: ParsedElement['parentNode']): string {
  const isShown = parent !== null && 'tagName' in parent && /^(?:text|tspan|a)$/.test(parent.tagName);
  if (!isShown) return '';
  const clean = cleanText(text);
  const space = (edge: RegExp): string => (edge.test(text) ? ' ' : '');
  return escapeText(`${space(/^\s/)}${clean}${space(/\s$/)}`);
}

function svgAttributes(element: ParsedElement): string {
  const found = new Map<string, string>();
  const keep = (name: string, written: string): void => {
    const value = written
      .replace(/["'<>&]/g, '')
      .replace(/\s+/g, ' ')
      .trim();
    if (SVG_ATTRIBUTES.has(name) && name !== 'xmlns' && isSvgValue(name, value)) found.set(name, value);
  };
  const { tagName, parentNode: parent } = element;
  const isRoot = tagName === 'svg' && !(parent && 'namespaceURI' in parent && parent.namespaceURI === names.NS.SVG);
  // Its sides are written before: twice, no browser would show the drawing.
  const isSide = (name: string) => isRoot && /^(?:width|height)$/.test(name);
  for (const { name, value } of element.attrs) if (!isSide(name)) keep(name, value);
  for (const rule of (attribute(element, 'style') ?? '').split(';')) {
    const [, property = '', value = ''] = /^\s*([a-z-]+)\s*:(.*)$/is.exec(rule) ?? [];
    if (/^(?:href|id)$/.test(property) || (isSide(property) && lengthInPixels(attribute(element, property)))) continue;
    keep(property, value.replace(/!important\s*$/i, ''));
  }
  return [...found].map(([name, value]) => ` ${name}="${value}"`).join('');
}
