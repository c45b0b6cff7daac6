/**
 * The allowed content of inline drawings, which become pictures (`data:image/svg+xml`): no scripts, styles, animations, filters,
 * links, or foreign or external content. Browsers run nothing in a picture anyway; this is a second protection.
 */
const SHAPES = 'circle ellipse line path polygon polyline rect text use';
const OTHERS = 'clipPath defs g linearGradient marker mask pattern radialGradient stop svg symbol tspan';

export const SVG_SHAPES: ReadonlySet<string> = new Set(SHAPES.split(' '));
export const SVG_ELEMENTS: ReadonlySet<string> = new Set(`${SHAPES} ${OTHERS}`.split(' '));

/** The allowed attributes. The sanitiser also accepts them as properties in a `style`. */
export const SVG_ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'clip-path clip-rule clipPathUnits color cx cy d display dominant-baseline dx dy fill fill-opacity fill-rule font-family ' +
    'font-size font-style font-weight fx fy gradientTransform gradientUnits height href id letter-spacing lengthAdjust ' +
    'marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask maskContentUnits maskUnits offset opacity ' +
    'orient paint-order pathLength patternContentUnits patternTransform patternUnits points preserveAspectRatio r refX refY ' +
    'rotate rx ry shape-rendering spreadMethod stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset ' +
    'stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration textLength ' +
    'transform vector-effect viewBox visibility width word-spacing x x1 x2 xmlns y y1 y2'
  ).split(' '),
);

export const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
export const LOCAL = /^#[\w.:-]{1,200}$/;
const PAINTED = /^url\(#[\w.:-]{1,200}\)(?: [\w#]{1,40})?$/;
const FUNCTIONS = /^(?:matrix|translate|scale|rotate|skewX|skewY|rgba?|hsla?)$/;
const PLAIN = /^[\p{L}\p{N}\s#%.,+\-()_:;]*$/u;

/** Whether an attribute may have this value: numbers, names, colours, and references within the drawing. */
export function isSvgValue(name: string, value: string): boolean {
  if (name === 'xmlns') return value === SVG_NAMESPACE;
  if (name === 'href') return LOCAL.test(value);
  if (value.includes('url')) return PAINTED.test(value);
  if (!PLAIN.test(value)) return false;
  for (const [, called = ''] of value.matchAll(/([\w-]*)\s*\(/g)) if (!FUNCTIONS.test(called)) return false;
  return true;
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

function isSafeSvg(svg: string): boolean {
  if (!svg.startsWith(`<svg xmlns="${SVG_NAMESPACE}"`)) return false;
  const open: string[] = [];
  let at = 0;
  do {
    TOKEN.lastIndex = at;
    const [token, , closing, name, attributes = ''] = TOKEN.exec(svg) ?? [];
    if (token === undefined) return false;
    at += token.length;
    if (closing !== undefined) {
      if (open.pop() !== closing) return false;
    } else if (name !== undefined) {
      if (!SVG_ELEMENTS.has(name) || !areSafe(attributes)) return false;
      open.push(name);
    }
  } while (open.length > 0);
  return at === svg.length;
}

function areSafe(attributes: string): boolean {
  for (const [, name = '', value = ''] of attributes.matchAll(ATTRIBUTE))
    if (!SVG_ATTRIBUTES.has(name) || !isSvgValue(name, value)) return false;
  return true;
}
