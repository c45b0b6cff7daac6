import { wordSet } from './text.ts';

/** No scripts, styles, animations, filters, links or foreign content. In a picture, browsers run nothing anyway. */
const SHAPES = 'circle ellipse line path polygon polyline rect text use';
const OTHERS = 'clipPath defs g linearGradient marker mask pattern radialGradient stop svg symbol tspan';
export const SVG_SHAPES = wordSet(SHAPES);
export const SVG_ELEMENTS = wordSet(`${SHAPES} ${OTHERS}`);

/** The allowed attributes. The sanitiser also accepts them as properties in a `style`. */
export const SVG_ATTRIBUTES = wordSet(
  'clip-path clip-rule clipPathUnits color cx cy d display dominant-baseline dx dy fill fill-opacity fill-rule font-family ' +
    'font-size font-style font-weight fx fy gradientTransform gradientUnits height href id letter-spacing lengthAdjust ' +
    'marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask maskContentUnits maskUnits offset opacity ' +
    'orient paint-order pathLength patternContentUnits patternTransform patternUnits points preserveAspectRatio r refX refY ' +
    'rotate rx ry shape-rendering spreadMethod stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset ' +
    'stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration textLength ' +
    'transform vector-effect viewBox visibility width word-spacing x x1 x2 xmlns y y1 y2',
);

/** Elements and text below this depth are left out. */
export const DEEPEST_SVG = 60;
/** Drawings by hand have fewer elements, and so have most drawings by programs. Drawings that take a browser seconds have more. */
export const MOST_ELEMENTS = 5_000;
/** Elements that a browser draws once for each tile or line end: they may hold little, and no `url()`. */
export const SVG_REPEATED = wordSet('marker mask pattern clipPath');
const MOST_REPEATED = 30;
export const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
const LOCAL = /^#[\w.:-]{1,200}$/;
const PAINTED = /^url\(#[\w.:-]{1,200}\)(?: [\w#]{1,40})?$/;
const CALLS = /(?<![\w-])(?:matrix|translate|scale|rotate|skewX|skewY|rgba?|hsla?)\s*\(/g;
const PLAIN = /^[\p{L}\p{N}\s#%.,+\-()_:;]*$/u;

/** Whether an attribute may have this value: numbers, names, colours, and references within the drawing. */
export function isSvgValue(name: string, value: string): boolean {
  if (name === 'xmlns') return value === SVG_NAMESPACE;
  if (name === 'href') return LOCAL.test(value);
  if (value.includes('url')) return PAINTED.test(value);
  return PLAIN.test(value) && !value.replace(CALLS, '').includes('(');
}

export const DRAWING = 'data:image/svg+xml,';
export const LONGEST_DRAWING = 150_000;
const ADDRESS = /^data:image\/svg\+xml,(?:[\w\-.!~*'(),/:=]|%[0-9A-F]{2})+$/;
/** A text with XML's own character references only, and the tag after it. */
const TOKEN = /((?:[^<>&]|&(?:lt|gt|amp);)*)<(?:\/([A-Za-z]+)|([A-Za-z]+)((?: [A-Za-z0-9-]+="[^"<>&]*")*))>/y;
const ATTRIBUTE = / ([A-Za-z0-9-]+)="([^"]*)"/g;

/** Whether an address is a drawing in the sanitiser's form, with allowed content only. */
export function isDrawing(address: string): boolean {
  if (!address.startsWith(DRAWING) || address.length > LONGEST_DRAWING || !ADDRESS.test(address)) return false;
  try {
    return isSafeSvg(decodeURIComponent(address.slice(DRAWING.length)));
  } catch {
    return false;
  }
}

interface SvgElement {
  name: string;
  /** As written: ` id="a" r="9"`. */
  attributes: string;
  /** Itself and all elements in it. */
  all: readonly SvgElement[];
}

function isSafeSvg(svg: string): boolean {
  if (!svg.startsWith(`<svg xmlns="${SVG_NAMESPACE}"`)) return false;
  const open: { name: string; index: number }[] = [];
  const elements: SvgElement[] = [];
  let at = 0;
  do {
    TOKEN.lastIndex = at;
    const [token, , closing, name, attributes = ''] = TOKEN.exec(svg) ?? [];
    if (token === undefined) return false;
    at += token.length;
    if (closing !== undefined) {
      const { name: opened, index = 0 } = open.pop() ?? {};
      const element = elements[index];
      if (opened !== closing || element === undefined) return false;
      element.all = elements.slice(index);
    } else if (name !== undefined) {
      if (!SVG_ELEMENTS.has(name) || !areSafe(attributes)) return false;
      if (open.push({ name, index: elements.length }) > DEEPEST_SVG + 1) return false;
      elements.push({ name, attributes, all: [] });
    }
  } while (open.length > 0);
  return at === svg.length && isCheap(elements);
}

/**
 * Whether a drawing is small as a browser draws it. Copies of copies multiply, as in
 * https://en.wikipedia.org/wiki/Billion_laughs_attack, and so do patterns in patterns. Of elements with one id, each
 * may be drawn.
 */
function isCheap(elements: readonly SvgElement[]): boolean {
  if (elements.length > MOST_ELEMENTS + 1) return false;
  const byId = Map.groupBy(elements, ({ attributes }) => / id="([^"]*)"/.exec(attributes)?.[1]);
  let drawn = 0;
  for (const { name, attributes, all } of elements) {
    if (SVG_REPEATED.has(name)) {
      const [, ...inner] = all;
      if (inner.length > MOST_REPEATED || all.some((each) => each.attributes.includes('url'))) return false;
      if (inner.some((each) => each.name === 'use' || SVG_REPEATED.has(each.name))) return false;
    }
    if (name !== 'use') continue;
    for (const target of byId.get(/ href="#([^"]*)"/.exec(attributes)?.[1]) ?? []) {
      drawn += target.all.length;
      if (drawn > MOST_ELEMENTS || target.all.some((each) => each.name === 'use')) return false;
    }
  }
  return true;
}

function areSafe(attributes: string): boolean {
  for (const [, name = '', value = ''] of attributes.matchAll(ATTRIBUTE))
    if (!SVG_ATTRIBUTES.has(name) || !isSvgValue(name, value)) return false;
  return true;
}
