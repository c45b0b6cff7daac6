import type { ForeignHtml } from '../document.ts';
import { elements, named, type XmlElement } from '../parse/xml.ts';
import { foreignHtml, type TextType } from './texts.ts';

/** Elements that hold an entry whole, and what their words are by custom. */
const WHOLE: ReadonlyMap<string, TextType> = new Map([
  ['content:encoded', 'html'],
  ['fullitem', 'html'],
  ['content', 'text'],
  ['xhtml:body', 'html'],
  ['body', 'html'],
]);
/** Elements that hold a part of it, or all of it where nothing holds it whole. */
const PART: ReadonlyMap<string, TextType> = new Map([
  ['description', 'html'],
  ['summary', 'text'],
  ['dc:description', 'html'],
  ['abstract', 'text'],
  ['dcterms:abstract', 'text'],
  ['itunes:summary', 'text'],
]);
const CAPTION: ReadonlyMap<string, TextType> = new Map([['media:description', 'html']]);

export interface Bodies {
  content: ForeignHtml | null;
  summary: ForeignHtml | null;
}

/** The fullest text, and the other one. `guess` as for `htmlOf`. */
export function bodiesOf(entry: XmlElement, guess: boolean, base: string | null): Bodies {
  const read = (element: XmlElement, types: ReadonlyMap<string, TextType>): ForeignHtml[] => {
    const custom = types.get(element.name);
    if (custom === undefined) return [];
    const body = foreignHtml(element, custom, guess, base);
    return body.html === '' ? [] : [body];
  };
  const children = elements(entry);
  const whole = children.flatMap((child) => read(child, WHOLE));
  const parts = children.flatMap((child) => read(child, PART));
  const captions = parts.length > 0 ? [] : mediaWithin(entry).flatMap((child) => read(child, CAPTION));
  const content = whole[0] ?? parts[0] ?? captions[0] ?? null;
  const other = ({ html }: ForeignHtml): boolean => html !== content?.html;
  // Beside a whole text, who writes two summaries means the later; without one, the first part stands for the text.
  const summary = whole.length > 0 ? parts.findLast(other) : parts.find(other);
  return { content, summary: summary ?? null };
}

/** The elements of Media RSS, which may stand in groups. */
export function mediaWithin(entry: XmlElement): XmlElement[] {
  if (!elements(entry).some(({ name }) => name.startsWith('media:'))) return [];
  const groups = named(entry, 'media:group', 'media:content');
  const within = groups.flatMap((group) => (group.name === 'media:group' ? mediaWithin(group) : elements(group)));
  return [...elements(entry).filter(({ name }) => name.startsWith('media:')), ...within];
}
