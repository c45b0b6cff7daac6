import { escapeHtml, xmlText } from '../core/clean-text.ts';

/** Markup with escaped text. */
export type Xml = string;

/** Escapes a text for elements and attributes. Parsers read a carriage return as a line feed, so it becomes a reference. */
export function text(value: string): Xml {
  return escapeHtml(xmlText(value)).replaceAll('\r', '&#13;');
}

/** For readers that parse it as HTML: a word joiner after each possible start of a tag or reference keeps it text. */
export function plain(value: string): string {
  return xmlText(value).replace(/<(?=[a-z/!?])|&(?=[#\p{L}\p{N}_])/giu, '$&\u2060');
}

/** An element without its undefined attributes. */
export function tag(name: string, attributes: Readonly<Record<string, string | undefined>>, children: Xml = ''): Xml {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${text(value)}"`))
    .join('');
  return children === '' ? `<${name}${written}/>` : `<${name}${written}>${children}</${name}>`;
}

/** A document. Each child of the root has its own line, so that diffs are short. */
export function xmlDocument(root: string, attributes: Parameters<typeof tag>[1], children: readonly Xml[]): Xml {
  const lines = children.filter((child) => child !== '').join('\n');
  return `<?xml version="1.0" encoding="utf-8"?>\n${tag(root, attributes, `\n${lines}\n`)}\n`;
}
