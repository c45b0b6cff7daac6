import { mend } from './mend.ts';
import { elementName } from './names.ts';
import type { FeedTree, XmlElement } from './xml.ts';

const SCOPE = { base: null, language: null };
/** Elements that hold others: of any other element a plain value is an attribute, as Dave Winer's RSS-in-JSON writes it. */
const HOLDERS = new Set(['rss', 'channel', 'item', 'image', 'author', 'media:group', 'itunes:owner']);
/** Keys by which converters write an element's own text. */
const TEXT = new Set(['#value', '#text', '#', '$t', '_', '__text', '__cdata', '#cdata-section']);
const ATTRIBUTE_SIGN = /^[@$]|^-(?=\w)/;
const DEEPEST = 20;

/** RSS that was written as JSON, as the tree that it would have been; null for any other JSON. */
export function rssInJson({ value: json, partial }: { value: unknown; partial: boolean }): FeedTree | null {
  const rss = isObject(json) ? (json['rss'] ?? json['RSS']) : undefined;
  if (!isObject(rss)) return null;
  const root = element('rss', rss, DEEPEST);
  const entries = itemsOf(root);
  return { root, entries, partial };
}

function itemsOf(root: XmlElement): XmlElement[] {
  const children = (parent: XmlElement): XmlElement[] =>
    typeof parent.content === 'string' ? [] : parent.content.filter((node) => typeof node !== 'string');
  const all = [root, ...children(root).filter(({ name }) => name === 'channel')];
  return all.flatMap((each) => children(each).filter(({ name }) => name === 'item'));
}

function element(name: string, value: unknown, deep: number): XmlElement {
  const attributes: Record<string, string> = {};
  if (!isObject(value) || deep === 0) return { name, attributes, content: mend(plain(value) ?? ''), scope: SCOPE };
  const children: XmlElement[] = [];
  let text = '';
  for (const [key, given] of Object.entries(value)) {
    const said = plain(given);
    if (TEXT.has(key)) text += said ?? '';
    else if (said !== null && (ATTRIBUTE_SIGN.test(key) || !HOLDERS.has(name)))
      attributes[key.replace(ATTRIBUTE_SIGN, '').toLowerCase()] = mend(said);
    else if (/^[@$]$/.test(key) && isObject(given)) Object.assign(attributes, element(key, given, 1).attributes);
    else {
      const child = elementName(key, new Map());
      for (const each of Array.isArray(given) ? given : [given]) children.push(element(child, each, deep - 1));
    }
  }
  return { name, attributes, content: children.length > 0 ? children : mend(text), scope: SCOPE };
}

function plain(value: unknown): string | null {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
