import { html as names } from 'parse5';
import { cleanText, escapeText } from '../../../src/core/clean-text.ts';
import {
  DRAWING,
  isDrawing,
  isSvgValue,
  LOCAL,
  SVG_ATTRIBUTES,
  SVG_ELEMENTS,
  SVG_NAMESPACE,
} from '../../../src/core/svg-schema.ts';
import { attribute, everyElement, type ParsedElement } from './parsed-html.ts';

/** Drawings by hand have fewer elements, and so have most drawings by programs. Drawings that take a browser seconds have more. */
export const MOST_ELEMENTS = 5_000;
const DEEPEST = 60;
/** Elements that a browser draws once for each tile or line end: they may hold little. */
const REPEATED = new Set(['marker', 'mask', 'pattern', 'clipPath']);
const MOST_REPEATED = 30;

interface Size {
  width: number | undefined;
  height: number | undefined;
}

/** The drawing as a `data:` address, only with elements and attributes of our schema; null where the schema refuses the result. */
export function drawingAddress(svg: ParsedElement, elements: readonly ParsedElement[], size: Size): string | null {
  const copies = allowedCopies(elements);
  const sides = Object.entries(size).flatMap(([side, length]) => (length ? ` ${side}="${length}"` : []));
  const start = `<svg xmlns="${SVG_NAMESPACE}"${sides.join('')}${attributesOf(svg, false)}>`;
  const inner = svg.childNodes.map((node) => printed(node, 1, false, copies)).join('');
  const source = encodeURIComponent(`${start}${inner}</svg>`).replace(/%(?:2C|2F|3A|3D)/g, decodeURIComponent);
  // Two implementations must agree: the printer here and the check of the schema.
  return isDrawing(DRAWING + source) ? DRAWING + source : null;
}

function printed(
  node: ParsedElement['childNodes'][number],
  depth: number,
  repeated: boolean,
  copies: ReadonlySet<ParsedElement>,
): string {
  if (!('tagName' in node)) return 'value' in node ? escaped(node.value, node.parentNode) : '';
  const { tagName } = node;
  if (depth > DEEPEST) return '';
  // The children of a link or a switch stay. Any other unknown element is removed with its children.
  if (tagName === 'a' || tagName === 'switch')
    return node.childNodes.map((each) => printed(each, depth + 1, repeated, copies)).join('');
  if (!SVG_ELEMENTS.has(tagName) || node.namespaceURI !== names.NS.SVG) return '';
  if (tagName === 'use' && (repeated || !copies.has(node))) return '';
  const again = REPEATED.has(tagName);
  if (again && (repeated || everyElement(node.childNodes).length > MOST_REPEATED)) return '';
  const inner = node.childNodes.map((each) => printed(each, depth + 1, repeated || again, copies)).join('');
  return `<${tagName}${attributesOf(node, repeated || again)}>${inner}</${tagName}>`;
}

function escaped(text: string, parent: ParsedElement['parentNode']): string {
  const isShown = parent !== null && 'tagName' in parent && /^(?:text|tspan|a)$/.test(parent.tagName);
  if (!isShown) return '';
  const clean = cleanText(text);
  const space = (edge: RegExp): string => (edge.test(text) ? ' ' : '');
  return escapeText(`${space(/^\s/)}${clean}${space(/\s$/)}`);
}

/** @param repeated whether the element is drawn many times: then no `url()` may point from it to another element */
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

/**
 * The `<use>` elements that stay: their target is in the drawing and holds no `<use>` itself, and all copies together are not too
 * many elements. Nested copies multiply, as in https://en.wikipedia.org/wiki/Billion_laughs_attack.
 */
function allowedCopies(elements: readonly ParsedElement[]): Set<ParsedElement> {
  const byId = new Map(elements.map((each) => [attribute(each, 'id'), each]));
  const copies = new Set<ParsedElement>();
  let drawn = 0;
  for (const element of elements) {
    if (element.tagName !== 'use') continue;
    const href = element.attrs.find(({ name }) => name === 'href')?.value.trim() ?? '';
    const target = LOCAL.test(href) ? byId.get(href.slice(1)) : undefined;
    if (!target || target.tagName === 'use' || drawn > MOST_ELEMENTS) continue;
    const parts = everyElement(target.childNodes);
    drawn += 1 + parts.length;
    if (drawn <= MOST_ELEMENTS && !parts.some(({ tagName }) => tagName === 'use')) copies.add(element);
  }
  return copies;
}
