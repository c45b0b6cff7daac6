import type { XmlElement, XmlNode } from '../parse/xml.ts';

/** Elements that HTML knows no end tag of. */
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** Attributes that hold an address. */
const ADDRESSES = new Set(['href', 'src', 'cite', 'poster', 'longdesc', 'background', 'action', 'data']);

/** The markup in an element as HTML; the one `div` that Atom wraps XHTML in is not part of it. */
export function innerHtml(element: XmlElement): string {
  const nodes =
    typeof element.content === 'string'
      ? []
      : element.content.filter((node) => typeof node !== 'string' || node.trim() !== '');
  const [only] = nodes;
  const wrapped = nodes.length === 1 && typeof only === 'object' && /^(?:xhtml:)?div$/.test(only.name) ? only : element;
  const out: string[] = [];
  printWithin(wrapped, element.scope.base, out);
  return out.join('').trim();
}

/**
 * Prints into one list: strings joined at each level would be copied once for each level above them. `base` is what
 * whoever shows this resolves addresses against: only where another `xml:base` holds they are resolved here.
 */
function printWithin({ content }: XmlElement, base: string | null, out: string[]): void {
  if (typeof content === 'string') out.push(escapeText(content));
  else for (const node of content) print(node, base, out);
}

function print(node: XmlNode, base: string | null, out: string[]): void {
  if (typeof node === 'string') {
    out.push(escapeText(node));
    return;
  }
  const name = localName(node.name);
  out.push(`<${name}${attributesOf(node, base)}>`);
  printWithin(node, base, out);
  if (!VOID.has(name)) out.push(`</${name}>`);
}

function attributesOf(element: XmlElement, base: string | null): string {
  const own = element.scope.base;
  let html = '';
  for (const [name, value] of Object.entries(element.attributes)) {
    if (name.startsWith('xmlns') || name === 'xml:base') continue;
    const resolved = own === base || own === null ? value : resolvedValue(name, value, own);
    html += ` ${name === 'xml:lang' ? 'lang' : name}="${escapeAttribute(resolved)}"`;
  }
  return html;
}

function resolvedValue(name: string, value: string, base: string): string {
  if (ADDRESSES.has(name)) return URL.parse(value.trim(), base)?.href ?? value;
  if (name !== 'srcset') return value;
  return value.replace(
    /(^|,\s+|,)([^\s,]+)/g,
    (_, before: string, url: string) => before + (URL.parse(url, base)?.href ?? url),
  );
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
