import type { ForeignHtml } from '../document.ts';
import { elements, type XmlElement } from '../parse/xml.ts';
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

const HOLDERS = new Set(['media:group', 'media:content']);

export interface Bodies {
  content: ForeignHtml | null;
  summary: ForeignHtml | null;
}

/** The fullest text, and the other one. `guess` as for `htmlOf`. */
export function bodiesOf(entry: XmlElement, guess: boolean, base: string | null): Bodies {
  const read = (from: readonly XmlElement[], types: ReadonlyMap<string, TextType>): ForeignHtml[] => {
    const bodies: ForeignHtml[] = [];
    for (const element of from) {
      const custom = types.get(element.name);
      const body = custom && foreignHtml(element, custom, guess, base);
      if (body && body.html !== '') bodies.push(body);
    }
    return bodies;
  };
  const children = elements(entry);
  const [whole, parts] = [read(children, WHOLE), read(children, PART)];
  const content = whole[0] ?? parts[0] ?? read(mediaWithin(entry), CAPTION)[0] ?? null;
  const other = ({ html }: ForeignHtml): boolean => html !== content?.html;
  // Beside a whole text, who writes two summaries means the later; without one, the first part stands for the text.
  const summary = whole.length > 0 ? parts.findLast(other) : parts.find(other);
  return { content, summary: summary ?? null };
}

/** The elements of Media RSS, which may stand in groups. */
export function mediaWithin(entry: XmlElement): readonly XmlElement[] {
  const media = elements(entry).filter(({ name }) => name.startsWith('media:'));
  return media.flatMap((element) => [element, ...(HOLDERS.has(element.name) ? mediaWithin(element) : [])]);
}
