import type { ForeignHtml } from '../feed-entry.ts';
import { elements, type XmlElement } from '../parse/feed-tree.ts';
import { plainText } from '../parse/plain-text.ts';
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
/** Plain text, its specification says, where nothing else is said; not all heed it. */
const CAPTION: ReadonlyMap<string, TextType> = new Map([['media:description', 'text']]);

/** What stands for a text where there is nothing else. */
const LAST: ReadonlyMap<string, TextType> = new Map([
  ['itunes:subtitle', 'text'],
  ['googleplay:description', 'text'],
]);

const HOLDERS = new Set(['media:group', 'media:content']);

export interface Bodies {
  content: ForeignHtml | null;
  summary: ForeignHtml | null;
}

/** The fullest text, and the other one. `guess` as for `htmlOf`. */
export function bodiesOf(entry: XmlElement, guess: boolean, base: string | null): Bodies {
  const read = (from: readonly XmlElement[], types: ReadonlyMap<string, TextType>, guessed = guess): ForeignHtml[] => {
    const bodies: ForeignHtml[] = [];
    for (const element of from) {
      const custom = types.get(element.name);
      const body = custom && foreignHtml(element, custom, guessed, base);
      if (body && body.html !== '') bodies.push(body);
    }
    return bodies;
  };
  const children = elements(entry);
  const [whole, parts] = [read(children, WHOLE), read(children, PART)];
  const content =
    fullest(whole, parts) ?? read(mediaWithin(entry), CAPTION, true)[0] ?? read(children, LAST)[0] ?? null;
  const other = ({ html }: ForeignHtml): boolean => content?.html.endsWith(html) === false;
  // Beside a whole text, who writes two summaries means the later; without one, the first part stands for the text.
  const summary = whole.length > 0 ? parts.findLast(other) : parts.find(other);
  return { content, summary: summary ?? null };
}

/** A text of fewer letters may be a mere "Read more"; markup that is longer than this holds more. */
const FEW = { letters: 200, markup: 4000 };
const SHOWN = /<(?:img|picture|video|audio|iframe|object|embed|svg|table|pre)\b/i;

/** The first text of those that mean to be whole, else of the parts; where it says next to nothing, the one that says it all. */
export function fullest(whole: readonly ForeignHtml[], parts: readonly ForeignHtml[]): ForeignHtml | null {
  const [first, ...others] = [...whole, ...parts];
  if (!first || others.length === 0 || first.html.length > FEW.markup) return first ?? null;
  const letters = lettersOf(first);
  if (letters >= FEW.letters) return first;
  // An ellipsis and "Read more" beside three sentences; not two sentences beside three.
  const fuller = others.find((each) => lettersOf(each) > 2 * letters + 2);
  if (!fuller) return first;
  const shows = SHOWN.test(first.html) && first.base === fuller.base && !SHOWN.test(fuller.html);
  return shows ? { html: `${first.html}\n${fuller.html}`, base: first.base } : fuller;
}

function lettersOf({ html }: ForeignHtml): number {
  return plainText(html)
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim().length;
}

/** The elements of Media RSS, which may stand in groups. */
function mediaWithin(entry: XmlElement): readonly XmlElement[] {
  const media = elements(entry).filter(({ name }) => name.startsWith('media:'));
  return media.flatMap((element) => [element, ...(HOLDERS.has(element.name) ? mediaWithin(element) : [])]);
}
