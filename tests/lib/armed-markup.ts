import { type DefaultTreeAdapterMap, defaultTreeAdapter, html as names, parse, parseFragment, serialize } from 'parse5';
import { ATTRIBUTES } from '../../scripts/snapshot/sanitise/schema.ts';

type Node = DefaultTreeAdapterMap['node'];

// Written from what browsers do, and not from the project's own schema: two lists that must agree.
const ARMED_ELEMENTS = new Set(
  (
    'script style template noscript noembed noframes xmp textarea title svg object embed applet form input button ' +
    'select option isindex keygen frame frameset base meta link portal fencedframe annotation-xml mglyph malignmark ' +
    'maction body html head plaintext listing image area map bgsound layer canvas dialog slot param'
  ).split(' '),
);
const ADDRESSES = new Set(
  (
    'href src srcset poster cite action formaction data background longdesc ping code codebase classid manifest ' +
    'profile usemap dynsrc lowsrc archive icon imagesrcset'
  ).split(' '),
);
const ARMED_ATTRIBUTES = new Set(
  (
    'style srcdoc name target form formaction action http-equiv is slot part nonce ping autofocus autoplay ' +
    'contenteditable accesskey popover popovertarget hidden inert crossorigin integrity attributionsrc usemap'
  ).split(' '),
);
// A focus of its own is good for these alone, and in the order of the page.
const SCROLLING = new Set(['pre', 'table', 'math']);

function armedAddress(attribute: string, value: string): boolean {
  if (attribute === 'srcset')
    return value.split(', ').some((candidate) => !/^https?:\/\/[^\s/@]+(\/\S*)?( [\d.]+[wx])?$/.test(candidate));
  if (attribute === 'href') return !/^(https?:\/\/|mailto:|#)/.test(value) || /^https?:\/\/[^/]*@/.test(value);
  if (attribute === 'src' && value.startsWith(DRAWING)) return false;
  return !/^https?:\/\/[^/@]+(\/|$)/.test(value);
}

const DRAWING = 'data:image/svg+xml,';

/** A drawing is a picture in its own address; here is what it could do where a browser took it for a page. */
function armedDrawing(address: string): string[] {
  if (!address.startsWith(DRAWING)) return [];
  // Words are words: only what stands in a tag can do anything.
  const svg = decodeURIComponent(address.slice(DRAWING.length)).replace(/>[^<]*/g, '>');
  const bad =
    /<(?:[^a-z/]|[a-z]+:|script|style|foreignObject|image|img|iframe|object|embed|a\b|set\b|animate|discard|handler|fe[A-Z]|filter|html)/i.exec(
      svg,
    ) ??
    /\s(?:on\w+|style|class|src|xlink:href|xml:base|begin)\s*=/i.exec(svg) ??
    /href="(?!#)|url\((?!#)|@import|expression|javascript:|data:|&(?!(?:lt|gt|amp);)/i.exec(svg) ??
    /:\/\//.exec(svg.replace('xmlns="http://www.w3.org/2000/svg"', ''));
  return bad ? [`the drawing ${bad[0]}`] : [];
}

function armedIn(node: Node, found: string[]): void {
  if (node.nodeName === '#comment') found.push('a comment');
  if ('tagName' in node) {
    if (ARMED_ELEMENTS.has(node.tagName) || !/^[a-z][a-z0-9]*$/.test(node.tagName)) found.push(`<${node.tagName}>`);
    for (const { name, value, prefix } of node.attrs) {
      const bad =
        /^on|^data-|^xml|[^a-z]/.test(name) ||
        prefix ||
        ARMED_ATTRIBUTES.has(name) ||
        (name === 'tabindex' && !(value === '0' && SCROLLING.has(node.tagName))) ||
        (name === 'class' && !/^language-\S+$/.test(value)) ||
        (value.startsWith(DRAWING) && node.tagName !== 'img') ||
        (ADDRESSES.has(name) && armedAddress(name, value));
      if (bad) found.push(`<${node.tagName} ${name}="${value}">`);
    }
    if (node.tagName === 'img') found.push(...armedDrawing(node.attrs.find(({ name }) => name === 'src')?.value ?? ''));
    const src = node.attrs.find(({ name }) => name === 'src')?.value ?? '';
    if (
      node.tagName === 'iframe' &&
      !/^https:\/\/(www\.youtube-nocookie\.com\/embed|player\.vimeo\.com\/video)\/[\w?=&-]+$/.test(src)
    )
      found.push(`<iframe src="${src}">`);
  }
  if ('childNodes' in node) for (const child of node.childNodes) armedIn(child, found);
}

function inside(context: string, html: string): DefaultTreeAdapterMap['documentFragment'] {
  return parseFragment(defaultTreeAdapter.createElement(context, names.NS.HTML, []), html, {});
}

/** All that could run, load, lead away or be made to, in any of the places where the HTML might be put. */
export function armed(html: string): string[] {
  const found: string[] = [];
  for (const context of ['div', 'template', 'td', 'article']) armedIn(inside(context, html), found);
  for (const scriptingEnabled of [true, false]) {
    const page = parse(`<!doctype html><title>x</title><body><article>${html}</article>`, { scriptingEnabled });
    const [article] = elements(page, 'article');
    if (article) armedIn({ ...article, tagName: 'div' }, found);
    else found.push('the page is broken');
  }
  return [...new Set(found)];
}

/** Elements and attributes that the project's schema does not have. */
export function outsideSchema(html: string): string[] {
  const outside = (node: Node): string[] => {
    const inner = 'childNodes' in node ? node.childNodes.flatMap(outside) : [];
    if (!('tagName' in node)) return inner;
    const allowed = ATTRIBUTES.get(node.tagName);
    if (!allowed) return [`<${node.tagName}>`, ...inner];
    const attributes = node.attrs.filter(({ name }) => !allowed.has(name));
    return [...attributes.map(({ name }) => `${node.tagName} ${name}`), ...inner];
  };
  return outside(inside('div', html));
}

/** As a browser prints what it read. */
export function printed(html: string): string {
  return serialize(inside('div', html));
}

export function elements(node: Node, name: string): DefaultTreeAdapterMap['element'][] {
  const inner = 'childNodes' in node ? node.childNodes.flatMap((child) => elements(child, name)) : [];
  return 'tagName' in node && node.tagName === name ? [node, ...inner] : inner;
}
