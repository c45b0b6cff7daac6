import { cleanText } from '../../../src/lib/clean-text.ts';
import type { ForeignHtml } from '../document.ts';
import { hasMarkup, textOf, type XmlElement } from '../parse/xml.ts';
import { plainText } from '../plain-text.ts';
import { escapeText, innerHtml } from './html.ts';
import { looksLikeHtml } from './looks-like-html.ts';

/** What an element's words are, by its own word or, where it has none, by its format's custom. */
export type TextType = 'text' | 'html';

const TYPES: ReadonlyMap<string, TextType | 'xhtml'> = new Map([
  ['text', 'text'],
  ['plain', 'text'],
  ['text/plain', 'text'],
  ['html', 'html'],
  ['text/html', 'html'],
  ['xhtml', 'xhtml'],
  ['application/xhtml+xml', 'xhtml'],
  ['text/xhtml', 'xhtml'],
]);

/** An element's words as HTML. `guess` where the format is careless about types: text that looks like HTML is taken for it. */
function htmlOf(element: XmlElement, custom: TextType, guess: boolean): string {
  if (hasMarkup(element)) return innerHtml(element);
  const declared = declaredType(element);
  const text = decoded(element, textOf(element));
  if (text === null) return '';
  const type = declared ?? custom;
  if (type === 'html') return text;
  const html = element.attributes['mode'] === 'escaped' && type === 'xhtml';
  const unsaid = guess || type === 'xhtml' || isBase64(element);
  return html || (unsaid && looksLikeHtml(text)) ? text : asHtml(text);
}

export function foreignHtml(element: XmlElement, custom: TextType, guess: boolean, base: string | null): ForeignHtml {
  return { html: htmlOf(element, custom, guess), base: element.scope.base ?? base };
}

/** An element's words as one line of plain text. */
export function lineOf(element: XmlElement, custom: TextType, guess: boolean): string {
  const { content } = element;
  if (typeof content === 'string' && !/[<&]/.test(content) && !isBase64(element)) return cleanText(content);
  return cleanText(plainText(htmlOf(element, custom, guess)));
}

/** A line of text of which nobody says whether it is HTML. */
export function plainTitle(text: string): string {
  return cleanText(looksLikeHtml(text) ? plainText(text) : text);
}

/** Plain text as HTML: an empty line is seen. */
export function asHtml(text: string): string {
  return escapeText(text).replace(/\r?\n[ \t]*(?:\r?\n[ \t]*)+/g, '<br><br>\n');
}

/** Null where what is encoded is no text at all: a picture, say. */
function decoded(element: XmlElement, text: string): string | null {
  if (!isBase64(element)) return text;
  const bytes = Buffer.from(text, 'base64').toString('utf8').trim();
  return /[\0-\x08\x0e-\x1f\ufffd]/.test(bytes) ? null : bytes;
}

function isBase64(element: XmlElement): boolean {
  const { mode, type } = element.attributes;
  if (mode !== undefined) return mode.toLowerCase() === 'base64';
  return type?.includes('/') === true && !/^text\/|[+/]xml$/i.test(type) && !TYPES.has(type.toLowerCase());
}

function declaredType(element: XmlElement): TextType | 'xhtml' | null {
  const type = element.attributes['type']?.trim().toLowerCase().split(';')[0];
  return type === undefined ? null : (TYPES.get(type) ?? null);
}
