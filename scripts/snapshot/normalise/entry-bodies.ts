import type { FeedEntry, ForeignHtml } from '../feed-entry.ts';
import { elements, type XmlElement } from '../parse/feed-tree.ts';
import { plainText } from '../sanitise/parsed-html.ts';
import { mediaWithin } from './feed-media.ts';
import { foreignHtml, type TextType } from './texts.ts';

/** Elements that hold the full text, and the type of their text if it is not declared. */
const WHOLE: ReadonlyMap<string, TextType> = new Map([
  ['content:encoded', 'html'],
  ['fullitem', 'html'],
  ['content', 'text'],
  ['xhtml:body', 'html'],
  ['body', 'html'],
]);
/** Elements that hold a part of the text, or all of it if no element holds the full text. */
const PART: ReadonlyMap<string, TextType> = new Map([
  ['description', 'html'],
  ['summary', 'text'],
  ['dc:description', 'html'],
  ['abstract', 'text'],
  ['dcterms:abstract', 'text'],
  ['itunes:summary', 'text'],
]);
/** Plain text unless declared (https://www.rssboard.org/media-rss#media-description), but not all feeds obey. */
const CAPTION: ReadonlyMap<string, TextType> = new Map([['media:description', 'text']]);

/** Used if an entry has no other text. */
const LAST: ReadonlyMap<string, TextType> = new Map([
  ['itunes:subtitle', 'text'],
  ['googleplay:description', 'text'],
]);

/** The fullest text of an entry, and another one as its summary. `guess` as for `elementHtml`. */
export function bodiesOf(entry: XmlElement, guess: boolean, base: string): Pick<FeedEntry, 'content' | 'summary'> {
  const read = (from: readonly XmlElement[], types: ReadonlyMap<string, TextType>, guessed = guess): ForeignHtml[] =>
    from.flatMap((element) => {
      const custom = types.get(element.name);
      const body = custom && foreignHtml(element, custom, guessed, base);
      return body && body.html !== '' ? [body] : [];
    });
  const children = elements(entry);
  const [whole, parts] = [read(children, WHOLE), read(children, PART)];
  const content =
    fullest(whole, parts) ?? read(mediaWithin(entry), CAPTION, true)[0] ?? read(children, LAST)[0] ?? null;
  const other = ({ html }: ForeignHtml): boolean => content?.html.endsWith(html) === false;
  // With a full text the last summary counts; without one the first part is the text, and the next its summary.
  const summary = whole.length > 0 ? parts.findLast(other) : parts.find(other);
  return { content, summary: summary ?? null };
}

/** A text with fewer letters may be only "Read more". Longer markup is always a text. */
const FEW = { letters: 200, markup: 4000 };
const SHOWN = /<(?:img|picture|video|audio|iframe|object|embed|svg|table|pre)\b/i;

/** The first full text, else the first part; where that one is nearly empty, a much longer one. Null without any. */
export function fullest(whole: readonly ForeignHtml[], parts: readonly ForeignHtml[]): ForeignHtml | null {
  const [first, ...others] = [...whole, ...parts];
  if (!first || others.length === 0 || first.html.length > FEW.markup) return first ?? null;
  const letters = lettersOf(first);
  if (letters >= FEW.letters) return first;
  // Three sentences instead of two are not enough: it must be more than twice as long.
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
