import { childrenNamed, type FeedTree, mendText, NO_SCOPE, type XmlElement } from './feed-tree.ts';
import { elementName, NO_PREFIXES } from './tree-builder.ts';

/** A string, perhaps without end. */
const STRING = String.raw`"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)`;
const STRING_OR_LAST_COMMA = new RegExp(String.raw`${STRING}|,(?=\s*[\]}])`, 'g');
const STRING_OR_MARK = new RegExp(String.raw`${STRING}|[{}[\],]`, 'g');

/** `partial`: whether the text ends in the middle. */
export type ReadJson = { value: unknown; partial: boolean };

/** Parses JSON. If the text ends in the middle, `value` is that of its complete part; null if there is none. Text after the end is ignored. */
export function readJson(text: string): ReadJson {
  const value = parsed(text);
  if (value !== null) return { value, partial: false };
  const repaired = text.replace(STRING_OR_LAST_COMMA, repairedPiece);
  const { end, closing } = completePart(repaired);
  return { value: parsed(repaired.slice(0, end) + closing), partial: closing !== '' };
}

/** The characters that JSON allows after a backslash (https://www.rfc-editor.org/rfc/rfc8259#section-7). */
const ESCAPES = /^(?:["\\/bfnrt]|u[\da-f]{4})$/i;

/** Escapes line ends, tabs and lone backslashes in a string; removes a comma before a closing bracket. */
function repairedPiece(found: string): string {
  if (found === ',') return '';
  return found
    .replace(/\\(u[\da-f]{4}|[\s\S])/gi, (all, after: string) =>
      ESCAPES.test(after) ? all : after === "'" ? after : `\\\\${after}`,
    )
    .replace(/[\0-\x1f]/g, (control) => JSON.stringify(control).slice(1, -1));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The end of an object, else of its last complete member or entry, and the brackets that then close the text. */
function completePart(text: string): { end: number; closing: '' | '}' | ']}' } {
  const closers: string[] = [];
  let whole: { end: number; closing: '}' | ']}' } = { end: 0, closing: '}' };
  for (const { 0: mark, index: at } of text.matchAll(STRING_OR_MARK)) {
    if (mark === '{') closers.push('}');
    else if (mark === '[') closers.push(']');
    else if (mark === ',' && closers.length === 1) whole = { end: at, closing: '}' };
    else if (mark === '}' || mark === ']') {
      if (closers.pop() !== mark) break;
      if (closers.length === 0) return { end: at + 1, closing: '' };
      if (mark === '}' && closers.length === 2 && closers[1] === ']') whole = { end: at + 1, closing: ']}' };
    }
  }
  return whole;
}

/** Elements with children; in others a plain value is an attribute: https://github.com/scripting/Scripting-News/blob/master/rss-in-json/README.md */
const HOLDERS = new Set(['rss', 'channel', 'item', 'image', 'author', 'media:group', 'itunes:owner']);
/** Keys that converters from XML use for the text of an element. */
const TEXT = new Set(['#value', '#text', '#', '$t', '_', '__text', '__cdata', '#cdata-section']);
const ATTRIBUTE_SIGN = /^[@$]|^-(?=\w)/;
const DEEPEST_VALUE = 20;

/** The tree of RSS that was converted to JSON; null for any other JSON. */
export function rssInJson({ value: json, partial }: ReadJson): FeedTree | null {
  const rss = isObject(json) ? (json['rss'] ?? json['RSS']) : undefined;
  if (!isObject(rss)) return null;
  const root = element('rss', rss, DEEPEST_VALUE);
  const entries = [root, ...childrenNamed(root, 'channel')].flatMap((each) => childrenNamed(each, 'item'));
  return { root, entries, partial };
}

function element(name: string, value: unknown, deep: number): XmlElement {
  const attributes: Record<string, string> = {};
  if (!isObject(value) || deep === 0)
    return { name, attributes, content: mendText(scalarText(value) ?? ''), scope: NO_SCOPE };
  const children: XmlElement[] = [];
  let text = '';
  for (const [key, given] of Object.entries(value)) {
    const plainValue = scalarText(given);
    if (TEXT.has(key)) text += plainValue ?? '';
    else if (plainValue !== null && (ATTRIBUTE_SIGN.test(key) || !HOLDERS.has(name)))
      attributes[key.replace(ATTRIBUTE_SIGN, '').toLowerCase()] = mendText(plainValue);
    else if (/^[@$]$/.test(key) && isObject(given)) Object.assign(attributes, element(key, given, 1).attributes);
    else {
      const child = elementName(key, NO_PREFIXES);
      for (const each of Array.isArray(given) ? given : [given]) children.push(element(child, each, deep - 1));
    }
  }
  return { name, attributes, content: children.length > 0 ? children : mendText(text), scope: NO_SCOPE };
}

function scalarText(value: unknown): string | null {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : null;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
