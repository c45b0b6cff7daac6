import { escapeHtml, xmlText } from '../core/clean-text.ts';

/** Markup, whose text is escaped already. */
export type Xml = string;

/** Text between tags or in quotation marks. A parser reads a carriage return as a line feed, unless it is a reference. */
export function text(value: string): Xml {
  return escapeHtml(xmlText(value)).replaceAll('\r', '&#13;');
}

const bodies = new WeakMap<object, Xml>();

/** A body as it stands in XML: long, and the same in several formats. It is kept no longer than what it is of. */
export function bodyXml(reading: { html: string }): Xml {
  const known = bodies.get(reading) ?? text(reading.html);
  bodies.set(reading, known);
  return known;
}

/**
 * Plain text where some readers expect HTML and others do not. An invisible word joiner after what could begin a tag or a
 * reference makes it read the same to both.
 */
export function plain(value: string): string {
  return xmlText(value).replace(/<(?=[a-z/!?])|&(?=[#\p{L}\p{N}_])/giu, '$&\u2060');
}

/** An element; attributes that are undefined are left out. */
export function tag(name: string, attributes: Readonly<Record<string, string | undefined>>, children: Xml = ''): Xml {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${text(value)}"`))
    .join('');
  return children === '' ? `<${name}${written}/>` : `<${name}${written}>${children}</${name}>`;
}

/** A document. Each of the root's children has a line, so that a change shows as one. */
export function xmlDocument(root: string, attributes: Readonly<Record<string, string>>, children: readonly Xml[]): Xml {
  const lines = children.filter((child) => child !== '').join('\n');
  return `<?xml version="1.0" encoding="utf-8"?>\n${tag(root, attributes, `\n${lines}\n`)}\n`;
}
