import { isUtf8 } from 'node:buffer';
import { windows1252 } from './decode.ts';

/** An element of a feed. Its prefix comes from its namespace, not from the document: `title`, `dc:creator`, `media:group`, `xhtml:div`. */
export interface XmlElement {
  /** In lower case. Elements of the feed formats themselves have no prefix. */
  name: string;
  /** Names in lower case: `xml:base`, `rdf:about`, or without prefix. */
  attributes: Readonly<Record<string, string>>;
  /** Text, where it holds no element; else elements and the text between them. */
  content: string | readonly XmlNode[];
  scope: Scope;
}
export type XmlNode = XmlElement | string;

/** Values that an element inherits. */
export interface Scope {
  /** From `xml:base`, absolute; null if there is none. */
  base: string | null;
  /** From `xml:lang`; empty if that says that it is unknown. */
  language: string | null;
}

export const NO_SCOPE: Scope = { base: null, language: null };

/** A feed as a tree. Entries are in a list of their own, in document order, and not in the tree of the root. */
export interface FeedTree {
  root: XmlElement;
  entries: XmlElement[];
  /** Whether the document ends in the middle. */
  partial: boolean;
}

export function hasMarkup(element: XmlElement): boolean {
  return typeof element.content !== 'string';
}

export function elements({ content }: XmlElement): readonly XmlElement[] {
  return typeof content === 'string' ? [] : content.filter((node) => typeof node !== 'string');
}

export function childrenNamed(element: XmlElement, ...names: readonly string[]): readonly XmlElement[] {
  return elements(element).filter(({ name }) => names.includes(name));
}

export function textOf({ content }: XmlElement): string {
  return (typeof content === 'string' ? content : pieces(content).join('')).trim();
}

function pieces(nodes: readonly XmlNode[]): string[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return node;
    return typeof node.content === 'string' ? node.content : pieces(node.content);
  });
}

/** The first text that is not empty in children of these names; null if there is none. */
export function firstText(element: XmlElement, ...names: readonly string[]): string | null {
  return (
    childrenNamed(element, ...names)
      .map(textOf)
      .find((text) => text !== '') ?? null
  );
}

/** Characters that may need repair: controls, lone surrogates, and those that UTF-8 read as ISO 8859-1 always has. */
const SUSPECT = /[\0-\x08\x0b\x0c\x0e-\x1f\x80-\xbf\ufffe\uffff\ud800-\udfff]/;
const LATIN1_ONLY = /^[\0-\xff]*$/;
const C1 = /[\x80-\x9f]/g;
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\p{Cs}]/gu;

/** The text, repaired: UTF-8 that was encoded twice is decoded again, `&#146;` is read as windows-1252, and characters that XML forbids are removed. */
export function mendText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return decodedOnceMore(text)
    .replace(C1, (control) => windows1252(Buffer.from(control, 'latin1')))
    .replace(FORBIDDEN, '');
}

/** A text of UTF-8 that was read as ISO 8859-1; any other stays. */
export function decodedOnceMore(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  return LATIN1_ONLY.test(text) && isUtf8(bytes) ? bytes.toString() : text;
}
