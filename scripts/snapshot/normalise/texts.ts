import { cleanText, escapeText } from '../../../src/core/clean-text.ts';
import { meantLanguage } from '../../../src/core/language.ts';
import { mapByName, wordSet } from '../../../src/core/text.ts';
import type { ForeignHtml } from '../feed-entry.ts';
import { withPairs } from '../parse/decode.ts';
import { firstText, hasMarkup, textOf, type XmlElement } from '../parse/feed-tree.ts';
import { plainText } from '../sanitise/parsed-html.ts';
import {
  halfEscaped,
  isBlockMarkup,
  isStillEscaped,
  looksLikeHtml,
  unwrapped,
  withoutCdata,
  withoutLastBreak,
} from './escaped.ts';
import { markdownHtml } from './markdown.ts';
import { holdsMarkup, innerHtml, piecesOf, tagsIn, WITHIN_LINES } from './markup.ts';

type TextType = 'text' | 'html' | 'markdown';

/** Elements whose text is HTML where no type is declared. */
const OF_HTML = wordSet('content:encoded fullitem xhtml:body body description dc:description');

const TYPES = mapByName<TextType | 'xhtml'>({
  'text plain text/plain': 'text',
  'html text/html': 'html',
  'xhtml application/xhtml+xml text/xhtml': 'xhtml',
  'text/markdown text/x-markdown': 'markdown',
});

/** Writes the line ends of plain text as HTML. */
type Lines = (text: string) => string;

/** For titles and names. They are no Markdown: `2024. [text](address) of __init__` would lose three things. */
const ON_ONE_LINE: Lines = (text) => text;

/** What software writes instead of a missing text: https://github.com/jpmonette/feed/pull/223, https://github.com/DIYgod/RSSHub/issues/1175 */
const NO_TEXT = /^(?:undefined|null|\[object Object\])$/;

/** As HTML. With `guess`, what looks like HTML is: many types are wrong. `isHtml` is the type if none is declared. */
function elementHtml(element: XmlElement, guess: boolean, lines: Lines, isHtml = OF_HTML.has(element.name)): string {
  const declared = declaredType(element);
  const type = declared ?? (isHtml ? 'html' : 'text');
  // Text that is declared as HTML has no child elements: these come from a template, and the text inside was escaped.
  if (hasMarkup(element)) return unwrapped(type === 'html' ? halfEscaped(innerHtml(element)) : innerHtml(element));
  const given = decodedText(element, textOf(element));
  if (given === null || NO_TEXT.test(given)) return '';
  // Only a format with exact types may declare plain text.
  const isExact = declared === 'text' && !guess;
  const text = isExact ? given : withoutCdata(given);
  const isEscaped = type === 'xhtml' && element.attributes['mode'] === 'escaped';
  if (type === 'html' || isEscaped) return htmlOrWords(text, lines);
  const isUncertain = guess || type === 'xhtml' || isBase64(element);
  const words = isUncertain ? withoutLastBreak(text) : text;
  if (isUncertain && looksLikeHtml(words)) return htmlOrWords(words, lines);
  const converted = isExact || lines === ON_ONE_LINE ? null : markdownHtml(words, type === 'markdown');
  return converted ?? lines(escapeText(withPairs(words)));
}

/** HTML from text that should be HTML: plain text gets its line ends, and brackets that are no tags are escaped (miniflux#202). */
export function htmlOrWords(text: string, lines: Lines = withLineEnds): string {
  const html = unwrapped(text);
  const converted = lines === ON_ONE_LINE ? null : markdownHtml(html, false);
  if (converted !== null) return converted;
  if (holdsMarkup(html)) {
    const pieces = isRunning(html) ? piecesOf(html.trim()) : [{ piece: html, isOuter: false }];
    return pieces.map(({ piece, isOuter }) => (isOuter ? withParagraphs(piece) : piece)).join('');
  }
  return lines(html.replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
}

/** Empty lines between words. Beside tags a template leaves them, too. */
const BETWEEN_WORDS = /\S[^\S\n]*\n[^\S\n]*\n\s*\S/;

/**
 * Whether empty lines are the only sign of paragraphs in HTML: between links and emphasis only, or between words beside
 * rules, lists and tables, as in old posts of Blogger and those of WordPress without its filters.
 */
function isRunning(html: string): boolean {
  if (!/\n[^\S\n]*\n/.test(html.trim()) || html.includes('<!')) return false;
  const tags = tagsIn(html);
  if (tags.every(({ name }) => WITHIN_LINES.has(name))) return true;
  if (tags.some(({ name }) => name === 'br')) return false;
  return piecesOf(html).some(({ piece, isOuter }) => isOuter && BETWEEN_WORDS.test(piece));
}

export function foreignHtml(element: XmlElement, guess: boolean, base: string): ForeignHtml {
  const lines = isLaidOut(element) ? withParagraphs : withLineEnds;
  const untyped = !guess && isUntypedHtml(element);
  const html = elementHtml(element, guess, lines, untyped || undefined);
  return { html, base: element.scope.base ?? base, ...(untyped && { untyped }) };
}

/**
 * Whether Atom's text without a `type`, which is plain text, is HTML: generators forgot the attribute for years
 * (https://github.com/hexojs/hexo-generator-feed/issues/274, https://github.com/statiqdev/Statiq.Framework/issues/285), or wrote
 * one that is none, as `CDATA` (https://github.com/Uberspace/manual/issues/266).
 */
function isUntypedHtml(element: XmlElement): boolean {
  if (OF_HTML.has(element.name) || declaredType(element) !== null || hasMarkup(element)) return false;
  return isBlockMarkup(withoutCdata(textOf(element)));
}

export function plainLine(element: XmlElement, guess: boolean): string {
  const line = plainText(elementHtml(element, guess, ON_ONE_LINE));
  const exact = declaredType(element) === 'text' && !guess;
  return cleanText(!exact && isStillEscaped(line) ? plainText(line) : line);
}

/** The first line of plain text that is not empty; empty if there is none. */
export function firstLine(elements: readonly XmlElement[], guess: boolean): string {
  return elements.map((each) => plainLine(each, guess)).find((line) => line !== '') ?? '';
}

/** One line of plain text from text of no declared type. */
export function plainTitle(text: string): string {
  const line = withoutLastBreak(withoutCdata(text));
  return cleanText(looksLikeHtml(line) ? plainText(line) : line);
}

/** A text without a type: plain text, or Markdown. */
export function asHtml(text: string): string {
  return markdownHtml(text, false) ?? withLineEnds(escapeText(text));
}

const LINE_ENDS = /(?:\r\n?|\n)[ \t]*((?:(?:\r\n?|\n)[ \t]*)*)/g;

/** Indentation stays, as of code and lists, unless every line after the first has it: then it is the layout of the feed. */
function withLineEnds(text: string): string {
  const isWritten = /[\r\n]\S/.test(text);
  return text.replace(LINE_ENDS, (all, more: string) => {
    const indent = isWritten ? (all.split(/[\r\n]/).at(-1) ?? '') : '';
    const columns = indent.replaceAll('\t', '    ').length;
    return (more === '' ? '<br>' : '<br><br>\n') + '\u00a0'.repeat(Math.min(MOST_INDENTED, columns));
  });
}

/** In columns. The white space of a larger one is no indentation. */
const MOST_INDENTED = 40;

/** `withLineEnds` for empty lines only: the other line ends are the layout of the feed. */
function withParagraphs(text: string): string {
  return text.replace(LINE_ENDS, (all, more: string) => (more === '' ? all : '<br><br>\n'));
}

/** Whether text is on its own lines between the tags, with every line indented. */
function isLaidOut({ content }: XmlElement): boolean {
  return typeof content === 'string' && /^[ \t]*\r?\n[ \t]/.test(content) && !/\n[^\s]/.test(content.trimEnd());
}

/** The text, decoded from Base64 where needed; null where the data is no text but, for example, a picture. */
function decodedText(element: XmlElement, text: string): string | null {
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

/** The language of an element, from a child element or from `xml:lang`; null if none is declared, empty if the element itself declares it as unknown. */
export function xmlLanguage(element: XmlElement): string | null {
  const declared = firstText(element, 'language', 'dc:language') ?? element.attributes['xml:lang'];
  return declared === undefined ? languageTag(element.scope.language) || null : languageTag(declared);
}

/** A language tag; null if there is none; empty if it says that the language is unknown, or not one. Then the feed's does not count. */
export function languageTag(written: string | null): string | null {
  // `ja_JP.UTF-8` is the name of a system's locale.
  const [locale] = written?.trim().split(/[.@]/, 1) ?? [];
  // The plug-in of MkDocs writes `en-None` without a country: https://github.com/Guts/mkdocs-rss-plugin
  const tag = locale?.replaceAll('_', '-').replace(/-none$/i, '');
  if (tag === undefined) return null;
  if (tag === '' || NO_LANGUAGE.test(tag)) return '';
  return /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(tag) ? meantLanguage(tag) : null;
}

/** Codes for unknown, several, uncoded and no languages (https://www.rfc-editor.org/rfc/rfc5646#section-4.1). */
const NO_LANGUAGE = /^(?:und|mul|mis|zxx)(?:-|$)/i;
