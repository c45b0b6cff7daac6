import type { ElementContent } from 'hast';
import { html as names } from 'parse5';
import { cleanText } from '../../../src/core/clean-text.ts';
import {
  DRAWING,
  isDrawing,
  isSvgValue,
  LOCAL,
  LONGEST_DRAWING,
  SVG_ATTRIBUTES,
  SVG_ELEMENTS,
  SVG_NAMESPACE,
  SVG_SHAPES,
} from '../../../src/core/svg-schema.ts';
import { attribute, type ParsedElement, parseInDiv } from './parsed-html.ts';

/** More than any drawing by hand, and most by machines; what costs a browser seconds has more. */
const MOST_ELEMENTS = 5_000;
const DEEPEST = 60;
/** Drawn once for each line's end, or tile: these may hold little. */
const REPEATED = new Set(['marker', 'mask', 'pattern', 'clipPath']);
const MOST_REPEATED = 30;

/** A drawing as a picture, in which nothing can run; its name where it is too large for one; null where it is an ornament. */
export function drawing(svg: ParsedElement): ElementContent | null {
  const elements = within(svg);
  const name = nameOf(svg, elements);
  if (isOrnament(svg, name) || !elements.some(({ tagName }) => SVG_SHAPES.has(tagName))) return null;
  const size = { width: pixels(attribute(svg, 'width')), height: pixels(attribute(svg, 'height')) };
  const src = elements.length > MOST_ELEMENTS ? null : addressOf(svg, elements, size);
  if (src === null) return { type: 'text', value: name === '' ? '[drawing]' : `[drawing: ${name}]` };
  const properties = {
    src,
    alt: name,
    ...(size.width && { width: String(Math.ceil(size.width)) }),
    ...(size.height && { height: String(Math.ceil(size.height)) }),
  };
  return { type: 'element', tagName: 'img', properties, children: [] };
}

/** The drawing in an address that holds one, as a feed wrote it. */
export function drawingIn(address: string): ElementContent | null {
  const [, base64, data = ''] =
    /^\s*data:image\/svg\+xml(?:;(?:charset=)?[\w-]+)*?(;base64)?,(.*)$/is.exec(address) ?? [];
  if (data === '' || data.length > 2 * LONGEST_DRAWING) return null;
  const svg = within({ childNodes: parseInDiv(decoded(data, base64 !== undefined)) }).find(isSvg);
  return svg ? drawing(svg) : null;
}

function decoded(data: string, base64: boolean): string {
  try {
    const text = decodeURIComponent(data);
    return base64 ? Buffer.from(text, 'base64').toString('utf8') : text;
  } catch {
    return data;
  }
}

export function isSvg({ tagName, namespaceURI }: ParsedElement): boolean {
  return tagName === 'svg' && namespaceURI === names.NS.SVG;
}

/** What stands beside words or in a button and says nothing of its own. */
function isOrnament(svg: ParsedElement, name: string): boolean {
  const hidden = attribute(svg, 'aria-hidden') === 'true' || attribute(svg, 'hidden') !== undefined;
  if (hidden || isInButton(svg) || /^(?:presentation|none)$/.test(attribute(svg, 'role') ?? '')) return true;
  if (/display\s*:\s*none/i.test(attribute(svg, 'style') ?? '') || attribute(svg, 'display') === 'none') return true;
  const sides = [attribute(svg, 'width'), attribute(svg, 'height')].map(pixels);
  const tiny = sides.every((side) => side !== undefined && side <= 16);
  return sides.includes(0) || (name === '' && (tiny || ICON.test(attribute(svg, 'class')?.slice(0, 500) ?? '')));
}

function isInButton({ parentNode }: ParsedElement): boolean {
  let box = parentNode;
  for (let up = 0; up < 3 && box && 'tagName' in box; up++, box = box.parentNode)
    if (box.tagName === 'button') return true;
  return false;
}

const ICON = /(?:^|[\s_-])(?:icon|octicon|fa|emoji|svg-inline)(?:$|[\s_-])/i;

const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['px', 1],
  ['pt', 4 / 3],
  ['pc', 16],
  ['mm', 96 / 25.4],
  ['cm', 96 / 2.54],
  ['in', 96],
  ['em', 16],
  ['rem', 16],
  ['ex', 8],
]);

function pixels(length: string | undefined): number | undefined {
  const [, number = '', unit = ''] =
    /^\s*(\d{1,5}(?:\.\d{1,6})?|\.\d{1,6})([a-z]{0,3})\s*$/i.exec(length?.slice(0, 30) ?? '') ?? [];
  const factor = UNITS.get(unit.toLowerCase());
  return number === '' || factor === undefined ? undefined : Number((Number(number) * factor).toFixed(2));
}

function nameOf(svg: ParsedElement, elements: readonly ParsedElement[]): string {
  const words = (tagName: string): string =>
    elements
      .filter((each) => each.tagName === tagName)
      .map((each) => textOf(each))
      .join(' ');
  const named = elements.find(({ tagName }) => tagName === 'title');
  const name = attribute(svg, 'aria-label') || (named && textOf(named)) || words('desc') || words('text');
  return cleanText(name.slice(0, 1_000)).slice(0, 200);
}

function textOf(element: ParsedElement, depth = 0): string {
  const inner = depth < DEEPEST ? element.childNodes : [];
  return inner
    .map((node) => {
      if ('value' in node) return node.value;
      return 'tagName' in node && node.tagName === 'tspan' ? textOf(node, depth + 1) : '';
    })
    .join('');
}

/** In document order, without recursion. */
function within(root: Pick<ParsedElement, 'childNodes'>): ParsedElement[] {
  const found: ParsedElement[] = [];
  const waiting = root.childNodes.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!('tagName' in node)) continue;
    found.push(node);
    for (const child of node.childNodes.toReversed()) waiting.push(child);
  }
  return found;
}

interface Size {
  width: number | undefined;
  height: number | undefined;
}

function addressOf(svg: ParsedElement, elements: readonly ParsedElement[], size: Size): string | null {
  const shown = copies(elements);
  const sides = Object.entries(size).flatMap(([side, length]) => (length ? ` ${side}="${length}"` : []));
  const start = `<svg xmlns="${SVG_NAMESPACE}"${sides.join('')}${attributesOf(svg, false)}>`;
  const inner = svg.childNodes.map((node) => printed(node, 1, false, shown)).join('');
  const source = encodeURIComponent(`${start}${inner}</svg>`).replace(/%(?:2C|2F|3A|3D)/g, decodeURIComponent);
  // Written by one hand and read by another: should they differ there is no picture.
  return isDrawing(DRAWING + source) ? DRAWING + source : null;
}

function printed(
  node: ParsedElement['childNodes'][number],
  depth: number,
  repeated: boolean,
  shown: ReadonlySet<ParsedElement>,
): string {
  if (!('tagName' in node)) return 'value' in node ? escaped(node.value, node.parentNode) : '';
  const { tagName } = node;
  if (depth > DEEPEST) return '';
  // What a link or a switch holds stays; what else is not known goes whole.
  if (tagName === 'a' || tagName === 'switch')
    return node.childNodes.map((each) => printed(each, depth + 1, repeated, shown)).join('');
  if (!SVG_ELEMENTS.has(tagName) || node.namespaceURI !== names.NS.SVG) return '';
  if (tagName === 'use' && (repeated || !shown.has(node))) return '';
  const again = REPEATED.has(tagName);
  if (again && (repeated || within(node).length > MOST_REPEATED)) return '';
  const inner = node.childNodes.map((each) => printed(each, depth + 1, repeated || again, shown)).join('');
  return `<${tagName}${attributesOf(node, repeated || again)}>${inner}</${tagName}>`;
}

function escaped(text: string, parent: ParsedElement['parentNode']): string {
  const shows = parent !== null && 'tagName' in parent && /^(?:text|tspan|a)$/.test(parent.tagName);
  if (!shows) return '';
  const clean = cleanText(text);
  const space = (edge: RegExp): string => (edge.test(text) ? ' ' : '');
  return `${space(/^\s/)}${clean}${space(/\s$/)}`
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** `repeated` where nothing may lead on to what is drawn again and again. */
function attributesOf(element: ParsedElement, repeated: boolean): string {
  const found = new Map<string, string>();
  const keep = (name: string, written: string): void => {
    const value = written
      .replace(/["'<>&]/g, '')
      .replace(/\s+/g, ' ')
      .trim();
    const leads = repeated && value.includes('url');
    if (SVG_ATTRIBUTES.has(name) && name !== 'xmlns' && !leads && isSvgValue(name, value)) found.set(name, value);
  };
  for (const { name, value } of element.attrs)
    if (element.tagName !== 'svg' || !/^(?:width|height)$/.test(name) || !isRoot(element)) keep(name, value);
  for (const rule of (attribute(element, 'style') ?? '').split(';')) {
    const [, property = '', value = ''] = /^\s*([a-z-]+)\s*:\s*(.*?)\s*(?:!important)?\s*$/is.exec(rule) ?? [];
    if (property !== 'href' && property !== 'id') keep(property, value);
  }
  return [...found].map(([name, value]) => ` ${name}="${value}"`).join('');
}

function isRoot({ parentNode }: ParsedElement): boolean {
  return !(parentNode && 'namespaceURI' in parentNode && parentNode.namespaceURI === names.NS.SVG);
}

/** The copies that may be drawn: of what is in the drawing, holds no copy itself, and is not too much in all. */
function copies(elements: readonly ParsedElement[]): Set<ParsedElement> {
  const byId = new Map(elements.map((each) => [attribute(each, 'id'), each]));
  const shown = new Set<ParsedElement>();
  let drawn = 0;
  for (const element of elements) {
    if (element.tagName !== 'use') continue;
    const href = element.attrs.find(({ name }) => name === 'href')?.value.trim() ?? '';
    const target = LOCAL.test(href) ? byId.get(href.slice(1)) : undefined;
    if (!target || target.tagName === 'use' || drawn > MOST_ELEMENTS) continue;
    const parts = within(target);
    drawn += 1 + parts.length;
    if (drawn <= MOST_ELEMENTS && !parts.some(({ tagName }) => tagName === 'use')) shown.add(element);
  }
  return shown;
}
