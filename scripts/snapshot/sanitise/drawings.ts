import type { ElementContent } from 'hast';
import { html as names } from 'parse5';
import { cleanText } from '../../../src/core/clean-text.ts';
import { LONGEST_DRAWING, SVG_SHAPES } from '../../../src/core/svg-schema.ts';
import { attribute, classesOf, everyElement, type ParsedElement, parseInDiv } from './parsed-html.ts';
import { drawingAddress, MOST_ELEMENTS } from './print-drawing.ts';

/** Text that is deeper inside a name is left out. */
const DEEPEST = 60;

/** An `<img>` in which no script can run; the name of the drawing as text where it is too large; null for an ornament. */
export function drawing(svg: ParsedElement): ElementContent | null {
  const elements = everyElement(svg.childNodes);
  const name = nameOf(svg, elements);
  if (isOrnament(svg, name) || !elements.some(({ tagName }) => SVG_SHAPES.has(tagName))) return null;
  const [width, height] = [pixels(attribute(svg, 'width')), pixels(attribute(svg, 'height'))];
  const src = elements.length > MOST_ELEMENTS ? null : drawingAddress(svg, elements, { width, height });
  if (src === null) return { type: 'text', value: name === '' ? '[drawing]' : `[drawing: ${name}]` };
  const whole = (side: number) => String(Math.ceil(side));
  const sides = { ...(width && { width: whole(width) }), ...(height && { height: whole(height) }) };
  return { type: 'element', tagName: 'img', properties: { src, alt: name, ...sides }, children: [] };
}

/** The drawing in a `data:` address, as `drawing` returns it; null where the address holds none. */
export function drawingIn(address: string): ElementContent | null {
  const [, base64, data = ''] =
    /^\s*data:image\/svg\+xml(?:;(?:charset=)?[\w-]+)*?(;base64)?,(.*)$/is.exec(address) ?? [];
  if (data === '' || data.length > 2 * LONGEST_DRAWING) return null;
  const svg = everyElement(parseInDiv(decoded(data, base64 !== undefined))).find(isSvg);
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

/** Whether a drawing only decorates a word or a button. */
function isOrnament(svg: ParsedElement, name: string): boolean {
  const hidden = attribute(svg, 'aria-hidden') === 'true' || attribute(svg, 'hidden') !== undefined;
  if (hidden || isInButton(svg) || /^(?:presentation|none)$/.test(attribute(svg, 'role') ?? '')) return true;
  if (/display\s*:\s*none/i.test(attribute(svg, 'style') ?? '') || attribute(svg, 'display') === 'none') return true;
  const sides = [attribute(svg, 'width'), attribute(svg, 'height')].map(pixels);
  const tiny = sides.every((side) => side !== undefined && side <= 24);
  return sides.includes(0) || (name === '' && (tiny || ICON.test(classesOf(svg))));
}

function isInButton({ parentNode }: ParsedElement): boolean {
  let box = parentNode;
  for (let up = 0; up < 3 && box && 'tagName' in box; up++, box = box.parentNode)
    if (box.tagName === 'button') return true;
  return false;
}

const ICON = /(?:^|[\s_-])(?:icon|octicon|fa|emoji|svg-inline)(?:$|[\s_-])/i;

/** Pixels in a unit. */
const UNITS: ReadonlyMap<string, number> = new Map(
  Object.entries({ '': 1, px: 1, pt: 4 / 3, pc: 16, mm: 96 / 25.4, cm: 96 / 2.54, in: 96, em: 16, rem: 16, ex: 8 }),
);

function pixels(length: string | undefined): number | undefined {
  const [, number = '', unit = ''] =
    /^\s*(\d{1,5}(?:\.\d{1,6})?|\.\d{1,6})([a-z]{0,3})\s*$/i.exec(length?.slice(0, 30) ?? '') ?? [];
  const factor = UNITS.get(unit.toLowerCase());
  return number === '' || factor === undefined ? undefined : Number((Number(number) * factor).toFixed(2));
}

function nameOf(svg: ParsedElement, elements: readonly ParsedElement[]): string {
  const textsOf = (name: string) => elements.filter(({ tagName }) => tagName === name).map((each) => textOf(each));
  const [title = ''] = textsOf('title');
  const name = attribute(svg, 'aria-label') || title || textsOf('desc').join(' ') || textsOf('text').join(' ');
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
